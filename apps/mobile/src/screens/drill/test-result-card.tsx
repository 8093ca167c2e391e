import { useState } from 'react';
import { Pressable, StyleSheet, View } from 'react-native';
import type { Language, TestResult } from '@/api/types';
import { Button } from '@/components/button';
import { Icon } from '@/components/icon/icon';
import { Text } from '@/components/text';
import { callOutcomes } from '@/lib/call-outcomes';
import { formatCall, formatInput } from '@/lib/format-value';
import { verdictNames } from '@/lib/verdicts';
import { codeFontFamily, radius, spacing, touchTarget, useAppTheme } from '@/theme/theme';
import { CallTable } from './call-table';
import { ExpectedAgainstActual } from './expected-against-actual';
import { RunErrorCard } from './run-error-card';

interface TestResultCardProps {
  result: TestResult;
  language: Language;
  /** The operations whose null is an answer. */
  answering: ReadonlySet<string>;
  isOpenAtFirst: boolean;
  /** What the verdict means, where expected and actual don't say it. */
  explanation: string | undefined;
  onStepThrough: (testCase: number) => void;
  onGoToLine: (line: number) => void;
}

export function TestResultCard(props: TestResultCardProps) {
  const { result, isOpenAtFirst } = props;
  const { palette } = useAppTheme();
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const name = result.hidden ? 'Hidden test' : (result.note ?? result.name ?? '');
  const color = result.passed
    ? palette.secondary
    : result.verdict === 'not_run'
      ? palette.outline
      : palette.error;
  return (
    <View
      testID={`test-result-${result.test_case}`}
      style={[styles.card, { borderColor: palette.outlineVariant, backgroundColor: palette.background }]}
    >
      <Pressable
        accessibilityRole="button"
        accessibilityLabel={`Test ${result.test_case}, ${name}: ${verdictNames[result.verdict]}`}
        aria-expanded={isOpen}
        disabled={result.hidden}
        onPress={() => setOpen(!isOpen)}
        style={styles.header}
      >
        <Icon
          name={
            result.passed
              ? 'check-circle'
              : result.verdict === 'not_run'
                ? 'minus-circle-outline'
                : 'close-circle'
          }
          color={color}
          size={22}
        />
        <View style={styles.titles}>
          <Text variant="labelLarge" numberOfLines={2}>
            {result.test_case}. {name}
          </Text>
          {!result.passed && (
            <Text variant="bodySmall" style={{ color }}>
              {verdictNames[result.verdict]}
            </Text>
          )}
        </View>
        {!result.hidden && (
          <Icon name={isOpen ? 'chevron-up' : 'chevron-down'} color={palette.onSurfaceVariant} />
        )}
      </Pressable>
      {isOpen && !result.hidden && <Details {...props} />}
    </View>
  );
}

function Details(props: TestResultCardProps) {
  const { result, language, answering, explanation, onStepThrough, onGoToLine } = props;
  const hasActual = result.verdict === 'accepted' || result.verdict === 'wrong_answer';
  const isCut = result.actual_text != null;
  const outcomes = isCut
    ? null
    : callOutcomes(result, hasActual ? result.actual : undefined, answering, language);
  return (
    <View style={styles.details}>
      {!outcomes && <Labelled label="Input" text={inputOf(result, language)} />}
      {explanation !== undefined && <Text variant="bodyMedium">{explanation}</Text>}
      {result.error && <RunErrorCard error={result.error} onGoToLine={onGoToLine} />}
      {outcomes ? (
        <CallTable outcomes={outcomes} hasActual={hasActual} isPassed={result.passed} />
      ) : (
        <ExpectedAgainstActual result={result} language={language} hasActual={hasActual} />
      )}
      {result.stdout ? (
        <Labelled
          label={result.stdout_truncated ? 'Printed (cut short)' : 'Printed'}
          text={result.stdout.trimEnd()}
        />
      ) : null}
      <Button
        mode={result.passed ? 'outlined' : 'contained-tonal'}
        icon="debug-step-into"
        onPress={() => onStepThrough(result.test_case)}
        testID={`step-through-${result.test_case}`}
      >
        Step through
      </Button>
    </View>
  );
}

function inputOf({ calls, input }: TestResult, language: Language): string {
  return calls
    ? calls.map((call) => formatCall(call, language)).join('\n')
    : formatInput(input ?? {}, language);
}

function Labelled({ label, text }: { label: string; text: string }) {
  const { palette } = useAppTheme();
  return (
    <View style={styles.labelled}>
      <Text variant="labelSmall" style={{ color: palette.onSurfaceVariant }}>
        {label}
      </Text>
      <Text style={[styles.code, { color: palette.onSurface }]} selectable>
        {text}
      </Text>
    </View>
  );
}

const styles = StyleSheet.create({
  card: { borderRadius: radius.m, borderWidth: 1 },
  header: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.m,
    minHeight: touchTarget + 4,
    paddingHorizontal: spacing.m,
    paddingVertical: spacing.s,
  },
  titles: { flex: 1, minWidth: 0 },
  details: { paddingHorizontal: spacing.m, paddingBottom: spacing.m, gap: spacing.m },
  labelled: { gap: 2 },
  code: { fontFamily: codeFontFamily, fontSize: 13.5, lineHeight: 20 },
});
