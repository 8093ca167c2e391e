import { iconOfBadge } from './icon-of-badge';

test('a badge has its own icon', () => {
  expect(iconOfBadge('night_owl')).toBe('weather-night');
});

test.each(['of_a_newer_server', 'constructor', ''])('the badge "%s" has the one of all badges', (id) => {
  expect(iconOfBadge(id)).toBe('medal-outline');
});
