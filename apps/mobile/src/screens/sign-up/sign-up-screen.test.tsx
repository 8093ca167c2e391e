import { fireEvent, screen } from '@testing-library/react-native';
import { useSessionStore } from '@/state/session';
import { beginTrial, renderScreen, settle } from '@/testing/render-screen';
import { route } from '@/testing/router';
import { problem, profileOf, server, sessionOf } from '@/testing/server';
import { SignUpScreen } from './sign-up-screen';

async function fillIn(email: string, password: string) {
  fireEvent.changeText(screen.getByTestId('email'), email);
  fireEvent.changeText(screen.getByTestId('password'), password);
  fireEvent(screen.getByTestId('password'), 'submitEditing');
  await settle();
}

test('a trial becomes an account, and the learner is back where they were', async () => {
  await beginTrial();
  server.on('POST /auth/signup', () => [201, sessionOf('trial', false)]);
  server.on('GET /auth/me', () => [200, profileOf('trial')]);
  await renderScreen(<SignUpScreen />);
  expect(screen.getByText(/What you did in this trial comes along/)).toBeTruthy();
  await fillIn(' ada@example.org', 'correct horse');
  expect(server.calls('POST /auth/signup')).toEqual([
    {
      call: 'POST /auth/signup',
      body: { email: 'ada@example.org', password: 'correct horse' },
      token: 'token-of-trial',
    },
  ]);
  expect(useSessionStore.getState()).toMatchObject({ userId: 'trial', isTrial: false });
  expect(route.back).toHaveBeenCalledTimes(1);
});

test('the rules are told before, and what breaks them is not sent', async () => {
  await renderScreen(<SignUpScreen />);
  expect(screen.getByText(/At least 8 characters/)).toBeTruthy();
  await fillIn('ada@example', '1234567');
  expect(screen.getByTestId('email-error')).toHaveTextContent(/not a complete e-mail address/);
  expect(screen.getByTestId('password-error')).toHaveTextContent(/at least 8 characters/);
  expect(server.calls('POST /auth/signup')).toEqual([]);
});

test.each([
  ['email_taken', 409, 'email-error', /Log in instead/],
  ['email_invalid', 422, 'email-error', /not a complete e-mail address/],
  ['password_common', 422, 'password-error', /easy to guess/],
  ['password_too_long', 422, 'password-error', /at most 72 characters/],
])('%s is said beside its field, until that is changed', async (code, status, place, words) => {
  server.on('POST /auth/signup', () => problem(status, code));
  await renderScreen(<SignUpScreen />);
  await fillIn('ada@example.org', 'password1');
  expect(screen.getByTestId(place)).toHaveTextContent(words);
  fireEvent.changeText(screen.getByTestId(place.replace('-error', '')), 'something else');
  expect(screen.queryByTestId(place)).toBeNull();
});

test('log-in is a step away, and leads back to the same place', async () => {
  route.params = { from: '/patterns/hash-map' };
  await renderScreen(<SignUpScreen />);
  fireEvent.press(screen.getByTestId('to-log-in'));
  expect(route.replace).toHaveBeenCalledWith({
    pathname: '/log-in',
    params: { from: '/patterns/hash-map' },
  });
});
