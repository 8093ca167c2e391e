import { session } from '@/api/client';
import { queryClient } from '@/state/queries/query-client';
import { logOut, resetDevice } from '@/state/reset-device';
import { cacheStorage } from '@/storage/storage';
import { snippetOf } from '@/testing/content';
import { beginTrial, logInAda, settle } from '@/testing/render-screen';
import { server, sessionOf } from '@/testing/server';
import { emptyCache, keepOnly, restoreCache, startCache, useReadySnippets } from './cache';

const nextKey = (learner: string) => ['learner', learner, 'next', 'python'];
const snippetKey = (slug: string) => ['snippet', slug];

const keptKeys = async () =>
  (await cacheStorage.entries('query:')).map(([, text]) => (JSON.parse(text) as { key: unknown[] }).key);

/** As when the app is started again: what is in memory is gone, and what is on the device is there. */
async function startAgain() {
  const rows = await cacheStorage.entries('');
  queryClient.clear();
  await settle();
  for (const [key, text] of rows) await cacheStorage.write(key, text);
  await restoreCache();
}

const ready = () => [...useReadySnippets.getState().bySlug.keys()];

beforeAll(startCache);

test('what was answered is there when the app starts again, and what is the learner’s is asked for anew', async () => {
  await logInAda();
  queryClient.setQueryData(snippetKey('two-sum-1'), snippetOf('two-sum-1'));
  queryClient.setQueryData(nextKey('ada'), { drill: null });
  await settle(1000);
  await startAgain();
  expect(queryClient.getQueryData(snippetKey('two-sum-1'))).toEqual(snippetOf('two-sum-1'));
  expect(queryClient.getQueryData(nextKey('ada'))).toEqual({ drill: null });
  expect(queryClient.getQueryState(nextKey('ada'))?.isInvalidated).toBe(true);
  expect(queryClient.getQueryState(snippetKey('two-sum-1'))?.isInvalidated).toBe(false);
  expect(ready()).toEqual(['two-sum-1']);
});

test('nothing of one learner is left for another', async () => {
  await logInAda();
  queryClient.setQueryData(nextKey('ada'), { drill: null });
  queryClient.setQueryData(snippetKey('two-sum-1'), snippetOf('two-sum-1'));
  await settle(1000);
  await session.logIn(async () => sessionOf('bob', false));
  await settle(1000);
  expect(await keptKeys()).toEqual([snippetKey('two-sum-1')]);
});

test('what another learner left, because the app ended, is not brought back', async () => {
  await logInAda();
  queryClient.setQueryData(nextKey('ada'), { drill: null });
  await settle(1000);
  const rows = await cacheStorage.entries('');
  await session.logIn(async () => sessionOf('bob', false));
  await settle();
  for (const [key, text] of rows) await cacheStorage.write(key, text);
  await restoreCache();
  expect(queryClient.getQueryData(nextKey('ada'))).toBeUndefined();
  expect(await keptKeys()).toEqual([]);
});

test.each([
  ['logging out', logOut],
  ['resetting the device', resetDevice],
])('%s empties the cache', async (_, leave) => {
  await beginTrial();
  server.on('POST /auth/logout', () => [204]);
  queryClient.setQueryData(nextKey('trial'), { drill: null });
  queryClient.setQueryData(snippetKey('two-sum-1'), snippetOf('two-sum-1'));
  await settle(1000);
  expect(await keptKeys()).toHaveLength(2);
  await leave();
  await settle(1000);
  expect(await cacheStorage.entries('')).toEqual([]);
  expect(ready()).toEqual([]);
});

test('room is made on the device alone', async () => {
  for (const slug of ['a', 'b', 'c']) queryClient.setQueryData(snippetKey(slug), snippetOf(slug));
  await settle(1000);
  await keepOnly(new Set(['b']));
  expect(await keptKeys()).toEqual([snippetKey('b')]);
  expect(ready()).toEqual(['b']);
  expect(queryClient.getQueryData(snippetKey('a'))).toBeTruthy();
});

test('a device that keeps nothing works on', async () => {
  const { write, entries } = cacheStorage;
  const refuse = () => Promise.reject(new Error('no room'));
  Object.assign(cacheStorage, { write: refuse, entries: refuse });
  queryClient.setQueryData(snippetKey('a'), snippetOf('a'));
  await settle(1000);
  await expect(restoreCache()).rejects.toThrow('no room');
  Object.assign(cacheStorage, { write, entries });
  expect(ready()).toEqual([]);
  await emptyCache();
});
