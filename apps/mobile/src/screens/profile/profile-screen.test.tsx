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
