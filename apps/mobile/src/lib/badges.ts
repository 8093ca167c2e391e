import type { Badge } from '@/api/types';

export type EarnedBadge = Badge & { earned_at: string };

export const isEarned = (badge: Badge): badge is EarnedBadge => badge.earned_at != null;

/** Those to be told of unasked. For who does not want to see the streak, its badges are in the list of all alone. */
export const badgesInSight = <Shown extends { id: string }>(badges: Shown[], showsStreak: boolean): Shown[] =>
  badges.filter(({ id }) => showsStreak || !id.startsWith('streak_'));

/** The newest first. */
export const lastEarned = (badges: Badge[], count: number): EarnedBadge[] =>
  badges
    .filter(isEarned)
    .sort((one, other) => Date.parse(other.earned_at) - Date.parse(one.earned_at))
    .slice(0, count);

const share = ({ done, needed }: Badge) => done / Math.max(1, needed);
const left = ({ done, needed }: Badge) => needed - done;

/** Those of which most is done; of several just begun, those that take least. */
export const nearestBadges = (badges: Badge[], count: number): Badge[] =>
  badges
    .filter((badge) => !isEarned(badge))
    .sort((one, other) => share(other) - share(one) || left(one) - left(other))
    .slice(0, count);
