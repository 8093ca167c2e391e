import { useEffect, useState } from 'react';
import { session } from '@/api/client';
import { startAhead } from '@/offline/ahead/ahead';
import { startAttempts } from '@/offline/attempts/send';
import { startCache } from '@/offline/cache/cache';
import { restorePreferences } from './preferences';

/** What is known of a learner is read only when it is known who that is. */
async function restoreLearner(): Promise<void> {
  await session.restore().catch(() => undefined);
  await Promise.allSettled([startCache(), startAttempts(), startAhead()]);
}

/** Reads what the device remembers; true once that is done. */
export function useBoot(): boolean {
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    // What can't be read is as if it had never been there.
    Promise.allSettled([restorePreferences(), restoreLearner()]).then(() => setReady(true));
  }, []);
  return isReady;
}
