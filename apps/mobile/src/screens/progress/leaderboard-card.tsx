import { router } from 'expo-router';
import { StyleSheet, View } from 'react-native';
import { failureFromError } from '@/api/failure';
import { PressableCard } from '@/components/card';
import { Icon } from '@/components/icon/icon';
import { Text } from '@/components/text';
import { useLeaderboard } from '@/state/queries/leaderboards';
import { spacing, useAppTheme } from '@/theme/theme';

/** The way to the leaderboard, with the learner's place of this week. Nobody misses it on a server that has none. */
export function LeaderboardCard() {
  const { palette } = useAppTheme();
  const week = useLeaderboard('weekly');
  if (week.error && failureFromError(week.error).kind === 'not-found') return null;
  const text = week.data?.me ? `Your place this week: ${week.data.me.rank}` : 'This week, all time, leagues';
  return (
    <PressableCard
      label={`Leaderboard, ${text}`}
      onPress={() => router.push('/leaderboard')}
      style={styles.card}
      testID="to-leaderboard"
    >
      <Icon name="podium" color={palette.primary} size={22} />
      <View style={styles.texts}>
        <Text variant="titleMedium" style={styles.title}>
          Leaderboard
        </Text>
        <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
          {text}
        </Text>
      </View>
      <Icon name="chevron-right" color={palette.outline} />
    </PressableCard>
  );
}

const styles = StyleSheet.create({
  card: { flexDirection: 'row', alignItems: 'center', gap: spacing.m, paddingVertical: spacing.m },
  texts: { flex: 1, minWidth: 0, gap: 2 },
  title: { fontWeight: '700' },
});
