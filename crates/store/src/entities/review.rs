//! The table `reviews`.

use bugdrill_model::{calendar::Day, rating::Rating};
use sea_orm::entity::prelude::*;

use crate::text::Text;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reviews")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub pattern_id: i32,
    pub snippet_id: Uuid,
    pub rating: Text<Rating>,
    pub hints_revealed: i32,
    pub failed_submits: i32,
    pub edit_tokens: Option<i32>,
    pub within_edit_budget: Option<bool>,
    pub first_exposure: bool,
    pub quick: Option<bool>,
    /// The learner's day. `None` of what a server of an earlier release writes beside this one.
    pub reviewed_on: Option<Text<Day>>,
    pub points: i32,
    /// The hour of the learner's day. `None` of what earlier releases wrote.
    pub hour: Option<i32>,
    /// Whether the pattern was due, or the snippet came back.
    pub was_due: bool,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
