import type { Language } from '@/api/types';

export const languageNames: Record<Language, string> = { python: 'Python', javascript: 'JavaScript' };
