interface LockManagerLike {
  request: <T>(name: string, task: () => Promise<T>) => Promise<T>;
}

/** Web Locks, where the platform has them: browsers do in secure contexts, native apps don't need them. */
function locks(): LockManagerLike | undefined {
  return typeof navigator === 'undefined' ? undefined : (navigator as { locks?: LockManagerLike }).locks;
}

/** Runs one task at a time for one matter on this device, across all tabs. */
export const exclusivelyFor =
  (matter: string) =>
  <T>(task: () => Promise<T>): Promise<T> =>
    locks()?.request(`bugdrill-${matter}`, task) ?? task();
