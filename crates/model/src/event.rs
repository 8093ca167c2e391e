//! What happens when learners practise, for whoever wants to know.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{badge::Badge, rating::Rating};

/// Something that a learner did with a snippet, or what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LearnerEvent {
    /// The learner; none where it is public, and nobody says who they are.
    pub user_id: Option<Uuid>,
    /// The snippet.
    pub snippet_id: Uuid,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What it was.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EventKind {
    /// The snippet was asked for.
    Viewed,
    /// Its visible tests were to be run.
    Run,
    /// A submission was accepted.
    Submitted,
    /// A submission was judged: every test passed.
    Solved,
    /// A submission was judged: a test failed.
    Failed,
    /// A hint was revealed, or repeated.
    Hint {
        /// 1 to 3.
        tier: u8,
    },
    /// The solution was asked for.
    GaveUp,
    /// The pattern was reviewed by it.
    Reviewed {
        /// How well.
        rating: Rating,
        /// What it earned.
        points: u32,
    },
    /// A badge was earned.
    BadgeEarned {
        /// Which.
        badge: &'static Badge,
    },
}

impl EventKind {
    /// Its name, the same for all of a kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::Viewed => "viewed",
            Self::Run => "run",
            Self::Submitted => "submitted",
            Self::Solved => "solved",
            Self::Failed => "failed",
            Self::Hint { .. } => "hint",
            Self::GaveUp => "gave_up",
            Self::Reviewed { .. } => "reviewed",
            Self::BadgeEarned { .. } => "badge_earned",
        }
    }
}
