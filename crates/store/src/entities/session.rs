//! The table `sessions`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// The family of its refresh tokens, and the `sid` of its access tokens.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    /// What the client calls itself, for the user to recognise it.
    pub client: Option<String>,
    pub created_at: DateTimeUtc,
    /// When it was last refreshed.
    pub last_used_at: DateTimeUtc,
    /// When it ends, however often it is refreshed.
    pub expires_at: DateTimeUtc,
    /// When the user last proved who they are.
    pub authenticated_at: DateTimeUtc,
    /// Whether that took a second factor.
    pub second_factor: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
