import { StyleSheet, View } from 'react-native';
import { useSafeAreaInsets } from 'react-native-safe-area-context';
import { Button } from '@/components/button';
import { useKeepFocus } from '@/lib/use-keep-focus';
import { contentWidth, spacing, useAppTheme } from '@/theme/theme';
import type { DrillState } from './use-drill';

/** Pressing it leaves the focus in the code, so that it is there again when a sheet closes. */
export function ActionBar({ drill }: { drill: DrillState }) {
  const { palette } = useAppTheme();
  const insets = useSafeAreaInsets();
  const ref = useKeepFocus();
  return (
    <View ref={ref} style={{ backgroundColor: palette.surface, paddingBottom: insets.bottom }}>
      <View style={styles.bar}>
        <Button
          mode="contained-tonal"
          icon="play"
          loading={drill.isRunning}
          aria-busy={drill.isRunning}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          onPress={drill.run}
          testID="run-button"
          style={[styles.button, drill.isRunning && styles.busy]}
          labelStyle={styles.label}
        >
          Run
        </Button>
        <Button
          mode="text"
          icon="lightbulb-on-outline"
          textColor={palette.accent}
          onPress={() => drill.setSheet(drill.solution ? 'solution' : 'hints')}
          testID={drill.solution ? 'solution-button' : 'hint-button'}
          style={styles.button}
          labelStyle={styles.label}
        >
          {drill.solution ? 'Solution' : 'Hint'}
        </Button>
        <Button
          mode="contained"
          icon="check"
          loading={drill.isSubmitting}
          aria-busy={drill.isSubmitting}
          aria-keyshortcuts="Control+Shift+Enter Meta+Shift+Enter"
          onPress={drill.submit}
          testID="submit-button"
          style={[styles.button, drill.isSubmitting && styles.busy]}
          labelStyle={styles.label}
        >
          Submit
        </Button>
      </View>
    </View>
  );
}

const styles = StyleSheet.create({
  bar: {
    flexDirection: 'row',
    // Where the text is large, the last button has a row of its own.
    flexWrap: 'wrap',
    gap: spacing.xs,
    paddingHorizontal: spacing.s,
    paddingVertical: spacing.s,
    width: '100%',
    maxWidth: contentWidth,
    alignSelf: 'center',
  },
  button: { flexGrow: 1 },
  busy: { opacity: 0.7 },
  label: { marginLeft: 22, marginRight: spacing.m },
});
