import { Platform } from 'react-native';

interface OtherTabs {
  /** Has all other tabs of this browser do what they do `whenTold`. Native apps have none. */
  tell: () => void;
  whenTold: (listener: () => void) => void;
}

/** A way to the other tabs, for one matter. */
export function otherTabs(matter: string): OtherTabs {
  const channel =
    Platform.OS === 'web' && typeof BroadcastChannel !== 'undefined'
      ? new BroadcastChannel(`bugdrill-${matter}`)
      : null;
  return {
    tell: () => channel?.postMessage(null),
    whenTold: (listener) => channel?.addEventListener('message', listener),
  };
}
