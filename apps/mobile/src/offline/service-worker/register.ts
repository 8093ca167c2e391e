/** Native apps have all their files anyway. */
export function registerServiceWorker(): void {}
