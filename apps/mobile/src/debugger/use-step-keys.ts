import { type RefObject, useRef } from 'react';
import type { View } from 'react-native';

/** The keys that step, by the name that the browser gives them. */
export type StepKeys = Partial<Record<string, () => void>>;

/** Phones have no such keys. */
export function useStepKeys(_keys: StepKeys): RefObject<View | null> {
  return useRef<View>(null);
}
