import { FailureError } from '@/api/failure';
import type { Learner } from '@/api/session';
import type { SyncedItem, SyncRequest } from '@/api/types';
import { createMemoryStorage, type KeyValueStorage } from '@/storage/key-value-storage';
import type { Attempt } from './attempt';
import { createAttemptLog } from './attempt-log';
import { createReplay, type SyncAnswer } from './replay';

const ada: Learner = { userId: 'ada', isTrial: false, hasEnded: false };
const bob: Learner = { userId: 'bob', isTrial: false, hasEnded: false };
const trial: Learner = { userId: 'trial', isTrial: true, hasEnded: false };
const newcomer: Learner = { userId: null, isTrial: false, hasEnded: false };

const attempt = (clientId: string, change: Partial<Attempt> = {}): Attempt => ({
  clientId,
  snippetId: `id-of-${clientId}`,
  slug: `slug-of-${clientId}`,
  title: `Title of ${clientId}`,
  revision: 3,
  code: `code of ${clientId}`,
  startedAt: '2026-11-29T10:00:00Z',
  submittedAt: '2026-11-29T10:05:00Z',
  owner: 'ada',
  preliminary: null,
  ...change,
});

const judged = (clientId: string, change: Partial<SyncedItem> = {}): SyncedItem => ({
  client_id: clientId,
  status: 'judged',
  verdict: 'accepted',
  points: 20,
  badges: [],
  ...change,
});

type Respond = (request: SyncRequest, userId: string) => SyncAnswer | Promise<SyncAnswer>;

const judgesAll: Respond = ({ items }) => ({
  kind: 'answered',
  items: items.map((item) => judged(item.client_id)),
});

const offline = () => new FailureError({ kind: 'offline' });

/** Lets one task at a time through, as a lock of the browser does for all tabs. */
function createLock() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(task: () => Promise<T>): Promise<T> => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
}

/** A device, whose tabs share the log and the lock, and the server that it talks to. */
function createDevice() {
  const storage: KeyValueStorage = createMemoryStorage();
  const lock = createLock();
  const logLock = createLock();
  const device = { learner: ada, respond: judgesAll, sent: [] as { userId: string; ids: string[] }[] };
  const log = createAttemptLog(storage, logLock);
  const settled: string[] = [];
  const openTab = () =>
    createReplay({
      log: createAttemptLog(storage, logLock),
      learner: () => device.learner,
      begin: async () => {
        device.learner = trial;
      },
      send: async (userId, request) => {
        device.sent.push({ userId, ids: request.items.map((item) => item.client_id) });
        return device.respond(request, userId);
      },
      now: () => new Date('2026-11-30T08:00:00Z'),
      exclusively: lock,
      onSettled: ({ clientId }) => settled.push(clientId),
    });
  const idsOf = (entries: { clientId: string }[]) => entries.map(({ clientId }) => clientId);
  return {
    device,
    storage,
    log,
    settled,
    openTab,
    replay: openTab(),
    pending: async () => idsOf(await log.pending()),
    outcomes: async () => idsOf(await log.outcomes()),
  };
}

async function withAttempts(...attempts: Attempt[]) {
  const all = createDevice();
  for (const one of attempts) await all.log.append(one);
  return all;
}

test('attempts are sent in the order in which they were made, as the server wants them', async () => {
  const { device, replay, pending, outcomes } = await withAttempts(attempt('b'), attempt('a'), attempt('c'));
  const requests: SyncRequest[] = [];
  device.respond = (request, userId) => {
    requests.push(request);
    return judgesAll(request, userId);
  };
  expect(await replay()).toBeNull();
  expect(requests).toHaveLength(1);
  expect(requests[0]?.sent_at).toBe('2026-11-30T08:00:00.000Z');
  expect(requests[0]?.items.map((item) => item.client_id)).toEqual(['b', 'a', 'c']);
  expect(requests[0]?.items[0]).toEqual({
    client_id: 'b',
    snippet_id: 'id-of-b',
    revision: 3,
    code: 'code of b',
    started_at: '2026-11-29T10:00:00Z',
    submitted_at: '2026-11-29T10:05:00Z',
  });
  expect(await pending()).toEqual([]);
  expect(await outcomes()).toEqual(['b', 'a', 'c']);
});

test('the order does not depend on the clock, nor on what was sent before', async () => {
  const { device, replay, log } = await withAttempts(attempt('a', { submittedAt: '2026-11-30T10:00:00Z' }));
  await replay();
  await log.append(attempt('c', { submittedAt: '2026-11-29T10:00:00Z' }));
  await log.append(attempt('b', { submittedAt: '2026-11-28T10:00:00Z' }));
  await replay();
  expect(device.sent.map(({ ids }) => ids)).toEqual([['a'], ['c', 'b']]);
});

