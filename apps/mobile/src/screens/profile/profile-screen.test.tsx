import { fireEvent, screen } from '@testing-library/react-native';
import { drafts } from '@/state/drafts';
import { setPreference, usePreferences } from '@/state/preferences';
import { queryClient } from '@/state/queries/query-client';
import { useSessionStore } from '@/state/session';
import { beginTrial, logInAda, renderScreen, settle } from '@/testing/render-screen';
import { route } from '@/testing/router';
import { problem, profileOf, server } from '@/testing/server';
import { ProfileScreen } from './profile-screen';

const newcomer = { userId: null, isTrial: false, hasEnded: false };

async function press(testID: string) {
  fireEvent.press(screen.getByTestId(testID));
  await settle();
}

test('a trial is offered an account, and a way back to where it is', async () => {
  route.pathname = '/profile';
  await beginTrial();
  await renderScreen(<ProfileScreen />);
  await press('sign-up');
  await press('log-in');
  expect(route.push.mock.calls).toEqual([
    [{ pathname: '/sign-up', params: { from: '/profile' } }],
    [{ pathname: '/log-in', params: { from: '/profile' } }],
  ]);
  expect(screen.getByTestId('reset-device-button')).toBeTruthy();
});

test('an account is shown with all that can be done with it', async () => {
  await logInAda({ display_name: 'Ada', second_factor: true });
  await renderScreen(<ProfileScreen />);
  expect(screen.getByTestId('account-name')).toHaveTextContent('Ada');
  expect(screen.getByText('ada@example.org')).toBeTruthy();
  expect(screen.queryByTestId('email-unverified')).toBeNull();
  for (const name of ['details', 'password', 'second-factor', 'sessions', 'data']) await press(`to-${name}`);
  expect(route.push.mock.calls.flat()).toEqual([
    '/account/details',
    '/account/password',
    '/account/second-factor',
    '/account/sessions',
    '/account/data',
  ]);
});

test('an address that is not confirmed gets a new link', async () => {
  await logInAda({ email_verified: false });
  server.on('POST /auth/email/verification', () => [202]);
  await renderScreen(<ProfileScreen />);
  await press('send-verification');
  expect(server.calls('POST /auth/email/verification')).toHaveLength(1);
  expect(screen.getByTestId('email-unverified')).toHaveTextContent(/A new link is on its way/);
});

test('the language is told to the account, for other devices', async () => {
  await logInAda();
  server.on('PATCH /auth/me', () => [200, profileOf('ada')]);
  await renderScreen(<ProfileScreen />);
  await press('choose-python');
  expect(usePreferences.getState().language).toBe('python');
  expect(server.calls('PATCH /auth/me')[0]?.body).toEqual({ preferred_language: 'python' });
});

