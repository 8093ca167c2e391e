import { Pressable, StyleSheet } from 'react-native';
import { Icon } from '@/components/icon/icon';
import { Text } from '@/components/text';
import { summarise } from '@/lib/verdicts';
import { contentWidth, spacing, useAppTheme } from '@/theme/theme';
import type { LastRun } from './use-drill';

interface LastRunBarProps {
  lastRun: LastRun;
  onPress: () => void;
}

/** Keeps the last outcome in sight while the code is edited. */
export function LastRunBar({ lastRun, onPress }: LastRunBarProps) {
  const { palette } = useAppTheme();
  const isGood = lastRun.execution.is_correct === true;
  return (
    <Pressable testID="last-run" accessibilityRole="button" onPress={onPress} style={styles.bar}>
      <Icon
        name={isGood ? 'check-circle' : 'close-circle'}
        color={isGood ? palette.secondary : palette.error}
        size={18}
      />
      <Text variant="labelMedium" style={styles.text}>
        {summarise(lastRun.execution).title}
      </Text>
      <Text variant="labelMedium" style={{ color: palette.primary }}>
        Show
      </Text>
    </Pressable>
  );
}

const styles = StyleSheet.create({
  bar: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.s,
    minHeight: 44,
    paddingHorizontal: spacing.l,
    width: '100%',
    maxWidth: contentWidth,
    alignSelf: 'center',
  },
  text: { flex: 1 },
});
