import { instantiate, type PythonExports } from 'bugdrill:python';
import { Ended, type Guest, type Surroundings } from './guest.ts';
import type { Modules } from './messages.ts';

/** The largest text that is written at once, in bytes. */
const writtenAtOnce = 65_536n;

/** Always ready: nothing is waited for. */
class Pollable {
  ready(): boolean {
    return true;
  }
  block(): void {}
}

class OutputStream {
  readonly #print: (bytes: Uint8Array) => void;

  constructor(print: (bytes: Uint8Array) => void) {
    this.#print = print;
  }
  checkWrite(): bigint {
    return writtenAtOnce;
  }
  write(bytes: Uint8Array): void {
    this.#print(bytes.slice());
  }
  blockingWriteAndFlush(bytes: Uint8Array): void {
    this.write(bytes);
  }
  flush(): void {}
  blockingFlush(): void {}
  subscribe(): Pollable {
    return new Pollable();
  }
}

/** What the component asks for by name, and never gets: files and networks. */
const absent = () => {
  throw new Ended('crash');
};
class Absent {}

/** CPython as a component, as the sandbox hosts it (`crates/sandbox/src/engine/python.rs`). */
export class PythonGuest implements Guest {
  readonly #exports: PythonExports;
  readonly #memories: WebAssembly.Memory[] = [];

  constructor(modules: Modules, surroundings: Surroundings) {
    const now = () => performance.now() + surroundings.ahead();
    const nanoseconds = (milliseconds: number) => BigInt(Math.round(milliseconds * 1e6));
    const sleep = (milliseconds: number) => {
      surroundings.sleep(milliseconds);
      return new Pollable();
    };
    const [out, error] = [
      new OutputStream((bytes) => surroundings.print('out', bytes)),
      new OutputStream((bytes) => surroundings.print('error', bytes)),
    ];
    const imports = {
      step: { default: () => undefined },
      'wasi:cli/environment': {
        getEnvironment: () => [],
        getArguments: () => [],
        initialCwd: () => undefined,
      },
      'wasi:cli/exit': {
        exit: () => {
          throw new Ended('exit');
        },
      },
      'wasi:cli/stdin': { getStdin: () => new Absent() },
      'wasi:cli/stdout': { getStdout: () => out },
      'wasi:cli/stderr': { getStderr: () => error },
      'wasi:cli/terminal-input': { TerminalInput: Absent },
      'wasi:cli/terminal-output': { TerminalOutput: Absent },
      'wasi:cli/terminal-stdin': { getTerminalStdin: () => undefined },
      'wasi:cli/terminal-stdout': { getTerminalStdout: () => undefined },
      'wasi:cli/terminal-stderr': { getTerminalStderr: () => undefined },
      'wasi:clocks/monotonic-clock': {
        now: () => nanoseconds(now()),
        resolution: () => 1n,
        subscribeInstant: (when: bigint) => sleep(Math.max(0, Number(when) / 1e6 - now())),
        subscribeDuration: (duration: bigint) => sleep(Number(duration) / 1e6),
      },
      'wasi:clocks/wall-clock': {
        now: () => {
          const time = Date.now() + surroundings.ahead();
          return { seconds: BigInt(Math.floor(time / 1000)), nanoseconds: Math.floor((time % 1000) * 1e6) };
        },
        resolution: () => ({ seconds: 0n, nanoseconds: 1 }),
      },
      'wasi:filesystem/preopens': { getDirectories: () => [] },
      'wasi:filesystem/types': {
        Descriptor: Absent,
        DirectoryEntryStream: Absent,
        filesystemErrorCode: () => undefined,
      },
      'wasi:io/error': { Error: Absent },
      'wasi:io/poll': { Pollable, poll: (polled: unknown[]) => Uint32Array.from(polled.keys()) },
      'wasi:io/streams': { InputStream: Absent, OutputStream },
      'wasi:random/random': {
        getRandomBytes: (length: bigint) => randomBytes(Number(length)),
        getRandomU64: () => new DataView(randomBytes(8).buffer).getBigUint64(0),
      },
      'wasi:sockets/instance-network': { instanceNetwork: absent },
      'wasi:sockets/ip-name-lookup': { ResolveAddressStream: Absent, resolveAddresses: absent },
      'wasi:sockets/network': { Network: Absent },
      'wasi:sockets/tcp-create-socket': { createTcpSocket: absent },
      'wasi:sockets/tcp': { TcpSocket: Absent },
      'wasi:sockets/udp-create-socket': { createUdpSocket: absent },
      'wasi:sockets/udp': {
        UdpSocket: Absent,
        IncomingDatagramStream: Absent,
        OutgoingDatagramStream: Absent,
      },
    };
    const core = (name: string) => {
      const module = modules[name];
      if (!module) throw new Ended('missing');
      return module;
    };
    this.#exports = instantiate(core, imports, (module, given) => {
      const instance = new WebAssembly.Instance(module, given);
      const memories = Object.values(instance.exports).filter((value) => value instanceof WebAssembly.Memory);
      this.#memories.push(...memories);
      return instance;
    });
  }

  load(code: string, _name: string, description: string): string {
    return this.#exports.load(code, description);
  }

  call(test: string): string {
    return this.#exports.call(test);
  }

  memory(): number {
    return Math.max(0, ...this.#memories.map(({ buffer }) => buffer.byteLength));
  }
}

/** The browser gives so many random bytes at once. */
const randomAtOnce = 65_536;

function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += randomAtOnce) {
    crypto.getRandomValues(bytes.subarray(at, at + randomAtOnce));
  }
  return bytes;
}
