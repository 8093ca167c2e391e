import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import type { View } from 'react-native';
import type { StepKeys } from './use-step-keys';

/** Listens to keys wherever the focus is, which is given to the element of the answer at first. */
export function useStepKeys(keys: StepKeys): RefObject<View | null> {
  const ref = useRef<View>(null);
  const press = useEffectEvent((event: KeyboardEvent) => {
    const step = keys[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    step();
  });
  useEffect(() => {
    ref.current?.focus();
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return ref;
}
