import { StyleSheet, View } from 'react-native';
import type { Language, TestResult } from '@/api/types';
import { SegmentedText } from '@/components/segmented-text';
import { Text } from '@/components/text';
import { markDifferences, type Segment } from '@/lib/diff';
import { formatValue } from '@/lib/format-value';
import { radius, spacing, useAppTheme } from '@/theme/theme';

interface ExpectedAgainstActualProps {
  result: TestResult;
  language: Language;
  /** Whether the code gave a value back at all. */
  hasActual: boolean;
}

/** Values longer than this are shown below each other rather than side by side. */
const longestSideBySide = 48;

export function ExpectedAgainstActual({ result, language, hasActual }: ExpectedAgainstActualProps) {
  const { palette } = useAppTheme();
  const expected = formatValue(result.expected, language);
  const actual = result.actual_text ?? formatValue(result.actual, language);
  if (!hasActual) {
    return (
      <ValueBox
        label="Expected"
        segments={[{ text: expected, isMarked: false }]}
        background={palette.code.added}
        mark=""
      />
    );
  }
  const marked = result.passed
    ? { before: [{ text: expected, isMarked: false }], after: [{ text: actual, isMarked: false }] }
    : markDifferences(expected, actual);
  const isStacked = Math.max(expected.length, actual.length) > longestSideBySide;
  return (
    <View style={isStacked ? styles.stacked : styles.sideBySide}>
      <ValueBox
        label="Expected"
        segments={marked.before}
        background={palette.code.added}
        mark={palette.code.addedMark}
        isColumn={!isStacked}
      />
      <ValueBox
        label={result.actual_text == null ? 'Yours' : 'Yours (cut short)'}
        segments={marked.after}
        background={result.passed ? palette.code.added : palette.code.removed}
        mark={palette.code.removedMark}
        isColumn={!isStacked}
      />
    </View>
  );
}

interface ValueBoxProps {
  label: string;
  segments: Segment[];
  background: string;
  mark: string;
  /** Whether it shares a row with another box. */
  isColumn?: boolean;
}

function ValueBox({ label, segments, background, mark, isColumn = false }: ValueBoxProps) {
  const { palette } = useAppTheme();
  return (
    <View style={[styles.box, isColumn && styles.column, { backgroundColor: background }]}>
      <Text variant="labelSmall" style={{ color: palette.onSurfaceVariant }}>
        {label}
      </Text>
      <SegmentedText segments={segments} color={palette.onSurface} markColor={mark} />
    </View>
  );
}

const styles = StyleSheet.create({
  sideBySide: { flexDirection: 'row', gap: spacing.s },
  stacked: { gap: spacing.s },
  column: { flex: 1, minWidth: 0 },
  box: { borderRadius: radius.s, padding: spacing.s + 2, gap: 2 },
});
