//! The table `reports`.

use bugdrill_model::ReportReason;
use sea_orm::entity::prelude::*;

use crate::text::Text;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub snippet_id: Uuid,
    pub snippet_revision: i32,
    pub reason: Text<ReportReason>,
    pub comment: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
