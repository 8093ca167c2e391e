import type { League, Placed, Tier } from '@/api/types';

/** What somebody is called on a leaderboard. */
export function nameOf({ name, is_me }: Pick<Placed, 'name' | 'is_me'>): string {
  if (is_me) return name ? `${name} (you)` : 'You';
  return name || 'Anonymous learner';
}

export const describePoints = (points: number): string => `${points} ${points === 1 ? 'point' : 'points'}`;

const tiers: Tier[] = ['bronze', 'silver', 'gold', 'platinum', 'diamond'];

const nameOfTier = (tier: Tier): string => tier.charAt(0).toUpperCase() + tier.slice(1);

export const nameOfLeague = (tier: Tier): string => `${nameOfTier(tier)} league`;

/** A part of a group that ends the week alike, and how. */
export interface Zone {
  name: 'up' | 'stays' | 'down';
  words: string;
  placed: Placed[];
}

function moveTo(tier: Tier | undefined, way: string): string {
  return tier ? `Goes ${way} to ${nameOfTier(tier)}` : `Goes ${way}`;
}

/**
 * A group by how the week would end for its members if it ended now; empty parts are left out. Who shares a rank shares
 * what comes of it.
 */
export function zonesOf({ tier, promoted, relegated, standings }: League): Zone[] {
  const isUp = ({ rank }: Placed) => rank <= promoted;
  const isDown = (placed: Placed) => !isUp(placed) && placed.rank > standings.length - relegated;
  const index = tiers.indexOf(tier);
  const zones: Zone[] = [
    { name: 'up', words: moveTo(tiers[index + 1], 'up'), placed: standings.filter(isUp) },
    {
      name: 'stays',
      words: `Stays in ${nameOfTier(tier)}`,
      placed: standings.filter((placed) => !isUp(placed) && !isDown(placed)),
    },
    { name: 'down', words: moveTo(tiers[index - 1], 'down'), placed: standings.filter(isDown) },
  ];
  return zones.filter(({ placed }) => placed.length > 0);
}
