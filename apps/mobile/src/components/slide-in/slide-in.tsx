import { useEffect, useState } from 'react';
import { Animated, Easing } from 'react-native';
import { type SlideInProps, slide } from './slide-in-props';

function useOffset(isOpen: boolean): Animated.Value {
  const [offset] = useState(() => new Animated.Value(slide.distance));
  useEffect(() => {
    if (!isOpen) return;
    offset.setValue(slide.distance);
    Animated.timing(offset, {
      toValue: 0,
      duration: slide.milliseconds,
      easing: Easing.out(Easing.cubic),
      useNativeDriver: true,
    }).start();
  }, [isOpen, offset]);
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
