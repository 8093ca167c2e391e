import { useMemo, useState } from 'react';
import { StyleSheet, useWindowDimensions, View } from 'react-native';
import { useSafeAreaInsets } from 'react-native-safe-area-context';
import type { Language, Trace } from '@/api/types';
import { Text } from '@/components/text';
import { codeFontFamily, spacing, touchTarget, useAppTheme } from '@/theme/theme';
import { CallStack } from './call-stack';
import { describeChanges, describeStep } from './describe-step';
import { findIndexUses } from './pointers';
import { type Moment, replay } from './replay';
import { StepControls } from './step-controls';
import { type Tone, toneOf, useToneColors } from './tone';
import { TracedCode } from './traced-code';
import { Variables } from './variables';

interface DebuggerProps {
  code: string;
  language: Language;
  /** It has at least one step. */
  trace: Trace;
  /** What is to be known at the last step; null if the step itself says it. */
  end: string | null;
}

/** From this width on, the code and the variables are beside each other. */
const widthForColumns = 640;

/** What one test did, step by step. */
export function Debugger({ code, language, trace, end }: DebuggerProps) {
  const { palette } = useAppTheme();
  const insets = useSafeAreaInsets();
  const { width } = useWindowDimensions();
  const moments = useMemo(() => replay(trace.steps), [trace]);
  const uses = useMemo(() => findIndexUses(code), [code]);
  const hasCalls = useMemo(() => moments.some(({ frames }) => frames.length > 1), [moments]);
  const [position, setPosition] = useState(0);
  // Another call than the current one is shown until the next step.
  const [chosen, setChosen] = useState<number | null>(null);
  const moment = moments[position];
  const frames = useMemo(
    () => moment?.frames.slice(0, chosen === null ? undefined : chosen + 1) ?? [],
    [moment, chosen],
  );
  const frame = frames.at(-1);
  if (!moment || !frame) return null;

  const hasColumns = width >= widthForColumns;
  const isWaiting = frames.length < moment.frames.length;
  const tone = isWaiting ? 'waiting' : toneOf(moment.step);

  function move(target: number) {
    setPosition(target);
    setChosen(null);
  }

  return (
    <View style={styles.debugger} testID="debugger">
      <View style={hasColumns ? styles.columns : styles.rows}>
        <TracedCode
          code={code}
          language={language}
          currentLine={frame.line}
          tone={tone}
          style={hasColumns ? styles.codeInColumn : styles.codeInRow}
        />
        <View style={styles.state}>
          {hasCalls && <CallStack frames={moment.frames} chosen={frames.length - 1} onChoose={setChosen} />}
          <StepText
            moment={moment}
            tone={tone}
            waitingLine={isWaiting ? frame.line : null}
            end={position === moments.length - 1 ? end : null}
          />
          <Variables
            frames={frames}
            before={isWaiting ? nothing : moment.before}
            uses={uses}
            language={language}
          />
        </View>
      </View>
      <View
        style={[
          styles.footer,
          { borderColor: palette.outlineVariant, paddingBottom: spacing.m + insets.bottom },
        ]}
      >
        <StepControls
          moments={moments}
          hasCalls={hasCalls}
          position={position}
          isTruncated={trace.is_truncated}
          text={describeStep(moment.step)}
          isInOneRow={hasColumns}
          onMove={move}
        />
      </View>
    </View>
  );
}

const nothing: Moment['before'] = new Map();

interface StepTextProps {
  moment: Moment;
  tone: Tone;
  /** Where a call waits for another, if it is such a one that is shown. */
  waitingLine: number | null;
  /** What is to be known at the end. */
  end: string | null;
}

/** What happens, in words. It has the same height at nearly every step, so that little moves. */
function StepText({ moment: { step }, tone, waitingLine, end }: StepTextProps) {
  const colors = useToneColors()[tone];
  const changes = waitingLine === null ? describeChanges(step) : '';
  const text = waitingLine === null ? describeStep(step) : `Waits at line ${waitingLine}`;
  return (
    <View aria-live="polite" style={[styles.step, { backgroundColor: colors.background }]} testID="step-text">
      <View style={styles.stepRow}>
        <Text variant="labelLarge" style={[styles.stepTitle, { color: colors.text }]}>
          {text}
        </Text>
        {changes !== '' && (
          <Text numberOfLines={1} style={[styles.changes, { color: colors.text }]}>
            {changes}
          </Text>
        )}
      </View>
      {end !== null && (
        <Text variant="bodyMedium" style={{ color: colors.text }} testID="step-end">
          {end}
        </Text>
      )}
    </View>
  );
}

const styles = StyleSheet.create({
  debugger: { flex: 1, minHeight: 0 },
  rows: { flex: 1, minHeight: 0 },
  codeInColumn: { flex: 1 },
  codeInRow: { flexGrow: 0, flexShrink: 0, maxHeight: '44%' },
  columns: { flex: 1, minHeight: 0, flexDirection: 'row' },
  state: { flex: 1, minWidth: 0, minHeight: 0 },
  step: {
    minHeight: touchTarget - 8,
    justifyContent: 'center',
    paddingHorizontal: spacing.l,
    paddingVertical: spacing.xs + 2,
  },
  stepRow: { flexDirection: 'row', alignItems: 'baseline', gap: spacing.m },
  stepTitle: { fontWeight: '700', flexShrink: 0, maxWidth: '100%' },
  changes: { fontFamily: codeFontFamily, fontSize: 13, flexShrink: 1, minWidth: 0 },
  footer: { borderTopWidth: 1, paddingHorizontal: spacing.l, paddingTop: spacing.xs },
});