test('many are sent in several requests', async () => {
  const many = Array.from({ length: 120 }, (_, index) => attempt(`a${String(index).padStart(3, '0')}`));
  const { device, replay, pending } = await withAttempts(...many);
  await replay();
  expect(device.sent.map(({ ids }) => ids.length)).toEqual([50, 50, 20]);
  expect(device.sent.flatMap(({ ids }) => ids)).toEqual(many.map(({ clientId }) => clientId));
  expect(await pending()).toEqual([]);
});

test('without a connection all stay, and are sent the next time', async () => {
  const { device, replay, pending } = await withAttempts(attempt('a'), attempt('b'));
  device.respond = () => {
    throw offline();
  };
  expect(await replay()).toBeNull();
  expect(await pending()).toEqual(['a', 'b']);
  device.respond = judgesAll;
  await replay();
  expect(await pending()).toEqual([]);
});

test('what was sent when the app ended before the answer is sent again under its name, and counts once', async () => {
  const { device, replay, openTab, pending, outcomes } = await withAttempts(attempt('a'));
  const known = new Map<string, number>();
  device.respond = ({ items }) => {
    for (const item of items) known.set(item.client_id, (known.get(item.client_id) ?? 0) + 1);
    // The server has it, but the answer is lost.
    throw offline();
  };
  await replay();
  device.respond = judgesAll;
  await openTab()();
  expect([...known.keys()]).toEqual(['a']);
  expect(await pending()).toEqual([]);
  expect(await outcomes()).toEqual(['a']);
});

test('an app that ended between writing the answer and removing the attempt does not send it again', async () => {
  const { device, storage, replay, openTab, log, pending, outcomes } = await withAttempts(attempt('a'));
  const { remove } = storage;
  storage.remove = async () => {
    throw new Error('the app has ended');
  };
  expect(await replay()).not.toBeNull();
  storage.remove = remove;
  await openTab()();
  expect(device.sent).toHaveLength(1);
  expect(await pending()).toEqual([]);
  expect(await outcomes()).toEqual(['a']);
  await log.dismiss(['a']);
  expect(await storage.entries('')).toEqual([]);
});

test('what the server had no time for stays, and is sent again after what was judged', async () => {
  const { device, replay, pending } = await withAttempts(attempt('a'), attempt('b'), attempt('c'));
  device.respond = ({ items }) => ({
    kind: 'answered',
    items: items.map((item, index) =>
      index === 0 ? judged(item.client_id) : judged(item.client_id, { status: 'pending', verdict: null }),
    ),
  });
  expect(await replay()).toBeNull();
  expect(device.sent.map(({ ids }) => ids)).toEqual([['a', 'b', 'c'], ['b', 'c'], ['c']]);
  expect(await pending()).toEqual([]);
});

test('a server that judges none is left in peace for a while', async () => {
  const { device, replay, pending } = await withAttempts(attempt('a'));
  device.respond = ({ items }) => ({
    kind: 'answered',
    items: items.map((item) => judged(item.client_id, { status: 'pending', verdict: null })),
  });
  expect(await replay()).toBe(15);
  expect(device.sent).toHaveLength(1);
  expect(await pending()).toEqual(['a']);
});

test('a limit is waited for as long as the server says', async () => {
  const { device, replay, pending } = await withAttempts(attempt('a'));
  device.respond = () => {
    throw new FailureError({ kind: 'rate-limited', seconds: 42 });
  };
  expect(await replay()).toBe(42);
  expect(await pending()).toEqual(['a']);
});

test('what is refused leaves the log, and its reason is kept to be told', async () => {
  const { device, replay, log, pending } = await withAttempts(attempt('a'), attempt('b'));
  device.respond = ({ items }) => ({
    kind: 'answered',
    items: items.map((item) =>
      item.client_id === 'a'
        ? judged('a', { status: 'refused', verdict: null, reason: 'trial_exhausted', points: 0 })
        : judged(item.client_id),
    ),
  });
  await replay();
  expect(await pending()).toEqual([]);
  const outcomes = await log.outcomes();
  expect(outcomes.map(({ clientId, status, reason }) => [clientId, status, reason])).toEqual([
    ['a', 'refused', 'trial_exhausted'],
    ['b', 'judged', null],
  ]);
  await log.dismiss(['a', 'b']);
  expect(await log.outcomes()).toEqual([]);
});

