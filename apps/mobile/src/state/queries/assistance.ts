import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/api/client';
import type { ReportReason } from '@/api/types';
import { noteSnippetState } from './progress';

/** Reveals a hint: 1 is a nudge, 3 the cause. */
export function useRevealHint(slug: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (tier: number) =>
      answerOf(api.POST('/api/v1/snippets/{id}/hints/{tier}', { params: { path: { id: slug, tier } } })),
    onSuccess: ({ tier, hint }) =>
      noteSnippetState(queryClient, slug, (state) => ({
        status: state.status ?? 'started',
        hints: [...state.hints.slice(0, tier - 1), hint, ...state.hints.slice(tier)],
      })),
  });
}

/** Gives up: shows the solution, and the pattern comes back soon. */
export function useGiveUp(slug: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/snippets/{id}/give-up', { params: { path: { id: slug } } })),
    onSuccess: (reveal) =>
      noteSnippetState(queryClient, slug, (state) => ({
        status: state.status === 'solved' ? 'solved' : 'given_up',
        reveal,
      })),
  });
}

/** Keeps what the learner thinks was wrong. It is shown at once whether it is so: nobody waits for this. */
export function useAnswerWhy(slug: string) {
  return useMutation({
    mutationFn: (choice: number) =>
      answerOf(api.POST('/api/v1/snippets/{id}/why', { params: { path: { id: slug } }, body: { choice } })),
  });
}

export function useReport(slug: string) {
  return useMutation({
    mutationFn: (body: { reason: ReportReason; comment: string }) =>
      answerOf(api.POST('/api/v1/snippets/{id}/report', { params: { path: { id: slug } }, body })),
  });
}
