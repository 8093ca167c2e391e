import { act, fireEvent, screen, within } from '@testing-library/react-native';
import { Share } from 'react-native';
import type { Drill } from '@/api/types';
import { setPreference } from '@/state/preferences';
import { queryClient } from '@/state/queries/query-client';
import { useSessionStore } from '@/state/session';
import { activityOf, drillOf, snippetOf } from '@/testing/content';
import { beginTrial, logInAda, renderScreen, settle } from '@/testing/render-screen';
import { route } from '@/testing/router';
import { problem, server } from '@/testing/server';
import { TodayScreen } from './today-screen';

const nextCall = 'GET /api/v1/users/next?language=python';
const dueCall = 'GET /api/v1/users/reviews/due?language=python';
const activityCall = 'GET /api/v1/users/progress/activity';
const dailyCall = 'GET /api/v1/snippets/daily?language=python';
const marksCall = 'GET /api/v1/users/progress/snippets';

function answer(next: Drill | null, due: Drill[]) {
  const standing = { due: due.length };
  server.on(nextCall, () => [200, { drill: next, ...standing }]);
  server.on(dueCall, () => [200, { data: due }]);
}

function answerDaily(date = '2026-11-29') {
  const day = { date, ends_at: '2099-11-30T00:00:00Z' };
  server.on(dailyCall, () => [200, { ...day, snippet: snippetOf('daily-1') }]);
}

const markOf = (slug: string, status: string) => ({ snippet_id: `id-of-${slug}`, slug, status, attempts: 1 });

const bookmarkOf = (slug: string) =>
  ({ slug, title: `Title of ${slug}`, patternName: 'Hash map', language: 'python' }) as const;

beforeEach(() => {
  server.on(activityCall, () => [200, activityOf()]);
  server.on(marksCall, () => [200, { data: [] }]);
  answerDaily();
});

