//! The audit log: what happened to accounts, by whom and when. It is only ever added to, and outlives those it is
//! about; after some time it is forgotten ([`crate::RetentionRepository`]).

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{Store, StoreError, entities::audit_entry, text::Text};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditEvent {
    /// An account was made.
    SignedUp,
    /// A session was started.
    LoggedIn,
    /// A password, a code or a proof of a provider was wrong.
    LogInFailed,
    /// A session was ended by who had it.
    LoggedOut,
    /// The password was set, by somebody logged in.
    PasswordChanged,
    /// The password was set, by a mailed link.
    PasswordReset,
    /// A mailed link proved that the address is the user's.
    EmailVerified,
    /// Logging in takes a second factor from now on.
    SecondFactorEnabled,
    /// It takes none any more.
    SecondFactorDisabled,
    /// A recovery code took the place of the second factor.
    RecoveryCodeUsed,
    /// The recovery codes were replaced.
    RecoveryCodesRenewed,
    /// A session was ended from another one, or by an administrator.
    SessionEnded,
    /// A refresh token was used twice: its session was ended.
    RefreshTokenReused,
    /// An identity at a provider was added to the account.
    IdentityLinked,
    /// An identity at a provider was taken from the account.
    IdentityUnlinked,
    /// What a trial did became the account's.
    TrialMerged,
    /// The user's role is another one.
    RoleChanged,
    /// All that is stored of the user was given out to them.
    Exported,
    /// The user was forgotten.
    Deleted,
    /// The database was replaced by a backup; sessions of accounts ended with that.
    Restored,
}

/// When something is done, and the id of the entry of the log that tells of it. What takes a stamp writes both at once, or
/// neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditStamp {
    /// The entry's id.
    pub entry_id: Uuid,
    /// The present time.
    pub now: DateTime<Utc>,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// The id.
    pub id: Uuid,
    /// What happened.
    pub event: AuditEvent,
    /// Who did it; None for the system, or somebody unknown.
    pub actor_id: Option<Uuid>,
    /// To whom; None where there is no such user.
    pub subject_id: Option<Uuid>,
    /// More; never an address, a token or code.
    pub details: Map<String, Value>,
    /// When.
    pub created_at: DateTime<Utc>,
}

impl AuditEntry {
    /// What a user did to their own account.
    pub fn own(stamp: AuditStamp, event: AuditEvent, user_id: Uuid) -> Self {
        Self { actor_id: Some(user_id), ..Self::of(stamp, event, user_id) }
    }

    /// What the system, or somebody unknown, did to a user's account, or tried to do.
    pub fn of(stamp: AuditStamp, event: AuditEvent, user_id: impl Into<Option<Uuid>>) -> Self {
        let AuditStamp { entry_id: id, now } = stamp;
        Self { id, event, actor_id: None, subject_id: user_id.into(), details: Map::new(), created_at: now }
    }

    /// Adds a detail.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.details.insert(name.to_owned(), value.into());
        self
    }
}

impl TryFrom<audit_entry::Model> for AuditEntry {
    type Error = StoreError;

    fn try_from(row: audit_entry::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            event: row.event.0,
            actor_id: row.actor_id,
            subject_id: row.subject_id,
            details: serde_json::from_str(&row.details)?,
            created_at: row.created_at,
        })
    }
}

/// The audit log.
#[derive(Clone, Copy, Debug)]
pub struct AuditRepository<'a> {
    pub(crate) store: &'a Store,
}

impl AuditRepository<'_> {
    /// Adds an entry.
    pub async fn record(&self, entry: AuditEntry) -> Result<(), StoreError> {
        Ok(record(&self.store.writer, entry).await?)
    }

    /// The newest entries about a user, `limit` at the most.
    pub async fn of_subject(&self, subject_id: Uuid, limit: u64) -> Result<Vec<AuditEntry>, StoreError> {
        let rows = audit_entry::Entity::find()
            .filter(audit_entry::Column::SubjectId.eq(subject_id))
            .order_by_desc(audit_entry::Column::CreatedAt)
            .order_by_desc(audit_entry::Column::Id)
            .limit(limit)
            .all(&self.store.reader)
            .await?;
        rows.into_iter().map(AuditEntry::try_from).collect()
    }
}

/// Adds an entry, where it is part of what it tells of.
pub(crate) async fn record(connection: &impl ConnectionTrait, entry: AuditEntry) -> Result<(), DbErr> {
    let row = audit_entry::ActiveModel {
        id: Set(entry.id),
        event: Set(Text(entry.event)),
        actor_id: Set(entry.actor_id),
        subject_id: Set(entry.subject_id),
        details: Set(Value::Object(entry.details).to_string()),
        created_at: Set(entry.created_at),
    };
    audit_entry::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}
