import type { KeyValueStorage } from './key-value-storage';

const storeName = 'values';

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB request failed'));
  });
}

function open(databaseName: string): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(storeName);
  };
  return settled(request);
}

export function createIndexedDbStorage(databaseName: string): KeyValueStorage {
  let database: Promise<IDBDatabase> | undefined;

  async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    database ??= open(databaseName);
    return (await database).transaction(storeName, mode).objectStore(storeName);
  }

  return {
    read: async (key) => {
      const value: unknown = await settled((await store('readonly')).get(key));
      return typeof value === 'string' ? value : null;
    },
    write: async (key, value) => {
      await settled((await store('readwrite')).put(value, key));
    },
    remove: async (key) => {
      await settled((await store('readwrite')).delete(key));
    },
    clear: async () => {
      await settled((await store('readwrite')).clear());
    },
  };
}
