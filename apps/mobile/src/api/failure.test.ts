import { describeFailure, FailureError, failureFromError, failureFromResponse } from './failure';

function answer(status: number, headers: Record<string, string> = {}) {
  return { status, headers: new Headers(headers) };
}

describe('failureFromResponse', () => {
  test.each([
    [403, { code: 'trial_exhausted' }, { kind: 'trial-exhausted' }],
    [409, { code: 'snippet_changed' }, { kind: 'snippet-changed' }],
    [503, { code: 'queue_full' }, { kind: 'busy' }],
    [404, { code: 'snippet_not_found' }, { kind: 'not-found' }],
    [503, { code: 'busy' }, { kind: 'crowded' }],
    [409, { code: 'hint_out_of_order' }, { kind: 'server', status: 409, code: 'hint_out_of_order' }],
    [422, { code: 'code_too_long', detail: 'Too long.' }, { kind: 'refused', message: 'Too long.' }],
    [401, { code: 'token_invalid', detail: 'No.' }, { kind: 'server', status: 401, code: 'token_invalid' }],
    [502, '<html>Bad gateway</html>', { kind: 'server', status: 502, code: null }],
    [500, undefined, { kind: 'server', status: 500, code: null }],
  ])('%i %j', (status, problem, failure) => {
    expect(failureFromResponse(answer(status), problem)).toEqual(failure);
  });

  test.each([
    ['12', 12],
    ['0.2', 1],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 30],
    ['-5', 30],
  ])('429 with Retry-After: %s', (retryAfter, seconds) => {
    const failure = failureFromResponse(answer(429, { 'Retry-After': retryAfter }), { code: 'rate_limited' });
    expect(failure).toEqual({ kind: 'rate-limited', seconds });
  });

  test('429 without Retry-After', () => {
    expect(failureFromResponse(answer(429), null)).toEqual({ kind: 'rate-limited', seconds: 30 });
  });
});

describe('what a form is refused', () => {
  test.each([
    [409, 'email_taken', 'email'],
    [422, 'password_common', 'newPassword'],
    [401, 'credentials_invalid', 'password'],
    [401, 'code_invalid', 'code'],
    [422, 'token_invalid', null],
    [403, 'fresh_login_required', null],
    [503, 'provider_unavailable', null],
  ])('%i %s is about the field %s', (status, code, field) => {
    const failure = failureFromResponse(answer(status), { code, detail: 'In the words of the server.' });
    expect(failure).toMatchObject({ kind: 'form', refusal: { code, field } });
    expect(describeFailure(failure).message).not.toContain('server');
  });

  test('only counts with its own status: a token of a session is no link of a mail', () => {
    expect(failureFromResponse(answer(401), { code: 'token_invalid' })).toMatchObject({ kind: 'server' });
  });
});

describe('failureFromError', () => {
  test('a failed fetch means offline', () => {
    expect(failureFromError(new TypeError('Failed to fetch'))).toEqual({ kind: 'offline' });
  });

  test('a failure that was told apart already stays what it is', () => {
    expect(failureFromError(new FailureError({ kind: 'trial-exhausted' }))).toEqual({
      kind: 'trial-exhausted',
    });
  });

  test('anything else is ours', () => {
    expect(failureFromError(new SyntaxError('Unexpected token'))).toEqual({
      kind: 'server',
      status: 0,
      code: null,
    });
  });
});

test('one second is not "1 seconds"', () => {
  expect(describeFailure({ kind: 'rate-limited', seconds: 1 }).message).toContain('in 1 second.');
});
