import { fireEvent, screen } from '@testing-library/react-native';
import type { ReactElement } from 'react';
import { Share } from 'react-native';
import { BadgesScreen } from '@/screens/badges/badges-screen';
import { TodayScreen } from '@/screens/today/today-screen';
import { drafts } from '@/state/drafts';
import { queryClient } from '@/state/queries/query-client';
import { useSessionStore } from '@/state/session';
import { activityOf, drillOf, snippetOf } from '@/testing/content';
import { beginTrial, renderScreen, settle } from '@/testing/render-screen';
import { route } from '@/testing/router';
import { problem, server } from '@/testing/server';
import { DrillScreen } from './drill-screen';

// The editor itself needs a browser: what it is given, and what it tells, is that of a plain field.
jest.mock('@/editor/code-editor', () => {
  const { TextInput } = jest.requireActual('react-native');
  return {
    CodeEditor: ({ initialCode, onChange }: { initialCode: string; onChange: (code: string) => void }) => (
      <TextInput testID="code" defaultValue={initialCode} onChangeText={onChange} />
    ),
  };
});

const slug = 'two-sum-1';
const buggy = 'return numbers[1]';
const fixed = 'return numbers[0]';

const snippet = {
  ...snippetOf(slug),
  description: 'Finds the first number.',
  buggy_code: buggy,
  tests: [],
  hidden_test_count: 0,
  hint_count: 3,
  next: 'two-sum-2',
};

const whyQuestion = { question: 'Why?', choices: ['a', 'b', 'c'], answer: 0 };
const reveal = {
  explanation: 'It took the second.',
  why_question: whyQuestion,
  correct_code: fixed,
  bug_type: 'off_by_one',
};

const stateOf = (change: object) => ({
  snippet_id: snippet.id,
  slug,
  attempts: 0,
  hints: [],
  is_available: true,
  status: null,
  last_code: null,
  reveal: null,
  ...change,
});

const finished = (status: 'solved' | 'given_up') =>
  stateOf({ status, attempts: 1, last_code: fixed, reveal, hints: ['Nudge', 'Place', 'Cause'] });

const solved = (change: object = {}) => ({
  execution_id: 'e1',
  status: 'completed',
  verdict: 'accepted',
  is_correct: true,
  passed: 4,
  total: 4,
  stdout: '',
  stderr: '',
  test_results: [],
  rating: 'good',
  points: 20,
  ...reveal,
  ...change,
});

const nextCall = 'GET /api/v1/users/next?language=python';
const activityCall = 'GET /api/v1/users/progress/activity';
const giveUpCall = `POST /api/v1/snippets/${slug}/give-up`;
const today = (count: number) => [{ date: '2026-11-29', drills: count, solved: count, points: 20 * count }];

async function open(state: object, isAgain = false, screenBelow?: ReactElement) {
  if (useSessionStore.getState().userId === null) await beginTrial();
  server.on(`GET /api/v1/snippets/${slug}`, () => [200, snippet]);
  server.on(`GET /api/v1/users/progress/snippets/${slug}`, () => [200, state]);
  await renderScreen(
    <>
      {screenBelow}
      <DrillScreen slug={slug} isAgain={isAgain} />
    </>,
  );
}

async function press(testID: string) {
  fireEvent.press(screen.getByTestId(testID));
  await settle();
}

async function submit(execution: object = solved()) {
  server.on(`POST /api/v1/snippets/${slug}/submit`, () => [200, execution]);
  await press('submit-button');
}

async function giveUp() {
  server.on(giveUpCall, () => [200, reveal]);
  await press('hint-button');
  await press('give-up-button');
  await press('confirm-button');
}

const code = () => screen.getByTestId('code').props.defaultValue;

function answerNext(drill: object | null) {
  server.on(nextCall, () => [200, { drill, due: 0 }]);
}

beforeEach(async () => {
  await drafts.remove(slug);
  await drafts.remove(`${slug}?again`);
});

