import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answerOf, api } from '@/api/client';
import { FailureError } from '@/api/failure';
import type { Execution, RunRequest, SnippetState, TraceRequest } from '@/api/types';
import { randomId } from '@/lib/random-id';
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

/** Runs the code on the visible tests. */
export function useRun(slug: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (body: RunRequest) => {
      const path = { id: slug };
      return finished(await answerOf(api.POST('/api/v1/snippets/{id}/execute', { params: { path }, body })));
    },
    onSuccess: () => noteSnippetState(queryClient, slug, usedOnce),
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

/** Submits the code: all tests, and it counts. */
export function useSubmit(slug: string) {
  const queryClient = useQueryClient();
  // The same code sent again after a lost answer is the same submission.
  const unanswered = useRef<{ code: string; key: string } | null>(null);
  return useMutation({
    mutationFn: async (body: RunRequest) => {
      if (unanswered.current?.code !== body.code) unanswered.current = { code: body.code, key: randomId() };
      const params = { path: { id: slug }, header: { 'Idempotency-Key': unanswered.current.key } };
      return finished(await answerOf(api.POST('/api/v1/snippets/{id}/submit', { params, body })));
    },
    onSuccess: (execution, body) => {
      unanswered.current = null;
      noteSnippetState(queryClient, slug, stateAfterSubmit(execution, body.code));
      if (execution.is_correct) refetchSnippetState(queryClient, slug);
      if (execution.badges?.length) refetchBadges(queryClient);
    },
    onError: (error) => reloadIfChanged(queryClient, slug, error),
  });
}
