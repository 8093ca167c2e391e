import { router } from 'expo-router';
import { StyleSheet, View } from 'react-native';
import type { Language, Pattern, Progress } from '@/api/types';
import { PressableCard } from '@/components/card';
import { FailurePanel } from '@/components/failure-panel';
import { ProgressBar } from '@/components/progress-bar';
import { Screen, ScreenHeader } from '@/components/screen';
import { SessionEndedCard } from '@/components/session-ended';
import { SkeletonCards } from '@/components/skeleton';
import { Text } from '@/components/text';
import { TrialNote } from '@/components/trial-note';
import { languageNames } from '@/lib/languages';
import { solvedOf } from '@/lib/practice';
import { useScreenTitle } from '@/lib/use-screen-title';
import { countSnippets, usePatterns } from '@/state/queries/patterns';
import { useFreshProgress, useProgress } from '@/state/queries/progress';
import { useLanguage } from '@/state/use-language';
import { spacing, useAppTheme } from '@/theme/theme';

export function PatternsScreen() {
  const language = useLanguage();
  const patterns = usePatterns();
  const progress = useProgress(language);
  useFreshProgress();
  useScreenTitle('Patterns');
  const header = (
    <ScreenHeader
      title="Patterns"
      subtitle={
        <TrialNote remaining={progress.data?.trial_snippets_remaining} prefix={languageNames[language]} />
      }
    />
  );
  return (
    <Screen
      header={header}
      onRefresh={() => {
        void patterns.refetch();
        void progress.refetch();
      }}
    >
      <SessionEndedCard />
      {patterns.data ? (
        <PatternList patterns={patterns.data} language={language} progress={progress.data} />
      ) : patterns.error ? (
        <FailurePanel error={patterns.error} onRetry={() => void patterns.refetch()} />
      ) : (
        <SkeletonCards count={5} height={126} />
      )}
    </Screen>
  );
}

interface PatternListProps {
  patterns: Pattern[];
  language: Language;
  progress: Progress | undefined;
}

function PatternList({ patterns, language, progress }: PatternListProps) {
  const available = patterns.filter((pattern) => countSnippets(pattern, language) > 0);
  return (
    <>
      {available.map((pattern) => (
        <PatternCard key={pattern.slug} pattern={pattern} language={language} progress={progress} />
      ))}
      {available.length === 0 && (
        <Text variant="bodyMedium" style={styles.empty}>
          There are no snippets in {languageNames[language]} on this server yet.
        </Text>
      )}
    </>
  );
}

interface PatternCardProps {
  pattern: Pattern;
  language: Language;
  progress: Progress | undefined;
}

function PatternCard({ pattern, language, progress }: PatternCardProps) {
  const { palette } = useAppTheme();
  const total = countSnippets(pattern, language);
  const solved = solvedOf(pattern, progress);
  return (
    <PressableCard
      testID={`pattern-${pattern.slug}`}
      label={`${pattern.name}, ${solved} of ${total} solved`}
      onPress={() => router.push({ pathname: '/patterns/[slug]', params: { slug: pattern.slug } })}
    >
      <View style={styles.titleRow}>
        <Text variant="titleMedium" style={styles.title}>
          {pattern.name}
        </Text>
        <Text
          variant="labelMedium"
          style={{ color: solved > 0 ? palette.secondary : palette.onSurfaceVariant }}
        >
          {solved} / {total}
        </Text>
      </View>
      <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }}>
        {pattern.description}
      </Text>
      <ProgressBar done={solved} total={total} label={`${pattern.name}: solved`} />
    </PressableCard>
  );
}

const styles = StyleSheet.create({
  titleRow: { flexDirection: 'row', alignItems: 'center', gap: spacing.s },
  title: { flex: 1, fontWeight: '700' },
  empty: { textAlign: 'center', padding: spacing.xl },
});
