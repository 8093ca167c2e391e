import { checkEmail, checkNewPassword, checkPresent } from './check-fields';

test.each([
  ['1234567', 'password_too_short'],
  ['', 'password_too_short'],
  ['🔑🔑🔑🔑🔑🔑🔑', 'password_too_short'],
  ['12345678', null],
  ['a'.repeat(72), null],
  ['a'.repeat(73), 'password_too_long'],
  ['ä'.repeat(36), null],
  ['ä'.repeat(37), 'password_too_long'],
  ['€'.repeat(25), 'password_too_long'],
  ['🔑'.repeat(18), null],
  ['🔑'.repeat(19), 'password_too_long'],
])('the new password %s', (password, code) => {
  expect(checkNewPassword(password)).toBe(code);
});

test.each([
  ['ada@example.org', null],
  [' ada@example.org ', null],
  ['ada@büro.example', null],
  ['', 'email_invalid'],
  ['ada', 'email_invalid'],
  ['ada@example', 'email_invalid'],
  ['ada lovelace@example.org', 'email_invalid'],
  ['ada@@example.org', 'email_invalid'],
])('the address %s', (email, code) => {
  expect(checkEmail(email)).toBe(code);
});

test('what is asked for has to be typed', () => {
  expect(checkPresent('  ', 'code_missing')).toBe('code_missing');
  expect(checkPresent('123456', 'code_missing')).toBeNull();
});
