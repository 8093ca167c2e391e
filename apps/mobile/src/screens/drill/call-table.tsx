import { StyleSheet, View } from 'react-native';
import { SegmentedText } from '@/components/segmented-text';
import { Text } from '@/components/text';
import type { CallOutcome } from '@/lib/call-outcomes';
import { markDifferences, type Segment } from '@/lib/diff';
import { codeFontFamily, radius, spacing, useAppTheme } from '@/theme/theme';

interface CallTableProps {
  outcomes: CallOutcome[];
  /** Whether the code gave values back at all. */
  hasActual: boolean;
  isPassed: boolean;
}

/** Longer calls have a line of their own, and longer values each one too. */
const longestCallInColumn = 16;
const longestValueInColumn = 14;

const isLongValue = ({ expected, actual }: CallOutcome) =>
  Math.max(expected?.length ?? 0, actual?.length ?? 0) > longestValueInColumn;

/** A sequence of calls, one a row, with what each should return and what it did. */
export function CallTable({ outcomes, hasActual, isPassed }: CallTableProps) {
  const isStacked = outcomes.some(isLongValue);
  return (
    <View style={styles.table}>
      {!isStacked && (
        <View style={[styles.columns, styles.head]}>
          <Heading text="Call" style={styles.call} />
          <Heading text="Expected" style={styles.value} />
          {hasActual && <Heading text="Yours" style={styles.value} />}
        </View>
      )}
      {outcomes.map((outcome, index) => (
        <CallRow
          // biome-ignore lint/suspicious/noArrayIndexKey: the calls of one test never move
          key={index}
          outcome={outcome}
          isMarked={!isPassed && outcome.isDifferent}
          isStacked={isStacked}
        />
      ))}
    </View>
  );
}

function Heading({ text, style }: { text: string; style: object }) {
  const { palette } = useAppTheme();
  return (
    <View style={style}>
      <Text variant="labelSmall" style={{ color: palette.onSurfaceVariant }}>
        {text}
      </Text>
    </View>
  );
}

interface CallRowProps {
  outcome: CallOutcome;
  isMarked: boolean;
  isStacked: boolean;
}

const unmarked = (text: string | null): Segment[] => [{ text: text ?? '', isMarked: false }];

function spoken({ call, expected, actual }: CallOutcome, isMarked: boolean): string {
  if (expected === null) return call;
  if (actual === null) return `${call}: expected ${expected}`;
  return `${call}: expected ${expected}, yours ${actual}${isMarked ? ', different' : ''}`;
}

function CallRow({ outcome, isMarked, isStacked }: CallRowProps) {
  const { palette } = useAppTheme();
  const { call, expected, actual } = outcome;
  const hasOwnLine = isStacked || expected === null || call.length > longestCallInColumn;
  const { before, after } =
    isMarked && expected !== null && actual !== null
      ? markDifferences(expected, actual)
      : { before: unmarked(expected), after: unmarked(actual) };
  const callText = (
    <Text
      style={[styles.code, { color: expected === null ? palette.onSurfaceVariant : palette.onSurface }]}
      selectable
    >
      {call}
    </Text>
  );
  const values = [
    { label: 'Expected', segments: before, isShown: expected !== null, mark: palette.code.addedMark },
    { label: 'Yours', segments: after, isShown: actual !== null, mark: palette.code.removedMark },
  ].filter(({ isShown }) => isShown);
  return (
    <View
      accessible
      role="group"
      accessibilityLabel={spoken(outcome, isMarked)}
      style={[styles.row, isMarked && { backgroundColor: palette.code.removed }]}
      testID={isMarked ? 'different-call' : undefined}
    >
      {hasOwnLine && callText}
      {values.length > 0 && (
        <View style={isStacked ? undefined : styles.columns}>
          {!isStacked && <View style={styles.call}>{!hasOwnLine && callText}</View>}
          {values.map(({ label, segments, mark }) => (
            <View key={label} style={isStacked ? styles.line : styles.value}>
              {isStacked && <Heading text={label} style={styles.label} />}
              <View style={isStacked ? styles.lineValue : undefined}>
                <SegmentedText segments={segments} color={palette.onSurface} markColor={mark} />
              </View>
            </View>
          ))}
        </View>
      )}
    </View>
  );
}

const styles = StyleSheet.create({
  table: { gap: 2 },
  head: { paddingHorizontal: spacing.s },
  columns: { flexDirection: 'row', gap: spacing.s },
  row: { borderRadius: radius.s, paddingHorizontal: spacing.s, paddingVertical: spacing.xs },
  call: { flex: 1.5, minWidth: 0 },
  value: { flex: 1, minWidth: 0 },
  line: { flexDirection: 'row', alignItems: 'baseline', gap: spacing.s },
  lineValue: { flex: 1, minWidth: 0 },
  label: { width: 56 },
  code: { fontFamily: codeFontFamily, fontSize: 13.5, lineHeight: 20 },
});
