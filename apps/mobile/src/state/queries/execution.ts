import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answerOf, api } from '@/api/client';
import { FailureError, failureFromError } from '@/api/failure';
import type { Execution, RunRequest, Snippet, SnippetState, TraceRequest } from '@/api/types';
import { randomId } from '@/lib/random-id';
import { queueAttempt } from '@/offline/attempts/attempts';
import { sendAttempts } from '@/offline/attempts/send';
import { isOnline } from '@/offline/connection';
import { offlineEngine } from '@/offline/engine/engine';
import { refetchBadges } from './badges';
import { noteSnippetState, refetchSnippetState } from './progress';

const pollMilliseconds = 1000;
const patienceMilliseconds = 60_000;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const isUnderWay = (execution: Execution) => execution.status === 'queued' || execution.status === 'running';

/** Waits for an execution that the server could not finish at once. */
async function finished(execution: Execution): Promise<Execution> {
  const deadline = Date.now() + patienceMilliseconds;
  let latest = execution;
  while (isUnderWay(latest)) {
    if (Date.now() > deadline)
      throw new FailureError({ kind: 'server', status: 504, code: 'execution_slow' });
    await pause(pollMilliseconds);
    const path = { id: latest.execution_id };
    latest = await answerOf(api.GET('/api/v1/executions/{id}', { params: { path } }));
  }
  return latest;
}

const isOffline = (error: unknown) => failureFromError(error).kind === 'offline';

async function reloadIfChanged(queryClient: QueryClient, slug: string, error: Error) {
  if (error instanceof FailureError && error.failure.kind === 'snippet-changed') {
    await queryClient.invalidateQueries({ queryKey: ['snippet', slug] });
  }
}

/** A first use takes one of the trial's snippets. */
function usedOnce({ status, trial_snippets_remaining: remaining }: SnippetState): Partial<SnippetState> {
  if (status != null) return {};
  return {
    status: 'started',
    trial_snippets_remaining: remaining == null ? null : Math.max(0, remaining - 1),
  };
}

/** Runs the code on the visible tests: on the server, or on this device where the server can't be reached. */
export function useRun(snippet: Snippet) {
  const { slug, language } = snippet;
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (body: RunRequest) => {
      if (!isOnline() && (await offlineEngine.isReady(language)))
        return offlineEngine.run(snippet, body.code);
      const params = { path: { id: slug } };
      try {
        const answer = answerOf(api.POST('/api/v1/snippets/{id}/execute', { params, body }));
        const execution = await finished(await answer);
        noteSnippetState(queryClient, slug, usedOnce);
        return execution;
      } catch (error) {
        if (!isOffline(error)) throw error;
        return offlineEngine.run(snippet, body.code);
      }
    },
    onError: (error) => reloadIfChanged(queryClient, slug, error),
  });
}

/** Every step of the code on one visible test. */
export function useTrace(slug: string, body: TraceRequest) {
  const queryClient = useQueryClient();
  return useQuery({
    queryKey: ['trace', slug, body],
    queryFn: async () => {
      const path = { id: slug };
      try {
        return await finished(
          await answerOf(api.POST('/api/v1/snippets/{id}/trace', { params: { path }, body })),
        );
      } catch (error) {
        if (error instanceof Error) await reloadIfChanged(queryClient, slug, error);
        throw error;
      }
    },
    // The same code does the same again.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 5 * 60_000,
  });
}

function stateAfterSubmit(execution: Execution, code: string) {
  return (state: SnippetState): Partial<SnippetState> => {
    const isDecided = state.status === 'solved' || state.status === 'given_up';
    return {
      attempts: state.attempts + 1,
      last_code: code,
      status: isDecided ? state.status : execution.is_correct ? 'solved' : 'attempted',
      trial_snippets_remaining: execution.trial_snippets_remaining,
    };
  };
}

/** What became of a submission: the server has judged it, or it waits for a connection. */
export type Submitted =
  | { kind: 'judged'; execution: Execution }
  | {
      kind: 'queued';
      /** What a run on this device told, where there could be one. The server's verdict is the one that counts. */
      preliminary: Execution | null;
    };

/** Nobody waits longer than this for a connection that does not answer. */
const submitMilliseconds = 30_000;
const submitOfflineMilliseconds = 5000;

async function within<Value>(milliseconds: number, answer: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new FailureError({ kind: 'offline' })), milliseconds);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** The run on this device that stands in for the server's, as long as there is none. */
async function runHere(snippet: Snippet, code: string): Promise<Execution | null> {
  try {
    return (await offlineEngine.isReady(snippet.language)) ? await offlineEngine.run(snippet, code) : null;
  } catch {
    return null;
  }
}

/** Submits the code: all tests, and it counts. Without a connection it is kept, to be sent later. */
export function useSubmit(snippet: Snippet, startedAt: string) {
  const { id, slug, title } = snippet;
  const queryClient = useQueryClient();
  // The same code sent again after a lost answer is the same submission.
  const unanswered = useRef<{ code: string; key: string } | null>(null);

  async function submit(body: RunRequest, key: string): Promise<Execution> {
    // What was made before counts before.
    await sendAttempts();
    const params = { path: { id: slug }, header: { 'Idempotency-Key': key } };
    return finished(await answerOf(api.POST('/api/v1/snippets/{id}/submit', { params, body })));
  }

  async function queue({ code, revision }: RunRequest, clientId: string): Promise<Submitted> {
    const execution = await runHere(snippet, code);
    const submittedAt = new Date().toISOString();
    const preliminary = execution && { passed: execution.passed ?? 0, total: execution.total ?? 0 };
    await queueAttempt({
      clientId,
      snippetId: id,
      slug,
      title,
      revision: revision ?? snippet.revision,
      code,
      startedAt,
      submittedAt,
      preliminary,
    });
    return { kind: 'queued', preliminary: execution };
  }

  return useMutation({
    mutationFn: async (body: RunRequest): Promise<Submitted> => {
      if (unanswered.current?.code !== body.code) unanswered.current = { code: body.code, key: randomId() };
      const { key } = unanswered.current;
      const patience = isOnline() ? submitMilliseconds : submitOfflineMilliseconds;
      try {
        return { kind: 'judged', execution: await within(patience, submit(body, key)) };
      } catch (error) {
        if (!isOffline(error)) throw error;
        return queue(body, key);
      }
    },
    onSuccess: (submitted, body) => {
      unanswered.current = null;
      if (submitted.kind === 'queued') return;
      const { execution } = submitted;
      noteSnippetState(queryClient, slug, stateAfterSubmit(execution, body.code));
      if (execution.is_correct) refetchSnippetState(queryClient, slug);
      if (execution.badges?.length) refetchBadges(queryClient);
    },
    onError: (error) => reloadIfChanged(queryClient, slug, error),
  });
}
