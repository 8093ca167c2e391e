import { createMemoryStorage } from '@/storage/key-value-storage';
import { FailureError } from './failure';
import { createSessionKeeper, nobody } from './session';
import type { Session } from './types';

const minute = 60_000;

/** A server of sessions: each has one refresh token, which works once. */
function createServer() {
  let issued = 0;
  let cookie: string | null = null;
  const live = new Map<string, { id: string; isTrial: boolean }>();
  const issue = (user: { id: string; isTrial: boolean }, usesCookie: boolean): Session => {
    issued += 1;
    const refreshToken = `refresh-${issued}`;
    live.set(refreshToken, user);
    if (usesCookie) cookie = refreshToken;
    return {
      access_token: `access-${issued}`,
      refresh_token: usesCookie ? null : refreshToken,
      expires_in: 900,
      token_type: 'Bearer',
      user: {
        id: user.id,
        is_trial: user.isTrial,
        trial_snippets_remaining: user.isTrial ? 5 : null,
        role: 'user',
      },
    };
  };
  const callsFrom = (usesCookie: boolean) => ({
    start: jest.fn(async () => issue({ id: `trial-${issued + 1}`, isTrial: true }, usesCookie)),
    refresh: jest.fn(async (refreshToken: string | null) => {
      const presented = refreshToken ?? cookie ?? '';
      const user = live.get(presented);
      if (!live.delete(presented) || !user) {
        throw new FailureError({ kind: 'server', status: 401, code: 'refresh_token_invalid' });
      }
      return issue(user, usesCookie);
    }),
    end: jest.fn(async (refreshToken: string | null) => {
      live.delete(refreshToken ?? cookie ?? '');
      if (usesCookie) cookie = null;
    }),
  });
  return {
    live,
    callsFrom,
    logIn: (usesCookie: boolean) => issue({ id: 'ada', isTrial: false }, usesCookie),
  };
}

/** One device: its storage, its clock and a lock shared by its tabs, which hear of each other. */
function createDevice({ usesCookie }: { usesCookie: boolean }) {
  const storage = createMemoryStorage();
  const server = createServer();
  const calls = server.callsFrom(usesCookie);
  const clock = { now: 0 };
  const tabs: { restore: () => Promise<void> }[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  function exclusively<T>(task: () => Promise<T>): Promise<T> {
    const result = queue.then(task);
    queue = result.catch(() => undefined);
    return result;
  }
  const openTab = ({ isDeaf = false } = {}) => {
    const onLearnerChange = jest.fn();
    const keeper = createSessionKeeper({
      storage,
      usesCookie,
      ...calls,
      now: () => clock.now,
      exclusively,
      onLearnerChange,
      tellOtherTabs: () => {
        for (const tab of tabs) if (tab !== keeper) void tab.restore();
      },
    });
    if (!isDeaf) tabs.push(keeper);
    return { ...keeper, onLearnerChange, learner: () => onLearnerChange.mock.lastCall?.[0] ?? nobody };
  };
  const logInFrom = (tab: ReturnType<typeof openTab>) => tab.logIn(async () => server.logIn(usesCookie));
  const stored = () => storage.read('session');
  return { storage, stored, server, calls, clock, openTab, logInFrom };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));
const trial = (userId: string) => ({ userId, isTrial: true, hasEnded: false });
const ada = { userId: 'ada', isTrial: false, hasEnded: false };
const ended = { userId: null, isTrial: false, hasEnded: true };

