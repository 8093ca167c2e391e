import { act, fireEvent, screen } from '@testing-library/react-native';
import { session } from '@/api/client';
import { usePreferences } from '@/state/preferences';
import { useSessionStore } from '@/state/session';
import { beginTrial, logInAda, renderScreen, settle } from '@/testing/render-screen';
import { route } from '@/testing/router';
import { problem, profileOf, type Reply, server, sessionOf } from '@/testing/server';
import { LogInScreen } from './log-in-screen';

async function fillIn(email: string, password: string) {
  await renderScreen(<LogInScreen />);
  fireEvent.changeText(screen.getByTestId('email'), email);
  fireEvent.changeText(screen.getByTestId('password'), password);
  fireEvent.press(screen.getByTestId('log-in-button'));
  await settle();
}

test('a learner logs in, and is back where they were, with the language of the account', async () => {
  route.params = { from: '/drill/two-sum-1-python' };
  server.on('POST /auth/login', () => [200, sessionOf('ada', false)]);
  server.on('GET /auth/me', () => [200, profileOf('ada')]);
  await fillIn(' ada@example.org ', 'correct horse');
  expect(server.calls('POST /auth/login')).toEqual([
    {
      call: 'POST /auth/login',
      body: { email: 'ada@example.org', password: 'correct horse' },
      token: null,
    },
  ]);
  expect(useSessionStore.getState()).toMatchObject({ userId: 'ada', isTrial: false });
  expect(usePreferences.getState().language).toBe('javascript');
  expect(route.back).toHaveBeenCalledTimes(1);
});

test('the account learns what it does not know yet from the device', async () => {
  usePreferences.setState({ language: 'python' });
  server.on('POST /auth/login', () => [200, sessionOf('ada', false)]);
  server.on('GET /auth/me', () => [200, profileOf('ada', { preferred_language: null, time_zone: null })]);
  server.on('PATCH /auth/me', () => [200, profileOf('ada')]);
  await fillIn('ada@example.org', 'correct horse');
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(server.calls('PATCH /auth/me')[0]?.body).toEqual({ preferred_language: 'python', time_zone });
  expect(usePreferences.getState().language).toBe('python');
});

test('the trial comes along', async () => {
  await beginTrial();
  server.on('POST /auth/login', () => [200, sessionOf('ada', false)]);
  await fillIn('ada@example.org', 'correct horse');
  expect(server.calls('POST /auth/login')[0]?.token).toBe('token-of-trial');
  expect(useSessionStore.getState()).toMatchObject({ userId: 'ada', isTrial: false });
});

test('what can’t be right is said before it is sent', async () => {
  await fillIn('ada', '');
  expect(screen.getByTestId('email-error')).toHaveTextContent(/not a complete e-mail address/);
  expect(screen.getByTestId('password-error')).toHaveTextContent('Type your password.');
  expect(server.calls('POST /auth/login')).toEqual([]);
});

test.each([
  [problem(401, 'credentials_invalid'), 'password-error', /not right, or there is no account/],
  [problem(503, 'busy'), 'form-failure', /Many are logging in just now/],
  [[429, { code: 'rate_limited' }, { 'Retry-After': '40' }] as Reply, 'form-failure', /in 40 seconds/],
  [problem(500, 'internal_error'), 'form-failure', /on our side/],
])('%j is explained', async (reply, place, words) => {
  server.on('POST /auth/login', () => reply);
  await fillIn('ada@example.org', 'wrong horse');
  expect(screen.getByTestId(place)).toHaveTextContent(words);
  expect(server.calls('POST /auth/login')).toHaveLength(1);
  expect(route.back).not.toHaveBeenCalled();
});

test('two quick taps log in once', async () => {
  let release = () => {};
  server.on('POST /auth/login', async () => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    return [200, sessionOf('ada', false)];
  });
  await fillIn('ada@example.org', 'correct horse');
  fireEvent(screen.getByTestId('password'), 'submitEditing');
  await settle();
  expect(screen.getByTestId('log-in-button')).toBeDisabled();
  await act(async () => release());
  await settle();
  expect(server.calls('POST /auth/login')).toHaveLength(1);
});

test('the password can be shown', async () => {
  await renderScreen(<LogInScreen />);
  const secret = () => screen.getByTestId('password').props.secureTextEntry;
  expect(secret()).toBe(true);
  fireEvent.press(screen.getByLabelText('Show the password'));
  expect(secret()).toBe(false);
  fireEvent.press(screen.getByLabelText('Hide the password'));
  expect(secret()).toBe(true);
});

describe('with a second factor', () => {
  const request = { mfa_required: true, mfa_token: 'challenge', expires_in: 300 };

  async function answer(code: string) {
    fireEvent.changeText(screen.getByTestId('second-factor-code'), code);
    fireEvent.press(screen.getByTestId('second-factor-submit'));
    await settle();
  }

  test('the code is asked for, then a recovery code', async () => {
    server.on('POST /auth/login', () => [202, request]);
    server.on('POST /auth/login/second-factor', ({ body }) =>
      (body as { code: string }).code === 'abcd-efgh'
        ? [200, sessionOf('ada', false)]
        : problem(401, 'code_invalid'),
    );
    await fillIn('ada@example.org', 'correct horse');
    await answer('123456');
    expect(screen.getByTestId('second-factor-code-error')).toHaveTextContent(/Take the newest one/);

    fireEvent.press(screen.getByTestId('use-recovery-code'));
    await answer(' abcd-efgh ');
    expect(server.calls('POST /auth/login/second-factor')[1]?.body).toEqual({
      mfa_token: 'challenge',
      code: 'abcd-efgh',
    });
    expect(useSessionStore.getState().userId).toBe('ada');
    expect(route.back).toHaveBeenCalledTimes(1);
  });

  test('too late a code leads back to the start', async () => {
    server.on('POST /auth/login', () => [202, request]);
    server.on('POST /auth/login/second-factor', () => problem(401, 'mfa_token_invalid'));
    await fillIn('ada@example.org', 'correct horse');
    await answer('123456');
    expect(screen.getByTestId('form-failure')).toHaveTextContent(/took too long/);
    fireEvent.press(screen.getByTestId('back-button'));
    expect(screen.getByTestId('log-in-button')).toBeTruthy();
  });
});

test('who has to log in once more can, with the address of the account', async () => {
  route.params = { again: 'yes', from: '/account/second-factor' };
  await logInAda();
  await renderScreen(<LogInScreen />);
  expect(screen.getByTestId('email').props.value).toBe('ada@example.org');
  expect(screen.queryByTestId('to-sign-up')).toBeNull();
});

test('who is logged in already is shown the profile', async () => {
  await session.logIn(async () => sessionOf('ada', false));
  await renderScreen(<LogInScreen />);
  expect(route.replace).toHaveBeenCalledWith('/profile');
});
