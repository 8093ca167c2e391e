import { type QueryClient, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/api/client';
import type { Leaderboard } from '@/api/types';
import { useHasAccount, useSessionStore, useUserId } from '@/state/session';
import { learnerKey } from './progress';

const leaderboardsKey = (userId: string | null) => [...learnerKey(userId), 'leaderboards'] as const;

/** What others earn nobody tells: it is asked for anew before long. */
const staleTime = 60_000;

/** Who has earned most. Without a session nothing is asked. */
export function useLeaderboard(period: Leaderboard['period']) {
  const userId = useUserId();
  return useQuery({
    queryKey: [...leaderboardsKey(userId), period],
    queryFn: () => answerOf(api.GET('/api/v1/leaderboards/{period}', { params: { path: { period } } })),
    enabled: userId !== null,
    staleTime,
  });
}

/** The learner's group of this week. Trials are in none. */
export function useLeague() {
  const userId = useUserId();
  return useQuery({
    queryKey: [...leaderboardsKey(userId), 'league'],
    queryFn: () => answerOf(api.GET('/api/v1/leagues/current')),
    enabled: useHasAccount(),
    staleTime,
  });
}

/** Asks anew who is where, after the learner chose to be seen or not to be. */
export function refetchLeaderboards(queryClient: QueryClient): void {
  const { userId } = useSessionStore.getState();
  void queryClient.invalidateQueries({ queryKey: leaderboardsKey(userId) });
}