describe.each([
  ['with its refresh token in a cookie', true],
  ['with its tokens stored', false],
])('a session %s', (_, usesCookie) => {
  const createThis = () => createDevice({ usesCookie });

  test('starts once, however many requests need it', async () => {
    const { calls, openTab } = createThis();
    const tab = openTab();
    const tokens = await Promise.all([tab.token(), tab.token(), tab.token()]);
    expect(tokens).toEqual(['access-1', 'access-1', 'access-1']);
    expect(calls.start).toHaveBeenCalledTimes(1);
    expect(tab.onLearnerChange.mock.calls).toEqual([[trial('trial-1')]]);
  });

  test('is refreshed once when it expires, however many requests need it', async () => {
    const { calls, clock, openTab } = createThis();
    const tab = openTab();
    await tab.token();
    clock.now += 15 * minute;
    const tokens = await Promise.all([tab.token(), tab.tokenInsteadOf('access-1'), tab.token()]);
    expect(tokens).toEqual(['access-2', 'access-2', 'access-2']);
    expect(calls.refresh).toHaveBeenCalledTimes(1);
  });

  test('has its refused token replaced, but only once', async () => {
    const { calls, openTab } = createThis();
    const tab = openTab();
    await tab.token();
    expect(await tab.tokenInsteadOf('access-1')).toBe('access-2');
    expect(await tab.tokenInsteadOf('access-1')).toBe('access-2');
    expect(calls.refresh).toHaveBeenCalledTimes(1);
  });

  test('is known again after a reload', async () => {
    const { calls, openTab } = createThis();
    await openTab().token();
    const reloaded = openTab();
    await reloaded.restore();
    expect(reloaded.learner()).toEqual(trial('trial-1'));
    await reloaded.token();
    expect(calls.start).toHaveBeenCalledTimes(1);
  });

  test('survives a refresh that fails for lack of a connection', async () => {
    const { calls, clock, openTab } = createThis();
    const tab = openTab();
    await tab.token();
    clock.now += 15 * minute;
    calls.refresh.mockRejectedValueOnce(new FailureError({ kind: 'offline' }));
    await expect(tab.token()).rejects.toThrow('offline');
    expect(await tab.token()).toBe('access-2');
    expect(calls.start).toHaveBeenCalledTimes(1);
  });

  test('of a trial starts anew when its refresh token is refused', async () => {
    const { server, calls, clock, openTab } = createThis();
    const tab = openTab();
    await tab.token();
    server.live.clear();
    clock.now += 15 * minute;
    expect(await tab.token()).toBe('access-2');
    expect(calls.start).toHaveBeenCalledTimes(2);
    expect(tab.onLearnerChange.mock.calls).toEqual([[trial('trial-1')], [trial('trial-2')]]);
  });

  test('of an account that ended elsewhere waits for the learner, and starts no trial', async () => {
    const { server, calls, clock, openTab, logInFrom } = createThis();
    const tab = openTab();
    await logInFrom(tab);
    server.live.clear();
    clock.now += 15 * minute;
    await expect(tab.token()).rejects.toThrow('logged-out');
    await expect(tab.token()).rejects.toThrow('logged-out');
    expect(tab.learner()).toEqual(ended);
    const reloaded = openTab();
    await reloaded.restore();
    expect(reloaded.learner()).toEqual(ended);
    expect(calls.start).not.toHaveBeenCalled();

    await reloaded.forget();
    await settle();
    expect(tab.learner()).toEqual(nobody);
    expect(await tab.token()).toBe('access-2');
  });

  test('of a trial becomes that of an account, and the other tabs hear of it', async () => {
    const { server, openTab } = createThis();
    const tab = openTab();
    const other = openTab();
    await tab.token();
    await settle();
    expect(other.learner()).toEqual(trial('trial-1'));

    const ask = jest.fn(async (_trialToken: string | null) => server.logIn(usesCookie));
    expect(await tab.logIn(ask)).toBeNull();
    await settle();
    expect(ask.mock.calls).toEqual([['access-1']]);
    expect(tab.learner()).toEqual(ada);
    expect(other.learner()).toEqual(ada);
    expect(await tab.token()).toBe('access-2');
  });

  test('is begun without a trial’s token when there is no trial, or none any more', async () => {
    const { server, openTab } = createThis();
    const newcomer = openTab();
    const ask = jest.fn(async (trialToken: string | null) => {
      if (trialToken) throw new FailureError({ kind: 'server', status: 401, code: 'session_ended' });
      return server.logIn(usesCookie);
    });
    await newcomer.logIn(ask);
    expect(ask.mock.calls).toEqual([[null]]);

    const { openTab: openOther } = createThis();
    const learner = openOther();
    await learner.token();
    ask.mockClear();
    await learner.logIn(ask);
    expect(ask.mock.calls).toEqual([['access-1'], [null]]);
    expect(learner.learner()).toEqual(ada);
  });

  test('stays what it was when a second factor is asked for, or the log-in is refused', async () => {
    const { openTab } = createThis();
    const tab = openTab();
    await tab.token();
    const request = { mfa_required: true, mfa_token: 'm', expires_in: 300 };
    expect(await tab.logIn(async () => request)).toEqual(request);
    const refused = tab.logIn(() => Promise.reject(new FailureError({ kind: 'offline' })));
    await expect(refused).rejects.toThrow('offline');
    expect(tab.learner()).toEqual(trial('trial-1'));
    expect(await tab.token()).toBe('access-1');
  });

  test('ends on the server and in all tabs when the learner logs out', async () => {
    const { server, calls, stored, openTab, logInFrom } = createThis();
    const tab = openTab();
    const other = openTab();
    await logInFrom(tab);
    await settle();
    await tab.logOut();
    await settle();
    expect(calls.end).toHaveBeenCalledTimes(1);
    expect(server.live.size).toBe(0);
    expect(await stored()).toBeNull();
    expect(tab.learner()).toEqual(nobody);
    expect(other.learner()).toEqual(nobody);
    expect(await other.token()).toBe('access-2');
    expect(other.learner()).toEqual(trial('trial-2'));
  });

  test('goes on when logging out did not reach the server, and ends when it had ended', async () => {
    const { calls, openTab, logInFrom } = createThis();
    const tab = openTab();
    await logInFrom(tab);
    calls.end.mockRejectedValueOnce(new FailureError({ kind: 'offline' }));
    await expect(tab.logOut()).rejects.toThrow('offline');
    expect(tab.learner()).toEqual(ada);

    calls.end.mockRejectedValueOnce(
      new FailureError({ kind: 'server', status: 401, code: 'refresh_token_invalid' }),
    );
    await tab.logOut();
    expect(tab.learner()).toEqual(nobody);
  });

  test('does not come back when it is renewed while the learner logs out', async () => {
    const { stored, clock, openTab, logInFrom } = createThis();
    const tab = openTab();
    await logInFrom(tab);
    clock.now += 15 * minute;
    await Promise.all([tab.token(), tab.logOut()]);
    expect(await stored()).toBeNull();
    expect(tab.learner()).toEqual(nobody);
  });

  test('of another learner is not taken for what was asked before', async () => {
    const { calls, clock, openTab, logInFrom } = createThis();
    const deaf = openTab({ isDeaf: true });
    await deaf.token();
    await logInFrom(openTab());
    clock.now += 15 * minute;
    await expect(deaf.token()).rejects.toThrow('learner-changed');
    expect(deaf.learner()).toEqual(ada);
    expect(calls.refresh).not.toHaveBeenCalled();
    expect(await deaf.token()).toBe('access-3');
  });
});

