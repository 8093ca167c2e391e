import type { RunMessage, WorkerMessage } from '../../../../offline/src/messages';
import { WorkerRuns } from './worker-runs';

type Answer = (message: RunMessage, tell: (told: WorkerMessage) => void) => void;

/** Runs whose workers answer as the list says, one after the other; also what each was asked. */
function runsThatAnswer(...answers: Answer[]) {
  const asked: RunMessage[] = [];
  let ended = 0;
  const runs = new WorkerRuns(() => {
    const answer = answers[asked.length];
    const worker: ReturnType<ConstructorParameters<typeof WorkerRuns>[0]> = {
      onmessage: null,
      onerror: null,
      postMessage(message: RunMessage) {
        asked.push(message);
        answer?.(message, (told) =>
          worker.onmessage?.call(worker as Worker, { data: told } as MessageEvent<WorkerMessage>),
        );
      },
      terminate() {
        ended += 1;
      },
    };
    return worker;
  });
  return { runs, asked, ended: () => ended };
}

const work = { task: '{}', language: 'javascript', code: 'code', addresses: {} } as const;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a run is told as the worker tells it, and what was compiled serves the next', async () => {
  const modules = { 'a.wasm': {} as WebAssembly.Module };
  const { runs, asked, ended } = runsThatAnswer(
    (_, tell) => {
      tell({ kind: 'loaded', modules });
      tell({ kind: 'working', budget: 500 });
      tell({ kind: 'finished', run: 'first' });
    },
    (_, tell) => tell({ kind: 'finished', run: 'second' }),
  );
  expect(await runs.run(work)).toBe('first');
  expect(await runs.run(work)).toBe('second');
  expect(asked.map((message) => message.modules)).toEqual([{}, modules]);
  expect(ended()).toBe(2);
});

test('a test that does not end is broken off, and the next worker goes on behind it', async () => {
  const { runs, asked, ended } = runsThatAnswer(
    (_, tell) => {
      tell({ kind: 'working', budget: 500 });
      tell({ kind: 'tested', report: 'first' });
      tell({ kind: 'working', budget: 500 });
    },
    (_, tell) => {
      tell({ kind: 'tested', report: 'third' });
      tell({ kind: 'working', budget: 100 });
    },
    (_, tell) => tell({ kind: 'finished', run: 'judged' }),
  );
  const run = runs.run(work);
  await jest.advanceTimersByTimeAsync(10_000);
  expect(await run).toBe('judged');
  const limit = (milliseconds: number) =>
    JSON.stringify({
      outcome: 'time_limit',
      stdout: '',
      stdout_truncated: false,
      cpu_us: 1000 * milliseconds,
    });
  expect(asked[1]?.done).toEqual(['first', limit(500)]);
  expect(asked[2]?.done).toEqual(['first', limit(500), 'third', limit(100)]);
  expect(ended()).toBe(3);
});

test.each<[string, Answer]>([
  ['fails', (_, tell) => tell({ kind: 'failed', problem: 'no room' })],
  ['says nothing while it loads', () => undefined],
])('a worker that %s ends the run with an error', async (_, answer) => {
  const { runs, ended } = runsThatAnswer(answer);
  const run = expect(runs.run(work)).rejects.toThrow(/no room|loading takes too long/);
  await jest.advanceTimersByTimeAsync(120_000);
  await run;
  expect(ended()).toBe(1);
});

test('a run that nobody waits for any more ends its worker', async () => {
  const { runs, ended } = runsThatAnswer((_, tell) => tell({ kind: 'working', budget: 500 }));
  const given = new AbortController();
  const run = runs.run(work, given.signal);
  given.abort(new Error('left'));
  await expect(run).rejects.toThrow('left');
  expect(ended()).toBe(1);
});
