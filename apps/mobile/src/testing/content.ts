import type { Badge, Drill, Leaderboard, League, Placed, SnippetSummary } from '@/api/types';

/** A snippet as it stands in a list, named by its slug. */
export const snippetOf = (slug: string): SnippetSummary => ({
  id: `id-of-${slug}`,
  slug,
  title: `Title of ${slug}`,
  pattern: 'hash-map',
  pattern_name: 'Hash map',
  difficulty: 'beginner',
  language: 'python',
  time_estimate_minutes: 5,
  revision: 1,
});

export const drillOf = (reason: Drill['reason'], slug: string): Drill => ({
  reason,
  due_at: reason === 'new' ? null : '2026-11-29T00:00:00Z',
  snippet: snippetOf(slug),
});

export const activityOf = (streak: object = {}, days: object[] = []) => ({
  today: '2026-11-29',
  streak: { days: 3, longest: 9, freezes_left: 2, is_today_done: false, ...streak },
  points: 340,
  days,
});

/** A badge named by its id, of which nothing is done yet. */
export const badgeOf = (id: string, change: Partial<Badge> = {}): Badge => ({
  id,
  name: `Name of ${id}`,
  description: `What ${id} takes.`,
  done: 0,
  needed: 10,
  earned_at: null,
  ...change,
});

export const placedOf = (rank: number, name: string | null, change: Partial<Placed> = {}): Placed => ({
  rank,
  name,
  points: 100 - rank,
  is_me: false,
  ...change,
});

/** A week that ends three and a half days from now. */
const endsAt = () => new Date(Date.now() + 3.5 * 86_400_000).toISOString();

export const leaderboardOf = (entries: Placed[], change: Partial<Leaderboard> = {}): Leaderboard => ({
  period: 'weekly',
  ends_at: endsAt(),
  entries,
  me: null,
  is_listed: true,
  ...change,
});

export const leagueOf = (standings: Placed[], change: Partial<League> = {}): League => ({
  is_joined: true,
  tier: 'silver',
  ends_at: endsAt(),
  promoted: 1,
  relegated: 1,
  standings,
  ...change,
});
