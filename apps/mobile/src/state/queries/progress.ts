import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useFocusEffect } from 'expo-router';
import { useCallback } from 'react';
import { answerOf, api } from '@/api/client';
import type { Language, SnippetState } from '@/api/types';
import { useSessionStore, useUserId } from '@/state/session';

/** All that the server keeps for one learner is under this key, so that another learner never sees it. */
export const learnerKey = (userId: string | null) => ['learner', userId] as const;

const snippetStateKey = (userId: string | null, slug: string) =>
  [...learnerKey(userId), 'snippet', slug] as const;

/** Totals and patterns, of one language or of all. Without a session there is nothing yet, and nothing is asked. */
export function useProgress(language?: Language) {
  const userId = useUserId();
  return useQuery({
    queryKey: [...learnerKey(userId), 'progress', language ?? null],
    queryFn: () => answerOf(api.GET('/api/v1/users/progress', { params: { query: { language } } })),
    enabled: userId !== null,
  });
}

/** On which days the learner practised, in any language. */
export function useActivity(options: { staleTime?: number } = {}) {
  const userId = useUserId();
  return useQuery({
    ...options,
    queryKey: [...learnerKey(userId), 'activity'],
    queryFn: () => answerOf(api.GET('/api/v1/users/progress/activity')),
    enabled: userId !== null,
    // Another day may have begun while the page was out of sight.
    refetchOnWindowFocus: true,
  });
}

export const snippetMarksQuery = (userId: string | null, pattern?: string) =>
  queryOptions({
    queryKey: [...learnerKey(userId), 'marks', pattern ?? null],
    queryFn: () => answerOf(api.GET('/api/v1/users/progress/snippets', { params: { query: { pattern } } })),
  });

/** Which snippets the learner has begun, solved or given up, of one pattern or of all. */
export function useSnippetMarks(pattern?: string) {
  const userId = useUserId();
  return useQuery({ ...snippetMarksQuery(userId, pattern), enabled: userId !== null });
}

/** What the learner did with one snippet. */
export function useSnippetState(slug: string) {
  const userId = useUserId();
  return useQuery({
    queryKey: snippetStateKey(userId, slug),
    queryFn: () =>
      answerOf(api.GET('/api/v1/users/progress/snippets/{id}', { params: { path: { id: slug } } })),
    enabled: userId !== null,
  });
}

/** Asks anew for what went stale while another screen was in front. */
export function useFreshProgress(): void {
  const queryClient = useQueryClient();
  useFocusEffect(
    useCallback(() => {
      const isFleeting = (queryKey: readonly unknown[]) =>
        queryKey[0] === 'learner' || queryKey[0] === 'daily';
      void queryClient.refetchQueries(
        { predicate: ({ queryKey }) => isFleeting(queryKey), type: 'active', stale: true },
        { cancelRefetch: false },
      );
    }, [queryClient]),
  );
}

/** Asks anew for the state of a snippet: solved, it tells the solution. */
export function refetchSnippetState(queryClient: QueryClient, slug: string): void {
  const { userId } = useSessionStore.getState();
  void queryClient.invalidateQueries({ queryKey: snippetStateKey(userId, slug) });
}

/** Notes what an answer told, without asking again; lists and totals are asked anew when next shown. */
export function noteSnippetState(
  queryClient: QueryClient,
  slug: string,
  change: (state: SnippetState) => Partial<SnippetState>,
): void {
  const { userId } = useSessionStore.getState();
  const key = snippetStateKey(userId, slug);
  const known = queryClient.getQueryData<SnippetState>(key);
  if (known) queryClient.setQueryData<SnippetState>(key, { ...known, ...change(known) });
  else void queryClient.invalidateQueries({ queryKey: key });

  const isListOrTotal = (queryKey: readonly unknown[]) =>
    queryKey[2] !== 'snippet' && queryKey[2] !== 'profile';
  void queryClient.invalidateQueries({
    queryKey: learnerKey(userId),
    predicate: (query) => isListOrTotal(query.queryKey),
    refetchType: 'none',
  });
  // What was asked before this may be answered after it, and would count as fresh.
  void queryClient.invalidateQueries({
    queryKey: learnerKey(userId),
    predicate: (query) => isListOrTotal(query.queryKey) && query.state.fetchStatus === 'fetching',
  });
}
