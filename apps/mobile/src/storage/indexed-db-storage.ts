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

  /** Commits without waiting for the answer first: a page that is left at once would take the change with it. */
  async function change(request: (values: IDBObjectStore) => IDBRequest): Promise<void> {
    const values = await store('readwrite');
    const answer = settled(request(values));
    values.transaction.commit();
    await answer;
  }

  return {
    read: async (key) => {
      const value: unknown = await settled((await store('readonly')).get(key));
      return typeof value === 'string' ? value : null;
    },
    write: (key, value) => change((values) => values.put(value, key)),
    remove: (key) => change((values) => values.delete(key)),
    clear: () => change((values) => values.clear()),
  };
}
