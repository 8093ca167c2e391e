import { StyleSheet, View } from 'react-native';
import type { Placed } from '@/api/types';
import { Text } from '@/components/text';
import { describePoints, nameOf } from '@/lib/standings';
import { spacing, touchTarget, useAppTheme } from '@/theme/theme';

/** A line of a leaderboard; the learner's own stands out. */
export function StandingRow({ placed }: { placed: Placed }) {
  const { palette } = useAppTheme();
  const { rank, points, is_me: isMe } = placed;
  const colors = isMe
    ? { backgroundColor: palette.primaryContainer, borderTopColor: palette.outlineVariant }
    : { borderTopColor: palette.outlineVariant };
  const color = isMe ? palette.onPrimaryContainer : palette.onSurface;
  return (
    <View style={[styles.row, colors]} testID={isMe ? 'standing-me' : 'standing'}>
      <Text variant="titleMedium" style={[styles.rank, { color }]}>
        {rank}
      </Text>
      <View style={styles.texts}>
        <Text variant="bodyLarge" style={[styles.name, isMe && styles.me, { color }]}>
          {nameOf(placed)}
        </Text>
        <Text variant="bodyMedium" style={{ color: isMe ? color : palette.onSurfaceVariant }}>
          {describePoints(points)}
        </Text>
      </View>
    </View>
  );
}

const styles = StyleSheet.create({
  row: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.m,
    minHeight: touchTarget + spacing.s,
    paddingHorizontal: spacing.l,
    paddingVertical: spacing.s,
    borderTopWidth: 1,
  },
  rank: { minWidth: 28 },
  // The points go below a name that leaves them no room.
  texts: {
    flex: 1,
    minWidth: 0,
    flexDirection: 'row',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: spacing.m,
  },
  // The least width, so that a long word breaks rather than stands out of the card.
  name: { flexGrow: 1, flexShrink: 1, minWidth: 0, letterSpacing: 0 },
  me: { fontWeight: '700' },
});
