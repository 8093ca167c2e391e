import type { Drill, Pattern, Progress, SnippetMark, SnippetSummary } from '@/api/types';

/** How many of a pattern's snippets are solved. */
export function solvedOf(pattern: Pattern, progress: Progress | undefined): number {
  return progress?.patterns.find((entry) => entry.slug === pattern.slug)?.snippets_solved ?? 0;
}

export const markBySlug = (marks: SnippetMark[] | undefined) =>
  new Map(marks?.map((mark) => [mark.slug, mark]));

/** The way to a drill. What was seen before begins anew, as if it had not been. */
export const drillHref = ({ reason, snippet: { slug } }: Drill) =>
  ({ pathname: '/drill/[id]', params: reason === 'new' ? { id: slug } : { id: slug, again: '1' } }) as const;

/** What a drill is, in small print. */
export const factsOf = ({ pattern_name, time_estimate_minutes }: SnippetSummary): string =>
  `${pattern_name} · ${time_estimate_minutes} min`;

/** A title whose "1 of 3" is never torn apart where it wraps. */
export const wrappingTitle = (title: string): string =>
  title.replace(/(\d+) of (\d+)$/, '$1\u00a0of\u00a0$2');
