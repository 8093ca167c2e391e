//! Problems of a learner's work.

use axum::http::StatusCode;
use bugdrill_model::learning::{HintOutOfOrder, NotRevealed};
use bugdrill_store::{LearningError, SubmissionError};
use bugdrill_web::Problem;

/// 401 `token_invalid`: the learner has been forgotten meanwhile.
pub(crate) fn unknown_user() -> Problem {
    Problem::unauthorized("token_invalid", "The account of this token does not exist any more.")
}

/// What went wrong with a learner's work.
pub(crate) fn learning(error: LearningError) -> Problem {
    match error {
        LearningError::UnknownUser => unknown_user(),
        LearningError::TrialExhausted(_) => Problem::new(
            StatusCode::FORBIDDEN,
            "trial_exhausted",
            "This trial has used all its snippets. Create an account or log in to go on: nothing is lost.",
        )
        .with("trial_snippets_remaining", 0),
        LearningError::HintOutOfOrder(HintOutOfOrder { next }) => Problem::new(
            StatusCode::CONFLICT,
            "hint_out_of_order",
            format!("Hints come one by one; hint {next} is next."),
        )
        .with("next_hint", next),
        LearningError::NotRevealed(NotRevealed) => Problem::new(
            StatusCode::CONFLICT,
            "not_revealed",
            "Why it was wrong is asked when the snippet is solved or given up.",
        ),
        LearningError::Store(error) => error.into(),
    }
}

/// What went wrong with a submission.
pub(crate) fn submission(error: SubmissionError) -> Problem {
    match error {
        SubmissionError::Learning(error) => learning(error),
        SubmissionError::KeyReused => Problem::new(
            StatusCode::CONFLICT,
            "idempotency_key_reused",
            "This Idempotency-Key was used for a different submission.",
        ),
    }
}
