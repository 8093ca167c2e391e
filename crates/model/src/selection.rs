//! What a learner should drill next.

use crate::{
    calendar::Day,
    skill::{AIMED_CHANCE, Estimate, chance},
};

/// For so many days after a snippet, no other of its exercise is chosen: the difference between two shows the fix.
pub const DAYS_BETWEEN_SIBLINGS: u32 = 7;

/// So many patterns are practised side by side before another is begun, until one of them is known a little.
const PATTERNS_AT_ONCE: usize = 3;

/// From this level on a pattern does not count among those.
const KNOWN_FROM: u8 = 2;

/// A snippet of a pattern, as it is for a learner. All of the pattern's are given, so that what was seen of an exercise
/// in one language is known in the other.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The exercise.
    pub exercise_id: &'a str,
    /// How hard it is.
    pub difficulty: Estimate,
    /// Whether it may be chosen: in the learner's language, and among what a trial may start.
    pub is_eligible: bool,
    /// The learner's day on which its solution was found or shown last.
    pub seen_on: Option<Day>,
}

/// The best of a pattern's snippets for a learner: one whose exercise rests, unseen before seen, of the unseen the one
/// whose chance to be solved at the first submission is nearest to [`AIMED_CHANCE`], of the seen the one seen longest
/// ago. The first of equals. Its index, where there is any.
pub fn choose(candidates: &[Candidate<'_>], skill: Estimate, today: Day) -> Option<usize> {
    let rests = |candidate: &Candidate<'_>| {
        let siblings = candidates.iter().filter(|other| other.exercise_id == candidate.exercise_id);
        siblings
            .filter_map(|sibling| sibling.seen_on)
            .max()
            .is_none_or(|last| today.since(last) >= DAYS_BETWEEN_SIBLINGS)
    };
    let unfit = |candidate: &Candidate<'_>| (chance(skill, candidate.difficulty) - AIMED_CHANCE).abs();
    let eligible = candidates.iter().enumerate().filter(|(_, candidate)| candidate.is_eligible && rests(candidate));
    let best = eligible.min_by(|(_, one), (_, other)| {
        one.seen_on.cmp(&other.seen_on).then_with(|| unfit(one).total_cmp(&unfit(other)))
    });
    best.map(|(index, _)| index)
}

/// A pattern with something new for a learner, in the order in which patterns are taught.
#[derive(Clone, Copy, Debug)]
pub struct PatternStanding {
    /// When it was practised last, in any unit that grows.
    pub practised_at: Option<i64>,
    /// From 0 to 5.
    pub mastery: u8,
}

impl PatternStanding {
    /// Whether it was begun and is not known a little yet.
    pub fn is_in_hand(self) -> bool {
        self.practised_at.is_some() && self.mastery < KNOWN_FROM
    }
}

/// In which pattern the learner should do something new: the one practised longest ago, so that patterns alternate;
/// the next one of those never practised while fewer than three are not known a little. Its index.
pub fn next_pattern(patterns: &[PatternStanding], others_in_hand: usize) -> Option<usize> {
    let count = others_in_hand + patterns.iter().filter(|pattern| pattern.is_in_hand()).count();
    let new = patterns.iter().position(|pattern| pattern.practised_at.is_none());
    let practised = patterns.iter().enumerate().filter(|(_, pattern)| pattern.practised_at.is_some());
    let longest_ago = practised.min_by_key(|(_, pattern)| (!pattern.is_in_hand(), pattern.practised_at));
    match (new, longest_ago) {
        (Some(new), _) if count < PATTERNS_AT_ONCE => Some(new),
        (new, longest_ago) => longest_ago.map(|(index, _)| index).or(new),
    }
}

/// Which of the exercises is that of the day, for everyone: all come once, in an order that looks random, before one
/// comes again. `None` where there is none.
pub fn of_the_day(exercises: usize, day: Day) -> Option<usize> {
    let round = usize::try_from(day.number()).ok()?.checked_div(exercises)?;
    let place = usize::try_from(day.number()).ok()? % exercises;
    // Each round has a step of its own that has no factor in common with the number of exercises: it reaches all.
    let steps: Vec<usize> = (1..=exercises).filter(|step| greatest_common_divisor(*step, exercises) == 1).collect();
    let step = steps[(round.wrapping_mul(7) + 3) % steps.len()];
    Some((place * step + round * 5) % exercises)
}

