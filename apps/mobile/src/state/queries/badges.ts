import { type QueryClient, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/api/client';
import { useSessionStore, useUserId } from '@/state/session';
import { learnerKey } from './progress';

const badgesKey = (userId: string | null) => [...learnerKey(userId), 'badges'] as const;

/** All badges, and how far the learner is with each. Without a session nothing is asked. */
export function useBadges() {
  const userId = useUserId();
  return useQuery({
    queryKey: badgesKey(userId),
    queryFn: async () => (await answerOf(api.GET('/api/v1/users/badges'))).badges,
    enabled: userId !== null,
  });
}

export type BadgesQuery = ReturnType<typeof useBadges>;

/** Asks anew for the badges, where they are shown. */
export function refetchBadges(queryClient: QueryClient): void {
  const { userId } = useSessionStore.getState();
  void queryClient.invalidateQueries({ queryKey: badgesKey(userId) });
}
