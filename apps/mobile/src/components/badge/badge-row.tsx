import { StyleSheet, View } from 'react-native';
import type { Badge } from '@/api/types';
import { ProgressBar } from '@/components/progress-bar';
import { ShareBadgeButton } from '@/components/share/share-badge-button';
import { Text } from '@/components/text';
import { isEarned } from '@/lib/badges';
import { describeTime } from '@/lib/describe-time';
import { spacing, touchTarget, useAppTheme } from '@/theme/theme';
import { BadgeIcon } from './badge-icon';

interface BadgeRowProps {
  badge: Badge;
  now: number;
  /** Leaves out what it takes, and the way to share it. */
  isBrief?: boolean;
}

/** A line of a card: a badge, and when it was earned or how far it is. */
export function BadgeRow({ badge, now, isBrief = false }: BadgeRowProps) {
  const { palette } = useAppTheme();
  const { id, name, description, done, needed } = badge;
  return (
    <View style={[styles.row, { borderTopColor: palette.outlineVariant }]} testID={`badge-${id}`}>
      <BadgeIcon id={id} isEarned={isEarned(badge)} />
      <View style={styles.texts}>
        <View style={styles.head}>
          <Text variant="bodyLarge" style={styles.name}>
            {name}
          </Text>
          {!isEarned(badge) && (
            <Text variant="labelMedium" style={{ color: palette.onSurfaceVariant }}>
              {done} / {needed}
            </Text>
          )}
        </View>
        {!isBrief && (
          <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
            {description}
          </Text>
        )}
        {isEarned(badge) ? (
          <Text variant="bodySmall" style={{ color: palette.secondary }}>
            Earned {describeTime(badge.earned_at, now)}
          </Text>
        ) : (
          <ProgressBar done={done} total={needed} label={`${name}: done`} />
        )}
      </View>
      {isEarned(badge) && !isBrief && <ShareBadgeButton badge={badge} />}
    </View>
  );
}

const styles = StyleSheet.create({
  row: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.m,
    minHeight: touchTarget + spacing.m,
    paddingHorizontal: spacing.l,
    paddingVertical: spacing.m,
    borderTopWidth: 1,
  },
  texts: { flex: 1, minWidth: 0, gap: spacing.xs },
  // The count goes below a name that leaves it no room.
  head: { flexDirection: 'row', flexWrap: 'wrap', alignItems: 'center', columnGap: spacing.s },
  // The least width, so that a long word breaks rather than stands out of the card.
  name: { flexGrow: 1, flexShrink: 1, minWidth: 0, fontWeight: '600', lineHeight: 21, letterSpacing: 0 },
});
