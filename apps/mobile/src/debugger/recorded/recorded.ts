import type { Language, Trace } from '@/api/types';
import longestRun from './longest-run.python.json';
import longestSubstring from './longest-substring.javascript.json';
import reverseList from './reverse-list.javascript.json';
import searchRotated from './search-rotated.python.json';
import treeDiameter from './tree-diameter.python.json';

interface Recorded {
  language: Language;
  code: string;
  trace: Trace;
}

/** Traces for tests, in the server's form. */
export const recorded = {
  longestRun,
  longestSubstring,
  reverseList,
  searchRotated,
  treeDiameter,
} as unknown as Record<
  'longestRun' | 'longestSubstring' | 'reverseList' | 'searchRotated' | 'treeDiameter',
  Recorded
>;
