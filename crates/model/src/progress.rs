//! How far learners are.

use serde::{Deserialize, Serialize};

/// How far a learner is with a snippet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SnippetStatus {
    /// Run, or a hint was asked for.
    Started,
    /// Submitted, and not solved yet.
    Attempted,
    /// Solved.
    Solved,
    /// Given up: the solution was shown before a solve.
    GivenUp,
}

impl SnippetStatus {
    /// Whether the solution may be shown. From then on nothing changes the status.
    pub fn is_revealed(self) -> bool {
        matches!(self, Self::Solved | Self::GivenUp)
    }

    /// The status after a submission.
    #[must_use]
    pub fn after_submission(self, is_correct: bool) -> Self {
        match self {
            Self::Started | Self::Attempted if is_correct => Self::Solved,
            Self::Started | Self::Attempted => Self::Attempted,
            Self::Solved | Self::GivenUp => self,
        }
    }

    /// The status after `attempts` submissions, none of which was right.
    pub fn of_attempts(attempts: i32) -> Self {
        if attempts > 0 { Self::Attempted } else { Self::Started }
    }
}

#[cfg(test)]
mod tests {
    use super::SnippetStatus::*;

    #[test]
    fn what_is_solved_or_given_up_stays_so() {
        for (before, is_correct, after) in [
            (Started, false, Attempted),
            (Started, true, Solved),
            (Attempted, false, Attempted),
            (Attempted, true, Solved),
            (Solved, false, Solved),
            (GivenUp, true, GivenUp),
        ] {
            assert_eq!(before.after_submission(is_correct), after, "{before:?} {is_correct}");
            assert_eq!(after.is_revealed(), after != Attempted);
        }
    }
}
