import { onlineManager } from '@tanstack/react-query';
import { session } from '@/api/client';
import { forgetAccount, logOut, resetDevice } from '@/state/reset-device';
import { useSessionStore } from '@/state/session';
import { attemptStorage } from '@/storage/storage';
import { beginTrial, logInAda, settle } from '@/testing/render-screen';
import { problem, server, sessionOf } from '@/testing/server';
import { belongsTo } from './attempt';
import { queueAttempt, useAttempts } from './attempts';
import { sendAttempts, startAttempts } from './send';

const syncCall = 'POST /api/v1/users/progress/sync';
const logOutCall = 'POST /auth/logout';

const attempt = (clientId: string) => ({
  clientId,
  snippetId: `id-of-${clientId}`,
  slug: `slug-of-${clientId}`,
  title: clientId,
  revision: 1,
  code: clientId,
  startedAt: '2026-11-29T10:00:00Z',
  submittedAt: '2026-11-29T10:05:00Z',
  preliminary: null,
});

const answered = (body: unknown, status: 'judged' | 'pending') => ({
  items: (body as { items: { client_id: string }[] }).items.map(({ client_id }) => ({
    client_id,
    status,
    points: 0,
    badges: [],
    verdict: 'accepted',
  })),
});

function answerSync(status: 'judged' | 'pending') {
  server.on(syncCall, ({ body }) => [200, answered(body, status)]);
}

const calls = () => server.received.map(({ call }) => call);

/** The attempts that the learner of this device sees. */
const seen = () =>
  useAttempts
    .getState()
    .pending.filter((one) => belongsTo(one, useSessionStore.getState()))
    .map(({ clientId }) => clientId);

beforeAll(startAttempts);

beforeEach(() => {
  server.on(logOutCall, () => [204]);
});

describe('logging out', () => {
  test('sends what is pending first', async () => {
    await logInAda();
    await queueAttempt(attempt('a'));
    answerSync('judged');
    await logOut();
    expect(calls().slice(-2)).toEqual([syncCall, logOutCall]);
    expect(server.calls(syncCall)[0]?.token).toBe('token-of-ada');
    expect(useAttempts.getState().pending).toEqual([]);
  });

  test('leaves what the server had no time for to its account alone', async () => {
    await logInAda();
    await queueAttempt(attempt('a'));
    answerSync('pending');
    await logOut();
    await session.logIn(async () => sessionOf('bob', false));
    await settle();
    expect(seen()).toEqual([]);
    await sendAttempts();
    expect(server.calls(syncCall)).toHaveLength(1);
    answerSync('judged');
    await session.logIn(async () => sessionOf('ada', false));
    await settle();
    expect(server.calls(syncCall).at(-1)?.token).toBe('token-of-ada');
    expect(await attemptStorage.entries('attempt:')).toEqual([]);
  });
});

test('what a trial made is its account’s from then on', async () => {
  await beginTrial();
  server.on(syncCall, () => problem(503, 'unavailable'));
  await queueAttempt(attempt('a'));
  expect(seen()).toEqual(['a']);
  await session.logIn(async () => sessionOf('ada', false));
  await settle();
  expect(seen()).toEqual(['a']);
  await session.logIn(async () => sessionOf('bob', false));
  await settle();
  expect(seen()).toEqual([]);
});

test.each([
  ['deleting the account', forgetAccount],
  ['resetting the device', resetDevice],
])('%s removes what is not sent', async (_, leave) => {
  await logInAda();
  await queueAttempt(attempt('a'));
  await leave();
  expect(await attemptStorage.entries('')).toEqual([]);
});

test('all is sent as soon as the server can be reached again', async () => {
  await beginTrial();
  onlineManager.setOnline(false);
  await queueAttempt(attempt('a'));
  answerSync('judged');
  await settle();
  expect(server.calls(syncCall)).toEqual([]);
  onlineManager.setOnline(true);
  await settle();
  expect(server.calls(syncCall)).toHaveLength(1);
  expect(seen()).toEqual([]);
});

test('a failure of the server is tried again by itself', async () => {
  await beginTrial();
  server.on(syncCall, () => problem(503, 'unavailable'));
  await queueAttempt(attempt('a'));
  await sendAttempts();
  expect(seen()).toEqual(['a']);
  answerSync('judged');
  await settle(61_000);
  expect(seen()).toEqual([]);
});

test('a token that is refused is renewed once', async () => {
  await beginTrial();
  await queueAttempt(attempt('a'));
  server.on('POST /auth/refresh', () => [200, { ...sessionOf('trial', true), access_token: 'newer' }]);
  server.on(syncCall, ({ body, token }) =>
    token === 'newer' ? [200, answered(body, 'judged')] : problem(401, 'token_expired'),
  );
  await sendAttempts();
  expect(server.calls(syncCall)).toHaveLength(2);
  expect(seen()).toEqual([]);
});
