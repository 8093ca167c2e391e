import { session } from '@/api/client';
import { deviceStorage } from '@/storage/storage';
import { resetPreferences } from './preferences';
import { queryClient } from './queries/query-client';

/** Forgets everything on this device: the session, the drafts and what was chosen. */
export async function resetDevice(): Promise<void> {
  await session.forget();
  await deviceStorage.clear();
  queryClient.clear();
  resetPreferences();
}
