import type { Activity } from '@/api/types';

/** A date such as "2026-11-29". */
type DateText = string;

export interface CalendarDay {
  date: DateText;
  solved: number;
  /** How much was solved, from 0 (nothing) to 4. */
  level: number;
  isToday: boolean;
}

export interface CalendarWeek {
  /** Its Monday. */
  date: DateText;
  /** The month that begins in this week, such as "Nov". */
  month: string | null;
  /** From Monday on; those to come are null. */
  days: (CalendarDay | null)[];
}

const dayMilliseconds = 86_400_000;
const daysOfWeek = 7;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Dates are counted as if all days were of UTC, where each has 24 hours. */
const numberOf = (date: DateText): number => Date.parse(`${date}T00:00:00Z`) / dayMilliseconds;
const dateOf = (number: number): DateText => new Date(number * dayMilliseconds).toISOString().slice(0, 10);

/** 0 for Monday; 1 January 1970 was a Thursday. */
const weekdayOf = (number: number): number => (number + 3) % daysOfWeek;

/** The least that is solved on a day of each level. */
const leastOfLevels = [1, 2, 4, 6];

const levelOf = (solved: number): number => leastOfLevels.filter((least) => solved >= least).length;

function monthBeginningIn(monday: number): string | null {
  const sunday = dateOf(monday + daysOfWeek - 1);
  const dayOfMonth = Number(sunday.slice(8));
  return dayOfMonth <= daysOfWeek ? (months[Number(sunday.slice(5, 7)) - 1] ?? null) : null;
}

/** The last weeks until today's. */
export function calendarWeeks(
  { today, days }: Pick<Activity, 'today' | 'days'>,
  count: number,
): CalendarWeek[] {
  const solvedOn = new Map(days.map(({ date, solved }) => [date, solved]));
  const last = numberOf(today);
  const firstMonday = last - weekdayOf(last) - (count - 1) * daysOfWeek;

  function dayAt(number: number): CalendarDay | null {
    if (number > last) return null;
    const date = dateOf(number);
    const solved = solvedOn.get(date) ?? 0;
    return { date, solved, level: levelOf(solved), isToday: number === last };
  }

  return Array.from({ length: count }, (_, week) => {
    const monday = firstMonday + week * daysOfWeek;
    return {
      date: dateOf(monday),
      month: monthBeginningIn(monday),
      days: Array.from({ length: daysOfWeek }, (_, day) => dayAt(monday + day)),
    };
  });
}

/** What the calendar shows, for those who do not see it. */
export function describeCalendar(weeks: CalendarWeek[]): string {
  const days = weeks.flatMap((week) => week.days).filter((day) => day !== null);
  const active = days.filter(({ solved }) => solved > 0);
  const solved = active.reduce((total, day) => total + day.solved, 0);
  const drills = `${solved} ${solved === 1 ? 'drill' : 'drills'} solved`;
  const onDays = `on ${active.length} ${active.length === 1 ? 'day' : 'days'}`;
  return `The last ${weeks.length} weeks: ${drills} ${onDays}. Today: ${days.at(-1)?.solved ?? 0} solved.`;
}
