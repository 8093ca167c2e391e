//! How well a snippet was solved, for spaced repetition.

use serde::{Deserialize, Serialize};

/// The four grades of spaced repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// Given up, or not solved.
    Again,
    /// Solved with much help, many attempts, or far more edits than the bug needs.
    Hard,
    /// Solved.
    Good,
    /// Solved at once.
    Easy,
}

/// What is known of a solve.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each with its rule")]
pub struct Solve {
    /// How many hint tiers were revealed, 0 to 3.
    pub hints_revealed: u8,
    /// How many submissions failed before the one that solved.
    pub failed_submits: u32,
    /// Whether the fix stayed within the edit budget.
    pub within_edit_budget: bool,
    /// Whether the learner had never practised this pattern before.
    pub first_exposure: bool,
    /// Whether the learner had seen the right code before: a sibling with the same function was solved or given up.
    pub seen_solution: bool,
    /// Whether the solve took no longer than the exercise's time estimate.
    pub quick: bool,
}

impl Rating {
    /// All of them, the worst first.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// Rates a solve. Time alone never lowers a rating below [`Rating::Good`]: phones get interrupted.
    pub fn of_solve(solve: Solve) -> Self {
        if solve.hints_revealed >= 2 || solve.failed_submits >= 3 || !solve.within_edit_budget {
            return Self::Hard;
        }
        let at_once = solve.hints_revealed == 0 && solve.failed_submits == 0 && solve.quick;
        if at_once && !solve.first_exposure && !solve.seen_solution { Self::Easy } else { Self::Good }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_ONCE: Solve = Solve {
        hints_revealed: 0,
        failed_submits: 0,
        within_edit_budget: true,
        first_exposure: false,
        seen_solution: false,
        quick: true,
    };

    #[test]
    fn each_rule_has_its_grade() {
        assert_eq!(Rating::of_solve(AT_ONCE), Rating::Easy);
        assert_eq!(Rating::of_solve(Solve { first_exposure: true, ..AT_ONCE }), Rating::Good);
        assert_eq!(Rating::of_solve(Solve { seen_solution: true, ..AT_ONCE }), Rating::Good);
        assert_eq!(Rating::of_solve(Solve { quick: false, ..AT_ONCE }), Rating::Good);
        assert_eq!(Rating::of_solve(Solve { hints_revealed: 1, failed_submits: 2, ..AT_ONCE }), Rating::Good);
        assert_eq!(Rating::of_solve(Solve { hints_revealed: 2, ..AT_ONCE }), Rating::Hard);
        assert_eq!(Rating::of_solve(Solve { failed_submits: 3, ..AT_ONCE }), Rating::Hard);
        assert_eq!(Rating::of_solve(Solve { within_edit_budget: false, ..AT_ONCE }), Rating::Hard);
    }
}
