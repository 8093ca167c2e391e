const builtFor = process.env.EXPO_PUBLIC_API_URL;

function originWhenBuiltFor(url: string | undefined): string {
  if (url === undefined) delete process.env.EXPO_PUBLIC_API_URL;
  else process.env.EXPO_PUBLIC_API_URL = url;
  let origin = '';
  jest.isolateModules(() => {
    origin = jest.requireActual('./server-url').serverOrigin();
  });
  return origin;
}

afterEach(() => {
  process.env.EXPO_PUBLIC_API_URL = builtFor;
  Reflect.deleteProperty(globalThis, 'location');
});

test('an app that is built for a server knows where it is', () => {
  expect(originWhenBuiltFor('https://api.example')).toBe('https://api.example');
});

test.each(['', undefined])('a web app built for %p is where its server is', (url) => {
  Object.assign(globalThis, { location: new URL('https://drill.example/badges') });
  expect(originWhenBuiltFor(url)).toBe('https://drill.example');
});
