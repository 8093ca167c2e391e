import { fireEvent, screen } from '@testing-library/react-native';
import { openAuthSessionAsync } from 'expo-web-browser';
import { challengeOf } from '@/lib/pkce';
import { PasswordScreen } from '@/screens/account/password-screen';
import { LogInScreen } from '@/screens/log-in/log-in-screen';
import { takeFlow } from '@/state/oauth-browser';
import { useSessionStore } from '@/state/session';
import { beginTrial, logInAda, renderScreen, settle } from '@/testing/render-screen';
import { route } from '@/testing/router';
import { problem, profileOf, server, sessionOf } from '@/testing/server';
import { OauthScreen } from './oauth-screen';

jest.mock('expo-web-browser', () => ({ openAuthSessionAsync: jest.fn() }));
jest.mock('@/state/oauth-browser', () => ({
  ...jest.requireActual('@/state/oauth-browser'),
  takeFlow: jest.fn(),
}));

const browser = openAuthSessionAsync as jest.Mock;
const flow = { provider: 'google', verifier: 'verifier', returnTo: '/drill/two-sum-1-python' };
const request = { mfa_required: true, mfa_token: 'challenge', expires_in: 300 };

beforeEach(() => {
  (takeFlow as jest.Mock).mockReturnValue(flow);
  browser.mockReset();
});

describe('the page that the browser comes back to', () => {
  test('logs in with what the flow kept, and goes on where the learner was', async () => {
    route.params = { code: 'one-time' };
    server.on('POST /auth/oauth/google', () => [200, sessionOf('ada', false)]);
    server.on('GET /auth/me', () => [200, profileOf('ada')]);
    await renderScreen(<OauthScreen />);
    await settle();
    expect(server.calls('POST /auth/oauth/google').map(({ body }) => body)).toEqual([
      { code: 'one-time', code_verifier: 'verifier' },
    ]);
    expect(useSessionStore.getState().userId).toBe('ada');
    expect(route.replace).toHaveBeenCalledWith('/drill/two-sum-1-python');
  });

  test('asks for the second factor where the account has one', async () => {
    route.params = { code: 'one-time' };
    server.on('POST /auth/oauth/google', () => [202, request]);
    await renderScreen(<OauthScreen />);
    await settle();
    expect(screen.getByTestId('second-factor-code')).toBeTruthy();
  });

  test('takes no code that it did not ask for', async () => {
    (takeFlow as jest.Mock).mockReturnValue(null);
    route.params = { code: 'somebody-elses' };
    await renderScreen(<OauthScreen />);
    await settle();
    expect(screen.getByTestId('oauth-failure')).toBeTruthy();
    expect(server.received).toEqual([]);
  });

  test('says when the code has expired, or the address may be somebody else’s', async () => {
    route.params = { code: 'one-time' };
    server.on('POST /auth/oauth/google', () => problem(401, 'code_invalid'));
    await renderScreen(<OauthScreen />);
    await settle();
    expect(screen.getByTestId('oauth-failure')).toHaveTextContent(/took too long/);
    screen.unmount();

    server.on('POST /auth/oauth/google', () => problem(403, 'email_unverified'));
    await renderScreen(<OauthScreen />);
    await settle();
    expect(screen.getByTestId('oauth-failure')).toHaveTextContent(/has not checked your e-mail address/);
  });

  test('goes nowhere but into the app', async () => {
    (takeFlow as jest.Mock).mockReturnValue({ ...flow, returnTo: '//evil.example' });
    route.params = { code: 'one-time' };
    server.on('POST /auth/oauth/google', () => [200, sessionOf('ada', false)]);
    await renderScreen(<OauthScreen />);
    await settle();
    expect(route.replace).toHaveBeenCalledWith('/');
  });

  test.each([
    ['access_denied', /did not let the provider/],
    ['state_invalid', /took too long/],
    ['email_unverified', /has not checked your e-mail address/],
    ['provider_failed', /did not tell who you are/],
    ['<script>', /did not tell who you are/],
  ])('explains the error %s', async (error, words) => {
    route.params = { error };
    await renderScreen(<OauthScreen />);
    await settle();
    expect(screen.getByTestId('oauth-failure')).toHaveTextContent(words);
  });
});

