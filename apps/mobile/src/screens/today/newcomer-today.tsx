import { StyleSheet } from 'react-native';
import type { Language, SnippetMark } from '@/api/types';
import { FailurePanel } from '@/components/failure-panel';
import { Text } from '@/components/text';
import { languageNames } from '@/lib/languages';
import { factsOf } from '@/lib/practice';
import { usePreferences } from '@/state/preferences';
import { spacing } from '@/theme/theme';
import { ContinueCard } from './continue-card';
import { DailyCard } from './daily-card';
import { NextDrillCard, NextDrillSkeleton } from './next-drill-card';
import { useFirstSnippet } from './use-first-snippet';

const noMarks: ReadonlyMap<string, SnippetMark> = new Map();

/** Before there is a session: what needs none, so that looking begins none. */
export function NewcomerToday({ language }: { language: Language }) {
  const first = useFirstSnippet(language);
  const bookmark = usePreferences((state) => state.bookmark);
  if (first.data === null) {
    return (
      <Text variant="bodyMedium" style={styles.empty}>
        There are no snippets in {languageNames[language]} on this server yet.
      </Text>
    );
  }
  return (
    <>
      {first.data ? (
        <NextDrillCard
          caption={bookmark?.slug === first.data.slug ? 'Continue' : 'Start here'}
          title={first.data.title}
          facts={factsOf(first.data)}
          href={{ pathname: '/drill/[id]', params: { id: first.data.slug } }}
        />
      ) : first.error ? (
        <FailurePanel error={first.error} onRetry={first.refetch} />
      ) : (
        <NextDrillSkeleton />
      )}
      <ContinueCard language={language} marks={noMarks} proposed={first.data?.slug} />
      <DailyCard language={language} marks={noMarks} />
    </>
  );
}

const styles = StyleSheet.create({ empty: { textAlign: 'center', padding: spacing.xl } });
