import { fireEvent, screen } from '@testing-library/react-native';
import { setStringAsync } from 'expo-clipboard';
import { saveFile } from '@/lib/save-file';
import { useSessionStore } from '@/state/session';
import { logInAda, renderScreen, settle } from '@/testing/render-screen';
import { route } from '@/testing/router';
import { problem, profileOf, server } from '@/testing/server';
import { DataScreen } from './data-screen';
import { DeleteAccountScreen } from './delete-account-screen';
import { DetailsScreen } from './details-screen';
import { PasswordScreen } from './password-screen';
import { SecondFactorScreen } from './second-factor-screen';
import { SessionsScreen } from './sessions-screen';

jest.mock('expo-clipboard', () => ({ setStringAsync: jest.fn(async () => true) }));
jest.mock('@/lib/save-file', () => ({ saveFile: jest.fn(async () => undefined) }));

async function press(testID: string) {
  fireEvent.press(screen.getByTestId(testID));
  await settle();
}

const type = (testID: string, text: string) => fireEvent.changeText(screen.getByTestId(testID), text);

test('without an account its screens lead to the profile', async () => {
  await renderScreen(<PasswordScreen />);
  expect(route.replace).toHaveBeenCalledWith('/profile');
});

describe('name and time zone', () => {
  test('the name is saved, an empty one removed', async () => {
    await logInAda({ display_name: 'Ada' });
    server.on('PATCH /auth/me', () => [200, profileOf('ada')]);
    await renderScreen(<DetailsScreen />);
    type('display-name', ' Ada L. ');
    await press('save-name');
    type('display-name', ' ');
    await press('save-name');
    expect(server.calls('PATCH /auth/me').map(({ body }) => body)).toEqual([
      { display_name: 'Ada L.' },
      { display_name: null },
    ]);
    expect(route.back).toHaveBeenCalledTimes(2);
  });

  test('the device’s time zone can be taken where it is another', async () => {
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    await logInAda({ time_zone: 'Pacific/Chatham' });
    server.on('PATCH /auth/me', () => [200, profileOf('ada', { time_zone })]);
    await renderScreen(<DetailsScreen />);
    expect(screen.getByTestId('time-zone')).toHaveTextContent('Pacific/Chatham');
    await press('use-device-time-zone');
    expect(server.calls('PATCH /auth/me')[0]?.body).toEqual({ time_zone });
    expect(screen.getByTestId('time-zone')).toHaveTextContent(time_zone);
    expect(screen.queryByTestId('use-device-time-zone')).toBeNull();
  });
});

describe('the password', () => {
  test('is changed with the current one, which is tried once', async () => {
    await logInAda();
    server.on('POST /auth/password', () => problem(401, 'credentials_invalid'));
    await renderScreen(<PasswordScreen />);
    type('current-password', 'wrong');
    type('new-password', 'correct horse');
    await press('change-password');
    expect(screen.getByTestId('current-password-error')).toHaveTextContent('This is not the right password.');
    expect(server.calls('POST /auth/password')).toHaveLength(1);
    expect(useSessionStore.getState().userId).toBe('ada');

    server.on('POST /auth/password', () => [204]);
    type('current-password', 'battery staple');
    await press('change-password');
    expect(server.calls('POST /auth/password')[1]?.body).toEqual({
      current_password: 'battery staple',
      new_password: 'correct horse',
    });
    expect(screen.getByTestId('password-changed')).toBeTruthy();
  });

  test('is set after a fresh log-in where there is none yet', async () => {
    await logInAda({ has_password: false, identities: [{ provider: 'github', email: null }] });
    server.on('GET /auth/oauth', () => [
      200,
      {
        providers: [
          { id: 'google', name: 'Google' },
          { id: 'github', name: 'GitHub' },
        ],
      },
    ]);
    server.on('POST /auth/password', () => problem(403, 'fresh_login_required'));
    await renderScreen(<PasswordScreen />);
    expect(screen.queryByTestId('current-password')).toBeNull();
    type('new-password', 'correct horse');
    await press('change-password');
    await settle();
    expect(screen.getByTestId('form-failure')).toHaveTextContent(/logged in just before/);
    expect(screen.getByTestId('provider-github')).toBeTruthy();
    expect(screen.queryByTestId('provider-google')).toBeNull();
  });
});

