import { fireEvent, screen, within } from '@testing-library/react-native';
import { useSessionStore } from '@/state/session';
import { leaderboardOf, leagueOf, placedOf } from '@/testing/content';
import { beginTrial, logInAda, renderScreen, settle } from '@/testing/render-screen';
import { route } from '@/testing/router';
import { problem, profileOf, type Reply, server } from '@/testing/server';
import { LeaderboardScreen } from './leaderboard-screen';

const weekCall = 'GET /api/v1/leaderboards/weekly';
const allTimeCall = 'GET /api/v1/leaderboards/all-time';
const leagueCall = 'GET /api/v1/leagues/current';
const changeCall = 'PATCH /auth/me';

const first = [
  placedOf(1, 'Grace', { points: 90 }),
  placedOf(2, 'Ada', { points: 40, is_me: true }),
  placedOf(2, null, { points: 40 }),
  placedOf(4, 'Edsger', { points: 1 }),
];

const never = () => new Promise<Reply>(() => undefined);

async function press(testID: string) {
  fireEvent.press(screen.getByTestId(testID));
  await settle();
}

const open = () => renderScreen(<LeaderboardScreen />);

const inOrder = () => screen.getAllByTestId(/^standing/);

describe('an account', () => {
  beforeEach(async () => {
    await logInAda();
    server.on(weekCall, () => [200, leaderboardOf(first, { me: { rank: 2, points: 40 } })]);
  });

  test('sees who has earned most this week, itself among them, and how long the week goes on', async () => {
    await open();
    expect(screen.getByTestId('board-end')).toHaveTextContent('Ends in 3 days');
    const lines = inOrder();
    expect(lines).toHaveLength(4);
    expect(lines[0]).toHaveTextContent('1Grace90 points');
    expect(lines[1]).toHaveTextContent('2Ada (you)40 points');
    expect(lines[1]).toBe(screen.getByTestId('standing-me'));
    expect(lines[2]).toHaveTextContent('2Anonymous learner40 points');
    expect(lines[3]).toHaveTextContent('4Edsger1 point');
    expect(screen.queryByTestId('gap')).toBeNull();
    expect(screen.queryByTestId('opted-out')).toBeNull();
    await press('back-button');
    expect(route.back).toHaveBeenCalled();
  });

  test('finds itself at the end when it is not among the first', async () => {
    server.on(weekCall, () => [200, leaderboardOf([placedOf(1, 'Grace')], { me: { rank: 71, points: 5 } })]);
    await open();
    expect(screen.getByTestId('gap')).toBeTruthy();
    expect(inOrder().at(-1)).toHaveTextContent('71You5 points');
  });

  test('is told how to get there without points', async () => {
    server.on(weekCall, () => [200, leaderboardOf([placedOf(1, 'Grace')])]);
    await open();
    expect(screen.getByTestId('board-note')).toHaveTextContent(/^You have no points this week yet/);
  });

  test('is told when nobody has points', async () => {
    server.on(weekCall, () => [200, leaderboardOf([])]);
    await open();
    expect(screen.getByTestId('board-note')).toHaveTextContent(/^Nobody has points this week yet/);
    expect(screen.queryByTestId('gap')).toBeNull();
  });

  test('can look at all time, which has no end', async () => {
    server.on(allTimeCall, () => [200, leaderboardOf([placedOf(1, 'Barbara')], { ends_at: null })]);
    await open();
    await press('segment-all-time');
    expect(screen.getByTestId('board-all-time')).toHaveTextContent(/Barbara/);
    expect(screen.queryByTestId('board-end')).toBeNull();
  });

  test.each([
    ['segment-weekly', weekCall],
    ['segment-all-time', allTimeCall],
    ['segment-league', leagueCall],
  ])('sees that %s is loading', async (segment, call) => {
    server.on(call, never);
    await open();
    await press(segment);
    expect(screen.getByLabelText('Loading')).toBeTruthy();
  });

  test.each([
    ['segment-weekly', weekCall, leaderboardOf(first)],
    ['segment-all-time', allTimeCall, leaderboardOf(first)],
    ['segment-league', leagueCall, leagueOf(first)],
  ])('can ask again for %s, without a connection and after a failure', async (segment, call, answer) => {
    server.on(call, () => {
      throw new TypeError('Failed to fetch');
    });
    await open();
    await press(segment);
    expect(screen.getByText("Can't reach the server")).toBeTruthy();
    server.on(call, () => problem(400, 'odd'));
    await press('retry-button');
    expect(screen.getByText("That didn't work")).toBeTruthy();
    server.on(call, () => [200, answer]);
    await press('retry-button');
    expect(inOrder()).toHaveLength(4);
  });

  describe('that chose not to be seen', () => {
    beforeEach(() => {
      server.on(weekCall, () => [
        200,
        leaderboardOf([placedOf(1, 'Grace')], { me: { rank: 3, points: 5 }, is_listed: false }),
      ]);
    });

    test('is told so, sees its place all the same, and can be shown', async () => {
      await open();
      expect(screen.getByTestId('opted-out')).toHaveTextContent(/You chose so in your profile/);
      expect(screen.getByTestId('standing-me')).toHaveTextContent('3You5 points');
      server.on(changeCall, () => [200, profileOf('ada')]);
      server.on(weekCall, () => [200, leaderboardOf(first)]);
      await press('turn-on-is_on_leaderboards');
      expect(server.calls(changeCall).map(({ body }) => body)).toEqual([{ is_on_leaderboards: true }]);
      expect(screen.queryByTestId('opted-out')).toBeNull();
      expect(inOrder()).toHaveLength(4);
    });

    test('is told when that did not work', async () => {
      server.on(changeCall, () => {
        throw new TypeError('Failed to fetch');
      });
      await open();
      await press('turn-on-is_on_leaderboards');
      expect(screen.getByTestId('turn-on-is_on_leaderboards-error')).toHaveTextContent(
        "Nothing was changed. Can't reach the server.",
      );
      expect(screen.getByTestId('opted-out')).toBeTruthy();
    });
  });

  describe('in the leagues', () => {
    test('is told what they are, and takes part', async () => {
      server.on(leagueCall, () => [200, leagueOf([], { is_joined: false, tier: 'bronze' })]);
      await open();
      await press('segment-league');
      expect(screen.getByTestId('league-invitation')).toHaveTextContent(
        /from Monday to Sunday in UTC.*a group of up to 30 people.*A snippet earns points only the first time/,
      );
      server.on(changeCall, () => [200, profileOf('ada', { is_in_leagues: true })]);
      server.on(leagueCall, () => [200, leagueOf([], { tier: 'bronze' })]);
      await press('turn-on-is_in_leagues');
      expect(server.calls(changeCall).map(({ body }) => body)).toEqual([{ is_in_leagues: true }]);
      expect(screen.getByTestId('board-league')).toHaveTextContent(/^Bronze leagueEnds in 3 days/);
      expect(screen.getByTestId('not-placed')).toHaveTextContent(
        'The next points that you earn this week place you in a group.',
      );
    });

    test('waits for the group that taking part leads to', async () => {
      server.on(leagueCall, () => [200, leagueOf([], { is_joined: false })]);
      await open();
      await press('segment-league');
      server.on(changeCall, () => [200, profileOf('ada', { is_in_leagues: true })]);
      server.on(leagueCall, never);
      await press('turn-on-is_in_leagues');
      await press('turn-on-is_in_leagues');
      expect(server.calls(changeCall)).toHaveLength(1);
    });

    test('is told when taking part did not work', async () => {
      server.on(leagueCall, () => [200, leagueOf([], { is_joined: false })]);
      server.on(changeCall, () => problem(503, 'unavailable'));
      await open();
      await press('segment-league');
      await press('turn-on-is_in_leagues');
      expect(screen.getByTestId('turn-on-is_in_leagues-error')).toHaveTextContent(/^Nothing was changed/);
      expect(screen.getByTestId('league-invitation')).toBeTruthy();
    });

    test('sees its group, and how the week would end for whom', async () => {
      server.on(leagueCall, () => [200, leagueOf(first)]);
      await open();
      await press('segment-league');
      expect(screen.getByTestId('board-league')).toHaveTextContent(/^Silver leagueEnds in 3 days/);
      expect(screen.getByTestId('zone-up')).toHaveTextContent('Goes up to Gold1Grace90 points');
      expect(within(screen.getByTestId('zone-stays')).getByTestId('standing-me')).toBeTruthy();
      expect(screen.getByTestId('zone-down')).toHaveTextContent('Goes down to Bronze4Edsger1 point');
      expect(screen.getByText('You can leave the leagues in your profile.')).toBeTruthy();
    });
  });
});

