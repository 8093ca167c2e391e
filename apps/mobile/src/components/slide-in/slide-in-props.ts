import type { ReactNode } from 'react';
import type { StyleProp, ViewStyle } from 'react-native';

export interface SlideInProps {
  /** It comes in whenever this becomes true. */
  isOpen: boolean;
  children: ReactNode;
  style: StyleProp<ViewStyle>;
  testID?: string | undefined;
}

/** From where it comes, in points below its place, and in what time. */
export const slide = { distance: 40, milliseconds: 180 } as const;
