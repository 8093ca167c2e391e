import type { Learner } from '@/api/session';
import type { SyncedItem, SyncItem, Verdict } from '@/api/types';

/** What a run on this device, on the visible tests, came to. The server's verdict is the one that counts. */
export interface Preliminary {
  passed: number;
  total: number;
}

/** A submission that the server does not have yet, or has not answered for. It is never changed once it is written. */
export interface Attempt {
  /** By this the server knows it again: sent twice, it counts once. */
  clientId: string;
  snippetId: string;
  slug: string;
  title: string;
  revision: number;
  code: string;
  /** When the snippet was opened, and when the code was submitted, by the clock of this device. */
  startedAt: string;
  submittedAt: string;
  /** The account that it was made with; null for a trial, or for who had not begun one. */
  owner: string | null;
  preliminary: Preliminary | null;
}

/** What the server answered for an attempt, kept until the learner has seen it. */
export interface Outcome {
  clientId: string;
  slug: string;
  title: string;
  owner: string | null;
  preliminary: Preliminary | null;
  status: 'judged' | 'refused';
  verdict: Verdict | null;
  /** Why it is refused, in the server's words or as `not_accepted`. */
  reason: string | null;
  points: number;
}

export const itemOf = (attempt: Attempt): SyncItem => ({
  client_id: attempt.clientId,
  snippet_id: attempt.snippetId,
  revision: attempt.revision,
  code: attempt.code,
  started_at: attempt.startedAt,
  submitted_at: attempt.submittedAt,
});

type Answer = Pick<SyncedItem, 'points' | 'reason' | 'verdict'> & { status: Outcome['status'] };

export const outcomeOf = (
  { clientId, slug, title, owner, preliminary }: Attempt,
  { status, reason = null, verdict = null, points }: Answer,
): Outcome => ({ clientId, slug, title, owner, preliminary, status, reason, verdict, points });

/** The account that something is written down for. */
export const ownerOf = ({ userId, isTrial }: Learner): string | null => (isTrial ? null : userId);

/**
 * Whether this learner made it, or saw it. What was made without an account goes along into the next trial or account of
 * this device, as a trial's progress does. What was made with an account nobody else has.
 */
export function belongsTo({ owner }: { owner: string | null }, learner: Learner): boolean {
  return !learner.hasEnded && (owner === null || owner === ownerOf(learner));
}
