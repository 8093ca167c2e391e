//! Leagues: groups of learners who want to be compared, for a week.
//!
//! Nobody is in one who did not ask for it. Whoever earns points in a week is put into a group of the tier that the last
//! week they took part in led to. A week without points costs nothing.

use serde::{Deserialize, Serialize};

/// The most learners in a group.
pub const GROUP_SIZE: u32 = 30;

/// Whether a learner takes part. A trial does not: it is somebody for a few minutes.
pub fn takes_part(is_trial: bool, wants_to: bool) -> bool {
    wants_to && !is_trial
}

/// How high a league is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "names")]
pub enum Tier {
    #[default]
    Bronze,
    Silver,
    Gold,
    Platinum,
    Diamond,
}

const TIERS: [Tier; 5] = [Tier::Bronze, Tier::Silver, Tier::Gold, Tier::Platinum, Tier::Diamond];

/// How many of a group move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moves {
    /// How many of the first go up: a quarter, the first one always.
    pub promoted: u32,
    /// How many of the last go down: a sixth, of a small group nobody.
    pub relegated: u32,
}

impl Moves {
    /// Of so many members of a tier.
    pub fn of(tier: Tier, members: u32) -> Self {
        Self {
            promoted: if tier == Tier::Diamond { 0 } else { members.div_ceil(4) },
            relegated: if tier == Tier::Bronze { 0 } else { members / 6 },
        }
    }
}

/// The tier after a week that ended at this rank of a group of so many.
#[must_use]
pub fn next_tier(tier: Tier, rank: u64, members: u32) -> Tier {
    let moves = Moves::of(tier, members);
    let stay = u64::from(members - moves.relegated);
    let index = tier as usize;
    if rank <= moves.promoted.into() {
        TIERS[(index + 1).min(TIERS.len() - 1)]
    } else if rank > stay {
        TIERS[index.saturating_sub(1)]
    } else {
        tier
    }
}

#[cfg(test)]
mod tests {
    use Tier::{Bronze, Diamond, Gold, Platinum, Silver};

    use super::*;

    #[test]
    fn the_first_go_up_the_last_go_down_and_the_ends_have_one_way() {
        let after = |tier| [1, 8, 9, 25, 26, 30].map(|rank| next_tier(tier, rank, GROUP_SIZE));
        assert_eq!(after(Silver), [Gold, Gold, Silver, Silver, Bronze, Bronze]);
        assert_eq!(after(Bronze), [Silver, Silver, Bronze, Bronze, Bronze, Bronze]);
        assert_eq!(after(Diamond), [Diamond, Diamond, Diamond, Diamond, Platinum, Platinum]);
    }

    #[test]
    fn of_a_small_group_the_first_goes_up_and_nobody_down() {
        assert_eq!(Moves::of(Tier::Silver, 1), Moves { promoted: 1, relegated: 0 });
        assert_eq!(Moves::of(Tier::Silver, 5), Moves { promoted: 2, relegated: 0 });
        assert_eq!(next_tier(Tier::Silver, 5, 5), Tier::Silver);
    }
}
