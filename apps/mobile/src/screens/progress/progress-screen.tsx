import { router } from 'expo-router';
import { StyleSheet, View } from 'react-native';
import { Text } from 'react-native-paper';
import type { Progress } from '@/api/types';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { FailurePanel } from '@/components/failure-panel';
import { Icon } from '@/components/icon/icon';
import { ProgressBar } from '@/components/progress-bar';
import { Screen, ScreenHeader } from '@/components/screen';
import { SessionEndedCard } from '@/components/session-ended';
import { SkeletonCards } from '@/components/skeleton';
import { TrialNote } from '@/components/trial-note';
import { languageNames } from '@/lib/languages';
import { useScreenTitle } from '@/lib/use-screen-title';
import { useFreshProgress, useProgress } from '@/state/queries/progress';
import { useSessionStore, useUserId } from '@/state/session';
import { useLanguage } from '@/state/use-language';
import { spacing, useAppTheme } from '@/theme/theme';

export function ProgressScreen() {
  const hasBegun = useUserId() !== null;
  const hasEnded = useSessionStore((state) => state.hasEnded);
  const language = useLanguage();
  const progress = useProgress(language);
  useFreshProgress();
  useScreenTitle('Progress');
  return (
    <Screen
      header={
        <ScreenHeader
          title="Progress"
          subtitle={
            <TrialNote remaining={progress.data?.trial_snippets_remaining} prefix={languageNames[language]} />
          }
        />
      }
      onRefresh={() => void progress.refetch()}
    >
      {hasEnded ? (
        <SessionEndedCard />
      ) : !hasBegun ? (
        <NothingYet />
      ) : progress.data ? (
        <ProgressContent progress={progress.data} />
      ) : progress.error ? (
        <FailurePanel error={progress.error} onRetry={() => void progress.refetch()} />
      ) : (
        <SkeletonCards count={3} height={100} />
      )}
    </Screen>
  );
}

function NothingYet() {
  const { palette } = useAppTheme();
  return (
    <View style={styles.nothing}>
      <Icon name="chart-line" color={palette.secondary} size={44} />
      <Text variant="titleMedium">Nothing solved yet</Text>
      <Text variant="bodyMedium" style={[styles.centred, { color: palette.onSurfaceVariant }]}>
        Fix your first bug, and your progress shows up here.
      </Text>
      <Button mode="contained" onPress={() => router.navigate('/')}>
        To the patterns
      </Button>
    </View>
  );
}

function ProgressContent({ progress }: { progress: Progress }) {
  const begun = progress.patterns.filter((pattern) => pattern.snippets_attempted > 0);
  const others = progress.patterns.length - begun.length;
  const { palette } = useAppTheme();
  if (progress.snippets_attempted === 0) return <NothingYet />;
  return (
    <>
      <View style={styles.totals}>
        <Total label="Solved" value={progress.snippets_solved} />
        <Total label="Tried" value={progress.snippets_attempted} />
        <Total label="Submissions" value={progress.total_attempts} />
      </View>
      {begun.map((pattern) => (
        <PatternProgressCard key={pattern.slug} pattern={pattern} />
      ))}
      {others > 0 && (
        <Text variant="bodyMedium" style={[styles.centred, { color: palette.onSurfaceVariant }]}>
          {others} more {others === 1 ? 'pattern is' : 'patterns are'} waiting for you.
        </Text>
      )}
    </>
  );
}

function Total({ label, value }: { label: string; value: number }) {
  const { palette } = useAppTheme();
  return (
    <Card style={styles.total}>
      <Text variant="headlineMedium" style={styles.number}>
        {value}
      </Text>
      <Text variant="bodySmall" style={[styles.totalLabel, { color: palette.onSurfaceVariant }]}>
        {label}
      </Text>
    </Card>
  );
}

function triesPerSolve(average: number): string {
  const tries = Number(average.toFixed(1));
  return `${tries} ${tries === 1 ? 'try' : 'tries'} per solve`;
}

function PatternProgressCard({ pattern }: { pattern: Progress['patterns'][number] }) {
  const { palette } = useAppTheme();
  const average = pattern.avg_attempts_per_solve;
  return (
    <Card>
      <View style={styles.row}>
        <Text variant="titleMedium" style={styles.name}>
          {pattern.name}
        </Text>
        <Text variant="labelMedium" style={{ color: palette.secondary }}>
          {pattern.snippets_solved} / {pattern.snippets_total}
        </Text>
      </View>
      <ProgressBar
        done={pattern.snippets_solved}
        total={pattern.snippets_total}
        label={`${pattern.name}: solved`}
      />
      <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
        {average == null ? 'Nothing solved yet' : triesPerSolve(average)}
      </Text>
    </Card>
  );
}

const styles = StyleSheet.create({
  nothing: { alignItems: 'center', gap: spacing.m, paddingVertical: spacing.xxl * 2 },
  centred: { textAlign: 'center' },
  totals: { flexDirection: 'row', gap: spacing.s },
  total: { flex: 1, alignItems: 'center', gap: 0, paddingHorizontal: spacing.xs },
  number: { fontWeight: '700' },
  totalLabel: { letterSpacing: 0 },
  row: { flexDirection: 'row', alignItems: 'center', gap: spacing.s },
  name: { flex: 1, fontWeight: '700' },
});
