// Done before each file of tests: jest has no router, no native module and no server.

process.env.EXPO_PUBLIC_API_URL = 'http://server.test';
globalThis.fetch = jest.requireActual('./server').server.fetch;

jest.mock('expo-router', () => jest.requireActual('./router').routerModule);

// Node's crypto computes the same.
jest.mock('expo-crypto', () => ({
  CryptoDigestAlgorithm: { SHA256: 'SHA-256' },
  CryptoEncoding: { BASE64: 'base64' },
  getRandomBytes: (count: number) => new Uint8Array(jest.requireActual('node:crypto').randomBytes(count)),
  digestStringAsync: async (_: string, text: string) =>
    jest.requireActual('node:crypto').createHash('sha256').update(text).digest('base64'),
}));

jest.mock('@/storage/storage', () => {
  const { createMemoryStorage } = jest.requireActual('@/storage/key-value-storage');
  const storage = createMemoryStorage();
  return {
    deviceStorage: storage,
    secretStorage: storage,
    attemptStorage: createMemoryStorage(),
    cacheStorage: createMemoryStorage(),
  };
});
