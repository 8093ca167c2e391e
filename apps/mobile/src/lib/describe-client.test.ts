import { describeClient } from './describe-client';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/142.0.0.0 Safari/537.36`, 'Chrome on Linux'],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/142.0.0.0 Safari/537.36 Edg/142.0`,
    'Edge on Windows',
  ],
  ['Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0', 'Firefox on Android'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    'Safari on iPhone',
  ],
  ['bugdrill/1 CFNetwork/1568.100.1 Darwin/24.0.0', 'The app on iOS'],
  ['okhttp/4.12.0', 'The app on Android'],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['', 'A device'],
  [null, 'A device'],
])('%s', (client, words) => {
  expect(describeClient(client)).toBe(words);
});
