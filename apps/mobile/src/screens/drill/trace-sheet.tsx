import { ActivityIndicator, StyleSheet, View } from 'react-native';
import type { Execution, TraceRequest } from '@/api/types';
import { BottomSheet } from '@/components/bottom-sheet';
import { Button } from '@/components/button';
import { FailurePanel } from '@/components/failure-panel';
import { Text } from '@/components/text';
import { useDebugger } from '@/debugger/use-debugger';
import { verdictExplanations } from '@/lib/verdicts';
import { useTrace } from '@/state/queries/execution';
import { spacing, useAppTheme } from '@/theme/theme';
import { describeEnd } from './describe-end';
import { PhoneCharacterOffer, type PhoneCharacterRepair } from './phone-character-offer';
import { RunErrorCard } from './run-error-card';
import type { DrillState } from './use-drill';

interface TraceSheetProps {
  slug: string;
  drill: Pick<DrillState, 'sheet' | 'traced' | 'setSheet'>;
  repair: PhoneCharacterRepair;
  onGoToLine: (line: number) => void;
}

export function TraceSheet({ slug, drill, repair, onGoToLine }: TraceSheetProps) {
  const { traced } = drill;
  const close = () => drill.setSheet(null);
  return (
    <BottomSheet
      isOpen={drill.sheet === 'trace' && traced !== null}
      title={`Test ${traced?.test_case ?? ''}, step by step`}
      onClose={close}
      isTall
      testID="trace-sheet"
    >
      {traced && (
        <TraceContent slug={slug} request={traced} repair={repair} onClose={close} onGoToLine={onGoToLine} />
      )}
    </BottomSheet>
  );
}

interface TraceContentProps {
  slug: string;
  request: TraceRequest;
  repair: PhoneCharacterRepair;
  onClose: () => void;
  onGoToLine: (line: number) => void;
}

function TraceContent({ slug, request, repair, onClose, onGoToLine }: TraceContentProps) {
  const trace = useTrace(slug, request);
  const loading = useDebugger();
  const Debugger = loading.data;
  const failed = [trace, loading].find(({ error, isFetching }) => error && !isFetching);
  if (failed?.error) {
    return (
      <View style={styles.message}>
        <FailurePanel error={failed.error} onRetry={() => void failed.refetch()} />
      </View>
    );
  }
  if (!trace.data || !Debugger) return <Running />;
  if (!trace.data.trace?.steps.length) {
    return <NoSteps execution={trace.data} repair={repair} onClose={onClose} onGoToLine={onGoToLine} />;
  }
  return (
    <Debugger
      code={request.code}
      language={request.language}
      trace={trace.data.trace}
      end={describeEnd(trace.data, request.language)}
    />
  );
}

function Running() {
  const { palette } = useAppTheme();
  return (
    <View style={styles.message} accessibilityRole="progressbar" accessibilityLabel="Running the test">
      <ActivityIndicator color={palette.primary} size="large" />
      <Text variant="bodyMedium" style={[styles.text, { color: palette.onSurfaceVariant }]}>
        Running the test, one step at a time…
      </Text>
    </View>
  );
}

function explain(execution: Execution): string {
  if (execution.verdict === 'compile_error') return "The code can't be read yet: there is a syntax error.";
  if (execution.status === 'failed' || execution.verdict === 'internal_error') {
    return verdictExplanations.internal_error ?? '';
  }
  return 'There is nothing to step through: no line of a function of yours was run.';
}

interface NoStepsProps {
  execution: Execution;
  repair: PhoneCharacterRepair;
  onClose: () => void;
  onGoToLine: (line: number) => void;
}

/** Why a run has no steps: mostly it ended before the function was called. */
function NoSteps({ execution, repair, onClose, onGoToLine }: NoStepsProps) {
  const error = execution.test_results?.find((result) => result.error)?.error;
  return (
    <View style={styles.message} testID="no-steps">
      <Text variant="bodyLarge" style={styles.text}>
        {explain(execution)}
      </Text>
      {error && (
        <View style={styles.error}>
          <RunErrorCard error={error} onGoToLine={onGoToLine}>
            {execution.verdict === 'compile_error' && <PhoneCharacterOffer error={error} repair={repair} />}
          </RunErrorCard>
        </View>
      )}
      <Button mode="contained-tonal" onPress={onClose} testID="back-to-code">
        Back to the code
      </Button>
    </View>
  );
}

const styles = StyleSheet.create({
  message: {
    flex: 1,
    alignItems: 'center',
    justifyContent: 'center',
    gap: spacing.l,
    padding: spacing.xl,
  },
  text: { textAlign: 'center', maxWidth: 360 },
  error: { alignSelf: 'stretch' },
});
