//! The table `signing_keys`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_keys")]
pub struct Model {
    /// The `kid` of tokens.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// One more than that of the key before it; unique, so that of servers that rotate at once one wins.
    pub generation: i32,
    /// Sealed. The public key is made of it, never read from where it could be exchanged.
    pub private_key: Vec<u8>,
    /// From when tokens are signed with it: other servers know it by then.
    pub signs_from: DateTimeUtc,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