fn greatest_common_divisor(one: usize, other: usize) -> usize {
    if other == 0 { one } else { greatest_common_divisor(other, one % other) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::Calendar;

    fn day(number: u32) -> Day {
        Calendar::of(None).day("2026-01-15T12:00:00Z".parse().unwrap()).plus(number)
    }

    fn candidate(exercise_id: &str, difficulty: f64, seen_on: Option<u32>) -> Candidate<'_> {
        let difficulty = Estimate { value: difficulty, count: 0 };
        Candidate { exercise_id, difficulty, is_eligible: true, seen_on: seen_on.map(day) }
    }

    fn chosen(candidates: &[Candidate<'_>], today: u32) -> Option<usize> {
        choose(candidates, Estimate::default(), day(today))
    }

    #[test]
    fn of_the_unseen_the_one_that_fits_is_chosen() {
        let all = [candidate("a", -5.0, None), candidate("b", -0.9, None), candidate("c", 3.0, None)];
        assert_eq!(chosen(&all, 0), Some(1));
        assert_eq!(choose(&all, Estimate { value: 4.0, count: 9 }, day(0)), Some(2), "the better, the harder");
        assert_eq!(choose(&all, Estimate { value: -4.0, count: 9 }, day(0)), Some(0));
    }

    #[test]
    fn siblings_rest_for_a_week_in_both_languages() {
        let mut all = [candidate("a", 0.0, Some(0)), candidate("a", 0.0, None), candidate("b", 3.0, None)];
        assert_eq!(chosen(&all, 6), Some(2));
        assert_eq!(chosen(&all, 7), Some(1), "unseen, and nearer to the aim");
        assert_eq!(chosen(&all[..2], 6), None);
        all[0].is_eligible = false;
        assert_eq!(chosen(&all[..2], 6), None, "it was seen all the same");
        assert_eq!(chosen(&all[..1], 7), None);
    }

    #[test]
    fn when_all_are_seen_the_longest_unseen_comes() {
        let all = [candidate("a", 0.0, Some(9)), candidate("b", 3.0, Some(2)), candidate("c", 0.0, Some(5))];
        assert_eq!(chosen(&all, 20), Some(1));
    }

    #[test]
    fn three_patterns_are_in_hand_and_alternate() {
        let pattern = |practised_at: Option<i64>, mastery| PatternStanding { practised_at, mastery };
        let new = pattern(None, 0);
        assert_eq!(next_pattern(&[new, new], 0), Some(0));
        assert_eq!(next_pattern(&[pattern(Some(1), 1), new], 0), Some(1));
        let three = [pattern(Some(5), 1), pattern(Some(3), 1), pattern(Some(9), 0), new];
        assert_eq!(next_pattern(&three, 0), Some(1));
        let known = [pattern(Some(5), 1), pattern(Some(3), 2), pattern(Some(9), 0), new];
        assert_eq!(next_pattern(&known, 0), Some(3));
        assert_eq!(next_pattern(&known, 1), Some(0), "one more is in hand that has nothing new");
        assert_eq!(next_pattern(&[new], 5), Some(0), "there is nothing else");
        assert_eq!(next_pattern(&[], 0), None);
    }

    proptest! {
        #[test]
        fn every_exercise_has_its_day(exercises in 1_usize..200, round in 0_u32..100) {
            let first = u32::try_from(exercises).unwrap() * round;
            let epoch = Calendar::of(None).day("1970-01-01T12:00:00Z".parse().unwrap());
            let days = first..first + u32::try_from(exercises).unwrap();
            let mut chosen: Vec<_> = days.map(|number| of_the_day(exercises, epoch.plus(number)).unwrap()).collect();
            chosen.sort_unstable();
            prop_assert_eq!(chosen, (0..exercises).collect::<Vec<_>>());
        }
    }

    #[test]
    fn where_there_is_no_exercise_there_is_none_of_the_day() {
        assert_eq!(of_the_day(0, day(0)), None);
    }
}
