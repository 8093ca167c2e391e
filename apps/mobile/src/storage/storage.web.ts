import { createIndexedDbStorage } from './indexed-db-storage';
import { withMemoryFallback } from './with-fallback';

/** Preferences and drafts. */
export const deviceStorage = withMemoryFallback(createIndexedDbStorage('bugdrill'));

/** Session tokens. */
export const secretStorage = deviceStorage;
