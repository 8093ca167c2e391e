import { useEffect, useState } from 'react';
import { session } from '@/api/client';
import { usePreferences } from './preferences';

/** Reads what the device remembers; true once that is done. */
export function useBoot(): boolean {
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    // What can't be read is as if it had never been there.
    Promise.allSettled([usePreferences.persist.rehydrate(), session.restore()]).then(() => setReady(true));
  }, []);
  return isReady;
}