describe('the settings of streak and leaderboards', () => {
  const profileCall = 'GET /auth/me';
  const changeCall = 'PATCH /auth/me';
  const settings = ['shows_streak', 'is_on_leaderboards', 'is_in_leagues'] as const;

  const boardKey = ['learner', 'ada', 'leaderboards', 'weekly'];

  const isOn = (setting: string) => screen.getByTestId(`setting-${setting}`).props.accessibilityState.checked;

  test('stand as the account says', async () => {
    await logInAda();
    await renderScreen(<ProfileScreen />);
    expect(settings.map(isOn)).toEqual([true, true, false]);
    const streak = screen.getByRole('switch', { name: /^Show my streak/ });
    expect(streak).toHaveTextContent(/How many days in a row you practised/);
  });

  test('of a server that does not know them are what it did before', async () => {
    const unknown = { shows_streak: undefined, is_on_leaderboards: undefined, is_in_leagues: undefined };
    await logInAda(unknown);
    await renderScreen(<ProfileScreen />);
    expect(settings.map(isOn)).toEqual([true, true, false]);
  });

  test.each([
    ['shows_streak', false],
    ['is_on_leaderboards', false],
    ['is_in_leagues', true],
  ] as const)('%s is turned at once, and told to the server', async (setting, turned) => {
    await logInAda();
    let answer: () => void = () => undefined;
    server.on(
      changeCall,
      () =>
        new Promise((resolve) => {
          answer = () => resolve([200, profileOf('ada', { [setting]: turned })]);
        }),
    );
    await renderScreen(<ProfileScreen />);
    await press(`setting-${setting}`);
    expect(isOn(setting)).toBe(turned);
    // What is pressed before the answer is there changes nothing.
    await press(`setting-${setting}`);
    expect(server.calls(changeCall).map(({ body }) => body)).toEqual([{ [setting]: turned }]);
    queryClient.setQueryData(boardKey, {});
    answer();
    await settle();
    expect(isOn(setting)).toBe(turned);
    // Where the learner is on a board may be another place now.
    const isStale = queryClient.getQueryState(boardKey)?.isInvalidated;
    expect(isStale).toBe(setting !== 'shows_streak');
  });

  test('are turned back when the server can not be reached, and that is said', async () => {
    await logInAda();
    server.on(changeCall, () => {
      throw new TypeError('Failed to fetch');
    });
    await renderScreen(<ProfileScreen />);
    await press('setting-is_in_leagues');
    expect(isOn('is_in_leagues')).toBe(false);
    expect(screen.getByTestId('setting-is_in_leagues-error')).toHaveTextContent(
      "Nothing was changed. Can't reach the server.",
    );
    server.on(changeCall, () => [200, profileOf('ada', { is_in_leagues: true })]);
    await press('setting-is_in_leagues');
    expect(isOn('is_in_leagues')).toBe(true);
    expect(screen.queryByTestId('setting-is_in_leagues-error')).toBeNull();
  });

  test('fail each for itself', async () => {
    await logInAda();
    let refuse: () => void = () => undefined;
    server.on(changeCall, ({ body }) =>
      JSON.stringify(body).includes('shows_streak')
        ? new Promise((resolve) => {
            refuse = () => resolve(problem(503, 'unavailable'));
          })
        : [200, profileOf('ada', { is_in_leagues: true })],
    );
    await renderScreen(<ProfileScreen />);
    await press('setting-shows_streak');
    await press('setting-is_in_leagues');
    refuse();
    await settle();
    expect(settings.map(isOn)).toEqual([true, true, true]);
  });

  test('a trial has the streak alone, and is told that it is on no leaderboard', async () => {
    await beginTrial({ shows_streak: false });
    await renderScreen(<ProfileScreen />);
    expect(isOn('shows_streak')).toBe(false);
    expect(screen.getAllByRole('switch')).toHaveLength(1);
    expect(screen.getByTestId('accounts-only')).toHaveTextContent(/A trial is never on a leaderboard/);
    expect(screen.getByTestId('sign-up')).toBeTruthy();
  });

  test('a newcomer has none, and nothing is asked', async () => {
    await renderScreen(<ProfileScreen />);
    expect(screen.queryByTestId('settings-card')).toBeNull();
    expect(server.received).toEqual([]);
  });

  test('are waited for', async () => {
    await beginTrial();
    server.on(profileCall, () => new Promise(() => undefined));
    await renderScreen(<ProfileScreen />);
    expect(screen.getByLabelText('Loading')).toBeTruthy();
  });

  test('can be asked for again by a trial after a failure', async () => {
    await beginTrial();
    server.on(profileCall, () => problem(400, 'odd'));
    await renderScreen(<ProfileScreen />);
    server.on(profileCall, () => [200, profileOf('trial', { is_trial: true })]);
    await press('retry-button');
    expect(isOn('shows_streak')).toBe(true);
  });

  test('fail together with the account, which says so once', async () => {
    await logInAda();
    server.on(profileCall, () => problem(400, 'odd'));
    await renderScreen(<ProfileScreen />);
    expect(screen.getAllByTestId('failure')).toHaveLength(1);
  });
});

describe('logging out', () => {
  async function logOut() {
    await press('log-out');
    await press('confirm-button');
    await settle();
  }

  test('ends the session, and leaves nothing of the learner but the settings', async () => {
    await logInAda();
    setPreference({ theme: 'dark', language: 'javascript' });
    await drafts.save('two-sum-1-python', { code: 'mine', revision: 1 });
    server.on('POST /auth/logout', () => [204]);
    await renderScreen(<ProfileScreen />);
    await logOut();
    expect(server.calls('POST /auth/logout')[0]?.body).toEqual({ refresh_token: 'refresh-of-ada' });
    expect(useSessionStore.getState()).toEqual(newcomer);
    expect(await drafts.read('two-sum-1-python')).toBeNull();
    expect(queryClient.getQueriesData({ queryKey: ['learner', 'ada'] })).toEqual([]);
    expect(usePreferences.getState()).toMatchObject({ theme: 'dark', language: 'javascript' });
    expect(screen.getByTestId('sign-up')).toBeTruthy();
  });

  test('says so when it did not reach the server', async () => {
    await logInAda();
    server.on('POST /auth/logout', () => {
      throw new TypeError('Failed to fetch');
    });
    await renderScreen(<ProfileScreen />);
    await logOut();
    expect(screen.getByText(/You are still logged in/)).toBeTruthy();
    expect(useSessionStore.getState().userId).toBe('ada');
  });
});

test('a learner whose session ended elsewhere chooses how to go on', async () => {
  await logInAda();
  server.on('GET /auth/me', () => problem(401, 'session_ended'));
  server.on('POST /auth/refresh', () => problem(401, 'refresh_token_invalid'));
  queryClient.clear();
  await renderScreen(<ProfileScreen />);
  await settle();
  expect(screen.getByTestId('session-ended')).toBeTruthy();
  expect(server.calls('POST /auth/anonymous')).toEqual([]);
  await press('log-in-again');
  expect(route.push).toHaveBeenCalledWith({ pathname: '/log-in', params: { from: route.pathname } });
  await press('go-on-without');
  expect(useSessionStore.getState()).toEqual(newcomer);
});
