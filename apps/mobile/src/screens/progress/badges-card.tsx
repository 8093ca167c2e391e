import { router } from 'expo-router';
import { StyleSheet, View } from 'react-native';
import { failureFromError } from '@/api/failure';
import type { Badge } from '@/api/types';
import { badgeIconSize } from '@/components/badge/badge-icon';
import { BadgeRow } from '@/components/badge/badge-row';
import { Card } from '@/components/card';
import { FailurePanel } from '@/components/failure-panel';
import { LinkRow } from '@/components/link-row';
import { SectionTitle } from '@/components/section-title';
import { SkeletonCards } from '@/components/skeleton';
import { Text } from '@/components/text';
import { TitledCard } from '@/components/titled-card';
import { badgesInSight, isEarned, lastEarned, nearestBadges } from '@/lib/badges';
import type { BadgesQuery } from '@/state/queries/badges';
import { spacing, useAppTheme } from '@/theme/theme';

const shownEarned = 3;
const shownNearest = 2;

/** The badges that came last and those that are near. Nobody misses them on a server that has none. */
export function BadgesCard({ badges, showsStreak }: { badges: BadgesQuery; showsStreak: boolean }) {
  if (badges.data) {
    return badges.data.length > 0 ? (
      <Standing badges={badges.data} showsStreak={showsStreak} now={badges.dataUpdatedAt} />
    ) : null;
  }
  // The first time the screen waits for it; this is another try after a failure.
  if (!badges.error) return <SkeletonCards count={1} height={180} />;
  if (failureFromError(badges.error).kind === 'not-found') return null;
  return (
    <TitledCard title="Badges" testID="badges-card">
      <FailurePanel error={badges.error} onRetry={() => void badges.refetch()} />
    </TitledCard>
  );
}

interface StandingProps {
  badges: Badge[];
  showsStreak: boolean;
  now: number;
}

function Standing({ badges, showsStreak, now }: StandingProps) {
  const { palette } = useAppTheme();
  const inSight = badgesInSight(badges, showsStreak);
  const shown = [...lastEarned(inSight, shownEarned), ...nearestBadges(inSight, shownNearest)];
  return (
    <Card style={styles.card} testID="badges-card">
      <View style={styles.head}>
        <SectionTitle style={styles.title}>Badges</SectionTitle>
        <Text variant="labelMedium" style={{ color: palette.secondary }}>
          {badges.filter(isEarned).length} of {badges.length}
        </Text>
      </View>
      {shown.map((badge) => (
        <BadgeRow key={badge.id} badge={badge} now={now} isBrief />
      ))}
      <LinkRow
        icon="medal-outline"
        title="All badges"
        iconWidth={badgeIconSize}
        onPress={() => router.push('/badges')}
        testID="to-badges"
      />
    </Card>
  );
}

const styles = StyleSheet.create({
  card: { padding: 0, gap: 0, overflow: 'hidden' },
  head: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.s,
    paddingHorizontal: spacing.l,
    paddingVertical: spacing.m,
  },
  title: { flex: 1 },
});