describe('the buttons of the providers', () => {
  const start = 'POST /auth/oauth/github/start';

  async function press() {
    server.on('GET /auth/oauth', () => [200, { providers: [{ id: 'github', name: 'GitHub' }] }]);
    await renderScreen(<LogInScreen />);
    await settle();
    fireEvent.press(screen.getByTestId('provider-github'));
    await settle();
    await settle();
  }

  test('are not there where the server knows none', async () => {
    server.on('GET /auth/oauth', () => [200, { providers: [] }]);
    await renderScreen(<LogInScreen />);
    await settle();
    expect(screen.queryByText('or')).toBeNull();
  });

  test('lead through the browser into the account, the trial with them', async () => {
    await beginTrial();
    server.on(start, () => [200, { authorization_url: 'https://github.test/authorize' }]);
    server.on('POST /auth/oauth/github', () => [200, sessionOf('ada', false)]);
    server.on('GET /auth/me', () => [200, profileOf('ada')]);
    browser.mockResolvedValue({ type: 'success', url: 'bugdrill://oauth?code=one-time' });
    await press();

    expect(browser).toHaveBeenCalledWith('https://github.test/authorize', 'bugdrill://oauth');
    const [started] = server.calls(start);
    const [finished] = server.calls('POST /auth/oauth/github');
    expect(finished?.body).toEqual({ code: 'one-time', code_verifier: expect.any(String) });
    const verifier = String((finished?.body as Record<string, unknown> | undefined)?.code_verifier);
    expect(started).toMatchObject({
      body: { code_challenge: await challengeOf(verifier), return_to: 'bugdrill://oauth' },
      token: 'token-of-trial',
    });
    expect(useSessionStore.getState().userId).toBe('ada');
    expect(route.back).toHaveBeenCalledTimes(1);
  });

  test('leave all as it was when the learner closes the browser', async () => {
    server.on(start, () => [200, { authorization_url: 'https://github.test/authorize' }]);
    browser.mockResolvedValue({ type: 'cancel' });
    await press();
    expect(server.calls('POST /auth/oauth/github')).toEqual([]);
    expect(screen.getByTestId('provider-github')).toBeEnabled();
    expect(screen.queryByTestId('provider-failure')).toBeNull();
  });

  test('say when a provider does not answer, or was not allowed to', async () => {
    server.on(start, () => problem(503, 'provider_unavailable'));
    await press();
    expect(screen.getByTestId('provider-failure')).toHaveTextContent(/does not answer/);

    server.on(start, () => [200, { authorization_url: 'https://github.test/authorize' }]);
    browser.mockResolvedValue({ type: 'success', url: 'bugdrill://oauth?error=access_denied' });
    fireEvent.press(screen.getByTestId('provider-github'));
    await settle();
    expect(screen.getByTestId('provider-failure')).toHaveTextContent(/did not let the provider/);
  });

  test('ask for the second factor too where the learner logs in once more', async () => {
    await logInAda({
      has_password: false,
      second_factor: true,
      identities: [{ provider: 'github', email: null }],
    });
    server.on('GET /auth/oauth', () => [200, { providers: [{ id: 'github', name: 'GitHub' }] }]);
    server.on('POST /auth/password', () => problem(403, 'fresh_login_required'));
    server.on(start, () => [200, { authorization_url: 'https://github.test/authorize' }]);
    server.on('POST /auth/oauth/github', () => [202, request]);
    server.on('POST /auth/login/second-factor', () => [200, sessionOf('ada', false)]);
    browser.mockResolvedValue({ type: 'success', url: 'bugdrill://oauth?code=one-time' });
    await renderScreen(<PasswordScreen />);
    fireEvent.changeText(screen.getByTestId('new-password'), 'correct horse');
    for (const button of ['change-password', 'provider-github']) {
      fireEvent.press(screen.getByTestId(button));
      await settle();
      await settle();
    }
    fireEvent.changeText(screen.getByTestId('second-factor-code'), '123456');
    fireEvent.press(screen.getByTestId('second-factor-submit'));
    await settle();
    await settle();
    expect(server.calls('POST /auth/login/second-factor')[0]?.body).toMatchObject({ code: '123456' });
    expect(screen.queryByTestId('second-factor-code')).toBeNull();
    expect(screen.queryByTestId('form-failure')).toBeNull();
  });
});
