import * as SecureStore from 'expo-secure-store';
import Storage, { SQLiteStorage } from 'expo-sqlite/kv-store';
import { byKey, type KeyValueStorage } from './key-value-storage';

const keptIn = (storage: SQLiteStorage): KeyValueStorage => ({
  read: (key) => storage.getItemAsync(key),
  write: (key, value) => storage.setItemAsync(key, value),
  remove: async (key) => {
    await storage.removeItemAsync(key);
  },
  entries: async (prefix) => {
    const keys = (await storage.getAllKeysAsync()).filter((key) => key.startsWith(prefix));
    const found = await Promise.all(keys.map(async (key) => [key, await storage.getItemAsync(key)] as const));
    return found
      .flatMap(([key, value]): [string, string][] => (value === null ? [] : [[key, value]]))
      .sort(byKey);
  },
  clear: async () => {
    await storage.clearAsync();
  },
});

/** Preferences and drafts. */
export const deviceStorage = keptIn(Storage);

/** Session tokens. */
export const secretStorage: Omit<KeyValueStorage, 'clear' | 'entries'> = {
  read: (key) => SecureStore.getItemAsync(key),
  write: (key, value) => SecureStore.setItemAsync(key, value),
  remove: (key) => SecureStore.deleteItemAsync(key),
};

/** Submissions that the server does not have yet. Nothing but their answers, or their learner, removes them. */
export const attemptStorage = keptIn(new SQLiteStorage('bugdrill-attempts'));

/** What the server told, for when it can't be asked. It can be lost at any time, and what fails here fails alone. */
export const cacheStorage = keptIn(new SQLiteStorage('bugdrill-cache'));
