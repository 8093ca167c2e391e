/** Opens a page of the web app, and gives what was taken, and what is left in the address bar. */
function open(address: string) {
  const url = new URL(address, 'https://drill.example');
  const replaceState = jest.fn((_state: unknown, _title: string, path: string) => {
    url.href = new URL(path, url).href;
  });
  Object.assign(globalThis, { location: url, history: { state: null, replaceState } });
  let taken: string | null = null;
  jest.isolateModules(() => {
    taken = jest.requireActual('./taken-token.web').takenToken;
  });
  return { taken, left: url.pathname + url.search + url.hash };
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'location');
  Reflect.deleteProperty(globalThis, 'history');
});

test('the token of a mailed link is taken out of the address bar', () => {
  expect(open('/reset-password#token=secret')).toEqual({ taken: 'secret', left: '/reset-password' });
  expect(open('/verify-email#token=secret')).toEqual({ taken: 'secret', left: '/verify-email' });
});

test('all else is left as it is', () => {
  for (const address of ['/reset-password', '/', '/drill/two-sum-1-python#token=mine', '/verify-email#top']) {
    expect(open(address)).toEqual({ taken: null, left: address });
  }
});
