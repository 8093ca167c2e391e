//! The table `audit_log`.

use sea_orm::entity::prelude::*;

use crate::{AuditEvent, text::Text};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_log")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event: Text<AuditEvent>,
    /// Who did it; None for the system, or somebody unknown.
    pub actor_id: Option<Uuid>,
    /// To whom.
    pub subject_id: Option<Uuid>,
    /// More, as JSON; never an address, a token or code.
    pub details: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
