//! The table `refresh_tokens`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_tokens")]
pub struct Model {
    /// SHA-256 of the token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub user_id: Uuid,
    /// All tokens that descend from one log-in.
    pub family_id: Uuid,
    /// The token that was exchanged for this one.
    pub parent_hash: Option<Vec<u8>>,
    pub used_at: Option<DateTimeUtc>,
    /// When another replacement of the same parent took its place, because the answer that held it was lost.
    pub revoked_at: Option<DateTimeUtc>,
    pub expires_at: DateTimeUtc,
    /// When the family ends, however often it is refreshed.
    pub family_expires_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
