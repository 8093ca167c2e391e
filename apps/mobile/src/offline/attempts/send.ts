import { anonymousApi, answerOf, session } from '@/api/client';
import { exclusivelyFor } from '@/api/exclusively';
import { FailureError } from '@/api/failure';
import type { SyncRequest } from '@/api/types';
import { isOnline, whenConnectionChanges } from '@/offline/connection';
import { drafts } from '@/state/drafts';
import { learnerKey } from '@/state/queries/progress';
import { queryClient } from '@/state/queries/query-client';
import { useSessionStore } from '@/state/session';
import type { Attempt, Outcome } from './attempt';
import { attemptLog, claimAttempts, hasPending, noteChangedLog, readLog, useAttempts } from './attempts';
import { createReplay, type SyncAnswer } from './replay';

/** The request itself is refused, whatever it is about: sent again it would be refused again. */
const unacceptable = new Set([400, 413, 415, 422]);

const patienceMilliseconds = 60_000;

/** A request without an answer would keep the other tabs waiting. */
function withinTime<Value>(ask: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), patienceMilliseconds);
  return ask(controller.signal).finally(() => clearTimeout(timer));
}

/** Sends with this token, or not at all if it is another learner's by now. */
function post(userId: string, token: string, body: SyncRequest) {
  if (useSessionStore.getState().userId !== userId) throw new FailureError({ kind: 'learner-changed' });
  const headers = { Authorization: `Bearer ${token}` };
  return withinTime((signal) => anonymousApi.POST('/api/v1/users/progress/sync', { body, headers, signal }));
}

async function sendAs(userId: string, request: SyncRequest): Promise<SyncAnswer> {
  const token = await session.token();
  let result = await post(userId, token, request);
  if (result.response.status === 401) {
    result = await post(userId, await session.tokenInsteadOf(token), request);
  }
  if (unacceptable.has(result.response.status)) return { kind: 'unacceptable' };
  const { items } = await answerOf(Promise.resolve(result));
  return { kind: 'answered', items };
}

/** What is solved begins anew when it is opened again, unless something else was typed since. */
async function removeDraftOf({ slug, code }: Attempt): Promise<void> {
  for (const name of [slug, `${slug}?again`]) {
    if ((await drafts.read(name))?.code === code) await drafts.remove(name);
  }
}

/** All that the learner's attempts change: how a snippet stands, what is next and due, totals, days and badges. */
function refetchProgress(): void {
  void queryClient.invalidateQueries({ queryKey: learnerKey(useSessionStore.getState().userId) });
}

function noteSettled(attempt: Attempt, { verdict }: Outcome): void {
  if (verdict === 'accepted') void removeDraftOf(attempt);
  void noteChangedLog();
}

const replay = createReplay({
  log: attemptLog,
  learner: useSessionStore.getState,
  begin: () => session.token(),
  send: sendAs,
  now: () => new Date(),
  exclusively: exclusivelyFor('attempts'),
  onSettled: noteSettled,
});

let again: ReturnType<typeof setTimeout> | undefined;

/** Sends what is pending, if anything is; what can't be sent now is tried again in its time. */
export async function sendAttempts(): Promise<void> {
  if (!hasPending()) return;
  clearTimeout(again);
  const before = useAttempts.getState().pending.length;
  useAttempts.setState({ isSending: true });
  const seconds = await replay().finally(() => useAttempts.setState({ isSending: false }));
  // Another tab may have sent them meanwhile.
  await noteChangedLog();
  if (useAttempts.getState().pending.length < before) refetchProgress();
  if (seconds !== null) again = setTimeout(sendQuietly, 1000 * seconds);
}

const sendQuietly = () => void sendAttempts().catch(() => undefined);

/** Reads the log, and sends what is in it now and whenever it may have become possible. */
export async function startAttempts(): Promise<void> {
  await readLog();
  whenConnectionChanges((isReachable) => isReachable && sendQuietly());
  useSessionStore.subscribe(({ userId }, before) => {
    if (userId !== before.userId)
      void claimAttempts()
        .catch(() => undefined)
        .then(sendQuietly);
  });
  if (typeof document !== 'undefined') {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') sendQuietly();
    });
  }
  await claimAttempts();
  if (isOnline()) sendQuietly();
}
