//! What an anonymous trial may do.

/// A trial has started all the snippets that it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the trial has used all its snippets")]
pub struct TrialExhausted;

/// How many more snippets a trial may start when it has started one of `remaining`.
pub fn remaining_after_start(remaining: i32) -> Result<i32, TrialExhausted> {
    if remaining > 0 { Ok(remaining - 1) } else { Err(TrialExhausted) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_starts_as_many_snippets_as_it_has() {
        assert_eq!((remaining_after_start(2), remaining_after_start(1)), (Ok(1), Ok(0)));
        assert_eq!((remaining_after_start(0), remaining_after_start(-1)), (Err(TrialExhausted), Err(TrialExhausted)));
    }
}
