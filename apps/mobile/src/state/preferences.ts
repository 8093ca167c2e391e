import { create } from 'zustand';
import type { Language } from '@/api/types';
import { deviceStorage } from '@/storage/storage';

export type ThemeChoice = 'system' | 'light' | 'dark';

export const fontSizes = [14, 15, 16, 18, 20];

/** The snippet to come back to. */
interface Bookmark {
  slug: string;
  title: string;
  patternName: string;
  language: Language;
}

interface Preferences {
  language: Language | null;
  theme: ThemeChoice;
  fontSize: number;
  bookmark: Bookmark | null;
  /** Whether a keyboard is shown when the code is tapped on a touch screen; the palette is there in any case. */
  softKeyboard: boolean;
}

const initial: Preferences = {
  language: null,
  theme: 'system',
  fontSize: 15,
  bookmark: null,
  softKeyboard: false,
};

/** What the learner chose, remembered on this device. */
export const usePreferences = create<Preferences>()(() => initial);

const storageKey = 'preferences';
const version = 1;

/** Reads what was chosen before. */
export async function restorePreferences(): Promise<void> {
  const stored = await deviceStorage.read(storageKey);
  if (stored === null) return;
  const read: { state: Partial<Preferences>; version: number } = JSON.parse(stored);
  if (read.version === version) usePreferences.setState(read.state);
}

usePreferences.subscribe((state) => {
  void deviceStorage.write(storageKey, JSON.stringify({ state, version }));
});

export const setPreference = (change: Partial<Preferences>) => usePreferences.setState(change);

export const resetPreferences = () => usePreferences.setState(initial, true);
