import { fireEvent, screen, within } from '@testing-library/react-native';
import { activityOf, badgeOf, leaderboardOf } from '@/testing/content';
import { beginTrial, renderScreen, settle } from '@/testing/render-screen';
import { route } from '@/testing/router';
import { problem, type Reply, server } from '@/testing/server';
import { ProgressScreen } from './progress-screen';

const progressCall = 'GET /api/v1/users/progress?language=python';
const activityCall = 'GET /api/v1/users/progress/activity';

const patternOf = (slug: string, change: object = {}) => ({
  pattern_id: 1,
  slug,
  name: slug,
  snippets_total: 9,
  snippets_attempted: 4,
  snippets_solved: 3,
  total_attempts: 6,
  avg_attempts_per_solve: 1.5,
  mastery_level: 2,
  next_review_at: null,
  ...change,
});

const progressOf = (patterns: object[], attempted = 4) => ({
  is_trial: true,
  trial_snippets_remaining: 1,
  snippets_attempted: attempted,
  snippets_solved: 3,
  total_attempts: 6,
  patterns,
});

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000 - 60_000).toISOString();

const someDays = [{ date: '2026-11-28', drills: 2, solved: 2, points: 20 }];

test('tells the streak, the points and the days', async () => {
  await beginTrial();
  server.on(progressCall, () => [200, progressOf([patternOf('hash-map')])]);
  server.on(activityCall, () => [200, activityOf({}, someDays)]);
  await renderScreen(<ProgressScreen />);
  const totals = screen.getByTestId('streak-totals');
  expect(totals).toHaveTextContent(/3Day streak/);
  expect(totals).toHaveTextContent(/9Longest/);
  expect(totals).toHaveTextContent(/340Points/);
  expect(screen.getByTestId('activity-calendar').props.accessibilityLabel).toBe(
    'The last 18 weeks: 2 drills solved on 1 day. Today: 0 solved.',
  );
  expect(screen.getAllByTestId('calendar-today', { includeHiddenElements: true })).toHaveLength(1);
});

test('tells of each pattern how well it is known and when it comes back', async () => {
  await beginTrial();
  server.on(progressCall, () => [
    200,
    progressOf([
      patternOf('hash-map', { next_review_at: inDays(3) }),
      patternOf('stack', { next_review_at: inDays(0), snippets_solved: 0, avg_attempts_per_solve: null }),
      patternOf('tree', { snippets_attempted: 0 }),
    ]),
  ]);
  server.on(activityCall, () => [200, activityOf({}, someDays)]);
  await renderScreen(<ProgressScreen />);
  const hashMap = screen.getByTestId('progress-hash-map');
  expect(hashMap).toHaveTextContent(/Review in 3 days/);
  expect(hashMap).toHaveTextContent(/75% of those tried solved · 1.5 tries per solve/);
  expect(within(hashMap).getByLabelText('Mastery 2 of 5')).toBeTruthy();
  const stack = screen.getByTestId('progress-stack');
  expect(stack).toHaveTextContent(/Review today/);
  expect(stack).toHaveTextContent(/Nothing solved yet/);
  expect(screen.queryByTestId('progress-tree')).toBeNull();
  expect(screen.getByText('1 more pattern is waiting for you.')).toBeTruthy();
});

describe('without the streak, as it was chosen', () => {
  beforeEach(async () => {
    await beginTrial({ shows_streak: false });
    server.on(progressCall, () => [200, progressOf([patternOf('hash-map')])]);
    server.on(activityCall, () => [200, activityOf({}, someDays)]);
  });

  test('the points and the days are still told', async () => {
    await renderScreen(<ProgressScreen />);
    expect(screen.getByTestId('streak-totals')).toHaveTextContent('340Points');
    expect(screen.getByTestId('activity-calendar')).toBeTruthy();
  });

  test('its badges are not told of, but counted', async () => {
    const badges = [
      badgeOf('streak_3', { earned_at: inDays(-1) }),
      badgeOf('streak_7', { done: 9 }),
      badgeOf('ten_fixes'),
    ];
    server.on('GET /api/v1/users/badges', () => [200, { badges }]);
    await renderScreen(<ProgressScreen />);
    const card = within(screen.getByTestId('badges-card'));
    expect(card.getByText('1 of 3')).toBeTruthy();
    expect(card.getAllByTestId(/^badge-/)).toHaveLength(1);
    expect(card.getByTestId('badge-ten_fixes')).toBeTruthy();
  });
});

