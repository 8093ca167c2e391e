//! The table `user_snippet_attempts`.

use bugdrill_model::Verdict;
use sea_orm::entity::prelude::*;

use crate::text::Text;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "user_snippet_attempts")]
pub struct Model {
    /// The id of the submission.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub snippet_id: Uuid,
    pub snippet_revision: i32,
    pub submitted_code: String,
    pub is_correct: bool,
    pub verdict: Text<Verdict>,
    pub execution_time_ms: i32,
    pub test_cases_passed: i32,
    pub test_cases_total: i32,
    pub hints_used: i32,
    pub attempt_number: i32,
    pub edit_tokens: i32,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
