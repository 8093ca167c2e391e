import type { Language, SnippetMark } from '@/api/types';
import { ShareDailyButton } from '@/components/share/share-daily-button';
import { SkeletonCards } from '@/components/skeleton';
import { factsOf } from '@/lib/practice';
import { useDailyChallenge } from '@/state/queries/drills';
import { DrillCard } from './drill-card';

interface DailyCardProps {
  language: Language;
  marks: ReadonlyMap<string, SnippetMark>;
}

/** As high as the card of a title of one line. */
const height = 84;

/** The day's challenge. Nobody misses it where there is none, or where it can't be had. */
export function DailyCard({ language, marks }: DailyCardProps) {
  const daily = useDailyChallenge(language);
  if (daily.isLoading) return <SkeletonCards count={1} height={height} />;
  if (!daily.data) return null;
  const { snippet, date } = daily.data;
  const isSolved = marks.get(snippet.slug)?.status === 'solved';
  return (
    <DrillCard
      testID="daily-challenge"
      icon="calendar-star-outline"
      caption="Daily challenge"
      title={snippet.title}
      facts={factsOf(snippet)}
      isSolved={isSolved}
      href={{ pathname: '/drill/[id]', params: { id: snippet.slug } }}
      shareButton={isSolved && <ShareDailyButton date={date} />}
    />
  );
}
