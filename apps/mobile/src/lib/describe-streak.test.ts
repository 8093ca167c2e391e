import { describeDayCounted, describeFreezes, describeStreak } from './describe-streak';

const streak = { days: 3, longest: 9, freezes_left: 2, is_today_done: false };

test.each([
  [{ days: 0 }, 'Solve one today to start a streak'],
  [{}, 'One drill keeps your 3-day streak'],
  [{ is_today_done: true }, '3-day streak'],
  [{ days: 1, is_today_done: true }, '1-day streak'],
])('a streak %j is told as "%s"', (change, words) => {
  expect(describeStreak({ ...streak, ...change })).toBe(words);
});

test.each([
  [{}, '2 freezes'],
  [{ freezes_left: 1 }, '1 freeze'],
  [{ freezes_left: 0 }, null],
  [{ days: 0 }, null],
])('freezes %j are told as %p', (change, words) => {
  expect(describeFreezes({ ...streak, ...change })).toBe(words);
});

describe('the day is told to count', () => {
  const activity = (solvedToday: number) => ({
    today: '2026-11-29',
    streak: { ...streak, days: 4, is_today_done: true },
    points: 120,
    days: [
      { date: '2026-11-28', drills: 1, solved: 1, points: 10 },
      { date: '2026-11-29', drills: 2, solved: solvedToday, points: 20 },
    ],
  });

  test('by its first solve', () => {
    expect(describeDayCounted(activity(1))).toBe('Day counted: 4-day streak');
  });

  test('by no other', () => {
    expect(describeDayCounted(activity(2))).toBeNull();
    expect(describeDayCounted(activity(0))).toBeNull();
    expect(describeDayCounted({ ...activity(1), days: [] })).toBeNull();
  });
});
