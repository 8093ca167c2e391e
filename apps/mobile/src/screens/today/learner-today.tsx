import type { Drill, Language } from '@/api/types';
import { FailurePanel } from '@/components/failure-panel';
import { SkeletonCards } from '@/components/skeleton';
import { drillHref, factsOf, markBySlug } from '@/lib/practice';
import { useMyAttempts } from '@/offline/attempts/attempts';
import { usePreferences } from '@/state/preferences';
import { useDueReviews, useNextDrill } from '@/state/queries/drills';
import { useSnippetMarks } from '@/state/queries/progress';
import { ContinueCard } from './continue-card';
import { DailyCard } from './daily-card';
import { DueList } from './due-list';
import { NextDrillCard, NextDrillSkeleton } from './next-drill-card';
import { NothingNext } from './nothing-next';

/** What the server proposes to the learner. */
export function LearnerToday({ language }: { language: Language }) {
  const next = useNextDrill(language);
  const due = useDueReviews(language);
  const marks = useSnippetMarks();
  const marked = markBySlug(marks.data?.data);

  function retry() {
    void next.refetch();
    void due.refetch();
  }

  // All at once: what comes later would move what is there.
  if (next.data && due.data && !marks.isLoading) {
    const { drill } = next.data;
    return (
      <>
        {drill ? <ProposedDrill drill={drill} /> : <NothingNext language={language} />}
        <ContinueCard language={language} marks={marked} proposed={drill?.snippet.slug} />
        <DailyCard language={language} marks={marked} />
        <DueList drills={due.data} />
      </>
    );
  }
  const error = (next.data ? null : next.error) ?? (due.data ? null : due.error);
  if (error) {
    return (
      <>
        <FailurePanel error={error} onRetry={retry} />
        <DailyCard language={language} marks={marked} />
      </>
    );
  }
  return (
    <>
      <NextDrillSkeleton />
      <SkeletonCards count={2} height={84} />
    </>
  );
}

const captions: Record<Drill['reason'], string> = {
  retry: 'Try again: you saw the solution last time',
  review: 'Review: it is time to see this again',
  new: 'New',
};

function ProposedDrill({ drill }: { drill: Drill }) {
  const bookmark = usePreferences((state) => state.bookmark);
  const { reason, snippet } = drill;
  const isSubmitted = useMyAttempts().pending.some(({ slug }) => slug === snippet.slug);
  const isLeftOpen = reason === 'new' && bookmark?.slug === snippet.slug;
  return (
    <NextDrillCard
      caption={isSubmitted ? 'Submitted, not sent yet' : isLeftOpen ? 'Continue' : captions[reason]}
      title={snippet.title}
      facts={factsOf(snippet)}
      href={drillHref(drill)}
    />
  );
}
