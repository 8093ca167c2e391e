//! When a pattern should be practised again: FSRS-6, the free spaced repetition scheduler (J. Ye, "A Stochastic Shortest
//! Path Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022), with its default parameters.
//!
//! A card is a learner and a pattern: each review is of another snippet of it. What is remembered is made of all reviews
//! anew, so that nothing can differ from the log of them.

use std::sync::LazyLock;

use fsrs::{FSRS, MemoryState};

use crate::{calendar::Day, rating::Rating};

/// How likely a solve shall be when a pattern is due.
const DESIRED_RETENTION: f32 = 0.9;

/// The longest time until a pattern is due again, in days.
const MAX_INTERVAL: u16 = 90;

/// From how many days of stability on a pattern is mastered to each level above the first.
const STABILITY_OF_LEVELS: [f32; 4] = [5.0, 14.0, 30.0, 60.0];

static SCHEDULER: LazyLock<FSRS> = LazyLock::new(FSRS::default);

/// A review, by which a memory changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// How well the snippet was solved.
    pub rating: Rating,
    /// The learner's day.
    pub on: Day,
}

/// What is remembered of a pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// After how many days a solve is 90 % likely.
    pub stability: f32,
    /// From 1 to 10: how slowly the stability grows.
    pub difficulty: f32,
    /// The day of the last review that counted.
    pub reviewed_on: Day,
    /// The day on which the pattern is due again.
    pub due_on: Day,
}

impl Memory {
    /// What is remembered after these reviews, in their order. The first of a day counts; the others are practice: the
    /// scheduler knows nothing of what is repeated within hours.
    pub fn after(reviews: impl IntoIterator<Item = Review>) -> Option<Self> {
        reviews.into_iter().fold(None, |before, review| match before {
            Some(memory) if review.on <= memory.reviewed_on => before,
            _ => Some(Self::after_one(before, review)),
        })
    }

    fn after_one(before: Option<Self>, Review { rating, on }: Review) -> Self {
        let state = before.map(|Self { stability, difficulty, .. }| MemoryState { stability, difficulty });
        let elapsed = before.map_or(0, |memory| on.since(memory.reviewed_on));
        let next = SCHEDULER.next_states(state, DESIRED_RETENTION, elapsed).expect("the default parameters are valid");
        let next = match rating {
            Rating::Again => next.again,
            Rating::Hard => next.hard,
            Rating::Good => next.good,
            Rating::Easy => next.easy,
        };
        let is_longer = |&days: &u16| f32::from(days) + 0.5 > next.interval;
        let interval = (1..=MAX_INTERVAL).find(is_longer).unwrap_or(MAX_INTERVAL);
        Self {
            stability: next.memory.stability,
            difficulty: next.memory.difficulty,
            reviewed_on: on,
            due_on: on.plus(interval.into()),
        }
    }

    /// How far the pattern is mastered, from 0 to 5, by who has solved so many of its snippets.
    pub fn mastery(self, snippets_solved: u32) -> u8 {
        if snippets_solved == 0 {
            return 0;
        }
        STABILITY_OF_LEVELS.iter().fold(1, |level, from| level + u8::from(self.stability >= *from))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::Calendar;

    fn first_day() -> Day {
        Calendar::of(None).day("2026-01-15T12:00:00Z".parse().unwrap())
    }

    fn after(reviews: &[(u32, Rating)]) -> Memory {
        let review = |&(day, rating)| Review { rating, on: first_day().plus(day) };
        Memory::after(reviews.iter().map(review)).unwrap()
    }

    /// In how many days a pattern is due that was reviewed so.
    fn interval(reviews: &[(u32, Rating)]) -> u32 {
        let memory = after(reviews);
        memory.due_on.since(memory.reviewed_on)
    }

    #[test]
    fn a_better_solve_is_due_later() {
        assert_eq!(Rating::ALL.map(|rating| interval(&[(0, rating)])), [1, 1, 2, 8]);
        assert!(Memory::after([]).is_none());
    }

    #[test]
    fn who_comes_when_it_is_due_masters_a_pattern_step_by_step() {
        let mut reviews = vec![(0, Rating::Good)];
        let mut levels = Vec::new();
        for _ in 0..5 {
            levels.push(after(&reviews).mastery(reviews.len() as u32));
            let day = reviews.last().unwrap().0 + interval(&reviews);
            reviews.push((day, Rating::Good));
        }
        assert!(levels.is_sorted() && levels[0] == 1 && levels.contains(&5), "{levels:?}");
        let forgotten = [reviews.clone(), vec![(reviews.last().unwrap().0 + 90, Rating::Again)]].concat();
        assert!(after(&forgotten).mastery(6) < 5 && interval(&forgotten) <= 7);
        assert_eq!(after(&reviews).mastery(0), 0, "nothing was solved");
    }

    #[test]
    fn the_first_review_of_a_day_counts() {
        let once = after(&[(0, Rating::Again), (1, Rating::Good)]);
        assert_eq!(after(&[(0, Rating::Again), (0, Rating::Easy), (1, Rating::Good), (1, Rating::Again)]), once);
    }

    proptest! {
        #[test]
        fn every_log_has_a_memory(reviews in prop::collection::vec((0_u32..400, 0_usize..4), 1..30)) {
            let mut reviews: Vec<_> = reviews.into_iter().map(|(day, index)| (day, Rating::ALL[index])).collect();
            reviews.sort_by_key(|(day, _)| *day);
            let memory = after(&reviews);
            prop_assert!(memory.stability.is_finite() && memory.stability > 0.0);
            prop_assert!((1.0..=10.0).contains(&memory.difficulty));
            prop_assert!((1..=u32::from(MAX_INTERVAL)).contains(&memory.due_on.since(memory.reviewed_on)));
            prop_assert!(memory.mastery(1) <= 5);
        }
    }
}
