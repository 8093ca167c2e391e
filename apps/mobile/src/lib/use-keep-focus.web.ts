import { type RefObject, useEffect, useRef } from 'react';
import type { View } from 'react-native';

function keepFocus(event: Event) {
  event.preventDefault();
}

/** Lets what is inside be pressed without taking the focus from the editor, which would hide the keyboard. */
export function useKeepFocus(): RefObject<View | null> {
  const ref = useRef<View>(null);
  useEffect(() => {
    // On the web a view is an element of the page.
    const element = ref.current as unknown as HTMLElement | null;
    element?.addEventListener('mousedown', keepFocus);
    return () => element?.removeEventListener('mousedown', keepFocus);
  }, []);
  return ref;
}
