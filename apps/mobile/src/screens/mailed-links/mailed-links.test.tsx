import { fireEvent, screen } from '@testing-library/react-native';
import { renderScreen, settle } from '@/testing/render-screen';
import { route } from '@/testing/router';
import { problem, server } from '@/testing/server';
import { ForgotPasswordScreen } from './forgot-password-screen';
import { ResetPasswordScreen } from './reset-password-screen';
import { VerifyEmailScreen } from './verify-email-screen';

async function send(field: string, text: string, button: string) {
  fireEvent.changeText(screen.getByTestId(field), text);
  fireEvent.press(screen.getByTestId(button));
  await settle();
}

describe('a forgotten password', () => {
  test('is answered by a mail, whether there is an account or not', async () => {
    server.on('POST /auth/password/forgot', () => [202]);
    await renderScreen(<ForgotPasswordScreen />);
    await send('email', 'ada@example.org ', 'send-reset-link');
    expect(server.calls('POST /auth/password/forgot')[0]?.body).toEqual({ email: 'ada@example.org' });
    expect(screen.getByTestId('reset-mail-sent')).toHaveTextContent(/If there is an account/);
  });

  test('needs an address', async () => {
    await renderScreen(<ForgotPasswordScreen />);
    await send('email', 'ada', 'send-reset-link');
    expect(screen.getByTestId('email-error')).toBeTruthy();
    expect(server.received).toEqual([]);
  });
});

describe('the link to a new password', () => {
  test('sets it, and leads to log-in', async () => {
    route.params = { '#': 'token=from-the-mail' };
    server.on('POST /auth/password/reset', () => [204]);
    await renderScreen(<ResetPasswordScreen />);
    await send('password', 'correct horse', 'reset-password');
    expect(server.calls('POST /auth/password/reset')[0]?.body).toEqual({
      token: 'from-the-mail',
      password: 'correct horse',
    });
    fireEvent.press(screen.getByTestId('to-log-in'));
    expect(route.replace).toHaveBeenCalledWith('/log-in');
  });

  test('that is too old is replaced by a new one', async () => {
    route.params = { '#': 'token=old' };
    server.on('POST /auth/password/reset', () => problem(422, 'token_invalid'));
    await renderScreen(<ResetPasswordScreen />);
    await send('password', 'correct horse', 'reset-password');
    expect(screen.getByTestId('form-failure')).toHaveTextContent(/does not work any more/);
    fireEvent.press(screen.getByTestId('new-link'));
    expect(route.replace).toHaveBeenCalledWith('/forgot-password');
  });

  test('that lost its token says so', async () => {
    await renderScreen(<ResetPasswordScreen />);
    expect(screen.getByTestId('link-incomplete')).toBeTruthy();
  });
});

describe('the link that confirms an address', () => {
  const answer = async (button: string) => {
    await renderScreen(<VerifyEmailScreen />);
    await settle();
    fireEvent.press(screen.getByTestId(button));
    await settle();
  };

  test('does so once the learner says that the account is theirs', async () => {
    route.params = { '#': 'token=from-the-mail' };
    server.on('POST /auth/email/verify', () => [204]);
    await answer('confirm-email');
    expect(server.calls('POST /auth/email/verify').map(({ body }) => body)).toEqual([
      { token: 'from-the-mail' },
    ]);
    expect(screen.getByTestId('email-verified')).toBeTruthy();
  });

  test('vouches for nobody else', async () => {
    route.params = { '#': 'token=from-the-mail' };
    await answer('not-mine');
    expect(route.replace).toHaveBeenCalledWith('/forgot-password');
    expect(server.received).toEqual([]);
  });

  test('works only once', async () => {
    route.params = { '#': 'token=old' };
    server.on('POST /auth/email/verify', () => problem(422, 'token_invalid'));
    await answer('confirm-email');
    expect(screen.getByTestId('verification-refused')).toBeTruthy();
  });

  test('can be tried again without a connection', async () => {
    route.params = { '#': 'token=from-the-mail' };
    server.on('POST /auth/email/verify', () => {
      throw new TypeError('Failed to fetch');
    });
    await answer('confirm-email');
    server.on('POST /auth/email/verify', () => [204]);
    fireEvent.press(screen.getByTestId('retry-button'));
    await settle();
    expect(screen.getByTestId('email-verified')).toBeTruthy();
  });
});
