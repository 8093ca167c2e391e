import { StyleSheet, View } from 'react-native';
import { Icon } from '@/components/icon/icon';
import { Text } from '@/components/text';
import { describeFreezes, describeStreak, type Streak } from '@/lib/describe-streak';
import { useShowsStreak } from '@/state/queries/account';
import { useActivity } from '@/state/queries/progress';
import { useUserId } from '@/state/session';
import { spacing, useAppTheme } from '@/theme/theme';

const noStreak: Streak = { days: 0, longest: 0, freezes_left: 0, is_today_done: false };

/** How the streak stands; an empty line until that is known, and none for who does not want to see it. */
export function StreakLine() {
  const { palette } = useAppTheme();
  const hasBegun = useUserId() !== null;
  const activity = useActivity();
  const isShown = useShowsStreak();
  if (isShown === false) return null;
  const streak = hasBegun ? activity.data?.streak : noStreak;
  if (!streak || !isShown) return <View style={styles.line} testID="streak-place" />;
  const freezes = describeFreezes(streak);
  return (
    <View style={styles.line} testID="streak">
      <Icon name="fire" color={streak.days > 0 ? palette.accent : palette.outline} size={18} />
      <Text variant="bodyMedium" style={styles.text}>
        {describeStreak(streak)}
      </Text>
      {freezes && (
        <View style={styles.freezes}>
          <Icon name="snowflake" color={palette.onSurfaceVariant} size={14} />
          <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
            {freezes}
          </Text>
        </View>
      )}
    </View>
  );
}

const styles = StyleSheet.create({
  line: { flexDirection: 'row', alignItems: 'center', gap: spacing.xs, minHeight: 24 },
  text: { flexShrink: 1 },
  freezes: { flexDirection: 'row', alignItems: 'center', gap: 2, marginLeft: spacing.xs },
});
