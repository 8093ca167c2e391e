import { View, type ViewStyle } from 'react-native';
import { useReducedMotion } from '@/lib/use-reduced-motion';
import { type SlideInProps, slide } from './slide-in-props';

/** The browser's own animation, which React Native has no types for. It runs when its element is shown. */
const animation = {
  animationKeyframes: [{ from: { transform: [{ translateY: slide.distance }] } }],
  animationDuration: `${slide.milliseconds}ms`,
  animationTimingFunction: 'cubic-bezier(0.33, 1, 0.68, 1)',
} as ViewStyle;

/** Comes in from below. */
export function SlideIn({ children, style, testID }: SlideInProps) {
  const isMotionReduced = useReducedMotion();
  return (
    <View testID={testID} style={[style, !isMotionReduced && animation]}>
      {children}
    </View>
  );
}
