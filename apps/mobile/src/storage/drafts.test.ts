import 'fake-indexeddb/auto';
import { createDraftStore } from './drafts';
import { createIndexedDbStorage } from './indexed-db-storage';
import { createMemoryStorage } from './key-value-storage';
import { withMemoryFallback } from './with-fallback';

describe('drafts', () => {
  test('survive a reload', async () => {
    await createDraftStore(createIndexedDbStorage('reload')).save('two-sum-1-python', {
      code: 'a',
      revision: 3,
    });

    const reloaded = createDraftStore(createIndexedDbStorage('reload'));
    expect(await reloaded.read('two-sum-1-python')).toEqual({ code: 'a', revision: 3 });
    expect(await reloaded.read('two-sum-2-python')).toBeNull();
  });

  test('the last save wins, and a removed draft is gone', async () => {
    const drafts = createDraftStore(createIndexedDbStorage('overwrite'));
    await drafts.save('a', { code: 'first', revision: 1 });
    await drafts.save('a', { code: 'second', revision: 2 });
    expect(await drafts.read('a')).toEqual({ code: 'second', revision: 2 });

    await drafts.remove('a');
    expect(await drafts.read('a')).toBeNull();
  });

  test('a damaged draft counts as none', async () => {
    const storage = createMemoryStorage();
    await storage.write('draft:broken', '{"code": 1');
    await storage.write('draft:foreign', '{"code": 1}');
    const drafts = createDraftStore(storage);
    expect(await drafts.read('broken')).toBeNull();
    expect(await drafts.read('foreign')).toBeNull();
  });

  test('stay in memory where the browser refuses storage', async () => {
    const refused = () => Promise.reject(new Error('denied'));
    const storage = withMemoryFallback({
      read: refused,
      write: refused,
      remove: refused,
      entries: refused,
      clear: refused,
    });
    const drafts = createDraftStore(storage);
    await drafts.save('a', { code: 'kept', revision: 1 });
    expect(await drafts.read('a')).toEqual({ code: 'kept', revision: 1 });
  });
});
