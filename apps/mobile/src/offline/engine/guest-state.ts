import { create } from 'zustand';
import type { Language } from '@/api/types';

/** What a device has of what running a language takes. */
export interface GuestState {
  /** Whether code can be run without a connection. */
  isReady: boolean;
  /** How much there is to load until then, in bytes; null while that is not known, or where there is nothing to be had. */
  size: number | null;
  /** How much of it has been loaded, in bytes; null while nothing is being loaded. */
  loaded: number | null;
  hasFailed: boolean;
}

const unknown: GuestState = { isReady: false, size: null, loaded: null, hasFailed: false };

export const useGuests = create<Record<Language, GuestState>>()(() => ({
  javascript: unknown,
  python: unknown,
}));

export const noteGuest = (language: Language, change: Partial<GuestState>) =>
  useGuests.setState((guests) => ({ [language]: { ...guests[language], ...change } }));
