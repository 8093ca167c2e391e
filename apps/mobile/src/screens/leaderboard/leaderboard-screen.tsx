import { useQueryClient } from '@tanstack/react-query';
import { router } from 'expo-router';
import { useState } from 'react';
import type { Leaderboard } from '@/api/types';
import { Button } from '@/components/button';
import { Choices } from '@/components/choices';
import { Message } from '@/components/message';
import { Screen, ScreenHeader } from '@/components/screen';
import { SessionEndedCard } from '@/components/session-ended';
import { goBack } from '@/lib/go-back';
import { useScreenTitle } from '@/lib/use-screen-title';
import { refetchLeaderboards } from '@/state/queries/leaderboards';
import { useFreshProgress } from '@/state/queries/progress';
import { useSessionStore, useUserId } from '@/state/session';
import { LeagueBoard } from './league-board';
import { PointsBoard } from './points-board';

type Segment = Leaderboard['period'] | 'league';

const segments: { value: Segment; label: string }[] = [
  { value: 'weekly', label: 'This week' },
  { value: 'all-time', label: 'All time' },
  { value: 'league', label: 'League' },
];

export function LeaderboardScreen() {
  const hasBegun = useUserId() !== null;
  const hasEnded = useSessionStore((state) => state.hasEnded);
  const queryClient = useQueryClient();
  useFreshProgress();
  useScreenTitle('Leaderboard');
  return (
    <Screen
      header={<ScreenHeader title="Leaderboard" onBack={() => goBack('/progress')} />}
      onRefresh={hasBegun ? () => refetchLeaderboards(queryClient) : undefined}
    >
      {hasEnded ? <SessionEndedCard /> : hasBegun ? <Boards /> : <NothingYet />}
    </Screen>
  );
}

function Boards() {
  const [segment, setSegment] = useState<Segment>('weekly');
  return (
    <>
      <Choices
        label="Leaderboard"
        options={segments}
        chosen={segment}
        onChoose={setSegment}
        testID="segment"
      />
      {segment === 'league' ? <LeagueBoard /> : <PointsBoard key={segment} period={segment} />}
    </>
  );
}

function NothingYet() {
  return (
    <Message
      icon="podium"
      title="No points yet"
      text="Fix your first bug, and you see here what others have earned."
      testID="no-points"
    >
      <Button mode="contained" onPress={() => router.navigate('/patterns')}>
        To the patterns
      </Button>
    </Message>
  );
}
