//! The files of a content folder, as they are written.

use bugdrill_model::{
    BugType, Comparison, Difficulty, Signature,
    content::{Template, WhyQuestion},
    run::Limits,
};
use serde::Deserialize;

/// `pattern.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PatternFile {
    pub(crate) id: i32,
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) order: i32,
    pub(crate) description: String,
    pub(crate) introduction: String,
    pub(crate) template: Template,
}

/// `exercise.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExerciseFile {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) time_estimate_minutes: u32,
    /// How many tokens a fix may exceed the smallest edit by.
    #[serde(default = "default_edit_budget")]
    pub(crate) edit_budget: u32,
    pub(crate) signature: Signature,
    #[serde(default, rename = "compare")]
    pub(crate) comparison: Comparison,
    #[serde(default)]
    pub(crate) limits: Limits,
}

fn default_edit_budget() -> u32 {
    6
}

/// `bugs/<bug>.toml`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BugFile {
    pub(crate) id: String,
    pub(crate) number: u32,
    #[serde(rename = "type")]
    pub(crate) kind: BugType,
    pub(crate) difficulty: Difficulty,
    pub(crate) hints: [String; 3],
    pub(crate) explanation: String,
    pub(crate) why: WhyQuestion,
    pub(crate) python: Edit,
    pub(crate) javascript: Edit,
}

/// One edit of a reference.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    pub(crate) find: String,
    pub(crate) replace: String,
}
