import { deviceStorage } from '@/storage/storage';

const askedKey = 'asked-to-persist';

/** Asks the browser, once, not to remove what is kept here when it is short of room. */
export async function persistStorage(): Promise<void> {
  if (typeof navigator === 'undefined' || !navigator.storage?.persist) return;
  if ((await deviceStorage.read(askedKey)) !== null) return;
  await deviceStorage.write(askedKey, 'yes');
  // Whatever it says, nothing relies on it.
  await navigator.storage.persist().catch(() => false);
}
