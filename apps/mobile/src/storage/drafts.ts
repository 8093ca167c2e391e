import type { KeyValueStorage } from './key-value-storage';

/** What a learner has typed so far, and the revision of the snippet that it began from. */
export interface Draft {
  code: string;
  revision: number;
}

export interface DraftStore {
  read: (slug: string) => Promise<Draft | null>;
  save: (slug: string, draft: Draft) => Promise<void>;
  remove: (slug: string) => Promise<void>;
}

const keyOf = (slug: string) => `draft:${slug}`;

function parseDraft(text: string): Draft | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { code, revision } = value as Partial<Draft>;
    return typeof code === 'string' && typeof revision === 'number' ? { code, revision } : null;
  } catch {
    return null;
  }
}

export function createDraftStore(storage: Pick<KeyValueStorage, 'read' | 'write' | 'remove'>): DraftStore {
  return {
    read: async (slug) => {
      const text = await storage.read(keyOf(slug));
      return text === null ? null : parseDraft(text);
    },
    save: (slug, draft) => storage.write(keyOf(slug), JSON.stringify(draft)),
    remove: (slug) => storage.remove(keyOf(slug)),
  };
}
