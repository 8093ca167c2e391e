import type { Daily, Profile } from '@/api/types';

/** To be raised when what is kept can't be read by a newer app any more: it is then asked for again. */
const version = 1;

const largestAge = 30 * 86_400_000;

/** An answer of the server, as it is kept on the device. */
export interface KeptQuery {
  key: readonly unknown[];
  data: unknown;
  /** When it was answered, in milliseconds since 1970. */
  answeredAt: number;
}

const publicNames = new Set<unknown>(['patterns', 'snippets', 'snippet', 'daily']);

/** Where else the learner is logged in, and what others have earned. */
const unkeptNames = new Set<unknown>(['sessions', 'leaderboards']);

/** Whether an answer is kept for when there is no connection: content, and what is this learner's own. */
export function isKept([name, userId, part]: readonly unknown[], learner: string | null): boolean {
  if (publicNames.has(name)) return true;
  return name === 'learner' && learner !== null && userId === learner && !unkeptNames.has(part);
}

export const isOfLearner = ([name]: readonly unknown[]): boolean => name === 'learner';

/** The slug of a snippet's own answer. */
export const slugOf = ([name, slug]: readonly unknown[]): string | null =>
  name === 'snippet' && typeof slug === 'string' ? slug : null;

/** Addresses and names by which others know the learner stay with the server. */
function withoutAddresses(profile: Profile): Profile {
  return { ...profile, email: null, identities: [] };
}

export function writeKept({ key, data, answeredAt }: KeptQuery): string {
  const kept = isOfLearner(key) && key[2] === 'profile' ? withoutAddresses(data as Profile) : data;
  return JSON.stringify({ version, key, data: kept, answeredAt });
}

/** Null for what is too old, of another version, or no answer at all. */
export function readKept(text: string, now: number): KeptQuery | null {
  try {
    const value = JSON.parse(text) as Partial<KeptQuery> & { version?: unknown };
    const { key, data, answeredAt } = value;
    if (value.version !== version || !Array.isArray(key) || data === undefined) return null;
    if (typeof answeredAt !== 'number' || now - answeredAt > largestAge) return null;
    // Yesterday's challenge is none any more.
    if (key[0] === 'daily' && Date.parse((data as Daily).ends_at) < now) return null;
    return { key, data, answeredAt };
  } catch {
    return null;
  }
}
