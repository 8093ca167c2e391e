//! What the content pack holds and the database keeps: patterns and snippets.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{BugType, Difficulty, Language, judge::Task};

/// A text for each language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// In Python.
    pub python: String,
    /// In JavaScript.
    pub javascript: String,
}

/// A pattern category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// A number that never changes.
    pub id: i32,
    /// The name in URLs.
    pub slug: String,
    /// The name that learners see.
    pub name: String,
    /// The place in the list.
    pub order: i32,
    /// One sentence.
    pub description: String,
    /// When to recognise the pattern, its invariant and its slips, in Markdown.
    pub introduction: String,
    /// The bare pattern, as code.
    pub template: Template,
}

/// "Why was it wrong?", asked after a solve. The first choice is the right one; learners see them shuffled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhyQuestion {
    /// The question.
    pub question: String,
    /// Three choices, the right one first.
    pub choices: [String; 3],
}

/// A snippet: exercise × bug × language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snippet {
    /// A `UUIDv5` of the ids in the files, so that it survives renamed folders.
    pub id: Uuid,
    /// The name in URLs.
    pub slug: String,
    /// The exercise.
    pub exercise_id: String,
    /// The bug, within the exercise.
    pub bug_id: String,
    /// The pattern.
    pub pattern_id: i32,
    /// The place in the pattern's list.
    pub position: i32,
    /// The language.
    pub language: Language,
    /// The title; it gives nothing away.
    pub title: String,
    /// What the function has to do, in Markdown.
    pub description: String,
    /// How hard the bug is.
    pub difficulty: Difficulty,
    /// The right code.
    pub correct_code: String,
    /// The code with the bug.
    pub buggy_code: String,
    /// The kind of bug.
    pub bug_type: BugType,
    /// Why the code was wrong, in Markdown.
    pub explanation: String,
    /// The three hints, from a nudge to the cause.
    pub hints: [String; 3],
    /// The question after the solve.
    pub why_question: WhyQuestion,
    /// How code is judged.
    pub task: Task,
    /// The largest edit, in tokens, that counts as a fix rather than a rewrite.
    pub edit_budget: u32,
    /// How long a solve is expected to take, in minutes.
    pub time_estimate_minutes: u32,
}

impl Snippet {
    /// Whether this is its id or slug.
    pub fn is_named(&self, id_or_slug: &str) -> bool {
        self.slug == id_or_slug || Uuid::parse_str(id_or_slug) == Ok(self.id)
    }
}

/// Everything that is imported at start.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// The patterns.
    pub patterns: Vec<Pattern>,
    /// The snippets.
    pub snippets: Vec<Snippet>,
}
