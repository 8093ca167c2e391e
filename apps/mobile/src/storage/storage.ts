import * as SecureStore from 'expo-secure-store';
import Storage from 'expo-sqlite/kv-store';
import type { KeyValueStorage } from './key-value-storage';

/** Preferences and drafts. */
export const deviceStorage: KeyValueStorage = {
  read: (key) => Storage.getItemAsync(key),
  write: (key, value) => Storage.setItemAsync(key, value),
  remove: async (key) => {
    await Storage.removeItemAsync(key);
  },
  clear: async () => {
    await Storage.clearAsync();
  },
};

/** Session tokens. */
export const secretStorage: Omit<KeyValueStorage, 'clear'> = {
  read: (key) => SecureStore.getItemAsync(key),
  write: (key, value) => SecureStore.setItemAsync(key, value),
  remove: (key) => SecureStore.deleteItemAsync(key),
};
