import type { IconName } from '@/components/icon/icon-name';

const icons = new Map<string, IconName>([
  ['first_fix', 'check'],
  ['ten_fixes', 'bug-outline'],
  ['fifty_fixes', 'bug-check-outline'],
  ['hundred_fixes', 'bug-check-outline'],
  ['streak_3', 'fire'],
  ['streak_7', 'fire'],
  ['streak_30', 'fire'],
  ['streak_100', 'fire'],
  ['five_a_day', 'dumbbell'],
  ['first_try_10', 'target'],
  ['first_try_50', 'target'],
  ['no_hint_10', 'lightbulb-off-outline'],
  ['no_hint_25', 'lightbulb-off-outline'],
  ['one_token', 'content-cut'],
  ['surgeon', 'content-cut'],
  ['hard_nut', 'peanut-outline'],
  ['nutcracker', 'peanut-outline'],
  ['bug_types_8', 'shape-outline'],
  ['bug_types_12', 'shape-outline'],
  ['both_languages', 'translate'],
  ['patterns_5', 'compass-outline'],
  ['patterns_10', 'map-outline'],
  ['pattern_known', 'brain'],
  ['pattern_mastered', 'school-outline'],
  ['patterns_mastered_5', 'school-outline'],
  ['reviews_25', 'sprout-outline'],
  ['comeback', 'restore'],
  ['challenge_7', 'calendar-star-outline'],
  ['points_1000', 'star-outline'],
  ['night_owl', 'weather-night'],
  ['early_bird', 'weather-sunset-up'],
]);

/** A newer server may give out badges that this app has not heard of. */
export const iconOfBadge = (id: string): IconName => icons.get(id) ?? 'medal-outline';
