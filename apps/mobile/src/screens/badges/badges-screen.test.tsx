import { fireEvent, screen, within } from '@testing-library/react-native';
import { Share } from 'react-native';
import { useSessionStore } from '@/state/session';
import { badgeOf } from '@/testing/content';
import { beginTrial, logInAda, renderScreen, settle } from '@/testing/render-screen';
import { route } from '@/testing/router';
import { problem, server } from '@/testing/server';
import { BadgesScreen } from './badges-screen';

const badgesCall = 'GET /api/v1/users/badges';

const answer = (badges: object[]) => server.on(badgesCall, () => [200, { badges }]);

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

describe('a learner', () => {
  beforeEach(beginTrial);

  test('sees all badges: what was earned, what is still to earn, and what it takes', async () => {
    answer([
      badgeOf('first_fix', { done: 1, needed: 1, earned_at: hoursAgo(2) }),
      badgeOf('ten_fixes', { done: 7 }),
      badgeOf('of_a_newer_server'),
    ]);
    await renderScreen(<BadgesScreen />);
    const earned = screen.getByTestId('badges-earned');
    expect(earned).toHaveTextContent(
      'Earned: 1 of 3Name of first_fixWhat first_fix takes.Earned 2 hours agoShare',
    );
    const toEarn = within(screen.getByTestId('badges-to-earn'));
    expect(toEarn.getByTestId('badge-ten_fixes')).toHaveTextContent(
      'Name of ten_fixes7 / 10What ten_fixes takes.',
    );
    expect(toEarn.getByLabelText('Name of ten_fixes: done').props['aria-valuenow']).toBe(7);
    expect(toEarn.getByTestId('badge-of_a_newer_server')).toBeTruthy();
    fireEvent.press(screen.getByTestId('back-button'));
    expect(route.back).toHaveBeenCalled();
  });

  test('can share what was earned, and nothing else', async () => {
    const opened = jest.spyOn(Share, 'share').mockResolvedValue({ action: Share.sharedAction });
    answer([badgeOf('first_fix', { earned_at: hoursAgo(2) }), badgeOf('ten_fixes', { done: 7 })]);
    await renderScreen(<BadgesScreen />);
    expect(screen.queryByTestId('share-ten_fixes')).toBeNull();
    fireEvent.press(screen.getByRole('button', { name: 'Share the badge “Name of first_fix”' }));
    await settle();
    expect(opened).toHaveBeenCalledWith({
      message: 'I earned “Name of first_fix” on bugdrill.',
      url: 'http://server.test/share/badge/first_fix',
    });
    opened.mockRestore();
  });

  test('who has earned none is told what counts', async () => {
    answer([badgeOf('first_fix')]);
    await renderScreen(<BadgesScreen />);
    expect(screen.getByTestId('badges-earned')).toHaveTextContent(/^Earned: 0 of 1None so far/);
  });

  test('who has earned all is shown no empty list', async () => {
    answer([badgeOf('first_fix', { earned_at: hoursAgo(1) })]);
    await renderScreen(<BadgesScreen />);
    expect(screen.queryByTestId('badges-to-earn')).toBeNull();
  });

  test('is told when the server has no badges', async () => {
    answer([]);
    await renderScreen(<BadgesScreen />);
    expect(screen.getByText('There are no badges on this server yet.')).toBeTruthy();
  });

  test('sees that they are loading', async () => {
    server.on(badgesCall, () => new Promise(() => undefined));
    await renderScreen(<BadgesScreen />);
    expect(screen.getByLabelText('Loading')).toBeTruthy();
  });

  test.each([
    [
      'without a connection',
      () => Promise.reject(new TypeError('Failed to fetch')),
      "Can't reach the server",
    ],
    ['after a failure', () => problem(400, 'odd'), "That didn't work"],
  ])('can try again %s', async (_, reply, words) => {
    server.on(badgesCall, reply);
    await renderScreen(<BadgesScreen />);
    expect(screen.getByText(words)).toBeTruthy();
    answer([badgeOf('first_fix')]);
    fireEvent.press(screen.getByTestId('retry-button'));
    await settle();
    expect(screen.getByTestId('badge-first_fix')).toBeTruthy();
  });
});

test('a newcomer is led to the patterns, and nothing is asked', async () => {
  await renderScreen(<BadgesScreen />);
  expect(screen.getByTestId('no-badges')).toBeTruthy();
  expect(server.received).toEqual([]);
  fireEvent.press(screen.getByText('To the patterns'));
  expect(route.navigate).toHaveBeenCalledWith('/patterns');
});

test('a learner whose session ended elsewhere is asked how to go on', async () => {
  await logInAda();
  useSessionStore.setState({ userId: null, isTrial: false, hasEnded: true });
  await renderScreen(<BadgesScreen />);
  expect(screen.getByTestId('session-ended')).toBeTruthy();
});
