import { Pressable, StyleSheet, Text, View } from 'react-native';
import { Icon } from '@/components/icon/icon';
import type { IconName } from '@/components/icon/icon-name';
import { codeFontFamily, radius, spacing, touchTarget, useAppTheme } from '@/theme/theme';
import { type Moment, stepOver } from './replay';
import { Scrubber } from './scrubber';
import { useStepKeys } from './use-step-keys';

interface StepControlsProps {
  moments: readonly Moment[];
  /** Whether there are calls to step over. */
  hasCalls: boolean;
  /** Counted from 0. */
  position: number;
  isTruncated: boolean;
  /** What the step says. */
  text: string;
  isInOneRow: boolean;
  onMove: (position: number) => void;
}

const written = (count: number) => count.toLocaleString('en');

export function StepControls({
  moments,
  hasCalls,
  position,
  isTruncated,
  text,
  isInOneRow,
  onMove,
}: StepControlsProps) {
  const { palette } = useAppTheme();
  const last = moments.length - 1;
  const move = (target: number) => onMove(Math.max(0, Math.min(last, target)));
  const first = () => move(0);
  const back = () => move(position - 1);
  const forward = () => move(position + 1);
  const over = () => move(stepOver(moments, position));
  const end = () => move(last);
  const ref = useStepKeys({ ArrowLeft: back, ArrowRight: forward, Home: first, End: end });
  const isFirst = position === 0;
  const isLast = position === last;
  const total = written(moments.length) + (isTruncated ? '+' : '');
  return (
    <View style={isInOneRow ? styles.row : styles.rows}>
      <View style={[styles.row, isInOneRow && styles.half]}>
        <Scrubber position={position} count={moments.length} text={text} onMove={move} />
        <Text
          style={[styles.position, { color: palette.onSurfaceVariant, minWidth: (2 * total.length + 3) * 8 }]}
          testID="step-position"
        >
          {written(position + 1)} / {total}
        </Text>
      </View>
      <View style={[styles.row, isInOneRow ? styles.half : styles.buttons]}>
        <StepButton
          icon="page-first"
          label="First step"
          isIdle={isFirst}
          onPress={first}
          testID="step-first"
        />
        <StepButton icon="chevron-left" label="Back" isIdle={isFirst} onPress={back} testID="step-back" />
        <Pressable
          ref={ref}
          testID="step-forward"
          accessibilityRole="button"
          aria-label="Step forward"
          aria-disabled={isLast}
          onPress={forward}
          style={({ pressed }) => [
            styles.button,
            styles.main,
            { backgroundColor: palette.primary },
            pressed && styles.pressed,
            isLast && styles.idle,
          ]}
        >
          <Text style={[styles.mainText, { color: palette.onPrimary }]}>Step</Text>
          <Icon name="chevron-right" color={palette.onPrimary} />
        </Pressable>
        {hasCalls && (
          <StepButton
            icon="debug-step-over"
            label="Step over calls"
            isIdle={isLast}
            onPress={over}
            testID="step-over"
          />
        )}
        <StepButton icon="page-last" label="Last step" isIdle={isLast} onPress={end} testID="step-last" />
      </View>
    </View>
  );
}

interface StepButtonProps {
  icon: IconName;
  label: string;
  /** Whether there is nowhere to go. It keeps the focus all the same. */
  isIdle: boolean;
  onPress: () => void;
  testID: string;
}

function StepButton({ icon, label, isIdle, onPress, testID }: StepButtonProps) {
  const { palette } = useAppTheme();
  return (
    <Pressable
      testID={testID}
      accessibilityRole="button"
      aria-label={label}
      aria-disabled={isIdle}
      onPress={onPress}
      style={({ pressed }) => [
        styles.button,
        { backgroundColor: palette.primaryContainer },
        pressed && styles.pressed,
        isIdle && styles.idle,
      ]}
    >
      <Icon name={icon} color={palette.onPrimaryContainer} />
    </Pressable>
  );
}

const styles = StyleSheet.create({
  rows: { width: '100%', maxWidth: 480, alignSelf: 'center' },
  half: { flex: 1 },
  row: { flexDirection: 'row', alignItems: 'center', gap: spacing.s },
  buttons: { marginTop: spacing.xs },
  position: {
    fontFamily: codeFontFamily,
    fontSize: 13,
    textAlign: 'right',
    fontVariant: ['tabular-nums'],
  },
  button: {
    flex: 1,
    minWidth: touchTarget,
    height: touchTarget + 4,
    borderRadius: radius.m,
    flexDirection: 'row',
    alignItems: 'center',
    justifyContent: 'center',
  },
  main: { flex: 2 },
  mainText: { fontSize: 15, fontWeight: '600', marginLeft: spacing.s },
  pressed: { opacity: 0.75 },
  idle: { opacity: 0.4 },
});
