import { StyleSheet, View } from 'react-native';
import type { Leaderboard } from '@/api/types';
import { FailurePanel } from '@/components/failure-panel';
import { SkeletonCards } from '@/components/skeleton';
import { describeRest } from '@/lib/describe-time';
import { useLeaderboard } from '@/state/queries/leaderboards';
import { useAppTheme } from '@/theme/theme';
import { BoardCard, BoardNote } from './board-card';
import { StandingRow } from './standing-row';
import { UnlistedNote } from './unlisted-note';

type Period = Leaderboard['period'];

const titles: Record<Period, string> = { weekly: 'Points of this week', 'all-time': 'Points of all time' };

const words: Record<Period, { empty: string; noPoints: string }> = {
  weekly: {
    empty: 'Nobody has points this week yet. Solving a snippet for the first time earns some.',
    noPoints: 'You have no points this week yet. Solving a snippet for the first time earns some.',
  },
  'all-time': {
    empty: 'Nobody has points yet. Solving a snippet for the first time earns some.',
    noPoints: 'You have no points yet. Solving a snippet for the first time earns some.',
  },
};

/** Who has earned most in a time. */
export function PointsBoard({ period }: { period: Period }) {
  const board = useLeaderboard(period);
  if (board.data) {
    return (
      <>
        {!board.data.is_listed && <UnlistedNote isWaiting={board.isFetching} />}
        <Standings board={board.data} period={period} now={board.dataUpdatedAt} />
      </>
    );
  }
  if (board.error) return <FailurePanel error={board.error} onRetry={() => void board.refetch()} />;
  return <SkeletonCards count={1} height={320} />;
}

interface StandingsProps {
  board: Leaderboard;
  period: Period;
  now: number;
}

function Standings({ board, period, now }: StandingsProps) {
  const { entries, me, ends_at: endsAt } = board;
  const isAmongFirst = entries.some((placed) => placed.is_me);
  const { empty, noPoints } = words[period];
  return (
    <BoardCard title={titles[period]} end={describeRest(endsAt, now)} testID={`board-${period}`}>
      {entries.map((placed, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells those apart who share a rank
        <StandingRow key={index} placed={placed} />
      ))}
      {!isAmongFirst &&
        (me ? (
          <>
            {entries.length > 0 && <Gap />}
            <StandingRow placed={{ ...me, name: null, is_me: true }} />
          </>
        ) : (
          <BoardNote text={entries.length === 0 ? empty : noPoints} testID="board-note" />
        ))}
    </BoardCard>
  );
}

/** Between the first and the learner's own line, which may be far below. */
function Gap() {
  const { palette } = useAppTheme();
  return <View style={[styles.gap, { backgroundColor: palette.surfaceVariant }]} testID="gap" />;
}

const styles = StyleSheet.create({ gap: { height: 8 } });