describe('the way to the leaderboard', () => {
  const weekCall = 'GET /api/v1/leaderboards/weekly';

  beforeEach(async () => {
    await beginTrial();
    server.on(progressCall, () => [200, progressOf([patternOf('hash-map')])]);
    server.on(activityCall, () => [200, activityOf({}, someDays)]);
  });

  const tells = (words: string) => expect(screen.getByTestId('to-leaderboard')).toHaveTextContent(words);

  test('tells the place of this week', async () => {
    server.on(weekCall, () => [200, leaderboardOf([], { me: { rank: 12, points: 60 } })]);
    await renderScreen(<ProgressScreen />);
    tells('LeaderboardYour place this week: 12');
    fireEvent.press(screen.getByLabelText('Leaderboard, Your place this week: 12'));
    expect(route.push).toHaveBeenCalledWith('/leaderboard');
  });

  test.each([
    ['there is none', () => [200, leaderboardOf([])] as [number, object]],
    ['it is not known yet', () => new Promise<Reply>(() => undefined)],
    ['it can not be had', () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('tells no place when %s', async (_, reply) => {
    server.on(weekCall, reply);
    await renderScreen(<ProgressScreen />);
    tells('LeaderboardThis week, all time, leagues');
    expect(screen.queryByTestId('failure')).toBeNull();
  });

  test('is not there on a server of before there was one', async () => {
    server.on(weekCall, () => problem(404, 'not_found'));
    await renderScreen(<ProgressScreen />);
    expect(screen.queryByTestId('to-leaderboard')).toBeNull();
  });
});

describe('the badges', () => {
  const badgesCall = 'GET /api/v1/users/badges';

  beforeEach(async () => {
    await beginTrial();
    server.on(progressCall, () => [200, progressOf([patternOf('hash-map')])]);
    server.on(activityCall, () => [200, activityOf({}, someDays)]);
  });

  const card = () => within(screen.getByTestId('badges-card'));

  test('earned last and the nearest ones are shown, and lead to all', async () => {
    server.on(badgesCall, () => [
      200,
      {
        badges: [
          badgeOf('first', { earned_at: inDays(-9) }),
          badgeOf('second', { earned_at: inDays(-8) }),
          badgeOf('far', { needed: 100 }),
          badgeOf('third', { earned_at: inDays(-7) }),
          badgeOf('near', { done: 9 }),
          badgeOf('fourth', { earned_at: inDays(-1) }),
          badgeOf('half', { done: 5 }),
        ],
      },
    ]);
    await renderScreen(<ProgressScreen />);
    expect(card().getByText('4 of 7')).toBeTruthy();
    expect(
      card()
        .getAllByTestId(/^badge-/)
        .map(({ props }) => props.testID),
    ).toEqual(['badge-fourth', 'badge-third', 'badge-second', 'badge-near', 'badge-half']);
    expect(card().getByTestId('badge-fourth')).toHaveTextContent('Name of fourthEarned 1 day ago');
    expect(card().getByTestId('badge-near')).toHaveTextContent('Name of near9 / 10');
    expect(card().getByLabelText('Name of near: done')).toBeTruthy();
    fireEvent.press(card().getByTestId('to-badges'));
    expect(route.push).toHaveBeenCalledWith('/badges');
  });

  test('come together with the rest', async () => {
    server.on(badgesCall, () => new Promise(() => undefined));
    await renderScreen(<ProgressScreen />);
    expect(screen.getByLabelText('Loading')).toBeTruthy();
    expect(screen.queryByTestId('streak-totals')).toBeNull();
  });

  test('can be asked for again after a failure, which hides nothing else', async () => {
    server.on(badgesCall, () => {
      throw new TypeError('Failed to fetch');
    });
    await renderScreen(<ProgressScreen />);
    expect(screen.getByTestId('streak-totals')).toBeTruthy();
    expect(card().getByText("Can't reach the server")).toBeTruthy();
    let answerLate: (reply: [number, object]) => void = () => undefined;
    server.on(
      badgesCall,
      () =>
        new Promise((resolve) => {
          answerLate = resolve;
        }),
    );
    fireEvent.press(card().getByTestId('retry-button'));
    await settle();
    expect(screen.getByLabelText('Loading')).toBeTruthy();
    expect(screen.getByTestId('streak-totals')).toBeTruthy();
    answerLate([200, { badges: [badgeOf('first')] }]);
    await settle();
    expect(card().getByText('0 of 1')).toBeTruthy();
  });

  test.each([
    ['knows of none', () => [200, { badges: [] }] as [number, object]],
    ['is of before there were any', () => problem(404, 'not_found')],
  ])('are not missed when the server %s', async (_, reply) => {
    server.on(badgesCall, reply);
    await renderScreen(<ProgressScreen />);
    expect(screen.getByTestId('streak-totals')).toBeTruthy();
    expect(screen.queryByTestId('badges-card')).toBeNull();
    expect(screen.queryByTestId('failure')).toBeNull();
  });
});

test('leads a learner who did nothing yet to the patterns', async () => {
  await beginTrial();
  server.on(progressCall, () => [200, progressOf([], 0)]);
  server.on(activityCall, () => [200, activityOf({ days: 0 })]);
  await renderScreen(<ProgressScreen />);
  expect(screen.getByText('Nothing solved yet')).toBeTruthy();
  expect(screen.queryByTestId('activity-calendar')).toBeNull();
});

test('asks nothing for a newcomer', async () => {
  await renderScreen(<ProgressScreen />);
  expect(screen.getByText('Nothing solved yet')).toBeTruthy();
  expect(server.received).toEqual([]);
  fireEvent.press(screen.getByText('To the patterns'));
  expect(route.navigate).toHaveBeenCalledWith('/patterns');
});

test('can be tried again after a failure', async () => {
  await beginTrial();
  server.on(progressCall, () => [200, progressOf([patternOf('hash-map')])]);
  server.on(activityCall, () => problem(400, 'odd'));
  await renderScreen(<ProgressScreen />);
  expect(screen.getByTestId('failure')).toBeTruthy();
  server.on(activityCall, () => [200, activityOf({}, someDays)]);
  fireEvent.press(screen.getByTestId('retry-button'));
  await settle();
  expect(screen.getByTestId('activity-calendar')).toBeTruthy();
});
