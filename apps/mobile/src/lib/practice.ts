import type { Pattern, Progress, SnippetMark, SnippetSummary } from '@/api/types';

/** How many of a pattern's snippets are solved. */
export function solvedOf(pattern: Pattern, progress: Progress | undefined): number {
  return progress?.patterns.find((entry) => entry.slug === pattern.slug)?.snippets_solved ?? 0;
}

export const markBySlug = (marks: SnippetMark[] | undefined) =>
  new Map(marks?.map((mark) => [mark.slug, mark]));

/** The first snippet that was neither solved nor given up. */
export function firstOpenSnippet(
  snippets: SnippetSummary[],
  marks: ReadonlyMap<string, SnippetMark>,
): SnippetSummary | null {
  const isOpen = ({ slug }: SnippetSummary) => {
    const status = marks.get(slug)?.status;
    return status !== 'solved' && status !== 'given_up';
  };
  return snippets.find(isOpen) ?? null;
}

/** A title whose "1 of 3" is never torn apart where it wraps. */
export const wrappingTitle = (title: string): string =>
  title.replace(/(\d+) of (\d+)$/, '$1\u00a0of\u00a0$2');
