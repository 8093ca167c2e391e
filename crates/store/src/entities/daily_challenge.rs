//! The table `daily_challenges`: the exercise and bug of each day, the same for everyone.

use bugdrill_model::calendar::Day;
use sea_orm::entity::prelude::*;

use crate::text::Text;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "daily_challenges")]
pub struct Model {
    /// In UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Text<Day>,
    pub exercise_id: String,
    pub bug_id: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
