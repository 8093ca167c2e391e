import type { Drill, SnippetStatus, SnippetSummary } from '@/api/types';

/** What is known of what the learner will do. */
export interface Outlook {
  due: Drill[];
  next: Drill | null;
  /** The snippet that was left open on this device. */
  bookmark: string | null;
  daily: string | null;
  /** The snippets of each pattern, in the order in which they are meant to be met. */
  patterns: SnippetSummary[][];
  statusOf: (slug: string) => SnippetStatus | undefined;
}

/** The pattern that the learner is at comes before the others, which keep their order. */
function beginningAt(patterns: SnippetSummary[][], current: string | undefined): SnippetSummary[][] {
  const isCurrent = (snippets: SnippetSummary[]) => snippets[0]?.pattern === current;
  return [...patterns.filter(isCurrent), ...patterns.filter((snippets) => !isCurrent(snippets))];
}

/**
 * The slugs of the snippets that the learner is likely to need first: what is due, what is next, what the day brings,
 * then what comes after it. Where all that is not enough, what was finished comes back some day.
 */
export function chooseSnippets(outlook: Outlook, count: number): string[] {
  const { due, next, bookmark, daily, patterns, statusOf } = outlook;
  const inOrder = beginningAt(patterns, next?.snippet.pattern)
    .flat()
    .map(({ slug }) => slug);
  const isFinished = (slug: string) => statusOf(slug) === 'solved' || statusOf(slug) === 'given_up';
  const likely = [
    ...due.map(({ snippet }) => snippet.slug),
    next?.snippet.slug,
    bookmark,
    daily,
    ...inOrder.filter((slug) => !isFinished(slug)),
    ...inOrder.filter((slug) => statusOf(slug) === 'given_up'),
    ...inOrder.filter((slug) => statusOf(slug) === 'solved'),
  ];
  return [...new Set(likely.filter((slug) => typeof slug === 'string'))].slice(0, count);
}

/** The first that can be opened without a connection, and was not done just now. */
export function nextReady(
  candidates: string[],
  ready: ReadonlyMap<string, unknown>,
  done: ReadonlySet<string>,
): string | null {
  return candidates.find((slug) => ready.has(slug) && !done.has(slug)) ?? null;
}
