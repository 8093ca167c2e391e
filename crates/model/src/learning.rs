//! What follows from what learners do with snippets, in one function: what becomes of their state of it, what is added to
//! their progress, and how a review is rated.

use crate::{
    Difficulty, SnippetStatus,
    calendar::Day,
    rating::{Rating, Solve},
};

/// How far a learner is with a snippet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SnippetState {
    /// How far.
    pub status: SnippetStatus,
    /// How many submissions were judged.
    pub attempts: u32,
    /// How many hints were revealed, 0 to 3.
    pub hints_revealed: u8,
    /// The learner's day of the last review by this snippet.
    pub reviewed_on: Option<Day>,
    /// Whether it comes back once, because it was given up.
    pub is_to_retry: bool,
}

impl SnippetState {
    /// Whether an event on this day would be a review: the first time the solution is found or shown, and again on a
    /// later day. Whoever saw the solution today only repeats it.
    fn is_open_on(self, day: Day) -> bool {
        self.reviewed_on.map_or(!self.status.is_revealed(), |last| day > last)
    }
}

/// What a learner does with a snippet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A submission was judged.
    Submission {
        /// Whether every test passed.
        is_correct: bool,
        /// Whether the edit is no larger than a fix may be.
        within_edit_budget: bool,
        /// Whether it took no longer than the exercise's time estimate.
        quick: bool,
    },
    /// The solution was asked for.
    GivingUp,
}

impl Event {
    /// Whether this is a review on that day, for which the learner's past is needed.
    pub fn is_review(self, state: SnippetState, on: Day) -> bool {
        state.is_open_on(on) && matches!(self, Self::GivingUp | Self::Submission { is_correct: true, .. })
    }
}

/// What a review depends on besides the state of its snippet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Whether no snippet of the pattern was reviewed before.
    pub first_exposure: bool,
    /// Whether the right code was shown already, as that of another snippet of the same exercise.
    pub seen_solution: bool,
    /// Whether the pattern is due, or the snippet came back.
    pub is_due: bool,
    /// How many submissions failed since the last day on which this snippet was reviewed.
    pub failed_submits: u32,
    /// How many hints had been revealed when it was reviewed last.
    pub hints_before: u8,
}

/// What an event adds to the learner's progress in the pattern.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gain {
    /// Snippets submitted for the first time.
    pub snippets_attempted: u32,
    /// Snippets solved.
    pub snippets_solved: u32,
    /// Submissions.
    pub attempts: u32,
}

/// What follows from an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effects {
    /// How far the learner is then.
    pub state: SnippetState,
    /// What is added to the progress in the pattern.
    pub gain: Gain,
    /// The review of the pattern, where there is one.
    pub review: Option<Reviewed>,
}

/// A review, as it is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// How well the snippet was solved.
    pub rating: Rating,
    /// What the learner earned.
    pub points: u32,
}

/// What a solve earns: a snippet once, by its difficulty, half of it with much help; what was due, a little more.
fn points(rating: Rating, is_first_solve: bool, is_due: bool, difficulty: Difficulty) -> u32 {
    let worth = match difficulty {
        Difficulty::Beginner => 10,
        Difficulty::Medium => 20,
        Difficulty::Hard => 30,
    };
    let worth = match rating {
        Rating::Again => return 0,
        Rating::Hard => worth / 2,
        Rating::Good | Rating::Easy => worth,
    };
    (if is_first_solve { worth } else { 0 }) + (if is_due { 5 } else { 0 })
}

/// What follows from an event on a day, by a snippet of this difficulty.
pub fn follow(state: SnippetState, event: Event, on: Day, difficulty: Difficulty, past: Past) -> Effects {
    let is_review = event.is_review(state, on);
    let (attempts, rating) = match event {
        Event::Submission { within_edit_budget, quick, .. } => {
            let rating = Rating::of_solve(Solve {
                hints_revealed: state.hints_revealed.saturating_sub(past.hints_before),
                failed_submits: past.failed_submits,
                within_edit_budget,
                first_exposure: past.first_exposure,
                seen_solution: past.seen_solution || state.status.is_revealed(),
                quick,
            });
            (1, rating)
        }
        Event::GivingUp => (0, Rating::Again),
    };
    let status = match event {
        // Whoever finds it on a later day has solved it after all.
        Event::Submission { is_correct: true, .. } if is_review => SnippetStatus::Solved,
        Event::Submission { is_correct, .. } => state.status.after_submission(is_correct),
        Event::GivingUp if state.status.is_revealed() => state.status,
        Event::GivingUp => SnippetStatus::GivenUp,
    };
    let is_first_solve = status == SnippetStatus::Solved && state.status != SnippetStatus::Solved;
    let review =
        is_review.then(|| Reviewed { rating, points: points(rating, is_first_solve, past.is_due, difficulty) });
    Effects {
        state: SnippetState {
            status,
            attempts: state.attempts.saturating_add(attempts),
            hints_revealed: state.hints_revealed,
            reviewed_on: if is_review { Some(on) } else { state.reviewed_on },
            is_to_retry: if is_review {
                // Once: whoever gives it up again would only learn it by heart.
                rating == Rating::Again && state.reviewed_on.is_none()
            } else {
                state.is_to_retry
            },
        },
        gain: Gain {
            snippets_attempted: u32::from(attempts == 1 && state.attempts == 0),
            snippets_solved: u32::from(is_first_solve),
            attempts,
        },
        review,
    }
}