describe('a trial', () => {
  beforeEach(async () => {
    await beginTrial();
    server.on(weekCall, () => [
      200,
      leaderboardOf([placedOf(1, 'Grace')], { me: { rank: 2, points: 5 }, is_listed: false }),
    ]);
  });

  test('sees the others and its place, and is told why they do not see it', async () => {
    await open();
    expect(screen.getByTestId('accounts-only')).toHaveTextContent(/A trial is never on a leaderboard/);
    expect(screen.getByTestId('standing-me')).toHaveTextContent('2You5 points');
    await press('leaderboard-sign-up');
    expect(route.push).toHaveBeenCalledWith({ pathname: '/sign-up', params: { from: route.pathname } });
  });

  test('is offered an account instead of a league, and none is asked for', async () => {
    await open();
    await press('segment-league');
    expect(screen.getByTestId('accounts-only')).toHaveTextContent(/A trial is in no league/);
    expect(screen.getByTestId('leaderboard-sign-up')).toBeTruthy();
    expect(server.calls(leagueCall)).toEqual([]);
  });
});

test('a newcomer is led to the patterns, and nothing is asked', async () => {
  await open();
  expect(screen.getByTestId('no-points')).toBeTruthy();
  expect(server.received).toEqual([]);
  fireEvent.press(screen.getByText('To the patterns'));
  expect(route.navigate).toHaveBeenCalledWith('/patterns');
});

test('a learner whose session ended elsewhere is asked how to go on', async () => {
  await logInAda();
  useSessionStore.setState({ userId: null, isTrial: false, hasEnded: true });
  await open();
  expect(screen.getByTestId('session-ended')).toBeTruthy();
  expect(server.calls(weekCall)).toEqual([]);
});
