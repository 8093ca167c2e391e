import { createIndexedDbStorage } from './indexed-db-storage';
import type { KeyValueStorage } from './key-value-storage';
import { withMemoryFallback } from './with-fallback';

/** Preferences and drafts. */
export const deviceStorage = withMemoryFallback(createIndexedDbStorage('bugdrill'));

/** Session tokens. */
export const secretStorage = deviceStorage;

/** Submissions that the server does not have yet. Nothing but their answers, or their learner, removes them. */
export const attemptStorage = withMemoryFallback(createIndexedDbStorage('bugdrill-attempts'));

/** What the server told, for when it can't be asked. It can be lost at any time, and what fails here fails alone. */
export const cacheStorage: KeyValueStorage = createIndexedDbStorage('bugdrill-cache');
