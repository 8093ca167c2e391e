import { StyleSheet, View } from 'react-native';
import type { BadgeName } from '@/api/types';
import { BadgeIcon } from '@/components/badge/badge-icon';
import { ShareBadgeButton } from '@/components/share/share-badge-button';
import { Text } from '@/components/text';
import { badgesInSight } from '@/lib/badges';
import { useShowsStreak } from '@/state/queries/account';
import { spacing, useAppTheme } from '@/theme/theme';

/** The badges that a submission earned, one below the other. */
export function EarnedBadges({ badges }: { badges: BadgeName[] }) {
  const { palette } = useAppTheme();
  const shown = badgesInSight(badges, useShowsStreak() === true);
  if (shown.length === 0) return null;
  return (
    <View style={styles.badges} accessibilityLiveRegion="polite" testID="earned-badges">
      {shown.map((badge) => (
        <View key={badge.id} style={styles.badge}>
          <BadgeIcon id={badge.id} isEarned />
          <View style={styles.texts}>
            <Text variant="bodyMedium" style={styles.name}>
              Badge earned: {badge.name}
            </Text>
            <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
              {badge.description}
            </Text>
          </View>
          <ShareBadgeButton badge={badge} />
        </View>
      ))}
    </View>
  );
}

const styles = StyleSheet.create({
  // The icons are below the trophy, which has a box around it.
  badges: { gap: spacing.s, paddingHorizontal: spacing.l },
  badge: { flexDirection: 'row', alignItems: 'center', gap: spacing.m },
  texts: { flex: 1, minWidth: 0 },
  name: { fontWeight: '700' },
});
