import { FailureError } from '@/api/failure';
import type { Language } from '@/api/types';
import { randomId } from '@/lib/random-id';
import { addressesOf, isKept, keptManifest, workerAddress } from './guest-files';
import { type JudgedRun, resultOf, taskOf } from './judged-run';
import type { OfflineEngine } from './types';
import { WorkerRuns } from './worker-runs';

let runs: WorkerRuns | null = null;
let address = '';

/** The workers of this release: what one compiled serves the next. */
function runsOf(worker: string): WorkerRuns {
  if (!runs || address !== worker) {
    address = worker;
    runs = new WorkerRuns(() => new Worker(worker));
  }
  return runs;
}

async function isReady(language: Language): Promise<boolean> {
  const manifest = await keptManifest();
  return manifest !== null && (await isKept(manifest, language));
}

/** Runs code with the server's own interpreters, in a worker of the browser. */
export const offlineEngine: OfflineEngine = {
  isReady,
  run: async (snippet, code, signal) => {
    const { language } = snippet;
    const manifest = await keptManifest();
    if (!manifest || snippet.judging.needs_server || !(await isKept(manifest, language))) {
      throw new FailureError({ kind: 'cannot-run-offline', language });
    }
    const work = { task: taskOf(snippet), language, code, addresses: addressesOf(manifest, language) };
    const run = await runsOf(workerAddress(manifest)).run(work, signal);
    return resultOf(snippet, JSON.parse(run) as JudgedRun, `offline_${randomId()}`);
  },
};