test('one that no request may hold is found, told and does not hold up the others', async () => {
  const names = ['a', 'b', 'bad', 'c', 'd'];
  const { device, replay, log, pending } = await withAttempts(...names.map((name) => attempt(name)));
  device.respond = (request, userId) =>
    request.items.some((item) => item.client_id === 'bad')
      ? { kind: 'unacceptable' }
      : judgesAll(request, userId);
  await replay();
  expect(await pending()).toEqual([]);
  const outcomes = await log.outcomes();
  expect(outcomes.map(({ clientId, reason }) => [clientId, reason])).toEqual([
    ['a', null],
    ['b', null],
    ['bad', 'not_accepted'],
    ['c', null],
    ['d', null],
  ]);
});

test('two tabs send each attempt once', async () => {
  const { device, replay, openTab, pending } = await withAttempts(attempt('a'), attempt('b'));
  const other = openTab();
  await Promise.all([replay(), other(), replay(), other()]);
  expect(device.sent).toEqual([{ userId: 'ada', ids: ['a', 'b'] }]);
  expect(await pending()).toEqual([]);
});

test('an attempt made while others are sent goes with the same run', async () => {
  const { device, replay, log, pending } = await withAttempts(attempt('a'));
  device.respond = async (request, userId) => {
    if (device.sent.length === 1) await log.append(attempt('b'));
    return judgesAll(request, userId);
  };
  await replay();
  expect(device.sent.map(({ ids }) => ids)).toEqual([['a'], ['b']]);
  expect(await pending()).toEqual([]);
});

describe('attempts of others', () => {
  test('are never sent, and wait for their learner', async () => {
    const { device, replay, pending } = await withAttempts(attempt('a'), attempt('b', { owner: 'bob' }));
    await replay();
    expect(device.sent).toEqual([{ userId: 'ada', ids: ['a'] }]);
    expect(await pending()).toEqual(['b']);
    device.learner = bob;
    await replay();
    expect(device.sent.at(-1)).toEqual({ userId: 'bob', ids: ['b'] });
  });

  test('are not sent when the learner changes between two requests', async () => {
    const many = Array.from({ length: 60 }, (_, index) => attempt(`a${String(index).padStart(2, '0')}`));
    const { device, replay, pending } = await withAttempts(...many);
    device.respond = (request, userId) => {
      device.learner = bob;
      return judgesAll(request, userId);
    };
    await replay();
    expect(device.sent).toHaveLength(1);
    expect(await pending()).toHaveLength(10);
  });

  test('wait while the session has ended', async () => {
    const { device, replay, pending } = await withAttempts(attempt('a'));
    device.learner = { ...newcomer, hasEnded: true };
    await replay();
    expect(device.sent).toEqual([]);
    expect(await pending()).toEqual(['a']);
  });
});

describe('attempts made without an account', () => {
  const nobodys = attempt('a', { owner: null });

  test('begin a trial, and are sent with it', async () => {
    const { device, replay } = await withAttempts(nobodys);
    device.learner = newcomer;
    await replay();
    expect(device.sent).toEqual([{ userId: 'trial', ids: ['a'] }]);
  });

  test('go along into an account, as the trial does', async () => {
    const { device, replay } = await withAttempts(nobodys);
    device.learner = ada;
    await replay();
    expect(device.sent).toEqual([{ userId: 'ada', ids: ['a'] }]);
  });

  test('are the account’s once it has claimed them', async () => {
    const { device, replay, log, pending } = await withAttempts(nobodys);
    await log.claim('ada');
    device.learner = bob;
    await replay();
    expect(device.sent).toEqual([]);
    expect(await pending()).toEqual(['a']);
  });
});

describe('the log', () => {
  test('survives a reload, and keeps what is there twice once', async () => {
    const { log, storage } = await withAttempts(attempt('a'), attempt('b'), attempt('a'));
    const reloaded = createAttemptLog(storage, createLock());
    expect(await reloaded.pending()).toEqual(await log.pending());
    expect((await reloaded.pending()).map(({ clientId }) => clientId)).toEqual(['a', 'b']);
  });

  test('leaves out what is damaged', async () => {
    const { storage, pending } = await withAttempts(attempt('a'));
    await storage.write('attempt:000000000009:x', '{"clientId": "x');
    expect(await pending()).toEqual(['a']);
  });

  test('forgets what belongs to one learner', async () => {
    const { log, pending } = await withAttempts(attempt('a'), attempt('b', { owner: 'bob' }));
    await log.removeWhere((owner) => owner === 'ada');
    expect(await pending()).toEqual(['b']);
  });
});
