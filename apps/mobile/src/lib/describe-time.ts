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

/** How long something goes on, rather too little than too much; null for what has no end. */
export function describeRest(endsAt: string | null | undefined, now: number): string | null {
  if (endsAt == null) return null;
  const left = Date.parse(endsAt) - now;
  if (left <= 0) return 'Ends now';
  if (left < hour) return 'Ends in less than an hour';
  const [count, unit] = left < day ? [Math.floor(left / hour), 'hour'] : [Math.floor(left / day), 'day'];
  return `Ends in ${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** When something is to be seen again. It is due from the beginning of a day of the learner's on. */
export function describeReview(dueAt: string, now: number): string {
  const days = Math.ceil((Date.parse(dueAt) - now) / day);
  if (days <= 0) return 'Review today';
  return days === 1 ? 'Review tomorrow' : `Review in ${days} days`;
}
