import type { Language } from '@/api/types';
import { usePreferences } from './preferences';

/** The learner's language; until one is chosen (a link led past the first start), Python. */
export const useLanguage = (): Language => usePreferences((state) => state.language) ?? 'python';
