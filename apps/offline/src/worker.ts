/// <reference lib="webworker" />
import type { Modules, RunMessage, WorkerMessage } from './messages.ts';
import { run } from './runner.ts';

const page = self as unknown as DedicatedWorkerGlobalScope;
const tell = (message: WorkerMessage) => page.postMessage(message);

page.onmessage = async ({ data }: MessageEvent<RunMessage>) => {
  try {
    const modules = await compileMissing(data);
    tell({ kind: 'loaded', modules });
    const events = {
      working: (budget: number) => tell({ kind: 'working', budget }),
      tested: (report: string) => tell({ kind: 'tested', report }),
    };
    tell({ kind: 'finished', run: run(data, modules, events) });
  } catch (problem) {
    tell({ kind: 'failed', problem: String(problem) });
  }
};

async function compileMissing({ modules, addresses }: RunMessage): Promise<Modules> {
  const missing = Object.entries(addresses).filter(([name]) => !modules[name]);
  const compiled = await Promise.all(
    missing.map(async ([name, address]): Promise<[string, WebAssembly.Module]> => {
      return [name, await WebAssembly.compileStreaming(fetch(address))];
    }),
  );
  return { ...modules, ...Object.fromEntries(compiled) };
}