/// Hints come one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("hint {next} comes next")]
pub struct HintOutOfOrder {
    /// The next tier to ask for.
    pub next: u8,
}

/// How many hints are revealed when `tier` (1 to 3) is asked for.
pub fn after_hint(revealed: u8, tier: u8) -> Result<u8, HintOutOfOrder> {
    if tier > revealed + 1 { Err(HintOutOfOrder { next: revealed + 1 }) } else { Ok(revealed.max(tier)) }
}

/// Why it was wrong is asked when the solution is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the solution is not known yet")]
pub struct NotRevealed;

/// What is kept of an answer to the question why it was wrong: whether the first one was right.
pub fn after_why_answer(status: SnippetStatus, known: Option<bool>, is_right: bool) -> Result<bool, NotRevealed> {
    if status.is_revealed() { Ok(known.unwrap_or(is_right)) } else { Err(NotRevealed) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::Calendar;

    const NEW: SnippetState = SnippetState {
        status: SnippetStatus::Started,
        attempts: 0,
        hints_revealed: 0,
        reviewed_on: None,
        is_to_retry: false,
    };
    const RIGHT: Event = Event::Submission { is_correct: true, within_edit_budget: true, quick: true };
    const WRONG: Event = Event::Submission { is_correct: false, within_edit_budget: true, quick: true };

    fn day(number: u32) -> Day {
        Calendar::of(None).day("2026-01-15T12:00:00Z".parse().unwrap()).plus(number)
    }

    fn on(number: u32, state: SnippetState, event: Event, past: Past) -> Effects {
        follow(state, event, day(number), Difficulty::Medium, past)
    }

    fn rating(effects: Effects) -> Option<Rating> {
        effects.review.map(|review| review.rating)
    }

    #[test]
    fn a_solve_is_reviewed_once_a_day_and_attempts_are_counted_for_ever() {
        let failed = on(0, NEW, WRONG, Past::default());
        assert_eq!(failed.gain, Gain { snippets_attempted: 1, snippets_solved: 0, attempts: 1 });
        assert_eq!((failed.state.status, failed.review), (SnippetStatus::Attempted, None));
        let solved = on(0, failed.state, RIGHT, Past { failed_submits: 1, ..Past::default() });
        assert_eq!(solved.gain, Gain { snippets_attempted: 0, snippets_solved: 1, attempts: 1 });
        assert_eq!(solved.state.status, SnippetStatus::Solved);
        assert_eq!(solved.review, Some(Reviewed { rating: Rating::Good, points: 20 }));
        let again = on(0, solved.state, RIGHT, Past::default());
        assert_eq!(again.gain, Gain { attempts: 1, ..Gain::default() });
        assert_eq!((again.state.attempts, again.review), (3, None));
        assert_eq!(rating(on(0, NEW, RIGHT, Past::default())), Some(Rating::Easy));
        let first = Past { first_exposure: true, ..Past::default() };
        assert_eq!(rating(on(0, NEW, RIGHT, first)), Some(Rating::Good));
    }

    #[test]
    fn on_a_later_day_a_solved_snippet_is_a_review_by_what_was_done_since() {
        let state = on(0, SnippetState { hints_revealed: 3, attempts: 4, ..NEW }, RIGHT, Past::default()).state;
        let past = Past { hints_before: 3, is_due: true, ..Past::default() };
        let again = on(9, state, RIGHT, past);
        assert_eq!(again.review, Some(Reviewed { rating: Rating::Good, points: 5 }), "known already, so not easy");
        assert_eq!(again.gain, Gain { attempts: 1, ..Gain::default() });
        assert_eq!(on(9, state, RIGHT, Past { is_due: false, ..past }).review.unwrap().points, 0);
        assert_eq!(rating(on(9, state, RIGHT, Past { failed_submits: 3, ..past })), Some(Rating::Hard));
        let forgotten = on(9, state, Event::GivingUp, past);
        assert_eq!((forgotten.state.status, rating(forgotten)), (SnippetStatus::Solved, Some(Rating::Again)));
        assert!(!forgotten.state.is_to_retry, "it was seen twice");
    }

    #[test]
    fn what_is_given_up_comes_back_once_and_may_be_solved_then() {
        let given_up = on(0, NEW, Event::GivingUp, Past::default());
        assert_eq!((given_up.state.status, given_up.state.is_to_retry), (SnippetStatus::GivenUp, true));
        assert_eq!(given_up.review, Some(Reviewed { rating: Rating::Again, points: 0 }));
        assert_eq!(on(0, given_up.state, Event::GivingUp, Past::default()).review, None);
        let copied = on(0, given_up.state, RIGHT, Past::default());
        assert_eq!(
            (copied.state.status, copied.review, copied.gain.snippets_solved),
            (SnippetStatus::GivenUp, None, 0)
        );
        let solved = on(1, given_up.state, RIGHT, Past { is_due: true, ..Past::default() });
        assert_eq!((solved.state.status, solved.state.is_to_retry), (SnippetStatus::Solved, false));
        assert_eq!((solved.gain.snippets_solved, solved.review.unwrap().points), (1, 25));
        let again = on(1, given_up.state, Event::GivingUp, Past::default());
        assert_eq!((again.state.status, again.state.is_to_retry), (SnippetStatus::GivenUp, false));
    }

    #[test]
    fn what_was_reviewed_before_days_were_kept_stays_as_it_is() {
        let old = SnippetState { status: SnippetStatus::Solved, ..NEW };
        assert_eq!(on(9, old, RIGHT, Past::default()).review, None);
    }

    #[test]
    fn much_help_earns_half() {
        let helped = on(0, SnippetState { hints_revealed: 2, ..NEW }, RIGHT, Past::default());
        assert_eq!(helped.review, Some(Reviewed { rating: Rating::Hard, points: 10 }));
        let of = |difficulty| follow(NEW, RIGHT, day(0), difficulty, Past::default()).review.unwrap().points;
        assert_eq!((of(Difficulty::Beginner), of(Difficulty::Hard)), (10, 30));
    }

    #[test]
    fn the_first_answer_why_counts_once_the_solution_is_known() {
        assert_eq!(after_why_answer(SnippetStatus::Attempted, None, true), Err(NotRevealed));
        assert_eq!(after_why_answer(SnippetStatus::Solved, None, false), Ok(false));
        assert_eq!(after_why_answer(SnippetStatus::GivenUp, Some(false), true), Ok(false));
    }

    #[test]
    fn hints_come_one_by_one_and_again() {
        assert_eq!((after_hint(0, 1), after_hint(1, 2), after_hint(2, 1)), (Ok(1), Ok(2), Ok(2)));
        assert_eq!(after_hint(0, 2), Err(HintOutOfOrder { next: 1 }));
    }

    fn event() -> impl Strategy<Value = (u32, Event)> {
        let event = prop_oneof![
            (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(is_correct, within_edit_budget, quick)| {
                Event::Submission { is_correct, within_edit_budget, quick }
            }),
            Just(Event::GivingUp),
        ];
        (0_u32..3, event)
    }

    proptest! {
        #[test]
        fn a_snippet_is_reviewed_once_a_day_and_solved_once(events in prop::collection::vec(event(), 0..20)) {
            let (mut state, mut gain, mut reviews, mut today, mut earned) = (NEW, Gain::default(), Vec::new(), 0, 0);
            for (later, event) in &events {
                today += later;
                let effects = on(today, state, *event, Past::default());
                state = effects.state;
                gain.snippets_attempted += effects.gain.snippets_attempted;
                gain.snippets_solved += effects.gain.snippets_solved;
                gain.attempts += effects.gain.attempts;
                if let Some(review) = effects.review {
                    reviews.push(today);
                    earned += review.points;
                }
            }
            let submissions = events.iter().filter(|(_, event)| matches!(event, Event::Submission { .. })).count();
            prop_assert_eq!(gain.attempts as usize, submissions);
            prop_assert_eq!(gain.attempts, state.attempts);
            prop_assert_eq!(gain.snippets_attempted, u32::from(submissions > 0));
            prop_assert_eq!(gain.snippets_solved, u32::from(state.status == SnippetStatus::Solved));
            prop_assert!(reviews.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!(reviews.is_empty(), !state.status.is_revealed());
            prop_assert!(earned <= 20);
        }
    }
}
