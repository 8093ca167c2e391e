import { exclusivelyFor } from '@/api/exclusively';
import { failureFromError } from '@/api/failure';
import type { Language, SnippetSummary } from '@/api/types';
import { markBySlug } from '@/lib/practice';
import { keepOnly, keepSnippet, restoreCache, useReadySnippets } from '@/offline/cache/cache';
import { usePreferences } from '@/state/preferences';
import { dailyQuery, dueReviewsQuery, nextDrillQuery } from '@/state/queries/drills';
import { countSnippets, patternsQuery } from '@/state/queries/patterns';
import { snippetMarksQuery } from '@/state/queries/progress';
import { queryClient } from '@/state/queries/query-client';
import { snippetQuery, snippetsQuery } from '@/state/queries/snippets';
import { useSessionStore } from '@/state/session';
import { noteChosen, wantedCount } from './ahead';
import { chooseSnippets, type Outlook } from './choose-snippets';
import { persistStorage } from './persist-storage';

/** A list of snippets, and a snippet, are asked for again after a week, or when the other shows a newer revision. */
const freshMilliseconds = 7 * 86_400_000;

/** Beside what is chosen, so many of those that were opened last are kept. */
const openedCount = 30;

const exclusively = exclusivelyFor('ahead');

/** The server counts what an address asks for in a minute, and the learner's own requests have to fit in beside these. */
const quickCount = 15;
const quickMilliseconds = 150;
const slowMilliseconds = 1500;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function createPace() {
  let count = 0;
  return () => {
    count += 1;
    return pause(count <= quickCount ? quickMilliseconds : slowMilliseconds);
  };
}

/** What is not known to the server is not there, and no reason to stop. */
async function unlessFailed<Value>(answer: Promise<Value>): Promise<Value | null> {
  try {
    return await answer;
  } catch (error) {
    const { kind } = failureFromError(error);
    if (kind === 'offline' || kind === 'rate-limited') throw error;
    return null;
  }
}

const staleTime = 5 * 60_000;

async function learnersOutlook(language: Language) {
  const { userId } = useSessionStore.getState();
  if (userId === null) return { due: [], next: null, statusOf: () => undefined };
  const fetch = queryClient.fetchQuery.bind(queryClient);
  const [due, next, marks] = await Promise.all([
    unlessFailed(fetch({ ...dueReviewsQuery(userId, language), staleTime, retry: false })),
    unlessFailed(fetch({ ...nextDrillQuery(userId, language), staleTime, retry: false })),
    unlessFailed(fetch({ ...snippetMarksQuery(userId), staleTime, retry: false })),
  ]);
  const marked = markBySlug(marks?.data);
  return {
    due: due ?? [],
    next: next?.drill ?? null,
    statusOf: (slug: string) => marked.get(slug)?.status,
  };
}

/** Asks for the lists of the patterns one after the other; those that are known cost nothing. */
async function listsOf(language: Language, pace: () => Promise<unknown>): Promise<SnippetSummary[][]> {
  const patterns = (await unlessFailed(queryClient.fetchQuery({ ...patternsQuery, retry: false }))) ?? [];
  const lists: SnippetSummary[][] = [];
  for (const pattern of patterns.filter((one) => countSnippets(one, language) > 0)) {
    const query = snippetsQuery(pattern.slug, language);
    const isKnown = queryClient.getQueryData(query.queryKey) !== undefined;
    const list = await unlessFailed(
      queryClient.fetchQuery({ ...query, staleTime: freshMilliseconds, retry: false }),
    );
    if (list) lists.push(list);
    if (!isKnown) await pace();
  }
  return lists;
}

async function outlookOn(language: Language): Promise<Outlook> {
  const { bookmark } = usePreferences.getState();
  const daily = await unlessFailed(queryClient.fetchQuery({ ...dailyQuery(language), retry: false }));
  return {
    ...(await learnersOutlook(language)),
    bookmark: bookmark?.language === language ? bookmark.slug : null,
    daily: daily?.snippet.slug ?? null,
    patterns: await listsOf(language, createPace()),
  };
}

async function loadSnippets(chosen: string[], revisions: Map<string, number>): Promise<void> {
  const pace = createPace();
  for (const slug of chosen) {
    const ready = useReadySnippets.getState().bySlug.get(slug);
    const revision = revisions.get(slug) ?? ready?.revision;
    if (ready && ready.revision === revision && Date.now() - ready.answeredAt < freshMilliseconds) continue;
    const known = queryClient.getQueryData(snippetQuery(slug).queryKey);
    if (!ready && known?.revision === revision) {
      keepSnippet(slug);
      continue;
    }
    await unlessFailed(queryClient.fetchQuery({ ...snippetQuery(slug), staleTime: 0, retry: false }));
    await pace();
  }
}

/** What was opened last is likely to be opened again. */
function lastOpened(): string[] {
  return [...useReadySnippets.getState().bySlug]
    .sort(([, one], [, other]) => other.answeredAt - one.answeredAt)
    .slice(0, openedCount)
    .map(([slug]) => slug);
}

async function loadAll(): Promise<void> {
  const { language } = usePreferences.getState();
  if (!language) return;
  // What another tab has loaded is there.
  await restoreCache();
  const opened = lastOpened();
  const outlook = await outlookOn(language);
  const chosen = chooseSnippets(outlook, wantedCount);
  await noteChosen(chosen);
  await loadSnippets(chosen, new Map(outlook.patterns.flat().map(({ slug, revision }) => [slug, revision])));
  await keepOnly(new Set([...chosen, ...opened]));
  await persistStorage();
}

/** Loads one after the other, in one tab. Gives back after how many seconds to go on; null when all is there. */
export async function load(): Promise<number | null> {
  try {
    await exclusively(loadAll);
    return null;
  } catch (error) {
    const failure = failureFromError(error);
    return failure.kind === 'rate-limited' ? failure.seconds : null;
  }
}
