//! The table `league_members`.

use bugdrill_model::{calendar::Day, league::Tier};
use sea_orm::entity::prelude::*;

use crate::text::Text;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "league_members")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// Its Monday.
    #[sea_orm(primary_key, auto_increment = false)]
    pub week: Text<Day>,
    pub tier: Text<Tier>,
    pub league_group: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
