import { createMemoryStorage, type KeyValueStorage } from './key-value-storage';

/** Falls back to memory for good once the storage fails, as it does in some private windows. */
export function withMemoryFallback(preferred: KeyValueStorage): KeyValueStorage {
  const memory = createMemoryStorage();
  let current = preferred;

  async function attempt<T>(operation: (storage: KeyValueStorage) => Promise<T>): Promise<T> {
    if (current === memory) return operation(memory);
    try {
      return await operation(current);
    } catch {
      current = memory;
      return operation(memory);
    }
  }

  return {
    read: (key) => attempt((storage) => storage.read(key)),
    write: (key, value) => attempt((storage) => storage.write(key, value)),
    remove: (key) => attempt((storage) => storage.remove(key)),
    entries: (prefix) => attempt((storage) => storage.entries(prefix)),
    clear: () => attempt((storage) => storage.clear()),
  };
}
