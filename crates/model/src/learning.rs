//! What follows from what learners do with snippets, in one function: what becomes of their state of it, what is added to
//! their progress, and how a review is rated.

use crate::{
    SnippetStatus,
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
    /// Whether this shows the solution to who has not seen it: then it is reviewed, for which their past is needed.
    pub fn reveals(self, state: SnippetState) -> bool {
        !state.status.is_revealed() && matches!(self, Self::GivingUp | Self::Submission { is_correct: true, .. })
    }
}

/// What a learner did with other snippets before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Whether no other snippet of the pattern was reviewed.
    pub first_exposure: bool,
    /// Whether the right code was shown already, as that of another snippet of the same exercise.
    pub seen_solution: bool,
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
    /// How the review of the pattern is rated, where there is one.
    pub review: Option<Rating>,
}

/// What follows from an event.
pub fn follow(state: SnippetState, event: Event, past: Past) -> Effects {
    let reveals = event.reveals(state);
    match event {
        Event::Submission { is_correct, within_edit_budget, quick } => {
            let solve = Solve {
                hints_revealed: state.hints_revealed,
                failed_submits: state.attempts,
                within_edit_budget,
                first_exposure: past.first_exposure,
                seen_solution: past.seen_solution,
                quick,
            };
            Effects {
                state: SnippetState {
                    status: state.status.after_submission(is_correct),
                    attempts: state.attempts.saturating_add(1),
                    ..state
                },
                gain: Gain {
                    snippets_attempted: u32::from(state.attempts == 0),
                    snippets_solved: u32::from(reveals),
                    attempts: 1,
                },
                review: reveals.then(|| Rating::of_solve(solve)),
            }
        }
        Event::GivingUp => Effects {
            state: SnippetState { status: if reveals { SnippetStatus::GivenUp } else { state.status }, ..state },
            gain: Gain::default(),
            review: reveals.then_some(Rating::Again),
        },
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NEW: SnippetState = SnippetState { status: SnippetStatus::Started, attempts: 0, hints_revealed: 0 };
    const RIGHT: Event = Event::Submission { is_correct: true, within_edit_budget: true, quick: true };
    const WRONG: Event = Event::Submission { is_correct: false, within_edit_budget: true, quick: true };

    #[test]
    fn a_solve_is_reviewed_once_and_attempts_are_counted_for_ever() {
        let failed = follow(NEW, WRONG, Past::default());
        assert_eq!(failed.gain, Gain { snippets_attempted: 1, snippets_solved: 0, attempts: 1 });
        assert_eq!((failed.state.status, failed.review), (SnippetStatus::Attempted, None));
        let solved = follow(failed.state, RIGHT, Past::default());
        assert_eq!(solved.gain, Gain { snippets_attempted: 0, snippets_solved: 1, attempts: 1 });
        assert_eq!((solved.state.status, solved.review), (SnippetStatus::Solved, Some(Rating::Good)));
        let again = follow(solved.state, RIGHT, Past::default());
        assert_eq!(again.gain, Gain { attempts: 1, ..Gain::default() });
        assert_eq!((again.state.attempts, again.review), (3, None));
        assert_eq!(follow(NEW, RIGHT, Past::default()).review, Some(Rating::Easy));
        assert_eq!(follow(NEW, RIGHT, Past { first_exposure: true, ..Past::default() }).review, Some(Rating::Good));
    }

    #[test]
    fn giving_up_is_a_review_unless_the_solution_was_shown() {
        let given_up = follow(NEW, Event::GivingUp, Past::default());
        assert_eq!((given_up.state.status, given_up.review), (SnippetStatus::GivenUp, Some(Rating::Again)));
        assert_eq!(follow(given_up.state, Event::GivingUp, Past::default()).review, None);
        let solved = follow(given_up.state, RIGHT, Past::default());
        assert_eq!((solved.state.status, solved.review), (SnippetStatus::GivenUp, None));
        assert_eq!(solved.gain, Gain { snippets_attempted: 1, snippets_solved: 0, attempts: 1 });
    }

    #[test]
    fn hints_come_one_by_one_and_again() {
        assert_eq!((after_hint(0, 1), after_hint(1, 2), after_hint(2, 1)), (Ok(1), Ok(2), Ok(2)));
        assert_eq!(after_hint(0, 2), Err(HintOutOfOrder { next: 1 }));
    }

    fn event() -> impl Strategy<Value = Event> {
        prop_oneof![
            (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(is_correct, within_edit_budget, quick)| {
                Event::Submission { is_correct, within_edit_budget, quick }
            }),
            Just(Event::GivingUp),
        ]
    }

    proptest! {
        #[test]
        fn a_snippet_is_reviewed_once_at_the_most(events in prop::collection::vec(event(), 0..20)) {
            let (mut state, mut gain, mut reviews) = (NEW, Gain::default(), 0);
            for event in &events {
                let effects = follow(state, *event, Past::default());
                state = effects.state;
                gain.snippets_attempted += effects.gain.snippets_attempted;
                gain.snippets_solved += effects.gain.snippets_solved;
                gain.attempts += effects.gain.attempts;
                reviews += u32::from(effects.review.is_some());
            }
            let submissions = events.iter().filter(|event| matches!(event, Event::Submission { .. })).count();
            prop_assert_eq!(gain.attempts as usize, submissions);
            prop_assert_eq!(gain.attempts, state.attempts);
            prop_assert_eq!(gain.snippets_attempted, u32::from(submissions > 0));
            prop_assert_eq!(gain.snippets_solved, u32::from(state.status == SnippetStatus::Solved));
            prop_assert_eq!(reviews, u32::from(state.status.is_revealed()));
        }
    }
}
