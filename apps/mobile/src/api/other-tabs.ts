import { Platform } from 'react-native';

const channel =
  Platform.OS === 'web' && typeof BroadcastChannel !== 'undefined'
    ? new BroadcastChannel('bugdrill-session')
    : null;

/** Has all other tabs of this browser do what they do `whenTold`. Native apps have none. */
export const tellOtherTabs = () => channel?.postMessage(null);

export function whenToldByOtherTab(listener: () => void): void {
  channel?.addEventListener('message', listener);
}
