/** What a page asks of the worker: to run code, once; then the worker is done for where it does not answer in time. */
export interface RunMessage {
  /** The task, in the wire form of the server's model. */
  task: string;
  language: 'python' | 'javascript';
  code: string;
  /** The reports on the first tests, where a run was broken off after them. */
  done: string[];
  /** What an earlier worker compiled. */
  modules: Modules;
  /** The addresses of the files in `manifest.json`, by their names. */
  addresses: Record<string, string>;
}

/** Compiled WebAssembly, by the names of the files. */
export type Modules = Record<string, WebAssembly.Module>;

/** What the worker tells the page. */
export type WorkerMessage =
  /** All is loaded; what has been compiled may be given to the next worker. */
  | { kind: 'loaded'; modules: Modules }
  /** The guest works for so many milliseconds at most, on the processor of the server. */
  | { kind: 'working'; budget: number }
  /** A test has ended: its report. */
  | { kind: 'tested'; report: string }
  /** The run has ended: a judged run in the wire form of the server's model. */
  | { kind: 'finished'; run: string }
  /** There is no run: a fault of ours, or of the network while something was loaded. */
  | { kind: 'failed'; problem: string };

/** `manifest.json`: the files that running a language takes. */
export interface Manifest {
  /** Of the messages here. A page runs nothing where it is not its own. */
  protocol: number;
  files: Record<string, { hash: string; bytes: number; compressed: number }>;
  /** The names of the files that are needed. */
  worker: string;
  languages: Record<'python' | 'javascript', string[]>;
}

export const protocol = 1;