test('a request that waits while another tab logs out begins no trial', async () => {
  const { calls, clock, openTab, logInFrom } = createDevice({ usesCookie: true });
  const tab = openTab();
  const other = openTab();
  await logInFrom(tab);
  await settle();
  clock.now += 15 * minute;
  const loggingOut = tab.logOut();
  await expect(other.token()).rejects.toThrow('learner-changed');
  await loggingOut;
  expect(calls.start).not.toHaveBeenCalled();
});

describe('the cookie', () => {
  test('keeps every token out of the storage', async () => {
    const { stored, openTab, logInFrom } = createDevice({ usesCookie: true });
    const tab = openTab();
    await tab.token();
    expect(await stored()).toBe('{"userId":"trial-1","isTrial":true}');
    await logInFrom(tab);
    expect(await stored()).toBe('{"userId":"ada","isTrial":false}');
  });

  test('is used by each tab for itself, one after the other', async () => {
    const { calls, clock, openTab } = createDevice({ usesCookie: true });
    const first = openTab();
    await first.token();
    const second = openTab();
    await second.restore();
    clock.now += 15 * minute;
    expect(await Promise.all([first.token(), second.token()])).toEqual(['access-2', 'access-3']);
    expect(calls.refresh.mock.calls).toEqual([[null], [null]]);
  });

  test('takes over a trial that was stored before there were cookies', async () => {
    const { server, storage, stored, calls, openTab } = createDevice({ usesCookie: true });
    server.live.set('old-refresh', { id: 'old-trial', isTrial: true });
    const session = { accessToken: 'old', refreshToken: 'old-refresh', expiresAt: 15 * minute };
    await storage.write('session', JSON.stringify({ ...session, userId: 'old-trial' }));

    const tab = openTab();
    await tab.restore();
    expect(tab.learner()).toEqual(trial('old-trial'));
    await settle();
    expect(calls.refresh.mock.calls).toEqual([['old-refresh']]);
    expect(await stored()).toBe('{"userId":"old-trial","isTrial":true}');
    expect(await tab.tokenInsteadOf('access-1')).toBe('access-2');
    expect(calls.refresh).toHaveBeenLastCalledWith(null);
    expect(calls.start).not.toHaveBeenCalled();
  });

  test('takes the stored trial later where there is no connection at the first start', async () => {
    const { server, storage, stored, calls, openTab } = createDevice({ usesCookie: true });
    server.live.set('old-refresh', { id: 'old-trial', isTrial: true });
    await storage.write('session', JSON.stringify({ userId: 'old-trial', refreshToken: 'old-refresh' }));
    calls.refresh.mockRejectedValueOnce(new FailureError({ kind: 'offline' }));
    await openTab().restore();
    await settle();
    expect(await stored()).toContain('old-refresh');

    const restarted = openTab();
    await restarted.restore();
    expect(await restarted.token()).toBe('access-1');
    expect(await stored()).toBe('{"userId":"old-trial","isTrial":true}');
  });
});

