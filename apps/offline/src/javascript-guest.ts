import { Ended, type Guest, type Surroundings } from './guest.ts';

/** How much of its stack QuickJS lets JavaScript use: as in the sandbox. */
const stackLimit = 4 << 20;

/** The largest memory of the guest, in pages of WebAssembly: 128 MB. */
export const maxPages = 2048;

const success = 0;
const badFile = 8;
const notSupported = 52;

const outputStream = 1;
const traceStream = 3;

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  allocate(length: number): number;
  start(harness: number, length: number, stackLimit: number): number;
  load(code: number, length: number, name: number, description: number, descriptionLength: number): number;
  call(test: number, length: number): number;
}

/** QuickJS-NG with its harness, as the sandbox hosts it (`crates/sandbox/src/engine/javascript.rs`). */
export class JavaScriptGuests {
  readonly #module: WebAssembly.Module;
  readonly #harness: string;
  /** The memory of an instance that evaluated the harness and nothing else. */
  #snapshot: Uint8Array<ArrayBuffer> | null = null;

  constructor(module: WebAssembly.Module, harness: string) {
    this.#module = module;
    this.#harness = harness;
  }

  /** A fresh instance. */
  instantiate(surroundings: Surroundings): Guest {
    const instance = new JavaScriptGuest(this.#module, surroundings);
    if (this.#snapshot) instance.restore(this.#snapshot);
    else this.#snapshot = instance.start(this.#harness);
    return instance;
  }
}

class JavaScriptGuest implements Guest {
  readonly #exports: Exports;
  readonly #surroundings: Surroundings;

  constructor(module: WebAssembly.Module, surroundings: Surroundings) {
    this.#surroundings = surroundings;
    const imports = {
      wasi_snapshot_preview1: {
        clock_time_get: (id: number, _precision: bigint, result: number) => this.#tellTime(id, result),
        fd_write: () => badFile,
        fd_close: () => notSupported,
        fd_fdstat_get: () => badFile,
        fd_seek: () => notSupported,
      },
      host: {
        write: (stream: number, text: number, length: number) => {
          if (stream === traceStream) return;
          surroundings.print(stream === outputStream ? 'out' : 'error', this.#bytes(text, length).slice());
        },
        wait: (milliseconds: number, isCharged: number) =>
          isCharged === 0 ? surroundings.pass(milliseconds) : surroundings.sleep(milliseconds),
        draw: () => crypto.getRandomValues(new Int32Array(1))[0],
      },
    };
    // The module is ours, and exports this.
    this.#exports = new WebAssembly.Instance(module, imports).exports as unknown as Exports;
  }

  /** Evaluates the harness; the memory then. */
  start(harness: string): Uint8Array<ArrayBuffer> {
    this.#exports._initialize();
    const [text, length] = this.#write(harness);
    const problem = this.#exports.start(text, length, stackLimit);
    if (problem !== 0) throw new Error(`the harness fails: ${this.#answer(problem)}`);
    return new Uint8Array(this.#exports.memory.buffer.slice(0));
  }

  /**
   * Becomes what an instance was when it had this memory. Nothing else of it changes: its globals are the stack's
   * pointer, which is where it was when no call is open, and constants.
   */
  restore(memory: Uint8Array<ArrayBuffer>): void {
    const missing = memory.length - this.#exports.memory.buffer.byteLength;
    if (missing > 0) this.#exports.memory.grow(missing >> 16);
    new Uint8Array(this.#exports.memory.buffer).set(memory);
  }

  load(code: string, name: string, description: string): string {
    const [codeAt, length] = this.#write(code);
    const [nameAt] = this.#write(name);
    const [descriptionAt, descriptionLength] = this.#write(description);
    const answer = this.#exports.load(codeAt, length, nameAt, descriptionAt, descriptionLength);
    return answer === 0 ? 'K' : this.#answer(answer);
  }

  call(test: string): string {
    const answer = this.#exports.call(...this.#write(test));
    if (answer === 0) throw new Ended('crash');
    return this.#answer(answer);
  }

  memory(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  /** The answer at an address: its kind, and where its text is. */
  #answer(address: number): string {
    const words = new DataView(this.#exports.memory.buffer, address, 12);
    const [kind, text, length] = [0, 4, 8].map((at) => words.getUint32(at, true)) as [number, number, number];
    if (length > this.#surroundings.answerBytes) return 'O';
    const told = new TextDecoder().decode(this.#bytes(text, length));
    if (kind === 0) return told;
    const letter = String.fromCharCode(kind);
    if (letter === 'X') throw new Ended('crash');
    return letter + told;
  }

  /** Copies a text into the guest, with a zero behind it; its address and length. */
  #write(text: string): [number, number] {
    const bytes = new TextEncoder().encode(text);
    const address = this.#exports.allocate(bytes.length + 1);
    if (address === 0) throw new Ended('memory');
    const place = this.#bytes(address, bytes.length + 1);
    place.set(bytes);
    place[bytes.length] = 0;
    return [address, bytes.length];
  }

  #bytes(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#exports.memory.buffer as ArrayBuffer, address >>> 0, length);
  }

  #tellTime(id: number, result: number): number {
    const now = (id === 0 ? Date.now() : performance.now()) + this.#surroundings.ahead();
    new DataView(this.#exports.memory.buffer).setBigUint64(result, BigInt(Math.round(now * 1e6)), true);
    return success;
  }
}
