/** What is kept on the device: strings under string keys. */
export interface KeyValueStorage {
  read: (key: string) => Promise<string | null>;
  write: (key: string, value: string) => Promise<void>;
  remove: (key: string) => Promise<void>;
  /** All keys that begin with this, in their order, and what is under them. */
  entries: (prefix: string) => Promise<[key: string, value: string][]>;
  clear: () => Promise<void>;
}

export const byKey = ([one]: [string, string], [other]: [string, string]): number => (one < other ? -1 : 1);

/** Keeps values until the page or process ends: for tests, and for browsers that refuse storage. */
export function createMemoryStorage(): KeyValueStorage {
  const values = new Map<string, string>();
  return {
    read: async (key) => values.get(key) ?? null,
    write: async (key, value) => {
      values.set(key, value);
    },
    remove: async (key) => {
      values.delete(key);
    },
    entries: async (prefix) => [...values].filter(([key]) => key.startsWith(prefix)).sort(byKey),
    clear: async () => values.clear(),
  };
}
