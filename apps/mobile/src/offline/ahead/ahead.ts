import { create } from 'zustand';
import { isOnline, whenConnectionChanges } from '@/offline/connection';
import { usePreferences } from '@/state/preferences';
import { useSessionStore } from '@/state/session';
import { cacheStorage } from '@/storage/storage';

/** So many snippets are kept for when there is no connection. */
export const wantedCount = 50;

interface Ahead {
  /** The slugs of what is kept or will be, the likeliest first. */
  chosen: string[];
  isLoading: boolean;
  /** Nothing is loaded that was not asked for: the learner's browser saves data. */
  savesData: boolean;
}

export const useAhead = create<Ahead>()(() => ({ chosen: [], isLoading: false, savesData: false }));

/** What loads first has had its time by then. */
const startMilliseconds = 4000;
const againMilliseconds = 15 * 60_000;

interface ConnectionLike {
  saveData?: boolean;
}

const savesData = () =>
  typeof navigator !== 'undefined' &&
  (navigator as { connection?: ConnectionLike }).connection?.saveData === true;

function whenIdle(task: () => void) {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(task, { timeout: 10_000 });
  else task();
}

let timer: ReturnType<typeof setTimeout> | undefined;

function schedule(milliseconds: number) {
  clearTimeout(timer);
  timer = setTimeout(() => whenIdle(() => void loadAhead()), milliseconds);
}

/** Loads what the learner is likely to need, where that is not there yet. */
export async function loadAhead(isAsked = false): Promise<void> {
  if (useAhead.getState().isLoading) return;
  useAhead.setState({ savesData: savesData() });
  if (!isOnline() || (savesData() && !isAsked)) return;
  useAhead.setState({ isLoading: true });
  // First: snippets take a minute, since the server allows so many.
  await loadGuestsThatAreWanted().catch(() => undefined);
  // What could not be loaded is tried again in its time.
  const seconds = await import('./load').then(
    ({ load }) => load(),
    () => null,
  );
  useAhead.setState({ isLoading: false });
  schedule(seconds === null ? againMilliseconds : 1000 * seconds);
}

/** JavaScript comes by itself, as it is small; another language once its learner asked for it, and then each release's. */
async function loadGuestsThatAreWanted(): Promise<void> {
  const { lookForGuest, loadGuest, isWanted } = await import('@/offline/engine/guests');
  for (const language of ['javascript', 'python'] as const) {
    await lookForGuest(language);
    if (await isWanted(language)) await loadGuest(language);
  }
}

const chosenKey = 'chosen';

export async function noteChosen(chosen: string[]): Promise<void> {
  useAhead.setState({ chosen });
  await cacheStorage.write(chosenKey, JSON.stringify(chosen)).catch(() => undefined);
}

/** What was chosen the last time, in its order. */
async function readChosen(): Promise<void> {
  const text = await cacheStorage.read(chosenKey).catch(() => null);
  if (text !== null) useAhead.setState({ chosen: JSON.parse(text) as string[] });
}

/** Loads ahead from now on: soon, and again when the learner, the language or the connection changes. */
export async function startAhead(): Promise<void> {
  await readChosen();
  schedule(startMilliseconds);
  whenConnectionChanges((isReachable) => isReachable && schedule(startMilliseconds));
  useSessionStore.subscribe(({ userId }, before) => {
    if (userId !== before.userId) schedule(startMilliseconds);
  });
  usePreferences.subscribe(({ language }, before) => {
    if (language !== before.language) schedule(startMilliseconds);
  });
}
