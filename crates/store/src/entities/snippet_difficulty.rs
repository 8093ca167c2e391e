//! The table `snippet_difficulties`: how hard snippets are, by what learners did at first.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "snippet_difficulties")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub snippet_id: Uuid,
    /// In logits.
    pub difficulty: f64,
    /// How many first submissions it was made of.
    pub observations: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
