import type { BadgeName } from '@/api/types';

/** What is given to others: words, and the address of a page that everyone can open. */
export interface ShareLink {
  words: string;
  url: string;
}

/** What is to be said after a link was shared; nothing where the learner saw it, as in the device's own sheet. */
export type ShareOutcome = 'copied' | 'failed' | null;

/** The pages that the server has for others. They tell nothing of who shares them. */
export function shareLinks(origin: string) {
  const pageOf = (...parts: string[]) =>
    [origin.replace(/\/+$/, ''), 'share', ...parts.map(encodeURIComponent)].join('/');
  return {
    /** A day's challenge. */
    daily: (date: string): ShareLink => ({
      words: "I fixed today's bug on bugdrill. Can you?",
      url: pageOf('daily', date),
    }),
    badge: ({ id, name }: Pick<BadgeName, 'id' | 'name'>): ShareLink => ({
      words: `I earned “${name}” on bugdrill.`,
      url: pageOf('badge', id),
    }),
  };
}
