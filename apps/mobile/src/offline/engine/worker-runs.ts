import type { Modules, RunMessage, WorkerMessage } from '../../../../offline/src/messages';

/** A phone's browser takes up to so many times as long as the server's processor: as the worker believes. */
const slowness = 4;

/** How long a guest may take beyond its budget before its worker is ended, in milliseconds. */
const grace = 300;

/** How long loading and compiling may take, in milliseconds. */
const loadingTime = 60_000;

/** What is asked of a run; the rest of a message is known here. */
export type Work = Omit<RunMessage, 'done' | 'modules'>;

/** Makes a worker: the browser's, or a test's. */
export type MakeWorker = () => Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

type End =
  | { kind: 'finished'; run: string }
  | { kind: 'failed'; problem: string }
  /** A test took this long, in milliseconds, and was broken off. */
  | { kind: 'broken-off'; after: number };

/** Runs code in workers: one that does not come back in time is ended, and the next goes on after that test. */
export class WorkerRuns {
  readonly #make: MakeWorker;
  /** What earlier workers compiled. */
  #modules: Modules = {};

  constructor(make: MakeWorker) {
    this.#make = make;
  }

  /** The judged run, in the wire form of the server's model. */
  async run(work: Work, signal?: AbortSignal): Promise<string> {
    const done: string[] = [];
    for (;;) {
      const message = { ...work, done: [...done], modules: this.#modules };
      const end = await this.#runOnce(message, (report) => done.push(report), signal);
      if (end.kind === 'finished') return end.run;
      if (end.kind === 'failed') throw new Error(end.problem);
      done.push(timeLimitReport(end.after));
    }
  }

  #runOnce(message: RunMessage, tested: (report: string) => void, signal?: AbortSignal): Promise<End> {
    return new Promise((resolve, reject) => {
      const worker = this.#make();
      let timer: ReturnType<typeof setTimeout>;
      const end = (settle: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        worker.terminate();
        settle();
      };
      const abort = () => end(() => reject(signal?.reason));
      const wait = (milliseconds: number, late: () => void) => {
        clearTimeout(timer);
        timer = setTimeout(() => end(late), milliseconds);
      };
      worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
        switch (data.kind) {
          case 'loaded':
            this.#modules = data.modules;
            break;
          case 'working': {
            const time = data.budget * slowness + grace;
            wait(time, () => resolve({ kind: 'broken-off', after: data.budget }));
            break;
          }
          case 'tested':
            tested(data.report);
            break;
          default:
            end(() => resolve(data));
        }
      };
      worker.onerror = (event) => {
        event.preventDefault?.();
        end(() => resolve({ kind: 'failed', problem: event.message || 'the worker cannot be loaded' }));
      };
      signal?.addEventListener('abort', abort);
      if (signal?.aborted) return abort();
      wait(loadingTime, () => resolve({ kind: 'failed', problem: 'loading takes too long' }));
      worker.postMessage(message);
    });
  }
}

/** The report on a test that was broken off after so many milliseconds, in the wire form of the server's model. */
const timeLimitReport = (milliseconds: number) =>
  JSON.stringify({ outcome: 'time_limit', stdout: '', stdout_truncated: false, cpu_us: 1000 * milliseconds });
