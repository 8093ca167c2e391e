import type { Activity } from '@/api/types';

export type Streak = Activity['streak'];

const nameOf = (days: number) => `${days}-day streak`;

/** How the streak stands, and what it takes; nothing is ever lost in it. */
export function describeStreak({ days, is_today_done }: Streak): string {
  if (days === 0) return 'Solve one today to start a streak';
  return is_today_done ? nameOf(days) : `One drill keeps your ${nameOf(days)}`;
}

/** How many days may be missed; null where that is of no use. */
export function describeFreezes({ days, freezes_left }: Streak): string | null {
  if (days === 0 || freezes_left === 0) return null;
  return `${freezes_left} ${freezes_left === 1 ? 'freeze' : 'freezes'}`;
}

/** Said once a day, by the solve that made it count; null for all others. */
export function describeDayCounted({ today, streak, days }: Activity): string | null {
  const solvedToday = days.find(({ date }) => date === today)?.solved;
  return solvedToday === 1 ? `Day counted: ${nameOf(streak.days)}` : null;
}
