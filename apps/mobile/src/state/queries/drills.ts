import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/api/client';
import type { Language } from '@/api/types';
import { useSessionStore, useUserId } from '@/state/session';
import { learnerKey } from './progress';

export const nextDrillQuery = (userId: string | null, language: Language) =>
  queryOptions({
    queryKey: [...learnerKey(userId), 'next', language],
    queryFn: () => answerOf(api.GET('/api/v1/users/next', { params: { query: { language } } })),
  });

/** What to drill next. Without a session nothing is asked, and none is begun. */
export function useNextDrill(language: Language) {
  const userId = useUserId();
  return useQuery({
    ...nextDrillQuery(userId, language),
    enabled: userId !== null,
    // Another day may have begun while the page was out of sight.
    refetchOnWindowFocus: true,
  });
}

/** Asks what to drill next, whatever is known. */
export function useAskNextDrill(language: Language) {
  const queryClient = useQueryClient();
  return () => {
    const { userId } = useSessionStore.getState();
    return queryClient.fetchQuery({ ...nextDrillQuery(userId, language), staleTime: 0, retry: false });
  };
}

export const dueReviewsQuery = (userId: string | null, language: Language) =>
  queryOptions({
    queryKey: [...learnerKey(userId), 'due', language],
    queryFn: async () =>
      (await answerOf(api.GET('/api/v1/users/reviews/due', { params: { query: { language } } }))).data,
  });

/** What should be seen again. */
export function useDueReviews(language: Language) {
  const userId = useUserId();
  return useQuery({
    ...dueReviewsQuery(userId, language),
    enabled: userId !== null,
    refetchOnWindowFocus: true,
  });
}

export const dailyQuery = (language: Language) =>
  queryOptions({
    queryKey: ['daily', language],
    queryFn: () => answerOf(api.GET('/api/v1/snippets/daily', { params: { query: { language } } })),
    staleTime: ({ state }) => (state.data ? Date.parse(state.data.ends_at) - state.dataUpdatedAt : 0),
  });

/** The challenge of the day, the same for everyone. */
export function useDailyChallenge(language: Language) {
  return useQuery({ ...dailyQuery(language), refetchOnWindowFocus: true });
}
