import { onlineManager } from '@tanstack/react-query';
import { act, fireEvent, screen } from '@testing-library/react-native';
import { useAhead } from '@/offline/ahead/ahead';
import { attemptLog, noteChangedLog, queueAttempt, useAttempts } from '@/offline/attempts/attempts';
import { useReadySnippets } from '@/offline/cache/cache';
import { useAppUpdate } from '@/offline/service-worker/app-update';
import { DrillScreen } from '@/screens/drill/drill-screen';
import { ProfileScreen } from '@/screens/profile/profile-screen';
import { TodayScreen } from '@/screens/today/today-screen';
import { queryClient } from '@/state/queries/query-client';
import { snippetOf } from '@/testing/content';
import { beginTrial, renderScreen, settle } from '@/testing/render-screen';
import { route } from '@/testing/router';
import { server } from '@/testing/server';
import { describeOutcome } from './describe-attempts';

const attempt = (clientId: string) => ({
  clientId,
  snippetId: `id-of-${clientId}`,
  slug: clientId,
  title: `Title of ${clientId}`,
  revision: 1,
  code: clientId,
  startedAt: '2026-11-29T10:00:00Z',
  submittedAt: '2026-11-29T10:05:00Z',
  preliminary: null,
});

const outcomeOf = (clientId: string) => ({
  ...attempt(clientId),
  owner: null,
  status: 'judged' as const,
  verdict: 'accepted' as const,
  reason: null,
  points: 20,
});

const setReady = (...slugs: string[]) =>
  useReadySnippets.setState({
    bySlug: new Map(slugs.map((slug) => [slug, { revision: 1, answeredAt: 0, size: 500_000 }])),
  });

async function press(testID: string) {
  fireEvent.press(screen.getByTestId(testID));
  await settle();
}

beforeEach(() => beginTrial());

afterEach(() => useAppUpdate.setState({ reload: null }));

test('nothing is said where all is well', async () => {
  await renderScreen(<TodayScreen />);
  for (const name of ['offline-notice', 'pending-notice', 'update-notice', 'outcomes-card'])
    expect(screen.queryByTestId(name)).toBeNull();
});

test('without a connection the number of snippets that are ready is told', async () => {
  setReady('a', 'b');
  await renderScreen(<TodayScreen />);
  act(() => onlineManager.setOnline(false));
  expect(screen.getByTestId('offline-notice')).toHaveTextContent('Offline · 2 snippets ready');
  act(() => onlineManager.setOnline(true));
  expect(screen.queryByTestId('offline-notice')).toBeNull();
});

test('what is not sent is counted, and can be sent by hand', async () => {
  for (const name of ['a', 'b', 'c']) await queueAttempt(attempt(name));
  server.on('POST /api/v1/users/progress/sync', ({ body }) => [
    200,
    {
      items: (body as { items: { client_id: string }[] }).items.map(({ client_id }) => ({
        client_id,
        status: 'judged',
        verdict: client_id === 'b' ? 'runtime_error' : 'accepted',
        points: 10,
        badges: [],
      })),
    },
  ]);
  await renderScreen(<TodayScreen />);
  expect(screen.getByTestId('pending-notice')).toHaveTextContent(/^3 attempts not sent/);
  await press('send-attempts');
  expect(screen.queryByTestId('pending-notice')).toBeNull();
  expect(screen.getByTestId('outcome-a')).toHaveTextContent('Title of aSolved. +10 points');
  expect(screen.getByTestId('outcome-b')).toHaveTextContent('Title of bError. Not solved yet.');
});

test('answers stay until they were seen', async () => {
  await queueAttempt(attempt('a'));
  await attemptLog.settle(outcomeOf('a'));
  await noteChangedLog();
  await renderScreen(<TodayScreen />);
  await press('outcome-a');
  expect(route.push).toHaveBeenCalledWith({ pathname: '/drill/[id]', params: { id: 'a' } });
  expect(screen.getByTestId('outcomes-card')).toBeTruthy();
  await press('dismiss-outcomes');
  expect(screen.queryByTestId('outcomes-card')).toBeNull();
  expect(useAttempts.getState().outcomes).toEqual([]);
});

test('a newer version is offered, and nothing is loaded anew without being asked for', async () => {
  const reload = jest.fn();
  await renderScreen(<TodayScreen />);
  act(() => useAppUpdate.setState({ reload }));
  expect(screen.getByTestId('update-notice')).toHaveTextContent(/A new version is ready/);
  expect(reload).not.toHaveBeenCalled();
  await press('reload-app');
  expect(reload).toHaveBeenCalledTimes(1);
});

test('a snippet that is not on the device says so, and those that are are offered', async () => {
  setReady('stack-1');
  queryClient.setQueryData(['snippet', 'stack-1'], snippetOf('stack-1'));
  server.on('GET /api/v1/snippets/two-sum-1', () => {
    throw new TypeError('Failed to fetch');
  });
  await renderScreen(<DrillScreen slug="two-sum-1" isAgain={false} />);
  expect(screen.getByTestId('not-on-device')).toHaveTextContent(/Not on this device/);
  await press('snippet-stack-1');
  expect(route.push).toHaveBeenCalledWith({ pathname: '/drill/[id]', params: { id: 'stack-1' } });
});

test('the profile tells how much is ready, and how much room it takes', async () => {
  setReady('a', 'b', 'c');
  useAhead.setState({ chosen: ['a', 'b', 'c'] });
  await renderScreen(<ProfileScreen />);
  expect(screen.getByTestId('ready-count')).toHaveTextContent('3 snippets ready offline · 1.5 MB used');
});

test('who saves data is asked first', async () => {
  useAhead.setState({ savesData: true });
  await renderScreen(<ProfileScreen />);
  expect(screen.getByTestId('offline-card')).toHaveTextContent(/Your browser saves data/);
  expect(screen.getByTestId('load-ahead')).toBeTruthy();
});

test.each([
  [
    { status: 'refused', reason: 'unknown_snippet', verdict: null },
    'Not counted. This snippet was taken down meanwhile.',
  ],
  [
    { status: 'refused', reason: 'of a newer server', verdict: null },
    'Not counted. The server did not take it.',
  ],
  [{ points: 0 }, 'Solved.'],
  [{ verdict: 'time_limit', points: 0 }, 'Too slow. Not solved yet.'],
  [
    { verdict: 'wrong_answer', points: 0, preliminary: { passed: 3, total: 3 } },
    'Wrong answer. Not solved yet. It passed here, but a hidden test fails.',
  ],
] as const)('%j is told as %s', (change, text) => {
  expect(describeOutcome({ ...outcomeOf('a'), ...change })).toBe(text);
});
