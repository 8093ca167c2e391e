import { badgeOf } from '@/testing/content';
import { lastEarned, nearestBadges } from './badges';

const idsOf = (badges: { id: string }[]) => badges.map(({ id }) => id);

test('the badges earned last are the newest, the newest first', () => {
  const badges = [
    badgeOf('old', { earned_at: '2026-11-01T12:00:00Z' }),
    badgeOf('none'),
    badgeOf('newest', { earned_at: '2026-11-20T12:00:00Z' }),
    badgeOf('new', { earned_at: '2026-11-19T12:00:00Z' }),
  ];
  expect(idsOf(lastEarned(badges, 2))).toEqual(['newest', 'new']);
  expect(idsOf(lastEarned(badges, 9))).toEqual(['newest', 'new', 'old']);
});

test('the nearest badges are those of which most is done, then those that take least', () => {
  const badges = [
    badgeOf('earned', { done: 10, earned_at: '2026-11-01T12:00:00Z' }),
    badgeOf('far', { needed: 100 }),
    badgeOf('near', { done: 9 }),
    badgeOf('one-away', { needed: 1 }),
    badgeOf('half', { done: 5 }),
    badgeOf('also-one-away', { needed: 1 }),
  ];
  expect(idsOf(nearestBadges(badges, 9))).toEqual(['near', 'half', 'one-away', 'also-one-away', 'far']);
  expect(idsOf(nearestBadges(badges, 2))).toEqual(['near', 'half']);
});
