import { session } from '@/api/client';
import { removeAttempts } from '@/offline/attempts/attempts';
import { sendAttempts } from '@/offline/attempts/send';
import { emptyCache } from '@/offline/cache/cache';
import { deviceStorage } from '@/storage/storage';
import { resetPreferences, setPreference } from './preferences';
import { queryClient } from './queries/query-client';
import { useSessionStore } from './session';

/** Removes what the learner typed, and what the server told. What was chosen stays, but for the snippet to come back to. */
async function removeWork(): Promise<void> {
  await deviceStorage.clear();
  await emptyCache();
  setPreference({ bookmark: null });
}

/**
 * Ends the session and removes what the learner typed: the next one at this device sees nothing of it. What was submitted
 * is sent before. Should the server have no time for it, it waits here, unseen, for the account to come back.
 */
export async function logOut(): Promise<void> {
  await sendAttempts();
  await session.logOut();
  await removeWork();
}

/** After the account was deleted: there is no session any more that could be ended. */
export async function forgetAccount(): Promise<void> {
  const { userId } = useSessionStore.getState();
  await session.forget();
  await removeAttempts({ owner: userId });
  await removeWork();
}

/** Forgets everything on this device: the session, the drafts and what was chosen. */
export async function resetDevice(): Promise<void> {
  // Without a connection the session stays on the server until it expires, but nobody has it any more.
  await session.logOut().catch(() => session.forget());
  await removeAttempts('all');
  await deviceStorage.clear();
  queryClient.clear();
  await emptyCache();
  resetPreferences();
}
