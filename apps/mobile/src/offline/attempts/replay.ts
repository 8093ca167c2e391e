import { failureFromError } from '@/api/failure';
import type { Learner } from '@/api/session';
import type { SyncedItem, SyncRequest } from '@/api/types';
import { type Attempt, belongsTo, itemOf, type Outcome, outcomeOf } from './attempt';
import type { AttemptLog } from './attempt-log';

/** The most that are sent at once: the server judges what it can in 20 s, and takes 4 MB. */
const batchSize = 50;

const pauseSeconds = 15;

/** What the server said to a request; `unacceptable` is one that it will never take. */
export type SyncAnswer = { kind: 'answered'; items: SyncedItem[] } | { kind: 'unacceptable' };

interface ReplayDependencies {
  log: AttemptLog;
  learner: () => Learner;
  /** Begins a session where there is none. */
  begin: () => Promise<unknown>;
  /** Sends in the name of this learner, or not at all. */
  send: (userId: string, request: SyncRequest) => Promise<SyncAnswer>;
  now: () => Date;
  /** Runs one task at a time on this device: other tabs wait too. */
  exclusively: <T>(task: () => Promise<T>) => Promise<T>;
  /** Told of each answer, once it is written down. */
  onSettled: (attempt: Attempt, outcome: Outcome) => void;
}

/** Seconds after which it is worth trying again; null when nothing is left, or something has to change first. */
export type ReplayEnd = number | null;

/**
 * Sends what is not sent, in the order in which it was made. Each attempt stays in the log until the server has answered
 * for it; should the app end between the two, it is sent again, and counts once.
 */
export function createReplay(dependencies: ReplayDependencies): () => Promise<ReplayEnd> {
  const { log, learner, begin, send, now, exclusively, onSettled } = dependencies;
  let running: Promise<ReplayEnd> | null = null;

  async function settle(attempt: Attempt, answer: Parameters<typeof outcomeOf>[1]) {
    const outcome = outcomeOf(attempt, answer);
    await log.settle(outcome);
    onSettled(attempt, outcome);
  }

  /** How many of them have left the log. */
  async function settleAnswered(batch: Attempt[], items: SyncedItem[]): Promise<number> {
    const answers = new Map(items.map((item) => [item.client_id, item]));
    let count = 0;
    for (const attempt of batch) {
      const answer = answers.get(attempt.clientId);
      if (!answer || answer.status === 'pending') continue;
      await settle(attempt, { ...answer, status: answer.status });
      count += 1;
    }
    return count;
  }

  async function sendAll(): Promise<ReplayEnd> {
    let size = batchSize;
    for (;;) {
      const batch = (await log.pending()).filter((attempt) => belongsTo(attempt, learner())).slice(0, size);
      const [first] = batch;
      if (!first) return null;
      if (learner().userId === null) await begin();
      const { userId } = learner();
      if (userId === null) return null;
      // By now it may be another learner, who has to be looked at anew.
      if (!batch.every((attempt) => belongsTo(attempt, learner()))) continue;
      const answer = await send(userId, { sent_at: now().toISOString(), items: batch.map(itemOf) });
      if (answer.kind === 'answered') {
        const count = await settleAnswered(batch, answer.items);
        if (count === 0) return pauseSeconds;
        size = batchSize;
      } else if (batch.length > 1) {
        // One of them spoils the rest, or they are too many.
        size = Math.ceil(batch.length / 2);
      } else {
        await settle(first, { status: 'refused', reason: 'not_accepted', verdict: null, points: 0 });
        size = batchSize;
      }
    }
  }

  async function endingWell(): Promise<ReplayEnd> {
    try {
      return await sendAll();
    } catch (error) {
      const failure = failureFromError(error);
      if (failure.kind === 'rate-limited') return failure.seconds;
      // A change of the connection or of the learner is told by itself.
      const isWaitedFor = failure.kind === 'offline' || failure.kind === 'logged-out';
      return isWaitedFor ? null : 4 * pauseSeconds;
    }
  }

  return () => {
    running ??= exclusively(endingWell).finally(() => {
      running = null;
    });
    return running;
  };
}