describe('the next drill', () => {
  test('takes the place of a solved one', async () => {
    await open(stateOf({}));
    await submit();
    answerNext(drillOf('new', 'group-1'));
    await press('next-button');
    expect(route.replace).toHaveBeenCalledWith({ pathname: '/drill/[id]', params: { id: 'group-1' } });
  });

  test('takes the place of one that was given up, and may come back itself', async () => {
    await open(stateOf({}));
    await giveUp();
    answerNext(drillOf('retry', 'group-1'));
    await press('next-button');
    expect(route.replace).toHaveBeenCalledWith({
      pathname: '/drill/[id]',
      params: { id: 'group-1', again: '1' },
    });
  });

  test('is asked for anew each time', async () => {
    await open(stateOf({}));
    await submit();
    answerNext(drillOf('new', 'group-1'));
    await press('next-button');
    answerNext(drillOf('new', 'group-2'));
    await press('next-button');
    expect(server.calls(nextCall)).toHaveLength(2);
    expect(route.replace).toHaveBeenLastCalledWith({ pathname: '/drill/[id]', params: { id: 'group-2' } });
  });

  test('is none when all is done: Today says so', async () => {
    await open(stateOf({}));
    await submit();
    answerNext(null);
    await press('next-button');
    expect(route.dismissTo).toHaveBeenCalledWith('/');
  });

  test.each([
    ['without a connection', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['after a failure', () => problem(503, 'unavailable')],
  ])('is the next of the pattern %s', async (_, reply) => {
    await open(stateOf({}));
    await submit();
    server.on(nextCall, reply);
    await press('next-button');
    expect(route.replace).toHaveBeenCalledWith({ pathname: '/drill/[id]', params: { id: 'two-sum-2' } });
  });
});

describe('a solve', () => {
  test('tells what it earned, and that it made the day count', async () => {
    await open(stateOf({}));
    server.on(activityCall, () => [200, activityOf({ days: 4, is_today_done: true }, today(1))]);
    await submit();
    expect(screen.getByTestId('points')).toHaveTextContent('+20 points');
    expect(screen.getByTestId('day-counted')).toHaveTextContent('Day counted: 4-day streak');
  });

  test('does not speak of the streak, nor of its badges, to who does not want to see it', async () => {
    await beginTrial({ shows_streak: false });
    await open(stateOf({}));
    server.on(activityCall, () => [200, activityOf({ days: 4, is_today_done: true }, today(1))]);
    const badges = ['streak_3', 'ten_fixes'].map((id) => ({ id, name: id, description: `Earns ${id}.` }));
    await submit(solved({ badges }));
    expect(screen.getByTestId('points')).toBeTruthy();
    expect(screen.queryByTestId('day-counted')).toBeNull();
    expect(screen.getByTestId('earned-badges')).toHaveTextContent(
      'Badge earned: ten_fixesEarns ten_fixes.Share',
    );
  });

  test('leaves the settings as they are known', async () => {
    await open(stateOf({}));
    await submit();
    expect(server.calls('GET /auth/me')).toHaveLength(1);
    expect(queryClient.getQueryState(['learner', 'trial', 'profile'])?.isInvalidated).toBe(false);
  });

  test('that is not the day’s first does not', async () => {
    await open(stateOf({}));
    server.on(activityCall, () => [200, activityOf({ days: 4, is_today_done: true }, today(2))]);
    await submit();
    expect(screen.queryByTestId('day-counted')).toBeNull();
  });

  test('that only repeats one earns nothing and says nothing', async () => {
    await open(stateOf({}));
    server.on(activityCall, () => [200, activityOf({ days: 4, is_today_done: true }, today(1))]);
    await submit(solved({ points: null, rating: null }));
    expect(screen.getByTestId('solution-sheet')).toBeTruthy();
    expect(screen.queryByTestId('points')).toBeNull();
    expect(screen.queryByTestId('day-counted')).toBeNull();
  });
});

describe('the daily challenge', () => {
  const dailyCall = 'GET /api/v1/snippets/daily?language=python';

  function answerDaily(dailySlug: string) {
    const day = { date: '2026-11-29', ends_at: '2099-11-30T00:00:00Z' };
    server.on(dailyCall, () => [200, { ...day, snippet: snippetOf(dailySlug) }]);
  }

  test('can be shared when it was solved, and not before', async () => {
    const opened = jest.spyOn(Share, 'share').mockResolvedValue({ action: Share.sharedAction });
    answerDaily(slug);
    await open(stateOf({}));
    expect(screen.queryByTestId('share-daily')).toBeNull();
    expect(server.calls(dailyCall)).toEqual([]);
    await submit();
    await press('share-daily');
    expect(opened).toHaveBeenCalledWith({
      message: "I fixed today's bug on bugdrill. Can you?",
      url: 'http://server.test/share/daily/2026-11-29',
    });
    opened.mockRestore();
  });

  test('is not asked for where it is known', async () => {
    answerDaily(slug);
    await open(stateOf({}), false, <TodayScreen />);
    await submit();
    expect(screen.getByTestId('daily-solved')).toBeTruthy();
    expect(server.calls(dailyCall)).toHaveLength(1);
  });

  test.each([
    ['another snippet', () => answerDaily('group-1')],
    ['unknown', () => server.on(dailyCall, () => problem(404, 'not_found'))],
  ])('that is %s is not shared', async (_, answer) => {
    answer();
    await open(stateOf({}));
    await submit();
    expect(screen.getByTestId('solution-sheet')).toBeTruthy();
    expect(screen.queryByTestId('daily-solved')).toBeNull();
  });

  test('that was given up, or solved another time, is not shared', async () => {
    answerDaily(slug);
    await open(stateOf({}));
    await giveUp();
    expect(screen.queryByTestId('daily-solved')).toBeNull();
    screen.unmount();
    await open(finished('solved'));
    await press('solution-button');
    expect(screen.getByTestId('solution-sheet')).toBeTruthy();
    expect(screen.queryByTestId('daily-solved')).toBeNull();
    expect(server.calls(dailyCall)).toEqual([]);
  });
});

describe('the badges of a solve', () => {
  const badges = [
    { id: 'first_fix', name: 'First fix', description: 'Solve a snippet.' },
    { id: 'of_a_newer_server', name: 'Newest', description: 'Do what is new.' },
  ];

  test('are told in a line each, without breaking in on what is read out', async () => {
    await open(stateOf({}));
    await submit(solved({ badges }));
    const earned = screen.getByTestId('earned-badges');
    expect(earned).toHaveTextContent(
      'Badge earned: First fixSolve a snippet.ShareBadge earned: NewestDo what is new.Share',
    );
    expect(earned.props.accessibilityLiveRegion).toBe('polite');
  });

  test('can be shared, each by itself', async () => {
    const opened = jest.spyOn(Share, 'share').mockResolvedValue({ action: Share.sharedAction });
    await open(stateOf({}));
    await submit(solved({ badges }));
    await press('share-first_fix');
    expect(opened).toHaveBeenCalledWith({
      message: 'I earned “First fix” on bugdrill.',
      url: 'http://server.test/share/badge/first_fix',
    });
    expect(screen.getByTestId('share-of_a_newer_server')).toBeTruthy();
    opened.mockRestore();
  });

  test('are asked for anew where they are shown', async () => {
    server.on('GET /api/v1/users/badges', () => [200, { badges: [] }]);
    await open(stateOf({}), false, <BadgesScreen />);
    await submit(solved({ badges }));
    expect(server.calls('GET /api/v1/users/badges')).toHaveLength(2);
  });

  test.each([
    ['none', { badges: [] }],
    ['nothing of them, as by an older server', {}],
  ])('take no room when the answer has %s', async (_, answer) => {
    await open(stateOf({}));
    await submit(solved(answer));
    expect(screen.getByTestId('solution-sheet')).toBeTruthy();
    expect(screen.queryByTestId('earned-badges')).toBeNull();
  });

  test('are not told again with the solution of another time', async () => {
    await open(finished('solved'));
    await press('solution-button');
    expect(screen.queryByTestId('earned-badges')).toBeNull();
  });
});

describe('what is known of other screens is stale', () => {
  const keys = [['next', 'python'], ['due', 'python'], ['activity'], ['progress', 'python'], ['badges']].map(
    (key) => ['learner', 'trial', ...key],
  );

  async function revealHint() {
    server.on(`POST /api/v1/snippets/${slug}/hints/1`, () => [200, { tier: 1, hint: 'Nudge' }]);
    await press('hint-button');
    await press('reveal-hint-button');
  }

  test.each([
    ['a solve', () => submit(solved({ rating: null }))],
    ['giving up', giveUp],
    ['a hint', revealHint],
  ])('after %s', async (_, act) => {
    await open(stateOf({}));
    for (const queryKey of keys) queryClient.setQueryData(queryKey, {});
    await act();
    for (const queryKey of keys) expect(queryClient.getQueryState(queryKey)?.isInvalidated).toBe(true);
  });
});

describe('a snippet that comes back', () => {
  test.each(['solved', 'given_up'] as const)('begins with the bug though it was %s', async (status) => {
    await drafts.save(slug, { code: fixed, revision: 1 });
    await open(finished(status), true);
    expect(code()).toBe(buggy);
    expect(screen.queryByTestId('solution-button')).toBeNull();
    await press('hint-button');
    expect(screen.queryByTestId('hint-1')).toBeNull();
    await press('close-sheet');
    await press('menu-button');
    expect(screen.queryByTestId('show-solution')).toBeNull();
  });

  test('shows the solution when it is given up once more', async () => {
    await open(finished('given_up'), true);
    await giveUp();
    expect(server.calls(giveUpCall)).toHaveLength(1);
    expect(screen.getByTestId('explanation')).toBeTruthy();
    expect(screen.getByTestId('solution-button')).toBeTruthy();
  });

  test('shows hints again as they are asked for', async () => {
    await open(finished('given_up'), true);
    server.on(`POST /api/v1/snippets/${slug}/hints/1`, () => [200, { tier: 1, hint: 'Nudge' }]);
    await press('hint-button');
    await press('reveal-hint-button');
    expect(screen.getByTestId('hint-1')).toBeTruthy();
    expect(screen.queryByTestId('hint-2')).toBeNull();
  });

  test('keeps what is typed this time, until it is solved', async () => {
    await open(finished('given_up'), true);
    fireEvent.changeText(screen.getByTestId('code'), 'half of it');
    await settle();
    screen.unmount();
    await open(finished('given_up'), true);
    expect(code()).toBe('half of it');
    await submit();
    screen.unmount();
    await open(finished('solved'), true);
    expect(code()).toBe(buggy);
  });

  test('of which nothing was finished goes on where it was left', async () => {
    await open(stateOf({ status: 'attempted', attempts: 1, last_code: 'mine' }), true);
    expect(code()).toBe('mine');
    await submit();
    expect(screen.getByTestId('solution-button')).toBeTruthy();
  });

  test('opened in the ordinary way, still shows its solution and the draft', async () => {
    await drafts.save(slug, { code: 'mine', revision: 1 });
    await open(finished('given_up'));
    expect(code()).toBe('mine');
    expect(screen.getByTestId('solution-button')).toBeTruthy();
  });
});
