import type { Language } from '@/api/types';
import { isOnline } from '@/offline/connection';
import { download, forget, hasAnother, isKept, keptManifest, sizeOfDownload } from './guest-files';
import { noteGuest, useGuests } from './guest-state';

/** Looks what there is of a language: on this device, and on the server where it can be reached. */
export async function lookForGuest(language: Language): Promise<void> {
  const manifest = await keptManifest();
  const isReady = manifest !== null && (await isKept(manifest, language));
  noteGuest(language, { isReady });
  if (!isReady && isOnline()) noteGuest(language, { size: await sizeOfDownload(language).catch(() => null) });
}

/** The language that comes by itself. */
const small: Language = 'javascript';

/** Whether it is to be loaded without being asked for: it is small, or an earlier release's is there. */
export async function isWanted(language: Language): Promise<boolean> {
  if (useGuests.getState()[language].isReady) return false;
  return language === small || (await hasAnother(language));
}

/** Loads what running a language takes. A new release's takes the place of that of the one before. */
export async function loadGuest(language: Language): Promise<void> {
  if (useGuests.getState()[language].loaded !== null) return;
  noteGuest(language, { loaded: 0, hasFailed: false });
  try {
    await download(language, ({ total, loaded }) => noteGuest(language, { size: total, loaded }));
    noteGuest(language, { isReady: true });
  } catch {
    noteGuest(language, { hasFailed: true });
  } finally {
    noteGuest(language, { loaded: null });
  }
}

/** Forgets it. */
export async function removeGuest(language: Language): Promise<void> {
  await forget(language);
  await lookForGuest(language);
}
