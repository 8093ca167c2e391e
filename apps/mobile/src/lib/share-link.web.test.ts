import { shareLink } from './share-link.web';

const link = { words: 'I did it.', url: 'https://drill.example/share/daily/2026-11-29' };

const named = (name: string) => Object.assign(new Error(name), { name });

const known = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
const writeText = jest.fn();

function browserWith(abilities: { share?: jest.Mock; clipboard?: { writeText: jest.Mock } }) {
  Object.defineProperty(globalThis, 'navigator', { value: abilities, configurable: true });
}

/** A page whose command to copy asks its listeners for what to write, if the browser obeys it. */
function pageThat({ obeys }: { obeys: boolean }) {
  const setData = jest.fn();
  const listeners = new Set<(event: object) => void>();
  const page = {
    addEventListener: (_: string, listener: (event: object) => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: (event: object) => void) => listeners.delete(listener),
    execCommand: () => {
      const event = { clipboardData: { setData }, preventDefault: jest.fn() };
      if (obeys) for (const listener of listeners) listener(event);
      return obeys;
    },
  };
  Object.assign(globalThis, { document: page });
  return { setData, listeners };
}

beforeEach(() => writeText.mockReset().mockResolvedValue(undefined));

afterEach(() => {
  if (known) Object.defineProperty(globalThis, 'navigator', known);
  else Reflect.deleteProperty(globalThis, 'navigator');
  Reflect.deleteProperty(globalThis, 'document');
});

test('a browser opens its sheet, and copies nothing', async () => {
  const share = jest.fn().mockResolvedValue(undefined);
  browserWith({ share, clipboard: { writeText } });
  expect(await shareLink(link)).toBeNull();
  expect(share).toHaveBeenCalledWith({ title: 'I did it.', url: link.url });
  expect(writeText).not.toHaveBeenCalled();
});

test('a browser has failed at nothing when the sheet is closed, and copies nothing', async () => {
  browserWith({ share: jest.fn().mockRejectedValue(named('AbortError')), clipboard: { writeText } });
  expect(await shareLink(link)).toBeNull();
  expect(writeText).not.toHaveBeenCalled();
});

test('a browser that refuses to share copies the link', async () => {
  browserWith({ share: jest.fn().mockRejectedValue(named('NotAllowedError')), clipboard: { writeText } });
  expect(await shareLink(link)).toBe('copied');
  expect(writeText).toHaveBeenCalledWith(link.url);
});

test('a browser without a sheet copies the link', async () => {
  browserWith({ clipboard: { writeText } });
  expect(await shareLink(link)).toBe('copied');
  expect(writeText).toHaveBeenCalledWith(link.url);
});

test('a browser that refuses both is not said to have copied', async () => {
  writeText.mockRejectedValue(named('NotAllowedError'));
  browserWith({ share: jest.fn().mockRejectedValue(named('NotAllowedError')), clipboard: { writeText } });
  expect(await shareLink(link)).toBe('failed');
});

test('a browser without either copies by the command of old', async () => {
  browserWith({});
  const { setData, listeners } = pageThat({ obeys: true });
  expect(await shareLink(link)).toBe('copied');
  expect(setData).toHaveBeenCalledWith('text/plain', link.url);
  expect(listeners.size).toBe(0);
});

test('a browser that does not obey that command is not said to have copied', async () => {
  browserWith({});
  const { listeners } = pageThat({ obeys: false });
  expect(await shareLink(link)).toBe('failed');
  expect(listeners.size).toBe(0);
});
