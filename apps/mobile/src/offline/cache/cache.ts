import type { Query, QueryCacheNotifyEvent, QueryKey } from '@tanstack/react-query';
import { hashKey } from '@tanstack/react-query';
import { create } from 'zustand';
import type { Snippet } from '@/api/types';
import { queryClient } from '@/state/queries/query-client';
import { useSessionStore } from '@/state/session';
import { cacheStorage } from '@/storage/storage';
import { isKept, isOfLearner, readKept, slugOf, writeKept } from './kept-queries';

// What the server answered is kept on the device, each answer for itself, and is there again when the app starts. All of
// it can be lost at any time: it is asked for again.

/** A snippet that can be opened without a connection. */
export interface ReadySnippet {
  revision: number;
  answeredAt: number;
  /** How many characters it takes on the device. */
  size: number;
}

export const useReadySnippets = create<{ bySlug: ReadonlyMap<string, ReadySnippet> }>()(() => ({
  bySlug: new Map(),
}));

const prefix = 'query:';
const saveMilliseconds = 500;

const unsaved = new Map<string, Query>();
let saving: ReturnType<typeof setTimeout> | undefined;

const learnerId = () => useSessionStore.getState().userId;

function noteReady(slug: string, snippet: ReadySnippet | null) {
  const bySlug = new Map(useReadySnippets.getState().bySlug);
  if (snippet) bySlug.set(slug, snippet);
  else bySlug.delete(slug);
  useReadySnippets.setState({ bySlug });
}

async function save({ queryHash, queryKey, state }: Query): Promise<void> {
  // By now it may be another learner's.
  if (state.data === undefined || !isKept(queryKey, learnerId())) return;
  const text = writeKept({ key: queryKey, data: state.data, answeredAt: state.dataUpdatedAt });
  await cacheStorage.write(prefix + queryHash, text);
  const slug = slugOf(queryKey);
  const { revision } = state.data as Snippet;
  if (slug !== null) noteReady(slug, { revision, answeredAt: state.dataUpdatedAt, size: text.length });
}

function saveAll(): void {
  clearTimeout(saving);
  saving = undefined;
  const queries = [...unsaved.values()];
  unsaved.clear();
  // A full device keeps less, and works on.
  for (const query of queries) save(query).catch(() => undefined);
}

function saveSoon(query: Query): void {
  if (!isKept(query.queryKey, learnerId())) return;
  unsaved.set(query.queryHash, query);
  saving ??= setTimeout(saveAll, saveMilliseconds);
}

async function forget(queryHash: string, queryKey: QueryKey): Promise<void> {
  unsaved.delete(queryHash);
  const slug = slugOf(queryKey);
  if (slug !== null) noteReady(slug, null);
  await cacheStorage.remove(prefix + queryHash).catch(() => undefined);
}

/** Nothing is removed from the cache of queries but what is not to be seen any more. */
function follow(event: QueryCacheNotifyEvent): void {
  const { query } = event;
  if (event.type === 'updated' && event.action.type === 'success') saveSoon(query);
  if (event.type === 'removed') void forget(query.queryHash, query.queryKey);
}

/** Brings back what was kept and is not known yet. */
export async function restoreCache(): Promise<void> {
  const bySlug = new Map<string, ReadySnippet>();
  for (const [name, text] of await cacheStorage.entries(prefix)) {
    const kept = readKept(text, Date.now());
    if (!kept || !isKept(kept.key, learnerId())) {
      await cacheStorage.remove(name);
      continue;
    }
    const { key, data, answeredAt } = kept;
    // What was asked for meanwhile is newer.
    if (queryClient.getQueryData(key) === undefined) {
      queryClient.setQueryData(key, data, { updatedAt: answeredAt });
      // Other devices may have gone on meanwhile.
      if (isOfLearner(key)) queryClient.getQueryCache().find({ queryKey: key })?.invalidate();
    }
    const slug = slugOf(key);
    const { revision } = data as Snippet;
    if (slug !== null) bySlug.set(slug, { revision, answeredAt, size: text.length });
  }
  useReadySnippets.setState({ bySlug });
}

/** Brings back what was kept, of the learner that is known by now, and keeps what comes from here on. */
export async function startCache(): Promise<void> {
  // What can't be read is as if it had never been there.
  await restoreCache().catch(() => undefined);
  queryClient.getQueryCache().subscribe(follow);
  if (typeof document !== 'undefined') {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') saveAll();
    });
  }
}

/** Keeps a snippet that is known but, since the cache was emptied, not kept. */
export function keepSnippet(slug: string): void {
  const query = queryClient.getQueryCache().find({ queryKey: ['snippet', slug] });
  if (query) saveSoon(query);
}

/** Makes room: all other snippets are forgotten on the device, but stay on the screens that show them. */
export async function keepOnly(slugs: ReadonlySet<string>): Promise<void> {
  for (const slug of useReadySnippets.getState().bySlug.keys()) {
    if (!slugs.has(slug)) await forget(hashKey(['snippet', slug]), ['snippet', slug]);
  }
}

/** Removes all that was kept. */
export async function emptyCache(): Promise<void> {
  clearTimeout(saving);
  saving = undefined;
  unsaved.clear();
  await cacheStorage.clear().catch(() => undefined);
  useReadySnippets.setState({ bySlug: new Map() });
}
