//! Users: anonymous trials and accounts.

use bugdrill_model::Language;
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, SqlErr,
};
use uuid::Uuid;

use crate::{
    MailedTokenPurpose, NewSession, Session, Store, StoreError,
    content::{from_text, to_text},
    database::storable,
    entities::{login_challenge, user, user_identity},
    mailed_tokens, sessions,
};

/// A user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The id.
    pub id: Uuid,
    /// The address, in normal form; trials have none.
    pub email: Option<String>,
    /// What the user wants to be called.
    pub display_name: Option<String>,
    /// `user`, `editor` or `admin`.
    pub role: String,
    /// Whether this is an anonymous trial.
    pub is_trial: bool,
    /// How many more snippets a trial may start.
    pub trial_snippets_remaining: i32,
    /// When the user proved to receive mail at the address.
    pub email_verified_at: Option<DateTime<Utc>>,
    /// Whether there is a password.
    pub has_password: bool,
    /// Whether logging in takes a second factor.
    pub has_second_factor: bool,
}

impl User {
    /// How many more snippets this user may start, when it is a trial.
    pub fn trial_remaining(&self) -> Option<i32> {
        self.is_trial.then_some(self.trial_snippets_remaining)
    }
}

impl From<user::Model> for User {
    fn from(model: user::Model) -> Self {
        Self {
            id: model.id,
            email: model.email,
            display_name: model.display_name,
            role: model.role,
            is_trial: model.is_trial,
            trial_snippets_remaining: model.trial_snippets_remaining,
            email_verified_at: model.email_verified_at,
            has_password: model.password_hash.is_some(),
            has_second_factor: model.totp_confirmed_at.is_some(),
        }
    }
}

/// What the users say about themselves, and how they log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The user.
    pub user: User,
    /// The language that they practise.
    pub preferred_language: Option<Language>,
    /// Their time zone, by its IANA name.
    pub time_zone: Option<String>,
    /// When they came.
    pub created_at: DateTime<Utc>,
    /// Their names at other providers.
    pub identities: Vec<Identity>,
}

/// A user's name at another provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub provider: String,
    /// The address that the provider gave.
    pub email: Option<String>,
}

/// What changes of a profile: `None` leaves it, `Some(None)` removes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// What the user wants to be called.
    pub display_name: Option<Option<String>>,
    /// The language that they practise.
    pub preferred_language: Option<Option<Language>>,
    /// Their time zone, by its IANA name.
    pub time_zone: Option<Option<String>>,
}

/// An account to be created.
#[derive(Clone)]
pub struct NewAccount {
    /// The id; a trial that becomes an account keeps its own.
    pub id: Uuid,
    /// The address, in normal form.
    pub email: String,
    /// bcrypt.
    pub password_hash: String,
    /// What the user wants to be called.
    pub display_name: Option<String>,
}

/// Why an account is not created.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Another account has this address.
    #[error("the address is taken")]
    EmailTaken,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbErr> for AccountError {
    fn from(error: DbErr) -> Self {
        // Nothing else of a user is unique but the id, which is random.
        if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) {
            return Self::EmailTaken;
        }
        Self::Store(error.into())
    }
}

/// Users.
#[derive(Clone, Copy, Debug)]
pub struct UserRepository<'a> {
    pub(crate) store: &'a Store,
}