test('stored tokens are refreshed by one tab only; the others take over what it got', async () => {
  const { calls, clock, openTab } = createDevice({ usesCookie: false });
  const first = openTab();
  await first.token();
  const second = openTab();
  await second.restore();
  clock.now += 15 * minute;
  expect(await Promise.all([first.token(), second.token()])).toEqual(['access-2', 'access-2']);
  expect(calls.refresh).toHaveBeenCalledTimes(1);
});

describe('an account’s former session whose token was stored', () => {
  const createThis = () => createDevice({ usesCookie: false });

  test('ends when the learner logs in once more', async () => {
    const { server, calls, openTab, logInFrom } = createThis();
    const tab = openTab();
    await logInFrom(tab);
    await logInFrom(tab);
    expect(calls.end.mock.calls).toEqual([['refresh-1']]);
    expect([...server.live.keys()]).toEqual(['refresh-2']);
    expect(await tab.token()).toBe('access-2');
    expect(tab.learner()).toEqual(ada);
  });

  test('may stay where it can’t be ended', async () => {
    const { calls, openTab, logInFrom } = createThis();
    const tab = openTab();
    await logInFrom(tab);
    calls.end.mockRejectedValueOnce(new FailureError({ kind: 'offline' }));
    expect(await logInFrom(tab)).toBeNull();
    await settle();
    expect(await tab.token()).toBe('access-2');
  });

  test('stays while a second factor is asked for, and when the log-in is refused', async () => {
    const { calls, openTab, logInFrom } = createThis();
    const tab = openTab();
    await logInFrom(tab);
    await tab.logIn(async () => ({ mfa_required: true, mfa_token: 'm', expires_in: 300 }));
    await tab.logIn(() => Promise.reject(new FailureError({ kind: 'offline' }))).catch(() => undefined);
    expect(calls.end).not.toHaveBeenCalled();
    expect(await tab.token()).toBe('access-1');
  });

  test('is not ended twice', async () => {
    const { server, calls, openTab, logInFrom } = createThis();
    const tab = openTab();
    await logInFrom(tab);
    server.live.clear();
    await expect(tab.tokenInsteadOf('access-1')).rejects.toThrow('logged-out');
    await logInFrom(tab);
    expect(calls.end).not.toHaveBeenCalled();
  });
});

test('no log-in ends a trial, which is merged, or what is in a cookie, which the server ends', async () => {
  const withTrial = createDevice({ usesCookie: false });
  const tab = withTrial.openTab();
  await tab.token();
  await withTrial.logInFrom(tab);
  expect(withTrial.calls.end).not.toHaveBeenCalled();

  const withCookie = createDevice({ usesCookie: true });
  const other = withCookie.openTab();
  await withCookie.logInFrom(other);
  await withCookie.logInFrom(other);
  expect(withCookie.calls.end).not.toHaveBeenCalled();
});

test('a session that can’t be read is as if it had never been there', async () => {
  const { storage, openTab } = createDevice({ usesCookie: false });
  await storage.write('session', '{"userId"');
  const tab = openTab();
  await tab.restore();
  expect(tab.learner()).toEqual(nobody);
  expect(await tab.token()).toBe('access-1');
});
