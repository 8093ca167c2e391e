import { startCache, useReadySnippets } from '@/offline/cache/cache';
import { setPreference } from '@/state/preferences';
import { queryClient } from '@/state/queries/query-client';
import { drillOf, snippetOf } from '@/testing/content';
import { beginTrial, settle } from '@/testing/render-screen';
import { problem, server } from '@/testing/server';
import { load } from './load';

const slugs = Array.from({ length: 70 }, (_, index) => `drill-${index}`);
const list = 'GET /api/v1/snippets?pattern=hash-map&language=python&page=1&limit=100';
const snippetCall = (slug: string) => `GET /api/v1/snippets/${slug}`;

const ready = () => [...useReadySnippets.getState().bySlug.keys()];
const loaded = () => server.received.map(({ call }) => call).filter((call) => /snippets\/drill-/.test(call));

/** Loads, however long it takes. */
async function loadToEnd() {
  const loading = load();
  await settle(120_000);
  return loading;
}

beforeAll(startCache);

beforeEach(async () => {
  setPreference({ language: 'python' });
  await beginTrial();
  server.on('GET /api/v1/patterns', () => [
    200,
    { data: [{ slug: 'hash-map', name: 'Hash map', snippet_counts: [{ language: 'python', count: 70 }] }] },
  ]);
  server.on(list, () => [200, { data: slugs.map(snippetOf), pagination: { has_next: false } }]);
  for (const slug of slugs) server.on(snippetCall(slug), () => [200, snippetOf(slug)]);
  server.on('GET /api/v1/users/reviews/due?language=python', () => [
    200,
    { data: [drillOf('review', 'drill-69')] },
  ]);
  server.on('GET /api/v1/users/next?language=python', () => [
    200,
    { drill: drillOf('new', 'drill-3'), due: 1 },
  ]);
  server.on('GET /api/v1/users/progress/snippets', () => [200, { data: [] }]);
});

test('fifty are loaded, the likeliest first, and not again', async () => {
  expect(await loadToEnd()).toBeNull();
  expect(loaded().slice(0, 4)).toEqual(['drill-69', 'drill-3', 'drill-0', 'drill-1'].map(snippetCall));
  expect(ready()).toHaveLength(50);
  await loadToEnd();
  expect(loaded()).toHaveLength(50);
});

test('a limit ends it for as long as the server says', async () => {
  server.on(
    snippetCall('drill-0'),
    () => [...problem(429, 'rate_limited').slice(0, 2), { 'Retry-After': '17' }] as never,
  );
  expect(await loadToEnd()).toBe(17);
  expect(loaded()).toHaveLength(3);
});

test('the connection may go away, and a snippet too', async () => {
  server.on(snippetCall('drill-3'), () => problem(404, 'not_found'));
  server.on(snippetCall('drill-1'), () => {
    throw new TypeError('Failed to fetch');
  });
  expect(await loadToEnd()).toBeNull();
  expect(ready()).toEqual(['drill-69', 'drill-0']);
});

test('a newer revision is loaded', async () => {
  await loadToEnd();
  server.on(list, () => [
    200,
    {
      data: slugs.map((slug) => ({ ...snippetOf(slug), revision: slug === 'drill-5' ? 2 : 1 })),
      pagination: { has_next: false },
    },
  ]);
  await queryClient.invalidateQueries({ queryKey: ['snippets'] });
  await loadToEnd();
  expect(loaded().slice(50)).toEqual([snippetCall('drill-5')]);
});
