import { pathFrom } from './account-links';

test.each(['/drill/two-sum-1-python', '/patterns/hash-map', '/profile', '/account/delete'])(
  '%s is a place to come back to',
  (path) => {
    expect(pathFrom(path)).toBe(path);
  },
);

test.each([
  undefined,
  '',
  '/',
  'profile',
  '//evil.example',
  '/\\evil.example',
  'https://evil.example/profile',
  '/profile?next=//evil.example',
  '/../profile',
  'javascript:alert(1)',
])('%s is not: Today is', (path) => {
  expect(pathFrom(path)).toBe('/');
});
