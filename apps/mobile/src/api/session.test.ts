import { createMemoryStorage } from '@/storage/key-value-storage';
import { FailureError } from './failure';
import { createSessionKeeper } from './session';
import type { Session } from './types';

const minute = 60_000;

function createServer() {
  let issued = 0;
  const live = new Set<string>();
  const issue = (userId: string): Session => {
    issued += 1;
    live.add(`refresh-${issued}`);
    return {
      access_token: `access-${issued}`,
      refresh_token: `refresh-${issued}`,
      expires_in: 900,
      token_type: 'Bearer',
      user: { id: userId, is_trial: true, trial_snippets_remaining: 5 },
    };
  };
  return {
    live,
    start: jest.fn(async () => issue(`user-${issued + 1}`)),
    refresh: jest.fn(async (refreshToken: string) => {
      if (!live.delete(refreshToken)) {
        throw new FailureError({ kind: 'server', status: 401, code: 'refresh_token_invalid' });
      }
      return issue('user-1');
    }),
  };
}

/** One device: its storage, its clock and a lock shared by its tabs. */
function createDevice() {
  const storage = createMemoryStorage();
  const server = createServer();
  const clock = { now: 0 };
  let queue: Promise<unknown> = Promise.resolve();
  function exclusively<T>(task: () => Promise<T>): Promise<T> {
    const result = queue.then(task);
    queue = result.catch(() => undefined);
    return result;
  }
  const openTab = () => {
    const onUserChange = jest.fn();
    const { start, refresh } = server;
    const keeper = createSessionKeeper({
      storage,
      start,
      refresh,
      now: () => clock.now,
      exclusively,
      onUserChange,
    });
    return { ...keeper, onUserChange };
  };
  return { storage, server, clock, openTab };
}

describe('the session', () => {
  test('starts once, however many requests need it', async () => {
    const { server, openTab } = createDevice();
    const tab = openTab();
    expect(tab.tokenAtHand()).toBeNull();
    const tokens = await Promise.all([tab.token(), tab.token(), tab.token()]);
    expect(tokens).toEqual(['access-1', 'access-1', 'access-1']);
    expect(server.start).toHaveBeenCalledTimes(1);
    expect(tab.tokenAtHand()).toBe('access-1');
    expect(tab.onUserChange.mock.calls).toEqual([['user-1']]);
  });

  test('is refreshed once when it expires, however many requests need it', async () => {
    const { server, clock, openTab } = createDevice();
    const tab = openTab();
    await tab.token();
    clock.now += 15 * minute;
    expect(tab.tokenAtHand()).toBeNull();
    const tokens = await Promise.all([tab.token(), tab.tokenInsteadOf('access-1'), tab.token()]);
    expect(tokens).toEqual(['access-2', 'access-2', 'access-2']);
    expect(server.refresh).toHaveBeenCalledTimes(1);
  });

  test('is refreshed by one tab only; the others take over what it got', async () => {
    const { server, clock, openTab } = createDevice();
    const first = openTab();
    await first.token();
    const second = openTab();
    await second.restore();
    clock.now += 15 * minute;
    expect(await Promise.all([first.token(), second.token()])).toEqual(['access-2', 'access-2']);
    expect(server.refresh).toHaveBeenCalledTimes(1);
  });

  test('a refused token is replaced, but only once', async () => {
    const { server, openTab } = createDevice();
    const tab = openTab();
    await tab.token();
    expect(await tab.tokenInsteadOf('access-1')).toBe('access-2');
    expect(await tab.tokenInsteadOf('access-1')).toBe('access-2');
    expect(server.refresh).toHaveBeenCalledTimes(1);
  });

  test('starts anew when the refresh token is refused', async () => {
    const { server, clock, openTab } = createDevice();
    const tab = openTab();
    await tab.token();
    server.live.clear();
    clock.now += 15 * minute;
    expect(await tab.token()).toBe('access-2');
    expect(server.start).toHaveBeenCalledTimes(2);
    expect(tab.onUserChange.mock.calls).toEqual([['user-1'], ['user-2']]);
  });

  test('survives a refresh that fails for lack of a connection', async () => {
    const { server, clock, openTab } = createDevice();
    const tab = openTab();
    await tab.token();
    clock.now += 15 * minute;
    server.refresh.mockRejectedValueOnce(new FailureError({ kind: 'offline' }));
    await expect(tab.token()).rejects.toThrow('offline');
    expect(await tab.token()).toBe('access-2');
    expect(server.start).toHaveBeenCalledTimes(1);
  });

  test('can be forgotten', async () => {
    const { storage, openTab } = createDevice();
    const tab = openTab();
    await tab.token();
    await tab.forget();
    expect(tab.tokenAtHand()).toBeNull();
    expect(await storage.read('session')).toBeNull();
    expect(tab.onUserChange).toHaveBeenLastCalledWith(null);
  });
});
