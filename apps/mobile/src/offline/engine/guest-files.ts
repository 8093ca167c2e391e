import type { Language } from '@/api/types';
import type { Manifest } from '../../../../offline/src/messages';

// What running code in the browser takes: WebAssembly files of some megabytes, kept in a cache of their own, where the
// service worker looks as well. Their addresses name their hashes, so that one that is kept is never out of date.

const folder = '/guests';
const manifestAddress = `${folder}/manifest.json`;
const cacheName = 'bugdrill-guests';

/** Of the messages between page and worker (`apps/offline/src/messages.ts`). */
const protocol = 1;

const openCache = async (): Promise<Cache | null> =>
  typeof caches === 'undefined' ? null : caches.open(cacheName).catch(() => null);

/** The manifest that is kept; null where nothing is, or what is kept is of another release. */
export async function keptManifest(): Promise<Manifest | null> {
  const kept = await (await openCache())?.match(manifestAddress);
  return kept ? readManifest(kept) : null;
}

async function readManifest(response: Response): Promise<Manifest | null> {
  const manifest = (await response.json()) as Manifest;
  return manifest.protocol === protocol ? manifest : null;
}

const addressOf = (manifest: Manifest, name: string) =>
  `${folder}/${name}?v=${manifest.files[name]?.hash ?? ''}`;

/** The addresses of what a language takes besides the worker, by name. */
export const addressesOf = (manifest: Manifest, language: Language): Record<string, string> =>
  Object.fromEntries(manifest.languages[language].map((name) => [name, addressOf(manifest, name)]));

export const workerAddress = (manifest: Manifest) => addressOf(manifest, manifest.worker);

const filesOf = (manifest: Manifest, language: Language) => [
  manifest.worker,
  ...manifest.languages[language],
];

/** Whether all that a language takes is kept. */
export async function isKept(manifest: Manifest, language: Language): Promise<boolean> {
  const cache = await openCache();
  if (!cache) return false;
  const kept = await Promise.all(
    filesOf(manifest, language).map((name) => cache.match(addressOf(manifest, name))),
  );
  return kept.every(Boolean);
}

export interface Download {
  /** How much there is to load, compressed, in bytes. */
  total: number;
  /** How much of it has been loaded. */
  loaded: number;
}

/** Whether another release's files of a language are kept. */
export async function hasAnother(language: Language): Promise<boolean> {
  const manifest = await readManifest(await fetch(manifestAddress)).catch(() => null);
  const names = manifest?.languages[language].map((name) => `${folder}/${name}`) ?? [];
  const others = manifest?.languages[language === 'python' ? 'javascript' : 'python'] ?? [];
  const own = names.filter((name) => !others.includes(name.slice(folder.length + 1)));
  const kept = (await (await openCache())?.keys()) ?? [];
  return kept.some(({ url }) => own.includes(new URL(url).pathname));
}

/** How much a language takes that is not kept yet, compressed, in bytes; null where the server has none of it. */
export async function sizeOfDownload(language: Language): Promise<number | null> {
  const manifest = await readManifest(await fetch(manifestAddress)).catch(() => null);
  if (!manifest) return null;
  return sizeOf(manifest, await missingFiles(manifest, language));
}

const sizeOf = (manifest: Manifest, names: string[]) =>
  names.reduce((sum, name) => sum + (manifest.files[name]?.compressed ?? 0), 0);

async function missingFiles(manifest: Manifest, language: Language): Promise<string[]> {
  const cache = await openCache();
  const names = filesOf(manifest, language);
  const kept = await Promise.all(names.map((name) => cache?.match(addressOf(manifest, name))));
  return names.filter((_, index) => !kept[index]);
}

/** Loads what a language takes and is not kept, and forgets what an earlier release took. */
export async function download(language: Language, tell: (download: Download) => void): Promise<void> {
  const cache = await openCache();
  const response = await fetch(manifestAddress);
  const manifest = await readManifest(response.clone());
  if (!cache || !manifest) throw new Error('nothing can be kept here');
  const missing = await missingFiles(manifest, language);
  const total = sizeOf(manifest, missing);
  let loaded = 0;
  for (const name of missing) {
    const file = manifest.files[name];
    if (!file) continue;
    const before = loaded;
    // What is told counts compressed bytes, of which the browser shows none: in proportion.
    const share = file.compressed / Math.max(1, file.bytes);
    await keep(cache, addressOf(manifest, name), (bytes) =>
      tell({ total, loaded: before + Math.min(file.compressed, Math.round(bytes * share)) }),
    );
    loaded += file.compressed;
    tell({ total, loaded });
  }
  // Last: what it names is there then.
  await cache.put(manifestAddress, response);
  const current = new Set(
    [manifestAddress, ...Object.keys(manifest.files).map((name) => addressOf(manifest, name))].map(
      (address) => new URL(address, location.origin).href,
    ),
  );
  for (const { url } of await cache.keys()) if (!current.has(url)) await cache.delete(url);
}

async function keep(cache: Cache, address: string, tell: (bytes: number) => void): Promise<void> {
  const response = await fetch(address);
  if (!response.ok || !response.body) throw new Error(`${address} answers ${response.status}`);
  let bytes = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, controller) {
      bytes += part.length;
      tell(bytes);
      controller.enqueue(part);
    },
  });
  const headers = new Headers({ 'Content-Type': response.headers.get('Content-Type') ?? '' });
  // A worker takes the policy of what it may do from its own file.
  const policy = response.headers.get('Content-Security-Policy');
  if (policy) headers.set('Content-Security-Policy', policy);
  await cache.put(address, new Response(response.body.pipeThrough(counting), { headers }));
}

/** Forgets what a language takes and no other does. */
export async function forget(language: Language): Promise<void> {
  const [cache, manifest] = [await openCache(), await keptManifest()];
  if (!cache || !manifest) return;
  const others = new Set(
    (Object.keys(manifest.languages) as Language[])
      .filter((other) => other !== language)
      .flatMap((other) => filesOf(manifest, other)),
  );
  for (const name of filesOf(manifest, language)) {
    if (!others.has(name)) await cache.delete(addressOf(manifest, name));
  }
}
