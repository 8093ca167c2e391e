import { router } from 'expo-router';
import { StyleSheet, View } from 'react-native';
import type { Activity, Language, Progress } from '@/api/types';
import { Button } from '@/components/button';
import { FailurePanel } from '@/components/failure-panel';
import { Icon } from '@/components/icon/icon';
import { Screen, ScreenHeader } from '@/components/screen';
import { SectionTitle } from '@/components/section-title';
import { SessionEndedCard } from '@/components/session-ended';
import { SkeletonCards } from '@/components/skeleton';
import { Text } from '@/components/text';
import { TrialNote } from '@/components/trial-note';
import { languageNames } from '@/lib/languages';
import { useScreenTitle } from '@/lib/use-screen-title';
import { useShowsStreak } from '@/state/queries/account';
import { type BadgesQuery, useBadges } from '@/state/queries/badges';
import { useActivity, useFreshProgress, useProgress } from '@/state/queries/progress';
import { useSessionStore, useUserId } from '@/state/session';
import { useLanguage } from '@/state/use-language';
import { spacing, useAppTheme } from '@/theme/theme';
import { ActivityCard } from './activity-card';
import { BadgesCard } from './badges-card';
import { LeaderboardCard } from './leaderboard-card';
import { PatternProgressCard } from './pattern-progress-card';
import { Totals } from './totals';

export function ProgressScreen() {
  const hasBegun = useUserId() !== null;
  const hasEnded = useSessionStore((state) => state.hasEnded);
  const language = useLanguage();
  const progress = useProgress(language);
  const activity = useActivity();
  const badges = useBadges();
  const showsStreak = useShowsStreak();
  useFreshProgress();
  useScreenTitle('Progress');

  function refresh() {
    void progress.refetch();
    void activity.refetch();
    void badges.refetch();
  }

  const error = (progress.data ? null : progress.error) ?? (activity.data ? null : activity.error);
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
      onRefresh={hasBegun ? refresh : undefined}
    >
      {hasEnded ? (
        <SessionEndedCard />
      ) : !hasBegun ? (
        <NothingYet />
      ) : // All at once: what comes later would move what is there.
      progress.data && activity.data && badges.isFetched && showsStreak !== undefined ? (
        <ProgressContent
          progress={progress.data}
          activity={activity.data}
          badges={badges}
          showsStreak={showsStreak}
          language={language}
          now={progress.dataUpdatedAt}
        />
      ) : error ? (
        <FailurePanel error={error} onRetry={refresh} />
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
      <Button mode="contained" onPress={() => router.navigate('/patterns')}>
        To the patterns
      </Button>
    </View>
  );
}

interface ProgressContentProps {
  progress: Progress;
  activity: Activity;
  badges: BadgesQuery;
  showsStreak: boolean;
  language: Language;
  now: number;
}

function ProgressContent({ progress, activity, badges, showsStreak, language, now }: ProgressContentProps) {
  const { palette } = useAppTheme();
  // A solution that was shown is no submission, but its pattern comes back.
  const begun = progress.patterns.filter(
    (pattern) => pattern.snippets_attempted > 0 || pattern.next_review_at != null,
  );
  const others = progress.patterns.length - begun.length;
  const { streak, points, days } = activity;
  if (progress.snippets_attempted === 0 && days.length === 0) return <NothingYet />;
  return (
    <>
      <Totals
        testID="streak-totals"
        totals={[
          ...(showsStreak
            ? [
                { label: 'Day streak', value: streak.days },
                { label: 'Longest', value: streak.longest },
              ]
            : []),
          { label: 'Points', value: points },
        ]}
      />
      <ActivityCard activity={activity} />
      <BadgesCard badges={badges} showsStreak={showsStreak} />
      <LeaderboardCard />
      <SectionTitle style={styles.heading}>{languageNames[language]}</SectionTitle>
      <Totals
        totals={[
          { label: 'Solved', value: progress.snippets_solved },
          { label: 'Tried', value: progress.snippets_attempted },
          { label: 'Submissions', value: progress.total_attempts },
        ]}
      />
      {begun.map((pattern) => (
        <PatternProgressCard key={pattern.slug} pattern={pattern} now={now} />
      ))}
      {others > 0 && (
        <Text variant="bodyMedium" style={[styles.centred, { color: palette.onSurfaceVariant }]}>
          {others} more {others === 1 ? 'pattern is' : 'patterns are'} waiting for you.
        </Text>
      )}
    </>
  );
}

const styles = StyleSheet.create({
  nothing: { alignItems: 'center', gap: spacing.m, paddingVertical: spacing.xxl * 2 },
  centred: { textAlign: 'center' },
  heading: { marginTop: spacing.s },
});
