import type { Language, SnippetMark } from '@/api/types';
import { usePreferences } from '@/state/preferences';
import { DrillCard } from './drill-card';

interface ContinueCardProps {
  language: Language;
  marks: ReadonlyMap<string, SnippetMark>;
  /** What is proposed anyway. */
  proposed: string | undefined;
}

/** The snippet that was left open on this device. */
export function ContinueCard({ language, marks, proposed }: ContinueCardProps) {
  const bookmark = usePreferences((state) => state.bookmark);
  if (!bookmark || bookmark.language !== language || bookmark.slug === proposed) return null;
  const status = marks.get(bookmark.slug)?.status;
  // On another device it may have been finished since.
  if (status === 'solved' || status === 'given_up') return null;
  return (
    <DrillCard
      testID="continue-card"
      icon="pencil-outline"
      caption="Continue"
      title={bookmark.title}
      facts={bookmark.patternName}
      href={{ pathname: '/drill/[id]', params: { id: bookmark.slug } }}
    />
  );
}
