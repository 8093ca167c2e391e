import { session } from '@/api/client';
import { deviceStorage } from '@/storage/storage';
import { resetPreferences, setPreference } from './preferences';
import { queryClient } from './queries/query-client';

/** Removes what the learner typed. What was chosen stays, but for the snippet to come back to. */
async function removeWork(): Promise<void> {
  await deviceStorage.clear();
  setPreference({ bookmark: null });
}

/** Ends the session and removes what the learner typed: the next one at this device sees nothing of it. */
export async function logOut(): Promise<void> {
  await session.logOut();
  await removeWork();
}

/** After the account was deleted: there is no session any more that could be ended. */
export async function forgetAccount(): Promise<void> {
  await session.forget();
  await removeWork();
}

/** Forgets everything on this device: the session, the drafts and what was chosen. */
export async function resetDevice(): Promise<void> {
  // Without a connection the session stays on the server until it expires, but nobody has it any more.
  await session.logOut().catch(() => session.forget());
  await deviceStorage.clear();
  queryClient.clear();
  resetPreferences();
}
