//! Which snippet is chosen, compared with chance and with the author's order.

use bugdrill_model::{
    Difficulty,
    selection::{self, Candidate},
    skill::{self, AIMED_CHANCE, Estimate, Skill},
};

use super::{Random, first_day, mean};
use crate::statistics::{head, row};

const TAUGHT: usize = 13;
const BUGS: usize = 4;
const SNIPPETS: usize = 3 * BUGS;
const LEVELS: [Difficulty; 3] = [Difficulty::Beginner, Difficulty::Medium, Difficulty::Hard];
const DRILLS: usize = 60;
/// Not counted, since little is known of the learner.
const FIRST_DRILLS: usize = 10;

/// How the next snippet of a pattern is chosen: as the product does, as it would if it knew skills and difficulties, by
/// lot, or in the author's order, what is easy first.
#[derive(Clone, Copy, PartialEq)]
enum Choice {
    Product,
    Known,
    Random,
    Ordered,
}

/// A snippet: how hard it is, and how hard it is thought to be.
#[derive(Clone, Copy)]
struct Snippet {
    level: usize,
    truth: f64,
    thought: Estimate,
}

/// A learner's drills, by the true chance of each and whether it was solved. What they say of difficulties is returned.
fn drill(learner: u64, strength: f64, choice: Choice, mut content: Vec<Snippet>) -> (Vec<(f64, bool)>, Vec<Snippet>) {
    let mut luck = Random::of(learner, 7);
    let mut truths: Vec<f64> = (0..TAUGHT).map(|_| strength + 0.5 * luck.normal()).collect();
    let (mut general, mut skills) = (Estimate::default(), [Estimate::default(); TAUGHT]);
    let mut seen = vec![None; content.len()];
    let mut drills = Vec::new();
    for number in 0..DRILLS {
        let pattern = number % TAUGHT;
        let today = first_day().plus(8 * number as u32);
        let offset = pattern * SNIPPETS;
        let skill = Skill { general, in_pattern: skills[pattern] };
        let candidates: Vec<Candidate<'_>> = (offset..offset + SNIPPETS)
            .map(|index| Candidate {
                exercise_id: ["a", "b", "c"][exercise(index)],
                difficulty: if choice == Choice::Known { known(content[index].truth) } else { content[index].thought },
                is_eligible: true,
                seen_on: seen[index],
            })
            .collect();
        let unseen: Vec<usize> = (0..SNIPPETS).filter(|index| seen[offset + index].is_none()).collect();
        let lot = luck.below(unseen.len());
        let chosen = match choice {
            Choice::Product => selection::choose(&candidates, skill.estimate(), today),
            Choice::Known => selection::choose(&candidates, known(truths[pattern]), today),
            Choice::Random => Some(unseen[lot]),
            Choice::Ordered => unseen.into_iter().min_by_key(|index| content[offset + index].level),
        };
        let index = offset + chosen.expect("all exercises rest");
        let chance = skill::chance(known(truths[pattern]), known(content[index].truth));
        let is_solved = luck.uniform() < chance;
        drills.push((chance, is_solved));
        // As in the product, only the first of an exercise says something of the skill.
        let siblings = index - index % BUGS..index - index % BUGS + BUGS;
        if seen[siblings].iter().all(Option::is_none) {
            let (after, thought) = skill::after(skill, content[index].thought, is_solved);
            (general, skills[pattern], content[index].thought) = (after.general, after.in_pattern, thought);
        }
        seen[index] = Some(today);
        truths[pattern] += 0.03;
    }
    (drills, content)
}

fn known(value: f64) -> Estimate {
    Estimate { value, count: 0 }
}

fn exercise(snippet: usize) -> usize {
    snippet % SNIPPETS / BUGS
}

/// Prints the table.
pub(super) fn run() {
    let strengths = [("weak", -1.0), ("average", 0.0), ("strong", 1.5)];
    let mut luck = Random(13);
    let mut content: Vec<Snippet> = (0..TAUGHT * SNIPPETS)
        .map(|index| {
            // Each exercise has bugs of all levels.
            let level = (exercise(index) + index % BUGS) % LEVELS.len();
            let thought = Estimate::of_difficulty(LEVELS[level]);
            Snippet { level, truth: thought.value + 0.5 * luck.normal(), thought }
        })
        .collect();
    for learner in 0..300 {
        content = drill(1000 + learner, strengths[luck.below(3)].1, Choice::Random, content).1;
    }
    println!(
        "Choice: 200 learners of each strength, {DRILLS} drills each, of which the first {FIRST_DRILLS} are not counted; \
         difficulties were learnt of 300 others. Distance is that of the true chance from {AIMED_CHANCE}, its mean. \
         All have one rotation of patterns.\n"
    );
    head(&["learners", "choice", "solved at first", "distance"]);
    let choices = [
        ("the product's", Choice::Product),
        ("the same, all known", Choice::Known),
        ("random", Choice::Random),
        ("author's order", Choice::Ordered),
    ];
    for (strength, skill) in strengths {
        for (name, choice) in choices {
            let learners = (0..200).map(|learner| drill(learner, skill, choice, content.clone()).0);
            let counted: Vec<_> = learners.flat_map(|drills| drills.into_iter().skip(FIRST_DRILLS)).collect();
            let solved = mean(counted.iter().map(|(_, is_solved)| f64::from(u8::from(*is_solved))));
            let distance = mean(counted.iter().map(|(chance, _)| (chance - AIMED_CHANCE).abs()));
            row(&[strength, name, &format!("{:.1} %", 100.0 * solved), &format!("{distance:.3}")]);
        }
    }
    println!();
}
