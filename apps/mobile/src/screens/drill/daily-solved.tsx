import { StyleSheet, View } from 'react-native';
import type { Snippet } from '@/api/types';
import { badgeIconSize } from '@/components/badge/badge-icon';
import { Icon } from '@/components/icon/icon';
import { ShareDailyButton } from '@/components/share/share-daily-button';
import { Text } from '@/components/text';
import { useDailyChallenge } from '@/state/queries/drills';
import { spacing, useAppTheme } from '@/theme/theme';

/** The way to tell others of today's challenge, for who has just solved it. */
export function DailySolved({ snippet }: { snippet: Snippet }) {
  const { palette } = useAppTheme();
  const { data } = useDailyChallenge(snippet.language);
  if (data?.snippet.slug !== snippet.slug) return null;
  return (
    <View style={styles.row} testID="daily-solved">
      <View style={styles.icon}>
        <Icon name="calendar-star-outline" color={palette.secondary} size={24} />
      </View>
      <Text variant="bodyMedium" style={styles.text}>
        That was the daily challenge
      </Text>
      <ShareDailyButton date={data.date} />
    </View>
  );
}

const styles = StyleSheet.create({
  // As the badges that may follow, below the trophy, which has a box around it.
  row: { flexDirection: 'row', alignItems: 'center', gap: spacing.m, paddingHorizontal: spacing.l },
  icon: { width: badgeIconSize, alignItems: 'center' },
  text: { flex: 1, minWidth: 0, fontWeight: '700' },
});
