import type { Language } from '@/api/types';

export const languageNames: Record<Language, string> = { python: 'Python', javascript: 'JavaScript' };

export const isLanguage = (value: unknown): value is Language =>
  typeof value === 'string' && Object.hasOwn(languageNames, value);
