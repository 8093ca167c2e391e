import { type End, Ended, type Guest, type Stream, type Surroundings } from './guest.ts';

/** A phone's browser takes up to so many times as long as the server's processor. */
export const slowness = 4;

/** Makes the guest of a language; throws `Ended` where it is not there. */
export type MakeGuest = (language: string, surroundings: Surroundings) => Guest;

export interface HostEvents {
  /** The guest works for so many milliseconds at most, on the processor of the server. */
  working(budget: number): void;
  /** A test has ended: its report. */
  tested(report: string): void;
}

/** The interface `host` of `offline.wit`: hosts one guest at a time. */
export class Host {
  readonly #make: MakeGuest;
  readonly #events: HostEvents;
  #guest: Guest | null = null;
  #printed: Record<Stream, Uint8Array[]> = { out: [], error: [] };
  /** How much more may be printed, in bytes. */
  #room = 0;
  #slept = 0;
  #passed = 0;
  /** When the budget of the call is used up, on the clock of `#now`. */
  #deadline = Number.POSITIVE_INFINITY;

  constructor(make: MakeGuest, events: HostEvents) {
    this.#make = make;
    this.#events = events;
  }

  begin(language: string, printedBytes: number, answerBytes: number): void {
    this.#guest = null;
    this.#slept = 0;
    this.#passed = 0;
    this.#room = printedBytes;
    this.#guest = this.#attempt(() =>
      this.#make(language, {
        print: (stream, bytes) => {
          this.#room -= bytes.length;
          if (this.#room < 0) throw new Ended('output');
          this.#printed[stream].push(bytes);
        },
        sleep: (milliseconds) => {
          this.#slept += milliseconds;
          if (this.#now() > this.#deadline) throw new Ended('time');
        },
        pass: (milliseconds) => {
          this.#passed += milliseconds;
        },
        ahead: () => this.#slept + this.#passed,
        answerBytes,
      }),
    );
  }

  load(code: string, name: string, description: string, budget: bigint): string {
    return this.#work(budget, (guest) => guest.load(code, name, description));
  }

  call(test: string, budget: bigint): string {
    return this.#work(budget, (guest) => guest.call(test));
  }

  printed(): [Uint8Array, Uint8Array] {
    const { out, error } = this.#printed;
    this.#printed = { out: [], error: [] };
    return [join(out), join(error)];
  }

  memory(): number {
    return this.#guest?.memory() ?? 0;
  }

  now(): bigint {
    return BigInt(Math.round(this.#now() * 1000));
  }

  tell(report: string): void {
    this.#events.tested(report);
  }

  /** The charged time in milliseconds. */
  #now(): number {
    return performance.now() / slowness + this.#slept;
  }

  #work(budget: bigint, work: (guest: Guest) => string): string {
    const milliseconds = Number(budget) / 1000;
    this.#deadline = this.#now() + milliseconds;
    this.#events.working(milliseconds);
    return this.#attempt(() => {
      if (!this.#guest) throw new Ended('missing');
      return work(this.#guest);
    });
  }

  /** Says why a guest ended, as the component model wants errors to be thrown. */
  #attempt<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (problem) {
      throw new ResultError(endOf(problem));
    }
  }
}

/** An error of a `result`: what stands in `payload`. */
class ResultError extends Error {
  readonly payload: End;

  constructor(payload: End) {
    super(payload);
    this.payload = payload;
  }
}

function endOf(problem: unknown): End {
  if (problem instanceof Ended) return problem.end;
  // Browsers tell it by words alone: "Maximum call stack size exceeded", "too much recursion".
  if (problem instanceof RangeError) return 'stack';
  if (problem instanceof Error && /recursion|call stack/i.test(problem.message)) return 'stack';
  // CPython's own stack lies at the bottom of its memory: overflowing, it leaves the memory.
  if (problem instanceof WebAssembly.RuntimeError && /out of bounds/i.test(problem.message)) return 'stack';
  return 'crash';
}

function join(parts: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
