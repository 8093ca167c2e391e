import { StyleSheet, View } from 'react-native';
import { Text } from '@/components/text';
import { useIsLong } from '@/lib/use-is-long';
import { radius, spacing, useAppTheme } from '@/theme/theme';

const patienceMilliseconds = 1000;

/** Lies over the end of the code, so that nothing moves when it comes and goes. */
export function SlowRunNote({ isRunning }: { isRunning: boolean }) {
  const { palette } = useAppTheme();
  const isSlow = useIsLong(isRunning, patienceMilliseconds);
  return (
    <View style={styles.place} aria-live="polite">
      {isSlow && (
        <View style={[styles.note, { backgroundColor: palette.primaryContainer }]} testID="slow-run">
          <Text variant="labelMedium" style={[styles.text, { color: palette.onPrimaryContainer }]}>
            Still running. A loop that never ends is stopped after a few seconds.
          </Text>
        </View>
      )}
    </View>
  );
}

const styles = StyleSheet.create({
  place: {
    position: 'absolute',
    left: 0,
    right: 0,
    bottom: 0,
    padding: spacing.s,
    alignItems: 'center',
    pointerEvents: 'none',
  },
  note: { borderRadius: radius.m, paddingHorizontal: spacing.m, paddingVertical: spacing.s },
  text: { textAlign: 'center' },
});
