import { pageOf, serverPaths } from './page-of';

const pages = [
  '/index.html',
  '/patterns.html',
  '/patterns/[slug].html',
  '/drill/[id].html',
  '/account/data.html',
  '/+not-found.html',
];

test.each([
  ['/', '/index.html'],
  ['/patterns', '/patterns.html'],
  ['/patterns/', '/patterns.html'],
  ['/patterns/stack', '/patterns/[slug].html'],
  ['/drill/two-sum-1-python', '/drill/[id].html'],
  ['/account/data', '/account/data.html'],
  ['/index.html', '/index.html'],
  ['/drill', null],
  ['/drill/a/b', null],
  ['/no/such/page', null],
])('the page for %s is %s', (path, page) => {
  expect(pageOf(path, pages)).toBe(page);
});

test.each([
  '/api/v1/patterns',
  '/auth/oauth/google',
  '/docs',
  '/docs/x',
  '/openapi.json',
  '/health',
  '/share/daily',
  '/admin',
  '/.well-known/jwks.json',
])('%s is the server’s', (path) => expect(serverPaths.test(path)).toBe(true));

test.each(['/', '/oauth', '/patterns', '/drill/api', '/administrators', '/documents'])(
  '%s is the app’s',
  (path) => expect(serverPaths.test(path)).toBe(false),
);
