//! The table `snippets`.

use bugdrill_model::{BugType, Difficulty, Language, PublicationStatus, SnippetOrigin};
use sea_orm::entity::prelude::*;

use crate::text::Text;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "snippets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub pattern_id: i32,
    /// The place in the pattern.
    pub position: i32,
    pub title: String,
    pub description: String,
    pub difficulty: Text<Difficulty>,
    pub language: Text<Language>,
    pub correct_code: String,
    pub buggy_code: String,
    pub bug_type: Text<BugType>,
    pub bug_explanation: String,
    pub why_question: String,
    pub test_cases: String,
    pub hint_1: String,
    pub hint_2: String,
    pub hint_3: String,
    pub signature: String,
    pub comparison: String,
    pub checker: Option<String>,
    pub limits: String,
    /// In tokens.
    pub edit_budget: i32,
    pub time_estimate_minutes: i32,
    pub exercise_id: String,
    pub bug_id: String,
    /// Who may change it.
    pub origin: Text<SnippetOrigin>,
    /// Counts the changes that a learner would notice.
    pub revision: i32,
    /// SHA-256 of the content, in hexadecimal.
    pub content_hash: String,
    pub created_by: Option<Uuid>,
    pub status: Text<PublicationStatus>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
