//! How likely a learner solves a snippet at the first submission: Elo's rating with a gain that falls with the number of
//! observations (R. Pelánek, "Applications of the Elo rating system in adaptive educational systems", Computers &
//! Education, 2016). Learners have an estimate of what they can in general and for each pattern one of what is special
//! there; each observation moves both, so that what is learnt in one pattern is known in all. Snippets have one; all are in
//! logits.
//!
//! It chooses what comes next and is evidence of a snippet's difficulty; when something is due, memory alone says.

use crate::Difficulty;

/// An estimate and what it rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// In logits: of a learner the skill, of a snippet the difficulty.
    pub value: f64,
    /// How many first submissions it was made of.
    pub count: u32,
}

/// How likely the next new snippet shall be solved at the first submission: the edge of what one can.
pub const AIMED_CHANCE: f64 = 0.7;

/// The gain of the first observation: of a learner's general skill, and of a snippet's difficulty.
const FIRST_GAIN: f64 = 0.9;

/// The same, of what is special in a pattern.
const FIRST_GAIN_IN_PATTERN: f64 = 0.3;

/// How fast the gain falls: after `n` observations it is the first one, divided by `1 + n * FALL`.
const FALL: f64 = 0.1;

/// No gain is less, since learners learn and content changes.
const LEAST_GAIN: f64 = 0.05;

impl Estimate {
    /// What is thought of a snippet before anybody submitted: what its author says.
    pub fn of_difficulty(difficulty: Difficulty) -> Self {
        let value = match difficulty {
            Difficulty::Beginner => -1.2,
            Difficulty::Medium => -0.2,
            Difficulty::Hard => 0.8,
        };
        Self { value, count: 0 }
    }

    fn moved(self, first_gain: f64, by: f64) -> Self {
        let gain = (first_gain / f64::from(self.count).mul_add(FALL, 1.0)).max(LEAST_GAIN);
        Self { value: gain.mul_add(by, self.value).clamp(-6.0, 6.0), count: self.count.saturating_add(1) }
    }
}

/// How skilled a learner is in a pattern.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Skill {
    /// What the learner can in any pattern.
    pub general: Estimate,
    /// What is more or less than that in this one.
    pub in_pattern: Estimate,
}

impl Skill {
    /// Both together.
    pub fn estimate(self) -> Estimate {
        Estimate { value: self.general.value + self.in_pattern.value, count: self.in_pattern.count }
    }
}

/// How likely a learner of this skill solves a snippet of this difficulty at the first submission.
pub fn chance(skill: Estimate, difficulty: Estimate) -> f64 {
    1.0 / (1.0 + (difficulty.value - skill.value).exp())
}

/// The learner's skill and the snippet's difficulty after a first submission.
pub fn after(skill: Skill, difficulty: Estimate, is_solved: bool) -> (Skill, Estimate) {
    let surprise = f64::from(u8::from(is_solved)) - chance(skill.estimate(), difficulty);
    let moved = Skill {
        general: skill.general.moved(FIRST_GAIN, surprise),
        in_pattern: skill.in_pattern.moved(FIRST_GAIN_IN_PATTERN, surprise),
    };
    (moved, difficulty.moved(FIRST_GAIN, -surprise))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_beginner_has_a_fair_chance_at_a_beginners_snippet() {
        let of = |difficulty| chance(Estimate::default(), Estimate::of_difficulty(difficulty));
        assert!((0.7..0.9).contains(&of(Difficulty::Beginner)));
        assert!(of(Difficulty::Beginner) > of(Difficulty::Medium) && of(Difficulty::Medium) > of(Difficulty::Hard));
    }

    #[test]
    fn who_solves_what_is_hard_rises_and_the_snippet_falls() {
        let (learner, snippet) = (Skill::default(), Estimate::of_difficulty(Difficulty::Hard));
        let (better, easier) = after(learner, snippet, true);
        assert!(better.estimate().value > learner.estimate().value && easier.value < snippet.value);
        let (worse, _) = after(learner, Estimate::of_difficulty(Difficulty::Beginner), false);
        assert!(worse.estimate().value < learner.estimate().value);
        let known = Skill { general: Estimate { count: 100, ..learner.general }, ..learner };
        let moved = after(known, snippet, true).0.general.value;
        assert!(moved < better.general.value, "the more is known, the less one try says");
    }

    #[test]
    fn what_is_learnt_in_one_pattern_is_known_in_another_but_not_all_of_it() {
        let mut here = Skill::default();
        for _ in 0..10 {
            here = after(here, Estimate::of_difficulty(Difficulty::Medium), true).0;
        }
        let elsewhere = Skill { general: here.general, ..Skill::default() };
        assert!(0.0 < elsewhere.estimate().value && elsewhere.estimate().value < here.estimate().value);
    }

    proptest! {
        #[test]
        fn estimates_stay_within_bounds(results in prop::collection::vec(any::<bool>(), 0..200)) {
            let mut pair = (Skill::default(), Estimate::of_difficulty(Difficulty::Medium));
            for is_solved in results {
                pair = after(pair.0, pair.1, is_solved);
                prop_assert!((0.0..=1.0).contains(&chance(pair.0.estimate(), pair.1)));
            }
        }
    }
}
