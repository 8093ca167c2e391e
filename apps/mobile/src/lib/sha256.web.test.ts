import { sha256 } from './sha256.web';

test('a browser computes what phones do', async () => {
  expect(await sha256('abc')).toBe('ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=');
});
