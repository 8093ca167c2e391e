import { useQueryClient } from '@tanstack/react-query';
import { StyleSheet, View } from 'react-native';
import type { Language } from '@/api/types';
import { OutcomesCard } from '@/components/offline/outcomes-card';
import { Screen, ScreenHeader } from '@/components/screen';
import { SessionEndedCard } from '@/components/session-ended';
import { TrialNote } from '@/components/trial-note';
import { languageNames } from '@/lib/languages';
import { useScreenTitle } from '@/lib/use-screen-title';
import { useFreshProgress, useProgress } from '@/state/queries/progress';
import { useUserId } from '@/state/session';
import { useLanguage } from '@/state/use-language';
import { spacing } from '@/theme/theme';
import { LearnerToday } from './learner-today';
import { NewcomerToday } from './newcomer-today';
import { StreakLine } from './streak-line';

export function TodayScreen() {
  const language = useLanguage();
  const hasBegun = useUserId() !== null;
  const queryClient = useQueryClient();
  useFreshProgress();
  useScreenTitle('Today');
  return (
    <Screen
      header={<ScreenHeader title="Today" subtitle={<Standing language={language} />} />}
      onRefresh={() => void queryClient.refetchQueries({ type: 'active' })}
    >
      <SessionEndedCard />
      <OutcomesCard />
      {hasBegun ? <LearnerToday language={language} /> : <NewcomerToday language={language} />}
    </Screen>
  );
}

function Standing({ language }: { language: Language }) {
  const progress = useProgress(language);
  return (
    <View style={styles.standing}>
      <StreakLine />
      <TrialNote remaining={progress.data?.trial_snippets_remaining} prefix={languageNames[language]} />
    </View>
  );
}

const styles = StyleSheet.create({ standing: { gap: spacing.xs } });
