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

/** All keys that begin with a prefix. */
const range = (prefix: string) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

export function createIndexedDbStorage(databaseName: string): KeyValueStorage {
  let database: Promise<IDBDatabase> | undefined;

  async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    database ??= open(databaseName);
    const opened = database;
    try {
      return (await opened).transaction(storeName, mode).objectStore(storeName);
    } catch {
      // Safari closes databases of pages that were in the background: what was opened once may have to be again.
      if (database === opened) database = open(databaseName);
      return (await database).transaction(storeName, mode).objectStore(storeName);
    }
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
    entries: async (prefix) => {
      const values = await store('readonly');
      const [keys, found] = await Promise.all([
        settled(values.getAllKeys(range(prefix))),
        settled<unknown[]>(values.getAll(range(prefix))),
      ]);
      return keys.map((key, index) => [String(key), String(found[index])]);
    },
    clear: () => change((values) => values.clear()),
  };
}
