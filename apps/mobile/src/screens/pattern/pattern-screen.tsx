import { useEffect, useState } from 'react';
import { StyleSheet } from 'react-native';
import type { Difficulty, Language, Pattern, SnippetMark, SnippetSummary } from '@/api/types';
import { Card } from '@/components/card';
import { Choices } from '@/components/choices';
import { difficultyNames } from '@/components/difficulty-badge';
import { FailurePanel } from '@/components/failure-panel';
import { Screen, ScreenHeader } from '@/components/screen';
import { SkeletonCards } from '@/components/skeleton';
import { SnippetRow } from '@/components/snippet-row';
import { Text } from '@/components/text';
import { TrialNote } from '@/components/trial-note';
import { loadEditor } from '@/editor/load-editor';
import { goBack } from '@/lib/go-back';
import { languageNames } from '@/lib/languages';
import { markBySlug } from '@/lib/practice';
import { useScreenTitle } from '@/lib/use-screen-title';
import { NotFoundScreen } from '@/screens/not-found-screen';
import { usePattern } from '@/state/queries/patterns';
import { useFreshProgress, useSnippetMarks } from '@/state/queries/progress';
import { useSnippets } from '@/state/queries/snippets';
import { useLanguage } from '@/state/use-language';
import { spacing } from '@/theme/theme';
import { AboutPattern } from './about-pattern';

const difficulties: { value: Difficulty | 'all'; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'beginner', label: difficultyNames.beginner },
  { value: 'medium', label: difficultyNames.medium },
  { value: 'hard', label: difficultyNames.hard },
];

export function PatternScreen({ slug }: { slug: string }) {
  const language = useLanguage();
  const pattern = usePattern(slug);
  const marks = useSnippetMarks(slug);
  useFreshProgress();
  useScreenTitle(pattern.data?.name);
  useEffect(() => {
    // The next screen needs it: it is loaded while the learner chooses.
    loadEditor().catch(() => undefined);
  }, []);
  if (pattern.data === null) return <NotFoundScreen />;
  const header = (
    <ScreenHeader
      title={pattern.data?.name ?? ''}
      onBack={() => goBack('/patterns')}
      subtitle={
        <TrialNote remaining={marks.data?.trial_snippets_remaining} prefix={languageNames[language]} />
      }
    />
  );
  return (
    <Screen header={header}>
      {pattern.data && !marks.isLoading ? (
        <PatternContent pattern={pattern.data} language={language} marks={markBySlug(marks.data?.data)} />
      ) : pattern.error ? (
        <FailurePanel error={pattern.error} onRetry={() => void pattern.refetch()} />
      ) : (
        <SkeletonCards count={3} height={160} />
      )}
    </Screen>
  );
}

interface PatternContentProps {
  pattern: Pattern;
  language: Language;
  marks: ReadonlyMap<string, SnippetMark>;
}

function PatternContent({ pattern, language, marks }: PatternContentProps) {
  const [difficulty, setDifficulty] = useState<Difficulty | 'all'>('all');
  const snippets = useSnippets(pattern.slug, language);
  return (
    <>
      <AboutPattern pattern={pattern} language={language} isBegun={marks.size > 0} />
      <Choices
        label="Difficulty"
        options={difficulties}
        chosen={difficulty}
        onChoose={setDifficulty}
        testID="difficulty"
      />
      {snippets.data ? (
        <SnippetList snippets={snippets.data} difficulty={difficulty} marks={marks} />
      ) : snippets.error ? (
        <FailurePanel error={snippets.error} onRetry={() => void snippets.refetch()} />
      ) : (
        <SkeletonCards count={3} height={72} />
      )}
    </>
  );
}

interface SnippetListProps {
  snippets: SnippetSummary[];
  difficulty: Difficulty | 'all';
  marks: ReadonlyMap<string, SnippetMark>;
}

function SnippetList({ snippets, difficulty, marks }: SnippetListProps) {
  const shown = snippets.filter((snippet) => difficulty === 'all' || snippet.difficulty === difficulty);
  if (shown.length === 0) {
    return (
      <Text variant="bodyMedium" style={styles.empty}>
        No snippets of this difficulty yet.
      </Text>
    );
  }
  return (
    <Card style={styles.list}>
      {shown.map((snippet, index) => (
        <SnippetRow
          key={snippet.slug}
          snippet={snippet}
          mark={marks.get(snippet.slug)}
          isFirst={index === 0}
        />
      ))}
    </Card>
  );
}

const styles = StyleSheet.create({
  list: { padding: 0, gap: 0, overflow: 'hidden' },
  empty: { textAlign: 'center', padding: spacing.xl },
});
