/** Why a guest ended without an answer, as in `offline.wit`. */
export type End = 'time' | 'output' | 'memory' | 'exit' | 'stack' | 'crash' | 'missing';

/** Ends a guest from within a call of its host. */
export class Ended extends Error {
  readonly end: End;

  constructor(end: End) {
    super(end);
    this.end = end;
  }
}

/** An instance of a guest. */
export interface Guest {
  load(code: string, name: string, description: string): string;
  call(test: string): string;
  /** Its memory, in bytes. */
  memory(): number;
}

export type Stream = 'out' | 'error';

/** What a guest's host gives it besides memory. */
export interface Surroundings {
  /** Takes what is printed. */
  print(stream: Stream, bytes: Uint8Array): void;
  /** Lets time pass, which is charged; it takes none. */
  sleep(milliseconds: number): void;
  /** How far the guest's clocks are ahead of the true time, in milliseconds. */
  ahead(): number;
  /** Lets time pass for the guest's clocks alone. */
  pass(milliseconds: number): void;
  /** The largest answer, in bytes. */
  answerBytes: number;
}
