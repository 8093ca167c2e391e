//! The table `user_snippets`.

use bugdrill_model::{SnippetStatus, calendar::Day};
use sea_orm::entity::prelude::*;

use crate::text::Text;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "user_snippets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub snippet_id: Uuid,
    pub status: Text<SnippetStatus>,
    pub attempts: i32,
    pub hints_revealed: i32,
    pub last_code: Option<String>,
    pub started_at: DateTimeUtc,
    pub solved_at: Option<DateTimeUtc>,
    pub given_up_at: Option<DateTimeUtc>,
    /// The learner's day of the last review by it.
    pub reviewed_on: Option<Text<Day>>,
    pub is_to_retry: bool,
    /// Whether the first answer to the question why it was wrong was right.
    pub why_is_right: Option<bool>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
