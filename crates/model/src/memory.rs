//! When a pattern should be practised again: FSRS-6, the free spaced repetition scheduler (J. Ye, "A Stochastic Shortest
//! Path Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022), with its default parameters, or those that fit
//! what a learner did.
//!
//! A card is a learner and a pattern: each review is of another snippet of it. What is remembered is made of all reviews
//! anew, so that nothing can differ from the log of them.

use fsrs::{ComputeParametersInput, FSRS, FSRSItem, FSRSReview, MemoryState, compute_parameters};
use serde::{Deserialize, Serialize};

use crate::{calendar::Day, rating::Rating};

/// How likely a solve shall be when a pattern is due.
const DESIRED_RETENTION: f32 = 0.9;

/// The longest time until a pattern is due again, in days.
const MAX_INTERVAL: u16 = 90;

/// From how many days of stability on a pattern is mastered to each level above the first.
const STABILITY_OF_LEVELS: [f32; 4] = [5.0, 14.0, 30.0, 60.0];

/// From so many reviews on, the first of each pattern left out, a learner's own parameters are looked for.
pub const REVIEWS_TO_FIT: usize = 400;

/// One of so many reviews, the last ones, are held back, to tell whether what fits the others foretells more.
const HELD_BACK: usize = 5;

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

/// How fast somebody forgets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Parameters(Vec<f32>);

impl Parameters {
    /// Those that fit how patterns were remembered; each history is of the reviews of a pattern, in their order. `None`
    /// where there are too few reviews, or where the parameters that fit the earlier ones foretell the last ones no better
    /// than the default.
    pub fn fit<'a>(histories: impl IntoIterator<Item = &'a [Review]>) -> Option<Self> {
        let mut items: Vec<(Day, FSRSItem)> = histories.into_iter().flat_map(items).collect();
        if items.len() < REVIEWS_TO_FIT {
            return None;
        }
        items.sort_by_key(|(day, _)| *day);
        let items: Vec<FSRSItem> = items.into_iter().map(|(_, item)| item).collect();
        let (earlier, last) = items.split_at(items.len() - items.len() / HELD_BACK);
        let error = |parameters: &[f32]| {
            let scheduler = FSRS::new(parameters).ok()?;
            Some(scheduler.evaluate(last.to_vec(), |_| true).ok()?.log_loss)
        };
        let foretells_more = error(&train(earlier)?)? < error(&[])?;
        foretells_more.then(|| train(&items)).flatten().map(Self)
    }
}

fn train(items: &[FSRSItem]) -> Option<Vec<f32>> {
    compute_parameters(ComputeParametersInput { train_set: items.to_vec(), ..Default::default() }).ok()
}

/// Each review of a pattern but the first, with those before it.
fn items(history: &[Review]) -> Vec<(Day, FSRSItem)> {
    let mut counted: Vec<(Day, FSRSReview)> = Vec::new();
    for Review { rating, on } in history {
        let delta_t = counted.last().map_or(0, |(last, _)| on.since(*last));
        if counted.is_empty() || delta_t > 0 {
            counted.push((*on, FSRSReview { rating: grade(*rating), delta_t }));
        }
    }
    let reviews: Vec<FSRSReview> = counted.iter().map(|(_, review)| *review).collect();
    let item = |count: usize| (counted[count - 1].0, FSRSItem { reviews: reviews[..count].to_vec() });
    (2..=reviews.len()).map(item).collect()
}

fn grade(rating: Rating) -> u32 {
    match rating {
        Rating::Again => 1,
        Rating::Hard => 2,
        Rating::Good => 3,
        Rating::Easy => 4,
    }
}

/// Says when patterns are due.
#[derive(Clone, Debug, Default)]
pub struct Scheduler(FSRS);

impl Scheduler {
    /// One for who forgets as these parameters say; the default where they cannot be used.
    pub fn of(parameters: Option<&Parameters>) -> Self {
        let usable = parameters.filter(|Parameters(values)| values.iter().all(|value| value.is_finite()));
        usable.and_then(|Parameters(values)| FSRS::new(values).ok()).map(Self).unwrap_or_default()
    }

    /// What is remembered after these reviews, in their order.
    pub fn after(&self, reviews: impl IntoIterator<Item = Review>) -> Option<Memory> {
        reviews.into_iter().fold(None, |memory, review| self.after_review(memory, review))
    }

