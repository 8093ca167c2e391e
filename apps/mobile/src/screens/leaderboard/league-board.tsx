import { StyleSheet, View } from 'react-native';
import type { League } from '@/api/types';
import { FailurePanel } from '@/components/failure-panel';
import { SkeletonCards } from '@/components/skeleton';
import { Text } from '@/components/text';
import { TitledCard } from '@/components/titled-card';
import { describeRest } from '@/lib/describe-time';
import { nameOfLeague, type Zone, zonesOf } from '@/lib/standings';
import { useLeague } from '@/state/queries/leaderboards';
import { useHasAccount } from '@/state/session';
import { spacing, useAppTheme } from '@/theme/theme';
import { BoardCard, BoardNote } from './board-card';
import { StandingRow } from './standing-row';
import { TurnOnButton } from './turn-on-button';
import { AccountsOnly } from './unlisted-note';

/** The learner's group of this week, for who wants to be in one. */
export function LeagueBoard() {
  const hasAccount = useHasAccount();
  const league = useLeague();
  if (!hasAccount) return <AccountsOnly text="A trial is in no league. With an account you can take part." />;
  if (league.data) {
    return league.data.is_joined ? (
      <Group league={league.data} now={league.dataUpdatedAt} />
    ) : (
      <Invitation isWaiting={league.isFetching} />
    );
  }
  if (league.error) return <FailurePanel error={league.error} onRetry={() => void league.refetch()} />;
  return <SkeletonCards count={1} height={320} />;
}

function Invitation({ isWaiting }: { isWaiting: boolean }) {
  const { palette } = useAppTheme();
  return (
    <TitledCard title="Compare a week with others" testID="league-invitation">
      <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }}>
        For a week, from Monday to Sunday in UTC, you are in a group of up to 30 people who all chose to take
        part, and who see each other’s names and points. When it ends, the first go up a league, and the last
        go down one. A snippet earns points only the first time that you solve it.
      </Text>
      <TurnOnButton setting="is_in_leagues" label="Take part" mode="contained" isWaiting={isWaiting} />
    </TitledCard>
  );
}

function Group({ league, now }: { league: League; now: number }) {
  return (
    <BoardCard
      title={nameOfLeague(league.tier)}
      end={describeRest(league.ends_at, now)}
      testID="board-league"
    >
      {league.standings.length === 0 && (
        <BoardNote text="The next points that you earn this week place you in a group." testID="not-placed" />
      )}
      {zonesOf(league).map((zone) => (
        <ZoneRows key={zone.name} zone={zone} />
      ))}
      <BoardNote text="You can leave the leagues in your profile." />
    </BoardCard>
  );
}

function ZoneRows({ zone: { name, words, placed } }: { zone: Zone }) {
  const { palette } = useAppTheme();
  return (
    <View testID={`zone-${name}`}>
      <View style={[styles.words, { backgroundColor: palette.surfaceVariant }]}>
        <Text variant="labelMedium" style={{ color: palette.onSurfaceVariant }}>
          {words}
        </Text>
      </View>
      {placed.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells those apart who share a rank
        <StandingRow key={index} placed={each} />
      ))}
    </View>
  );
}

const styles = StyleSheet.create({
  words: { paddingHorizontal: spacing.l, paddingVertical: spacing.xs },
});
