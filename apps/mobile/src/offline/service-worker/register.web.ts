import { useAppUpdate } from './app-update';

/** An app that stays open for days learns of a newer version when somebody comes back to it. */
const lookAgainMilliseconds = 60 * 60_000;

/** Offers a version that waits. It takes over when the learner wants it, and only then the page is loaded anew. */
function offer(waiting: ServiceWorker): void {
  useAppUpdate.setState({
    reload: () => {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      waiting.postMessage('take-over');
    },
  });
}

function watch(registration: ServiceWorkerRegistration): void {
  // The first version of all has nothing to replace.
  const isUpdate = () => navigator.serviceWorker.controller !== null;
  if (registration.waiting && isUpdate()) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && isUpdate()) offer(installing);
    });
  });
}

function lookAgain(registration: ServiceWorkerRegistration): void {
  let lookedAt = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - lookedAt < lookAgainMilliseconds) return;
    lookedAt = Date.now();
    // Without a connection it stays as it is.
    registration.update().catch(() => undefined);
  });
}

async function register(): Promise<void> {
  const { serviceWorker } = navigator;
  let isControlled = serviceWorker.controller !== null;
  // Another tab has let a newer version take over: what this page has not loaded yet may be gone.
  serviceWorker.addEventListener('controllerchange', () => {
    if (isControlled) useAppUpdate.setState({ reload: () => location.reload() });
    isControlled = true;
  });
  const registration = await serviceWorker.register('/sw.js');
  watch(registration);
  lookAgain(registration);
}

/** Registers the service worker once the page has loaded, where there can be one: in exported apps, over HTTPS. */
export function registerServiceWorker(): void {
  if (__DEV__ || !('serviceWorker' in navigator) || !window.isSecureContext) return;
  // Where the browser refuses it, as in some private windows, the app needs a connection.
  const start = () => void register().catch(() => undefined);
  if (document.readyState === 'complete') start();
  else window.addEventListener('load', start, { once: true });
}
