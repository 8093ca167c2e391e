import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { baseUrl } from '@/api/server-url';

// Whether the server can be reached, as far as the last call told: a browser may believe itself online without being
// it. Queries that went stale meanwhile are asked for again when it can be reached once more.

const isBrowser = typeof window !== 'undefined' && typeof window.addEventListener === 'function';

/** Seconds until it is looked again whether the server can be reached. */
const pauses = [5, 10, 20, 40, 60];

let probe: ReturnType<typeof setTimeout> | undefined;
let failures = 0;

function look(): void {
  clearTimeout(probe);
  probe = undefined;
  if (!onlineManager.isOnline()) asking(fetch(`${baseUrl}/health`)).catch(() => undefined);
}

function noteUnreachable(): void {
  onlineManager.setOnline(false);
  if (!isBrowser) return;
  probe ??= setTimeout(look, 1000 * (pauses[Math.min(failures, pauses.length - 1)] ?? 60));
  failures += 1;
}

/** The answer of a call, which also tells whether the server can be reached. */
export async function asking(call: Promise<Response>): Promise<Response> {
  try {
    const response = await call;
    failures = 0;
    onlineManager.setOnline(true);
    return response;
  } catch (error) {
    // What was broken off, as by leaving the page, tells nothing.
    if (error instanceof TypeError) noteUnreachable();
    throw error;
  }
}

export const isOnline = () => onlineManager.isOnline();

/** Told whenever the server can be reached again, or no longer. Gives back how to stop listening. */
export const whenConnectionChanges = (listener: (isOnline: boolean) => void) =>
  onlineManager.subscribe(listener);

export function useIsOnline(): boolean {
  return useSyncExternalStore(whenConnectionChanges, isOnline, () => true);
}

if (isBrowser) {
  // From the first moment on, the manager hears what the browser says: it listens while it is listened to.
  whenConnectionChanges(() => undefined);
  if (!navigator.onLine) noteUnreachable();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') look();
  });
}
