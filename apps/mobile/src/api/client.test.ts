import { deviceTimeZone } from '@/lib/device-time-zone';
import { useSessionStore } from '@/state/session';
import { beginTrial, settle } from '@/testing/render-screen';
import { profileOf, server } from '@/testing/server';
import { session } from './client';

jest.mock('@/lib/device-time-zone', () => ({ deviceTimeZone: jest.fn() }));

const zone = deviceTimeZone as jest.Mock;
const change = 'PATCH /auth/me';

test('a trial that begins is told the time zone, once', async () => {
  zone.mockReturnValue('Europe/Berlin');
  server.on(change, () => [200, profileOf('trial', { is_trial: true })]);
  await beginTrial();
  await session.token();
  await settle();
  expect(server.calls(change)).toEqual([
    { call: change, body: { time_zone: 'Europe/Berlin' }, token: 'token-of-trial' },
  ]);
});

test('a trial goes on where the time zone is refused', async () => {
  zone.mockReturnValue('Europe/Berlin');
  server.on(change, () => {
    throw new TypeError('Failed to fetch');
  });
  await beginTrial();
  await settle();
  expect(useSessionStore.getState().userId).toBe('trial');
});

test('a device that does not tell its time zone tells nothing', async () => {
  zone.mockReturnValue(null);
  await beginTrial();
  await settle();
  expect(server.calls(change)).toEqual([]);
});
