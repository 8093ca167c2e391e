//! The table `user_pattern_progress`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "user_pattern_progress")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub pattern_id: i32,
    pub snippets_attempted: i32,
    pub snippets_solved: i32,
    pub total_attempts: i32,
    pub last_practiced_at: Option<DateTimeUtc>,
    pub next_review_at: Option<DateTimeUtc>,
    pub mastery_level: i32,
    /// In logits; `None` before the first submission that says something.
    pub skill: Option<f64>,
    /// How many first submissions it was made of.
    pub skill_observations: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
