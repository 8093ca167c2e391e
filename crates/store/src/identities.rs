//! Who users are at other providers.

use std::fmt;

use bugdrill_model::Role;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, Select, SqlErr,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AuditEntry, AuditEvent, AuditStamp, Store, StoreError, User, audit,
    database::storable,
    entities::{user, user_identity},
    steps::credentials,
};

/// Somebody, as a provider knows them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderIdentity {
    /// The provider.
    pub provider: String,
    /// Its own name for them, which never changes.
    pub subject: String,
    /// Their address in normal form; only one that the provider has verified to be theirs.
    pub verified_email: Option<String>,
    /// What they are called.
    pub display_name: Option<String>,
}

impl fmt::Debug for ProviderIdentity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ProviderIdentity").field("provider", &self.provider).finish_non_exhaustive()
    }
}

/// How the account of an identity was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognition {
    /// They belonged together before.
    Known,
    /// It has the identity's address; they belong together from now on.
    Linked,
    /// It is new. A trial that came along has become it.
    Created,
}

/// Who users are at other providers.
#[derive(Clone, Copy, Debug)]
pub struct IdentityRepository<'a> {
    pub(crate) store: &'a Store,
}

/// How often it is tried anew when others write the same identity or address at the same time.
const RETRIES: usize = 3;

impl IdentityRepository<'_> {
    /// Whether this identity belongs to an account.
    pub async fn is_known(&self, provider: &str, subject: &str) -> Result<bool, StoreError> {
        Ok(find(provider, subject).one(&self.store.reader).await?.is_some())
    }

    /// The account of an identity, or else the one with its address, or else a new one: the row of `trial` with all
    /// that it did, or one of the id `new_id`. `None` when the identity belongs to nobody and has no address to tell
    /// to whom it could.
    ///
    /// Whoever made an account may not own its address until that is verified. When its owner comes this way, all that
    /// could let somebody else in goes first: the password, sessions, the second factor. An editor's or admin's
    /// account stays as it is until it is verified, and is not found: an operator made it, who is to be asked.
    pub async fn recognise(
        &self,
        identity: &ProviderIdentity,
        trial: Option<Uuid>,
        new_id: Uuid,
        stamp: AuditStamp,
    ) -> Result<Option<(User, Recognition)>, StoreError> {
        let mut retries = 0;
        loop {
            match self.try_recognise(identity, trial, new_id, stamp).await {
                Err(error) if retries < RETRIES && is_taken(&error) => retries += 1,
                recognised => return Ok(recognised?),
            }
        }
    }

    async fn try_recognise(
        &self,
        identity: &ProviderIdentity,
        trial: Option<Uuid>,
        new_id: Uuid,
        stamp: AuditStamp,
    ) -> Result<Option<(User, Recognition)>, DbErr> {
        let now = stamp.now;
        let connection = &self.store.reader;
        if let Some(known) = find(&identity.provider, &identity.subject).one(connection).await? {
            let user = user::Entity::find_by_id(known.user_id).one(connection).await?;
            return Ok(user.map(|user| (user.into(), Recognition::Known)));
        }
        let Some(email) = &identity.verified_email else { return Ok(None) };
        let same_address = user::Entity::find().filter(user::Column::Email.eq(email)).one(connection).await?;
        let (transaction, user, recognition) = if let Some(user) = same_address {
            let Some((transaction, user)) = self.store.begin_write_of(user.id).await? else { return Ok(None) };
            if user.email.as_ref() != Some(email) || (user.email_verified_at.is_none() && *user.role != Role::User) {
                return Ok(None);
            }
            let user = if user.email_verified_at.is_none() {
                let mut user = credentials::take_from_stranger(&transaction, user).await?;
                user.email_verified_at = Set(Some(now));
                user.update(&transaction).await?
            } else {
                user
            };
            (transaction, user, Recognition::Linked)
        } else {
            let (transaction, row) = self.store.users().begin_account(new_id, trial, now).await?;
            let mut account = row.into_active_model();
            account.email = Set(Some(email.clone()));
            account.email_verified_at = Set(Some(now));
            account.display_name = Set(identity.display_name.as_deref().map(storable));
            let user = account.update(&transaction).await?;
            (transaction, user, Recognition::Created)
        };
        let model = user_identity::ActiveModel {
            provider: Set(identity.provider.clone()),
            subject: Set(identity.subject.clone()),
            user_id: Set(user.id),
            email: Set(Some(email.clone())),
            created_at: Set(now),
        };
        user_identity::Entity::insert(model).exec_without_returning(&transaction).await?;
        let is_new = recognition == Recognition::Created;
        let event = if is_new { AuditEvent::SignedUp } else { AuditEvent::IdentityLinked };
        let entry = AuditEntry::own(stamp, event, user.id).with("provider", identity.provider.as_str());
        audit::record(&transaction, entry).await?;
        transaction.commit().await?;
        Ok(Some((user.into(), recognition)))
    }
}

fn find(provider: &str, subject: &str) -> Select<user_identity::Entity> {
    user_identity::Entity::find_by_id((provider.to_owned(), subject.to_owned()))
}

/// Whether a row was there before of which there can be only one.
fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