describe('a learner', () => {
  beforeEach(beginTrial);

  test('sees what is next, and why, and begins it anew', async () => {
    answer(drillOf('review', 'two-sum-1'), [drillOf('review', 'two-sum-1')]);
    await renderScreen(<TodayScreen />);
    const card = screen.getByTestId('next-drill');
    expect(card).toHaveTextContent(/Review: it is time to see this again/);
    expect(card).toHaveTextContent(/Title of two-sum-1/);
    expect(card).toHaveTextContent(/Hash map · 5 min/);
    fireEvent.press(card);
    expect(route.push).toHaveBeenCalledWith({
      pathname: '/drill/[id]',
      params: { id: 'two-sum-1', again: '1' },
    });
  });

  test.each([
    ['retry', /Try again: you saw the solution last time/],
    ['new', /^New/],
  ] as const)('is told why it is a %s', async (reason, words) => {
    answer(drillOf(reason, 'two-sum-1'), []);
    await renderScreen(<TodayScreen />);
    expect(screen.getByTestId('next-drill')).toHaveTextContent(words);
  });

  test('opens something new in the ordinary way', async () => {
    answer(drillOf('new', 'two-sum-1'), []);
    await renderScreen(<TodayScreen />);
    fireEvent.press(screen.getByTestId('next-drill'));
    expect(route.push).toHaveBeenCalledWith({ pathname: '/drill/[id]', params: { id: 'two-sum-1' } });
  });

  test('sees five of what is due, in its order, and how many more there are', async () => {
    const due = Array.from({ length: 12 }, (_, index) =>
      drillOf(index < 2 ? 'retry' : 'review', `due-${index}`),
    );
    answer(due[0] ?? null, due);
    await renderScreen(<TodayScreen />);
    const list = within(screen.getByTestId('due-list'));
    expect(list.getAllByRole('link')).toHaveLength(5);
    expect(list.getByTestId('due-due-0')).toHaveTextContent(/Try again/);
    expect(list.getByTestId('due-due-4')).toHaveTextContent(/Review/);
    expect(list.getByText('and 7 more')).toBeTruthy();
    fireEvent.press(list.getByTestId('due-due-3'));
    expect(route.push).toHaveBeenCalledWith({
      pathname: '/drill/[id]',
      params: { id: 'due-3', again: '1' },
    });
  });

  test('is told when all reviews are done', async () => {
    answer(drillOf('new', 'two-sum-1'), []);
    await renderScreen(<TodayScreen />);
    expect(screen.getByTestId('reviews-done')).toBeTruthy();
    expect(screen.queryByTestId('due-list')).toBeNull();
  });

  test('is told when all that there is is done', async () => {
    answer(null, []);
    await renderScreen(<TodayScreen />);
    expect(screen.getByTestId('nothing-next')).toHaveTextContent(/All done for now/);
    expect(screen.queryByTestId('next-drill')).toBeNull();
  });

  test('is offered an account when the trial is used', async () => {
    answer(null, []);
    server.on('GET /api/v1/users/progress?language=python', () => [
      200,
      {
        is_trial: true,
        trial_snippets_remaining: 0,
        snippets_attempted: 5,
        snippets_solved: 5,
        total_attempts: 9,
        patterns: [],
      },
    ]);
    await renderScreen(<TodayScreen />);
    fireEvent.press(screen.getByTestId('nothing-next-sign-up'));
    expect(route.push).toHaveBeenCalledWith({ pathname: '/sign-up', params: { from: route.pathname } });
  });

  test.each([
    [{}, /One drill keeps your 3-day streak.*2 freezes/],
    [{ is_today_done: true }, /^3-day streak/],
    [{ days: 0 }, /^Solve one today to start a streak$/],
  ])('sees the streak %j', async (streak, words) => {
    answer(drillOf('new', 'two-sum-1'), []);
    server.on(activityCall, () => [200, activityOf(streak)]);
    await renderScreen(<TodayScreen />);
    expect(screen.getByTestId('streak')).toHaveTextContent(words);
  });

  test('sees no streak, and no room for one, if that is how it was chosen', async () => {
    await beginTrial({ shows_streak: false });
    answer(drillOf('new', 'two-sum-1'), []);
    await renderScreen(<TodayScreen />);
    expect(screen.getByTestId('next-drill')).toBeTruthy();
    expect(screen.queryByTestId(/^streak/)).toBeNull();
  });

  test('sees no streak before it is known whether to show it', async () => {
    server.on('GET /auth/me', () => new Promise(() => undefined));
    answer(drillOf('new', 'two-sum-1'), []);
    await renderScreen(<TodayScreen />);
    expect(screen.getByTestId('streak-place')).toHaveTextContent('');
    expect(screen.queryByTestId('streak')).toBeNull();
  });

  test('sees no streak when it can not be known whether to show it', async () => {
    server.on('GET /auth/me', () => problem(400, 'odd'));
    answer(drillOf('new', 'two-sum-1'), []);
    await renderScreen(<TodayScreen />);
    expect(screen.getByTestId('next-drill')).toBeTruthy();
    expect(screen.queryByTestId(/^streak/)).toBeNull();
  });

  test('sees whether the challenge of the day is solved', async () => {
    answer(drillOf('new', 'two-sum-1'), []);
    server.on(marksCall, () => [200, { data: [markOf('daily-1', 'solved')] }]);
    await renderScreen(<TodayScreen />);
    expect(screen.getByLabelText('Daily challenge: Title of daily-1, Hash map · 5 min, solved')).toBeTruthy();
  });

  test.each([
    ['nothing of', []],
    ['less than a solve of', [markOf('daily-1', 'attempted')]],
    ['the giving up of', [markOf('daily-1', 'given_up')]],
    ['the solve of something besides', [markOf('two-sum-1', 'solved')]],
  ])('can not share %s the challenge of the day', async (_, marks) => {
    answer(drillOf('new', 'two-sum-1'), []);
    server.on(marksCall, () => [200, { data: marks }]);
    await renderScreen(<TodayScreen />);
    expect(screen.getByTestId('daily-challenge')).toBeTruthy();
    expect(screen.queryByTestId('share-daily')).toBeNull();
  });

  test('can share the challenge of the day once it is solved, which does not open it', async () => {
    const opened = jest.spyOn(Share, 'share').mockResolvedValue({ action: Share.sharedAction });
    answer(drillOf('new', 'two-sum-1'), []);
    server.on(marksCall, () => [200, { data: [markOf('daily-1', 'solved')] }]);
    await renderScreen(<TodayScreen />);
    expect(within(screen.getByTestId('daily-challenge')).queryByTestId('share-daily')).toBeNull();
    fireEvent.press(screen.getByTestId('share-daily'));
    await settle();
    expect(opened).toHaveBeenCalledWith({
      message: "I fixed today's bug on bugdrill. Can you?",
      url: 'http://server.test/share/daily/2026-11-29',
    });
    expect(route.push).not.toHaveBeenCalled();
    opened.mockRestore();
  });

  test('is not told of the next day’s challenge what came of sharing this one', async () => {
    const opened = jest.spyOn(Share, 'share').mockRejectedValue(new Error('No activity'));
    answer(drillOf('new', 'two-sum-1'), []);
    server.on(marksCall, () => [200, { data: [markOf('daily-1', 'solved')] }]);
    await renderScreen(<TodayScreen />);
    fireEvent.press(screen.getByTestId('share-daily'));
    await settle();
    expect(screen.getByTestId('share-daily')).toHaveTextContent("Couldn't share");
    answerDaily('2026-11-30');
    await act(() => queryClient.refetchQueries({ queryKey: ['daily'] }));
    await settle();
    expect(screen.getByTestId('share-daily')).toHaveTextContent('Share');
    opened.mockRestore();
  });

  test('misses no challenge where there is none', async () => {
    answer(drillOf('new', 'two-sum-1'), []);
    server.on(dailyCall, () => problem(404, 'not_found'));
    await renderScreen(<TodayScreen />);
    expect(screen.queryByTestId('daily-challenge')).toBeNull();
    expect(screen.queryByTestId('failure')).toBeNull();
  });

  test('can go on with what was left open', async () => {
    setPreference({ bookmark: bookmarkOf('left-1') });
    answer(drillOf('review', 'two-sum-1'), []);
    await renderScreen(<TodayScreen />);
    fireEvent.press(screen.getByTestId('continue-card'));
    expect(route.push).toHaveBeenCalledWith({ pathname: '/drill/[id]', params: { id: 'left-1' } });
  });

  test('is not asked to go on with what is proposed anyway, or was solved elsewhere', async () => {
    setPreference({ bookmark: bookmarkOf('two-sum-1') });
    answer(drillOf('new', 'two-sum-1'), []);
    server.on(marksCall, () => [200, { data: [markOf('left-1', 'solved')] }]);
    await renderScreen(<TodayScreen />);
    expect(screen.queryByTestId('continue-card')).toBeNull();
    expect(screen.getByTestId('next-drill')).toHaveTextContent(/^Continue/);
    await act(async () => setPreference({ bookmark: bookmarkOf('left-1') }));
    expect(screen.queryByTestId('continue-card')).toBeNull();
  });

  test('can try again after a failure', async () => {
    server.on(nextCall, () => {
      throw new TypeError('Failed to fetch');
    });
    server.on(dueCall, () => [200, { data: [] }]);
    await renderScreen(<TodayScreen />);
    expect(screen.getByText("Can't reach the server")).toBeTruthy();
    expect(screen.queryByTestId('next-drill')).toBeNull();
    answer(drillOf('new', 'two-sum-1'), []);
    fireEvent.press(screen.getByTestId('retry-button'));
    await settle();
    expect(screen.queryByTestId('failure')).toBeNull();
    expect(screen.getByTestId('next-drill')).toBeTruthy();
  });
});