impl UserRepository<'_> {
    /// Creates an anonymous user, who may start `snippets` snippets.
    pub async fn create_trial(&self, id: Uuid, snippets: u32, now: DateTime<Utc>) -> Result<User, StoreError> {
        let trial = user::ActiveModel {
            is_trial: Set(true),
            trial_snippets_remaining: Set(i32::try_from(snippets).unwrap_or(i32::MAX)),
            ..blank(id, now)
        };
        Ok(trial.insert(&self.store.connection).await?.into())
    }

    /// Creates an account with a session. The trial `trial`, where there is one, becomes the account, with all that it
    /// did; its tokens end.
    pub async fn create_account(
        &self,
        new: NewAccount,
        trial: Option<Uuid>,
        session: NewSession,
        now: DateTime<Utc>,
    ) -> Result<(Session, User), AccountError> {
        let (transaction, row) = self.begin_account(new.id, trial, now).await?;
        let account = user::ActiveModel {
            email: Set(Some(new.email)),
            password_hash: Set(Some(new.password_hash)),
            display_name: Set(new.display_name.as_deref().map(storable)),
            ..row.into_active_model()
        };
        let started = sessions::start(&transaction, account.update(&transaction).await?, session, now).await?;
        transaction.commit().await?;
        Ok(started)
    }

    /// A transaction, and in it the row of a new account: that of the trial, whose sessions end, or one of its own.
    pub(crate) async fn begin_account(
        &self,
        id: Uuid,
        trial: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Result<(DatabaseTransaction, user::Model), DbErr> {
        if let Some(trial) = trial
            && let Some((transaction, row)) = self.store.begin_write_of(trial).await?
            && row.is_trial
        {
            sessions::end_all(&transaction, trial, None).await?;
            let account = user::ActiveModel { is_trial: Set(false), ..row.into_active_model() };
            let row = account.update(&transaction).await?;
            return Ok((transaction, row));
        }
        let transaction = self.store.begin_write().await?;
        let row = blank(id, now).insert(&transaction).await?;
        Ok((transaction, row))
    }

    /// The account with this address and its password's hash.
    pub async fn by_email(&self, email: &str) -> Result<Option<(User, Option<String>)>, StoreError> {
        let row = user::Entity::find().filter(user::Column::Email.eq(email)).one(&self.store.connection).await?;
        Ok(row.map(|row| (row.clone().into(), row.password_hash)))
    }

    /// The hash of the user's password, if there is one.
    pub async fn password_hash(&self, id: Uuid) -> Result<Option<String>, StoreError> {
        let row = user::Entity::find_by_id(id).one(&self.store.connection).await?;
        Ok(row.and_then(|row| row.password_hash))
    }

    /// The user of this id.
    pub async fn find(&self, id: Uuid) -> Result<Option<User>, StoreError> {
        Ok(user::Entity::find_by_id(id).one(&self.store.connection).await?.map(User::from))
    }

    /// The profile of this user.
    pub async fn profile(&self, id: Uuid) -> Result<Option<Profile>, StoreError> {
        let Some(row) = user::Entity::find_by_id(id).one(&self.store.connection).await? else { return Ok(None) };
        let identities = user_identity::Entity::find()
            .filter(user_identity::Column::UserId.eq(id))
            .order_by_asc(user_identity::Column::Provider)
            .all(&self.store.connection)
            .await?;
        Ok(Some(Profile {
            preferred_language: row.preferred_language.as_deref().map(from_text).transpose()?,
            time_zone: row.time_zone.clone(),
            created_at: row.created_at,
            user: row.into(),
            identities: identities
                .into_iter()
                .map(|identity| Identity { provider: identity.provider, email: identity.email })
                .collect(),
        }))
    }

    /// Changes a profile; tells whether there is such a user.
    pub async fn change_profile(&self, id: Uuid, change: ProfileChange) -> Result<bool, StoreError> {
        let Some((transaction, row)) = self.store.begin_write_of(id).await? else { return Ok(false) };
        let mut row = row.into_active_model();
        if let Some(name) = change.display_name {
            row.display_name = Set(name.as_deref().map(storable));
        }
        if let Some(language) = change.preferred_language {
            row.preferred_language = Set(language.map(to_text));
        }
        if let Some(zone) = change.time_zone {
            row.time_zone = Set(zone);
        }
        row.update(&transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Gives the user another password, unless the old one is no longer that of hash `old`; tells whether it did. All
    /// sessions end but `keep`.
    pub async fn change_password(
        &self,
        id: Uuid,
        old: Option<&str>,
        new: String,
        keep: Option<Uuid>,
    ) -> Result<bool, StoreError> {
        let Some((transaction, row)) = self.store.begin_write_of(id).await? else { return Ok(false) };
        if row.password_hash.as_deref() != old {
            return Ok(false);
        }
        set_password(&transaction, row.into_active_model(), new, keep).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// A new user, neither trial nor with a way to log in.
fn blank(id: Uuid, now: DateTime<Utc>) -> user::ActiveModel {
    user::ActiveModel {
        id: Set(id),
        role: Set("user".into()),
        created_at: Set(now),
        last_login_at: Set(Some(now)),
        is_trial: Set(false),
        trial_snippets_remaining: Set(0),
        ..Default::default()
    }
}

/// Gives a user another password, in a transaction that writes of them: all sessions end but `keep`, and so does what the
/// old password has begun or a mailed link could.
pub(crate) async fn set_password(
    transaction: &DatabaseTransaction,
    mut user: user::ActiveModel,
    password_hash: String,
    keep: Option<Uuid>,
) -> Result<User, DbErr> {
    user.password_hash = Set(Some(password_hash));
    let user = user.update(transaction).await?;
    sessions::end_all(transaction, user.id, keep).await?;
    mailed_tokens::delete(transaction, user.id, MailedTokenPurpose::ResetPassword).await?;
    login_challenge::Entity::delete_many()
        .filter(login_challenge::Column::UserId.eq(user.id))
        .exec(transaction)
        .await?;
    Ok(user.into())
}
