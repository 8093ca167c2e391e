import { calendarWeeks, describeCalendar } from './activity-calendar';

const on = (date: string, solved: number) => ({ date, drills: solved, solved, points: 10 * solved });

describe('the weeks', () => {
  test('begin on Mondays and end with that of today', () => {
    // A Sunday.
    const weeks = calendarWeeks({ today: '2026-11-29', days: [] }, 3);
    expect(weeks.map(({ date }) => date)).toEqual(['2026-11-09', '2026-11-16', '2026-11-23']);
    expect(weeks.at(-1)?.days.at(-1)).toEqual({ date: '2026-11-29', solved: 0, level: 0, isToday: true });
  });

  test.each([
    ['2026-11-23', '2026-11-23', 1],
    ['2026-11-25', '2026-11-23', 3],
    ['2024-03-01', '2024-02-26', 5],
    ['2027-01-01', '2026-12-28', 5],
  ])('of %s begins on %s, and has %i days so far', (today, monday, count) => {
    const [week] = calendarWeeks({ today, days: [] }, 1);
    expect(week?.date).toBe(monday);
    expect(week?.days).toHaveLength(7);
    expect(week?.days.filter((day) => day !== null)).toHaveLength(count);
    expect(week?.days.filter((day) => day?.isToday).map((day) => day?.date)).toEqual([today]);
  });

  test('hold every day once, over leap days and changes of clocks', () => {
    const weeks = calendarWeeks({ today: '2028-11-05', days: [] }, 53);
    const dates = weeks.flatMap(({ days }) => days.map((day) => day?.date));
    expect(dates).toHaveLength(371);
    expect(new Set(dates).size).toBe(371);
    expect(dates).toContain('2028-02-29');
    expect(dates).toContain('2028-03-26');
    expect(dates).toContain('2028-10-29');
  });

  test('name the month that begins in them', () => {
    const weeks = calendarWeeks({ today: '2027-02-01', days: [] }, 6);
    expect(weeks.map(({ month }) => month)).toEqual(['Jan', null, null, null, null, 'Feb']);
  });
});

test('there are four levels of what was solved, and none', () => {
  const solved = [0, 1, 2, 3, 4, 5, 6];
  const days = solved.map((count, index) => on(`2026-11-${23 + index}`, count));
  const [week] = calendarWeeks({ today: '2026-11-29', days }, 1);
  expect(week?.days.map((day) => day?.level)).toEqual([0, 1, 2, 2, 3, 3, 4]);
});

test('is told in words, without what is before it', () => {
  const days = [on('2026-01-01', 50), on('2026-11-16', 3), on('2026-11-25', 1)];
  expect(describeCalendar(calendarWeeks({ today: '2026-11-25', days }, 2))).toBe(
    'The last 2 weeks: 4 drills solved on 2 days. Today: 1 solved.',
  );
  expect(describeCalendar(calendarWeeks({ today: '2026-11-26', days: [on('2026-11-25', 1)] }, 2))).toBe(
    'The last 2 weeks: 1 drill solved on 1 day. Today: 0 solved.',
  );
});
