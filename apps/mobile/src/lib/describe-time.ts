const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const counted = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'} ago`;

/** A day, such as "24 Nov 2026", in the device's time zone. */
export const describeDay = (time: string): string =>
  new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** How long ago something was; after a week, on which day. */
export function describeTime(time: string, now: number): string {
  const passed = now - Date.parse(time);
  if (passed < minute) return 'just now';
  if (passed < hour) return counted(Math.floor(passed / minute), 'minute');
  if (passed < day) return counted(Math.floor(passed / hour), 'hour');
  if (passed < 7 * day) return counted(Math.floor(passed / day), 'day');
  return `on ${describeDay(time)}`;
}
