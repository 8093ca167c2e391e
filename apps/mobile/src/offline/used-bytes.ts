import { useReadySnippets } from './cache/cache';

/** How much room the app takes on this device; where the platform does not tell, what its snippets take. */
export async function usedBytes(): Promise<number> {
  const estimate = typeof navigator === 'undefined' ? undefined : await navigator.storage?.estimate?.();
  if (estimate?.usage !== undefined) return estimate.usage;
  return [...useReadySnippets.getState().bySlug.values()].reduce((sum, { size }) => sum + size, 0);
}
