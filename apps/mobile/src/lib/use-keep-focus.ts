import { type RefObject, useRef } from 'react';
import type { View } from 'react-native';

/** Native buttons don't take the focus from the editor. */
export function useKeepFocus(): RefObject<View | null> {
  return useRef<View>(null);
}