describe('the second factor', () => {
  const secret = { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/bugdrill:ada?secret=JBSWY3DPEHPK3PXP' };
  const recovery_codes = ['abcd-efgh', 'ijkl-mnop'];

  test('is set up by a code, and gives recovery codes once', async () => {
    await logInAda();
    server.on('POST /auth/totp', () => [200, secret]);
    server.on('POST /auth/totp/confirm', () => problem(401, 'code_invalid'));
    await renderScreen(<SecondFactorScreen />);
    await press('begin-second-factor');
    expect(screen.getByTestId('second-factor-secret')).toHaveTextContent('JBSW Y3DP EHPK 3PXP');
    await press('copy-secret');
    expect(setStringAsync).toHaveBeenCalledWith('JBSWY3DPEHPK3PXP');

    type('second-factor-code', '000000');
    await press('confirm-second-factor');
    expect(screen.getByTestId('second-factor-code-error')).toBeTruthy();
    server.on('POST /auth/totp/confirm', () => [200, { recovery_codes }]);
    type('second-factor-code', '123456');
    await press('confirm-second-factor');
    expect(screen.getByTestId('recovery-codes')).toHaveTextContent('abcd-efghijkl-mnop');
    await press('copy-recovery-codes');
    expect(setStringAsync).toHaveBeenLastCalledWith('abcd-efgh\nijkl-mnop');

    await press('recovery-codes-kept');
    expect(screen.queryByTestId('recovery-codes')).toBeNull();
    expect(screen.getByTestId('second-factor-on')).toBeTruthy();
  });

  test('takes a fresh log-in, and comes back', async () => {
    await logInAda();
    server.on('POST /auth/totp', () => problem(403, 'fresh_login_required'));
    await renderScreen(<SecondFactorScreen />);
    await press('begin-second-factor');
    await press('fresh-log-in');
    expect(route.push).toHaveBeenCalledWith({
      pathname: '/log-in',
      params: { from: '/account/second-factor', again: 'yes' },
    });
    expect(screen.queryByTestId('form-failure')).toBeNull();
  });

  test('gives new recovery codes, and is turned off, by a code', async () => {
    await logInAda({ second_factor: true });
    server.on('POST /auth/totp/recovery-codes', () => [200, { recovery_codes }]);
    server.on('DELETE /auth/totp', () => [204]);
    await renderScreen(<SecondFactorScreen />);
    await press('renew-recovery-codes');
    expect(screen.getByTestId('second-factor-code-error')).toHaveTextContent('Type the code.');
    type('second-factor-code', '123456');
    await press('renew-recovery-codes');
    await press('recovery-codes-kept');
    type('second-factor-code', '654321');
    await press('turn-off-second-factor');
    expect(server.calls('DELETE /auth/totp')[0]?.body).toEqual({ code: '654321' });
    expect(screen.getByTestId('begin-second-factor')).toBeTruthy();
  });

  test('can’t be turned off by an editor', async () => {
    await logInAda({ second_factor: true, role: 'editor' });
    await renderScreen(<SecondFactorScreen />);
    expect(screen.queryByTestId('turn-off-second-factor')).toBeNull();
  });
});

describe('the devices', () => {
  const entry = (id: string, change: object = {}) => ({
    id,
    client: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0',
    created_at: '2026-11-01T12:00:00Z',
    last_used_at: '2026-11-20T12:00:00Z',
    current: false,
    ...change,
  });

  async function open() {
    await logInAda();
    server.on('GET /auth/sessions', () => [
      200,
      { sessions: [entry('a'), entry('b', { client: null }), entry('mine', { current: true })] },
    ]);
    await renderScreen(<SessionsScreen />);
    await settle();
  }

  test('are logged out one by one', async () => {
    server.on('DELETE /auth/sessions/a', () => [204]);
    await open();
    expect(screen.getByTestId('current-session')).toHaveTextContent(/This device/);
    fireEvent.press(screen.getByLabelText('Log out Firefox on Linux'));
    await settle();
    expect(server.calls('DELETE /auth/sessions/a')).toHaveLength(1);
    expect(screen.getAllByTestId('other-session')).toHaveLength(1);
    expect(screen.getByText('A device')).toBeTruthy();
  });

  test('are all logged out but the one in hand', async () => {
    server.on('DELETE /auth/sessions?keep_current=true', () => [204]);
    await open();
    await press('end-other-sessions');
    expect(screen.queryAllByTestId('other-session')).toEqual([]);
    expect(screen.getByTestId('current-session')).toBeTruthy();
    expect(screen.queryByTestId('end-other-sessions')).toBeNull();
  });
});

test('a copy of everything is saved as the server wrote it', async () => {
  await logInAda();
  server.on('GET /auth/me/export', () => [200, { profile: { email: 'ada@example.org' } }]);
  await renderScreen(<DataScreen />);
  await press('export-button');
  expect(saveFile).toHaveBeenCalledWith('bugdrill.json', '{"profile":{"email":"ada@example.org"}}');
});

describe('deleting the account', () => {
  test('takes the password and a last yes, and leaves a newcomer', async () => {
    await logInAda();
    server.on('DELETE /auth/me', () => [204]);
    await renderScreen(<DeleteAccountScreen />);
    await press('delete-account');
    expect(screen.getByTestId('password-error')).toHaveTextContent('Type your password.');
    type('password', 'correct horse');
    await press('delete-account');
    await press('cancel-button');
    expect(server.calls('DELETE /auth/me')).toEqual([]);

    await press('delete-account');
    await press('confirm-button');
    await settle();
    expect(server.calls('DELETE /auth/me')[0]?.body).toEqual({ password: 'correct horse' });
    expect(useSessionStore.getState()).toEqual({ userId: null, isTrial: false, hasEnded: false });
    expect(route.dismissTo).toHaveBeenCalledWith('/');
  });

  test('is refused with a wrong password', async () => {
    await logInAda();
    server.on('DELETE /auth/me', () => problem(401, 'credentials_invalid'));
    await renderScreen(<DeleteAccountScreen />);
    type('password', 'wrong');
    await press('delete-account');
    await press('confirm-button');
    await settle();
    expect(screen.getByTestId('password-error')).toBeTruthy();
    expect(useSessionStore.getState().userId).toBe('ada');
  });
});
