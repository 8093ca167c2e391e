import { FailureError } from '@/api/failure';
import type { OfflineEngine } from './types';

/** Runs nothing, and says so. */
export const offlineEngine: OfflineEngine = {
  isReady: async () => false,
  run: async ({ language }) => {
    throw new FailureError({ kind: 'cannot-run-offline', language });
  },
};