describe('a newcomer', () => {
  const counts = [{ language: 'python', difficulty: 'beginner', count: 2 }];
  const patternOf = (slug: string, snippetCounts: object[]) => ({
    slug,
    name: slug,
    snippet_counts: snippetCounts,
  });
  const listCall = 'GET /api/v1/snippets?pattern=hash-map&language=python&page=1&limit=100';

  beforeEach(() => {
    server.on('GET /api/v1/patterns', () => [
      200,
      { data: [patternOf('empty', []), patternOf('hash-map', counts)] },
    ]);
    server.on(listCall, () => [
      200,
      { data: [snippetOf('first-1'), snippetOf('second-1')], pagination: { has_next: false } },
    ]);
  });

  test('sees where to start and the challenge, and begins no session by looking', async () => {
    await renderScreen(<TodayScreen />);
    expect(screen.getByTestId('next-drill')).toHaveTextContent(/^Start here.*Title of first-1/);
    expect(screen.getByTestId('daily-challenge')).toBeTruthy();
    expect(screen.queryByTestId('share-daily')).toBeNull();
    expect(screen.getByTestId('streak')).toHaveTextContent('Solve one today to start a streak');
    expect(screen.queryByTestId('due-list')).toBeNull();
    expect(server.received.filter(({ token }) => token !== null)).toEqual([]);
    expect(server.calls('POST /auth/anonymous')).toEqual([]);
    fireEvent.press(screen.getByTestId('next-drill'));
    expect(route.push).toHaveBeenCalledWith({ pathname: '/drill/[id]', params: { id: 'first-1' } });
  });

  test('can go on with what was opened', async () => {
    setPreference({ bookmark: bookmarkOf('second-1') });
    await renderScreen(<TodayScreen />);
    expect(screen.getByTestId('continue-card')).toHaveTextContent(/Title of second-1/);
  });

  test('can try again after a failure', async () => {
    server.on(listCall, () => problem(400, 'odd'));
    await renderScreen(<TodayScreen />);
    expect(screen.getByTestId('failure')).toBeTruthy();
    server.on(listCall, () => [200, { data: [snippetOf('first-1')], pagination: { has_next: false } }]);
    fireEvent.press(screen.getByTestId('retry-button'));
    await settle();
    expect(screen.getByTestId('next-drill')).toBeTruthy();
  });
});

test('a learner whose session ended elsewhere is asked how to go on', async () => {
  await logInAda();
  useSessionStore.setState({ userId: null, isTrial: false, hasEnded: true });
  await renderScreen(<TodayScreen />);
  expect(screen.getByTestId('session-ended')).toBeTruthy();
  expect(server.calls(nextCall)).toEqual([]);
});
