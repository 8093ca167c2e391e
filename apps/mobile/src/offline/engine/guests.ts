import type { Language } from '@/api/types';

// A native app has no WebAssembly: it keeps attempts until the server can be reached, and says so.

/** Looks what there is of a language. */
export const lookForGuest = async (_language: Language): Promise<void> => undefined;

/** Loads what running a language takes. */
export const loadGuest = async (_language: Language): Promise<void> => undefined;

/** Forgets it. */
export const removeGuest = async (_language: Language): Promise<void> => undefined;

/** Whether it is to be loaded without being asked for. */
export const isWanted = async (_language: Language): Promise<boolean> => false;
