// The web app's service worker: all files of the app are there without a connection. What the server knows is not its
// affair; the app itself keeps that. `scripts/build-service-worker.mjs` makes sw.js of it.
import { cacheNames, clientsClaim } from 'workbox-core';
import type { RouteHandlerCallback } from 'workbox-core/types.js';
import {
  addRoute,
  cleanupOutdatedCaches,
  getCacheKeyForURL,
  matchPrecache,
  type PrecacheEntry,
  precache,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { notFoundPage, pageOf, serverPaths } from './page-of';

declare const self: ServiceWorkerGlobalScope;

/** Filled in when the app is exported. */
const files = self.__WB_MANIFEST as PrecacheEntry[];
const pages = files.map(({ url }) => url).filter((url) => url.endsWith('.html'));

/** Loads what was lost of the cache, as when the browser was short of room. */
async function repair(): Promise<void> {
  const cache = await caches.open(cacheNames.precache);
  for (const { url } of files) {
    const key = getCacheKeyForURL(url);
    if (!key || (await cache.match(key))) continue;
    const response = await fetch(url, { cache: 'no-cache' });
    if (response.ok) await cache.put(key, response);
  }
}

/** Where the page itself is lost, any page will do: they all hold the start screen. */
async function answerWith(page: string, event: ExtendableEvent): Promise<Response> {
  const kept = await matchPrecache(page);
  if (kept) return kept;
  try {
    const answer = await fetch(page);
    event.waitUntil(repair().catch(() => undefined));
    return answer;
  } catch {
    return (await matchPrecache('/index.html')) ?? Response.error();
  }
}

/** A newer server may have a page that this version of the app has not. */
async function answerUnknown(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    const page = await matchPrecache(notFoundPage);
    return page ? new Response(page.body, { status: 404, headers: page.headers }) : Response.error();
  }
}

const navigate: RouteHandlerCallback = (options) => {
  const page = pageOf(options.url.pathname, pages);
  return page === null ? answerUnknown(options.request) : answerWith(page, options.event);
};

/**
 * What running code takes is large, and the app keeps it in a cache of its own once a learner wants it. Its addresses name
 * their hashes, so what is kept is current; what names them is asked for first.
 */
const answerGuest: RouteHandlerCallback = async ({ request, url }) => {
  const cache = await caches.open('bugdrill-guests');
  if (url.pathname.endsWith('/manifest.json')) {
    return fetch(request).catch(async () => (await cache.match(request)) ?? Response.error());
  }
  return (await cache.match(request)) ?? fetch(request);
};

precache(files);
// Nothing is guessed: `/patterns` is a page's path, and what page is for a path says `pageOf`.
addRoute({ cleanURLs: false, directoryIndex: '' });
registerRoute(new NavigationRoute(navigate, { denylist: [serverPaths] }));
registerRoute(({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/guests/'), answerGuest);
cleanupOutdatedCaches();
clientsClaim();

// A new version waits until the learner wants it.
self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void self.skipWaiting();
});
