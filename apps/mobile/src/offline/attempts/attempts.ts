import { useMemo } from 'react';
import { create } from 'zustand';
import { exclusivelyFor } from '@/api/exclusively';
import { otherTabs } from '@/api/other-tabs';
import type { Learner } from '@/api/session';
import { useSessionStore } from '@/state/session';
import { attemptStorage } from '@/storage/storage';
import { type Attempt, belongsTo, type Outcome, ownerOf } from './attempt';
import { createAttemptLog } from './attempt-log';

export const attemptLog = createAttemptLog(attemptStorage, exclusivelyFor('attempt-log'));

interface Attempts {
  /** What the server does not have yet, of all learners of this device. */
  pending: Attempt[];
  /** Answers that were not seen yet. */
  outcomes: Outcome[];
  isSending: boolean;
}

/** The log of attempts, as far as it was read. */
export const useAttempts = create<Attempts>()(() => ({ pending: [], outcomes: [], isSending: false }));

const tabs = otherTabs('attempts');

/** Reads the log, which another tab may have changed. */
export async function readLog(): Promise<void> {
  const [pending, outcomes] = await Promise.all([attemptLog.pending(), attemptLog.outcomes()]);
  useAttempts.setState({ pending, outcomes });
}

tabs.whenTold(() => void readLog().catch(() => undefined));

/** To be called after each change of the log. */
export async function noteChangedLog(): Promise<void> {
  await readLog();
  tabs.tell();
}

const ofLearner = <Entry extends { owner: string | null }>(entries: Entry[], learner: Learner): Entry[] =>
  entries.filter((entry) => belongsTo(entry, learner));

/** What of the log is the learner's. */
export function useMyAttempts(): Attempts {
  const attempts = useAttempts();
  const learner = useSessionStore();
  return useMemo(
    () => ({
      isSending: attempts.isSending,
      pending: ofLearner(attempts.pending, learner),
      outcomes: ofLearner(attempts.outcomes, learner),
    }),
    [attempts, learner],
  );
}

export const hasPending = (): boolean =>
  ofLearner(useAttempts.getState().pending, useSessionStore.getState()).length > 0;

/** Keeps a submission that did not reach the server. What is already kept, unchanged, is not kept twice. */
export async function queueAttempt(attempt: Omit<Attempt, 'owner'>): Promise<void> {
  const owner = ownerOf(useSessionStore.getState());
  const isSame = ({ slug, code, revision }: Attempt) =>
    slug === attempt.slug && code === attempt.code && revision === attempt.revision;
  const last = ofLearner(await attemptLog.pending(), useSessionStore.getState())
    .filter(({ slug }) => slug === attempt.slug)
    .at(-1);
  if (!last || !isSame(last)) await attemptLog.append({ ...attempt, owner });
  await noteChangedLog();
}

/** The learner has seen these answers. */
export async function dismissOutcomes(outcomes: Outcome[]): Promise<void> {
  await attemptLog.dismiss(outcomes.map(({ clientId }) => clientId));
  await noteChangedLog();
}

/** What was made without an account is this account's from now on, whoever comes after it. */
export async function claimAttempts(): Promise<void> {
  const owner = ownerOf(useSessionStore.getState());
  const { pending, outcomes } = useAttempts.getState();
  if (owner === null || ![...pending, ...outcomes].some((entry) => entry.owner === null)) return;
  await attemptLog.claim(owner);
  await noteChangedLog();
}

/** Removes what belongs to this account and to nobody, or all there is. */
export async function removeAttempts(of: { owner: string | null } | 'all'): Promise<void> {
  await attemptLog.removeWhere((owner) => of === 'all' || owner === null || owner === of.owner);
  await noteChangedLog();
}
