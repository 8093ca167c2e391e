import { useEffect, useState } from 'react';
import { AccessibilityInfo } from 'react-native';

/** Whether the learner has asked the device for less motion. */
export function useReducedMotion(): boolean {
  const [isReduced, setReduced] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    AccessibilityInfo.isReduceMotionEnabled().then(
      (isEnabled) => isCurrent && setReduced(isEnabled),
      // What can't be asked for was not asked for.
      () => {},
    );
    const listener = AccessibilityInfo.addEventListener('reduceMotionChanged', setReduced);
    return () => {
      isCurrent = false;
      listener?.remove();
    };
  }, []);
  return isReduced;
}
