import type { Snippet, TestResult } from '@/api/types';
import { BottomSheet } from '@/components/bottom-sheet';
import { Button } from '@/components/button';
import { Text } from '@/components/text';
import { answeringOperations } from '@/lib/call-outcomes';
import { summarise, verdictExplanations } from '@/lib/verdicts';
import { useAppTheme } from '@/theme/theme';
import { PhoneCharacterOffer, type PhoneCharacterRepair } from './phone-character-offer';
import { RunErrorCard } from './run-error-card';
import { TestResultCard } from './test-result-card';
import type { DrillState, LastRun } from './use-drill';

interface ResultsSheetProps {
  snippet: Snippet;
  drill: DrillState;
  repair: PhoneCharacterRepair;
  onGoToLine: (line: number) => void;
}

export function ResultsSheet({ snippet, drill, repair, onGoToLine }: ResultsSheetProps) {
  const { lastRun } = drill;
  const isReadyToSubmit = lastRun?.isSubmit === false && lastRun.execution.is_correct === true;
  const close = () => drill.setSheet(null);
  return (
    <BottomSheet
      isOpen={drill.sheet === 'results' && lastRun !== null}
      title={lastRun ? summarise(lastRun.execution).title : ''}
      onClose={close}
      testID="results-sheet"
      footer={
        isReadyToSubmit ? (
          <Button mode="contained" icon="check" onPress={drill.submit} testID="submit-from-results">
            Submit
          </Button>
        ) : (
          <Button mode="contained-tonal" onPress={close} testID="back-to-code">
            Back to the code
          </Button>
        )
      }
    >
      {lastRun && (
        <Results
          lastRun={lastRun}
          snippet={snippet}
          repair={repair}
          onStepThrough={drill.stepThrough}
          onGoToLine={onGoToLine}
        />
      )}
    </BottomSheet>
  );
}

interface ResultsProps {
  lastRun: LastRun;
  snippet: Snippet;
  repair: PhoneCharacterRepair;
  onStepThrough: (testCase: number) => void;
  onGoToLine: (line: number) => void;
}

function detailOf({ execution, isSubmit }: LastRun, hiddenCount: number): string {
  if (execution.is_correct && !isSubmit) {
    return hiddenCount > 0
      ? `Submit it: ${hiddenCount} hidden ${hiddenCount === 1 ? 'test' : 'tests'} will try it too.`
      : 'Submit it to finish.';
  }
  return summarise(execution).detail;
}

const firstFailed = (results: TestResult[]) => results.find((result) => !result.passed)?.test_case;

function Results({ lastRun, snippet, repair, onStepThrough, onGoToLine }: ResultsProps) {
  const { palette } = useAppTheme();
  const { execution } = lastRun;
  const results = execution.test_results ?? [];
  const answering = answeringOperations(snippet.tests);
  const detail = detailOf(lastRun, snippet.hidden_test_count);
  const syntaxError =
    execution.verdict === 'compile_error' ? results.find((result) => result.error)?.error : null;
  return (
    <>
      {detail !== '' && (
        <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }}>
          {detail}
        </Text>
      )}
      {execution.verdict === 'compile_error' || execution.verdict === 'internal_error'
        ? syntaxError && (
            <RunErrorCard error={syntaxError} onGoToLine={onGoToLine}>
              <PhoneCharacterOffer error={syntaxError} repair={repair} />
            </RunErrorCard>
          )
        : results.map((result) => (
            <TestResultCard
              key={`${execution.execution_id}-${result.test_case}`}
              result={result}
              language={snippet.language}
              answering={answering}
              isOpenAtFirst={result.test_case === firstFailed(results)}
              explanation={verdictExplanations[result.verdict]}
              onStepThrough={onStepThrough}
              onGoToLine={onGoToLine}
            />
          ))}
    </>
  );
}