    /// What is remembered after one more review. The first of a day counts; the others are practice: the scheduler knows
    /// nothing of what is repeated within hours.
    pub fn after_review(&self, before: Option<Memory>, review: Review) -> Option<Memory> {
        match before {
            Some(memory) if review.on <= memory.reviewed_on => before,
            _ => Some(self.after_one(before, review)),
        }
    }

    fn after_one(&self, before: Option<Memory>, Review { rating, on }: Review) -> Memory {
        let state = before.map(|Memory { stability, difficulty, .. }| MemoryState { stability, difficulty });
        let elapsed = before.map_or(0, |memory| on.since(memory.reviewed_on));
        let next = self.0.next_states(state, DESIRED_RETENTION, elapsed).expect("its parameters are valid");
        let next = match rating {
            Rating::Again => next.again,
            Rating::Hard => next.hard,
            Rating::Good => next.good,
            Rating::Easy => next.easy,
        };
        let is_longer = |&days: &u16| f32::from(days) + 0.5 > next.interval;
        let interval = (1..=MAX_INTERVAL).find(is_longer).unwrap_or(MAX_INTERVAL);
        Memory {
            stability: next.memory.stability,
            difficulty: next.memory.difficulty,
            reviewed_on: on,
            due_on: on.plus(interval.into()),
        }
    }
}

impl Memory {
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
        Scheduler::default().after(reviews.iter().map(review)).unwrap()
    }

    /// In how many days a pattern is due that was reviewed so.
    fn interval(reviews: &[(u32, Rating)]) -> u32 {
        let memory = after(reviews);
        memory.due_on.since(memory.reviewed_on)
    }

    #[test]
    fn a_better_solve_is_due_later() {
        assert_eq!(Rating::ALL.map(|rating| interval(&[(0, rating)])), [1, 1, 2, 8]);
        assert!(Scheduler::default().after([]).is_none());
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

    /// The reviews of 40 patterns, whose solutions come to mind after so many days or not.
    fn histories(comes_to_mind: impl Fn(u32) -> bool) -> Vec<Vec<Review>> {
        let waits = [1, 2, 4, 7, 3, 12, 5, 20, 2, 9, 30, 6];
        let history = |pattern: usize| {
            let mut on = first_day().plus(pattern as u32);
            let mut history = vec![Review { rating: Rating::Good, on }];
            for wait in waits.iter().cycle().skip(pattern).take(waits.len()) {
                on = on.plus(*wait);
                history.push(Review { rating: if comes_to_mind(*wait) { Rating::Good } else { Rating::Again }, on });
            }
            history
        };
        (0..40).map(history).collect()
    }

    fn fit(histories: &[Vec<Review>]) -> Option<Parameters> {
        Parameters::fit(histories.iter().map(Vec::as_slice))
    }

    #[test]
    fn who_forgets_faster_than_most_is_asked_sooner() {
        let fitted = fit(&histories(|wait| wait < 4)).unwrap();
        let own = Scheduler::of(Some(&fitted));
        let reviews = [0, 2, 6].map(|day| Review { rating: Rating::Good, on: first_day().plus(day) });
        let interval = |scheduler: &Scheduler| {
            let memory = scheduler.after(reviews).unwrap();
            memory.due_on.since(memory.reviewed_on)
        };
        assert!(interval(&own) < interval(&Scheduler::default()), "{fitted:?}");
        let kept: Parameters = serde_json::from_str(&serde_json::to_string(&fitted).unwrap()).unwrap();
        assert_eq!((&kept, fit(&histories(|wait| wait < 4))), (&fitted, Some(fitted.clone())), "each time the same");
    }

    #[test]
    fn without_enough_reviews_everybodys_parameters_are_kept() {
        let few = histories(|wait| wait < 4);
        assert_eq!(fit(&few[..20]), None);
        assert_eq!(fit(&[]), None);
        let reviews = [Review { rating: Rating::Good, on: first_day() }];
        for unusable in [Vec::new(), vec![1.0; 3], vec![f32::NAN; 21]] {
            let unusable = Scheduler::of(Some(&Parameters(unusable)));
            assert_eq!(unusable.after(reviews), Scheduler::default().after(reviews));
        }
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
