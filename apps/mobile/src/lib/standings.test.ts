import { leagueOf, placedOf } from '@/testing/content';
import { describePoints, nameOf, zonesOf } from './standings';

test.each([
  ['Ada', false, 'Ada'],
  [null, false, 'Anonymous learner'],
  ['', false, 'Anonymous learner'],
  ['Ada', true, 'Ada (you)'],
  [null, true, 'You'],
])('%j, the learner: %j, is called "%s"', (name, is_me, words) => {
  expect(nameOf({ name, is_me })).toBe(words);
});

test('points are counted in words', () => {
  expect([0, 1, 20].map(describePoints)).toEqual(['0 points', '1 point', '20 points']);
});

describe('a group', () => {
  const ranks = (...all: number[]) => all.map((rank) => placedOf(rank, `of rank ${rank}`));
  const zones = (standings: ReturnType<typeof ranks>, change: object) =>
    zonesOf(leagueOf(standings, change)).map(({ words, placed }) => [
      words,
      ...placed.map(({ rank }) => rank),
    ]);

  test('has first ones who go up and last ones who go down', () => {
    expect(zones(ranks(1, 2, 3, 4, 5, 6), { promoted: 2, relegated: 1 })).toEqual([
      ['Goes up to Gold', 1, 2],
      ['Stays in Silver', 3, 4, 5],
      ['Goes down to Bronze', 6],
    ]);
  });

  test('of the ends has one way alone', () => {
    expect(zones(ranks(1, 2), { tier: 'bronze', promoted: 1, relegated: 0 })).toEqual([
      ['Goes up to Silver', 1],
      ['Stays in Bronze', 2],
    ]);
    expect(zones(ranks(1, 2), { tier: 'diamond', promoted: 0, relegated: 1 })).toEqual([
      ['Stays in Diamond', 1],
      ['Goes down to Platinum', 2],
    ]);
  });

  test('gives those who share a rank the same', () => {
    expect(zones(ranks(1, 1, 3, 4, 4), { promoted: 1, relegated: 1 })).toEqual([
      ['Goes up to Gold', 1, 1],
      ['Stays in Silver', 3, 4, 4],
    ]);
  });

  test('of one goes up', () => {
    expect(zones(ranks(1), { promoted: 1, relegated: 0 })).toEqual([['Goes up to Gold', 1]]);
  });

  test('without anybody has no parts', () => {
    expect(zones([], { promoted: 0, relegated: 0 })).toEqual([]);
  });
});
