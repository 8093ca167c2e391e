import { useEffect, useState } from 'react';
import { Animated, Easing } from 'react-native';
import { useReducedMotion } from '@/lib/use-reduced-motion';
import { type SlideInProps, slide } from './slide-in-props';

function useOffset(isOpen: boolean): Animated.Value {
  const [offset] = useState(() => new Animated.Value(slide.distance));
  const isMotionReduced = useReducedMotion();
  useEffect(() => {
    if (!isOpen) return;
    if (isMotionReduced) return offset.setValue(0);
    offset.setValue(slide.distance);
    Animated.timing(offset, {
      toValue: 0,
      duration: slide.milliseconds,
      easing: Easing.out(Easing.cubic),
      useNativeDriver: true,
    }).start();
  }, [isOpen, isMotionReduced, offset]);
  return offset;
}

/** Comes in from below. */
export function SlideIn({ isOpen, children, style, testID }: SlideInProps) {
  const translateY = useOffset(isOpen);
  return (
    <Animated.View testID={testID} style={[style, { transform: [{ translateY }] }]}>
      {children}
    </Animated.View>
  );
}
