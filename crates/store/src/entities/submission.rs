//! The table `submissions`.

use bugdrill_model::{ExecutionStatus, rating::Rating};
use sea_orm::entity::prelude::*;

use crate::text::Text;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "submissions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub snippet_id: Uuid,
    pub snippet_revision: i32,
    pub code: String,
    /// Unique for a user, where it is given.
    pub idempotency_key: Option<String>,
    pub status: Text<ExecutionStatus>,
    /// How often it was claimed; also the fencing token of the last claim.
    pub claims: i32,
    /// Until when the last claim holds.
    pub lease_expires_at: Option<DateTimeUtc>,
    /// The judged run, as JSON.
    pub result: Option<String>,
    /// How well the snippet was solved, where this submission solved it.
    pub rating: Option<Text<Rating>>,
    /// What it earned.
    pub points: i32,
    /// The ids of the badges that it earned, as JSON; `None` where there are none.
    pub badges: Option<String>,
    pub created_at: DateTimeUtc,
    pub completed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
