//! Users: anonymous trials and accounts.

use std::fmt;

use bugdrill_model::{Language, Role};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    SqlErr, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    AuditEntry, AuditEvent, AuditStamp, NewSession, Session, Store, StoreError, audit,
    database::storable,
    entities::{user, user_identity},
    steps::{self, credentials},
    writing::Transaction,
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
    /// What the user may do in a session with a second factor.
    pub role: Role,
    /// Whether this is an anonymous trial.
    pub is_trial: bool,
    /// How many more snippets a trial may start.
    pub trial_snippets_remaining: i32,
    /// When the user proved to receive mail at the address.
    pub email_verified_at: Option<DateTime<Utc>>,
    /// Where the learner's days begin: the IANA name of a time zone.
    pub time_zone: Option<String>,
    /// What they want to be shown and to show.
    pub settings: Settings,
    /// By what they prove who they are.
    pub(crate) credentials: Credentials,
}

/// What a user wants to be shown and to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether they see for how many days they practised.
    pub shows_streak: bool,
    /// Whether others see their points.
    pub is_on_leaderboards: bool,
    /// Whether they take part in leagues.
    pub is_in_leagues: bool,
}

/// By what a user proves who they are. What was proved by them counts only while they are the same.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Credentials {
    password_hash: Option<String>,
    second_factor_since: Option<DateTime<Utc>>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Credentials(…)")
    }
}

impl From<&user::Model> for Credentials {
    fn from(model: &user::Model) -> Self {
        Self { password_hash: model.password_hash.clone(), second_factor_since: model.totp_confirmed_at }
    }
}

impl User {
    /// How many more snippets this user may start, when it is a trial.
    pub fn trial_remaining(&self) -> Option<i32> {
        self.is_trial.then_some(self.trial_snippets_remaining)
    }

    /// The hash of the password, if there is one.
    pub fn password_hash(&self) -> Option<&str> {
        self.credentials.password_hash.as_deref()
    }

    /// Whether logging in takes a second factor.
    pub fn has_second_factor(&self) -> bool {
        self.credentials.second_factor_since.is_some()
    }
}

impl From<user::Model> for User {
    fn from(model: user::Model) -> Self {
        Self {
            credentials: Credentials::from(&model),
            settings: Settings {
                shows_streak: model.shows_streak,
                is_on_leaderboards: model.is_on_leaderboards,
                is_in_leagues: model.is_in_leagues,
            },
            id: model.id,
            email: model.email,
            display_name: model.display_name,
            role: model.role.0,
            is_trial: model.is_trial,
            trial_snippets_remaining: model.trial_snippets_remaining,
            email_verified_at: model.email_verified_at,
            time_zone: model.time_zone,
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
    /// Whether they see for how many days they practised.
    pub shows_streak: Option<bool>,
    /// Whether others see their points.
    pub is_on_leaderboards: Option<bool>,
    /// Whether they take part in leagues.
    pub is_in_leagues: Option<bool>,
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
    /// Creates an anonymous user, who may start `snippets` snippets, with a session.
    pub async fn start_trial(
        &self,
        id: Uuid,
        snippets: u32,
        session: NewSession,
        now: DateTime<Utc>,
    ) -> Result<(Session, User), StoreError> {
        let transaction = self.store.begin_write().await?;
        let trial = steps::users::trial(id, snippets, now).insert(&transaction).await?;
        let started = steps::sessions::start(&transaction, trial, session, now).await?;
        transaction.commit().await?;
        Ok(started)
    }

    /// Creates an account by a password, with a session. The trial `trial`, where there is one, becomes the account, with
    /// all that it did; its tokens end.
    pub async fn create_account(
        &self,
        new: NewAccount,
        trial: Option<Uuid>,
        session: NewSession,
        stamp: AuditStamp,
    ) -> Result<(Session, User), AccountError> {
        let (transaction, row) = self.begin_account(new.id, trial, stamp.now).await?;
        let account = user::ActiveModel {
            email: Set(Some(new.email)),
            password_hash: Set(Some(new.password_hash)),
            display_name: Set(new.display_name.as_deref().map(storable)),
            ..row.into_active_model()
        };
        let account = account.update(&transaction).await?;
        let entry = AuditEntry::own(stamp, AuditEvent::SignedUp, account.id).with("with", "password");
        audit::record(&transaction, entry).await?;
        let started = steps::sessions::start(&transaction, account, session, stamp.now).await?;
        transaction.commit().await?;
        Ok(started)
    }

    /// A transaction, and in it the row of a new account: that of the trial, whose sessions end, or one of its own.
    pub(crate) async fn begin_account(
        &self,
        id: Uuid,
        trial: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Result<(Transaction, user::Model), DbErr> {
        if let Some(trial) = trial
            && let Some((transaction, row)) = self.store.begin_write_of(trial).await?
            && row.is_trial
        {
            steps::sessions::end_all(&transaction, trial, None).await?;
            let account = user::ActiveModel { is_trial: Set(false), ..row.into_active_model() };
            let row = account.update(&transaction).await?;
            steps::leaderboards::list_again(&transaction, &row).await?;
            return Ok((transaction, row));
        }
        let transaction = self.store.begin_write().await?;
        let row = steps::users::blank(id, now).insert(&transaction).await?;
        Ok((transaction, row))
    }

    /// The account with this address.
    pub async fn by_email(&self, email: &str) -> Result<Option<User>, StoreError> {
        let row = user::Entity::find().filter(user::Column::Email.eq(email)).one(&self.store.reader).await?;
        Ok(row.map(User::from))
    }

    /// The user of this id.
    pub async fn find(&self, id: Uuid) -> Result<Option<User>, StoreError> {
        Ok(user::Entity::find_by_id(id).one(&self.store.reader).await?.map(User::from))
    }

    /// The profile of this user.
    pub async fn profile(&self, id: Uuid) -> Result<Option<Profile>, StoreError> {
        let Some(row) = user::Entity::find_by_id(id).one(&self.store.reader).await? else { return Ok(None) };
        let identities = user_identity::Entity::find()
            .filter(user_identity::Column::UserId.eq(id))
            .order_by_asc(user_identity::Column::Provider)
            .all(&self.store.reader)
            .await?;
        Ok(Some(Profile {
            preferred_language: row.preferred_language.as_deref().and_then(Language::of_name),
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
        let was_on_leaderboards = row.is_on_leaderboards;
        let mut row = row.into_active_model();
        let flags = [
            (&mut row.shows_streak, change.shows_streak),
            (&mut row.is_on_leaderboards, change.is_on_leaderboards),
            (&mut row.is_in_leagues, change.is_in_leagues),
        ];
        for (column, change) in flags {
            if let Some(wanted) = change {
                *column = Set(wanted);
            }
        }
        if let Some(name) = change.display_name {
            row.display_name = Set(name.as_deref().map(storable));
        }
        if let Some(language) = change.preferred_language {
            row.preferred_language = Set(language.map(|language| language.as_str().to_owned()));
        }
        if let Some(zone) = change.time_zone {
            row.time_zone = Set(zone);
        }
        let row = row.update(&transaction).await?;
        if row.is_on_leaderboards != was_on_leaderboards {
            steps::leaderboards::list_again(&transaction, &row).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Gives the user another password in this session, and ends all others. Tells whether it did: not when the session
    /// has ended, or they have another password than `user` already.
    pub async fn change_password(
        &self,
        user: &User,
        session_id: Uuid,
        hash: String,
        stamp: AuditStamp,
    ) -> Result<bool, StoreError> {
        let found = self.store.begin_write_in(user.id, session_id, stamp.now).await?;
        let Some((transaction, row)) = found else { return Ok(false) };
        if row.password_hash.as_deref() != user.password_hash() {
            return Ok(false);
        }
        credentials::set_password(&transaction, row.into_active_model(), hash, Some(session_id)).await?;
        audit::record(&transaction, AuditEntry::own(stamp, AuditEvent::PasswordChanged, user.id)).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Keeps another hash of the same password, unless the user has another one than `user` already. Returns the user,
    /// as they are then.
    pub async fn rehash_password(&self, mut user: User, hash: String) -> Result<User, StoreError> {
        let same = user::Entity::update_many()
            .col_expr(user::Column::PasswordHash, Expr::value(hash.clone()))
            .filter(user::Column::Id.eq(user.id))
            .filter(user::Column::PasswordHash.eq(user.password_hash()))
            .exec(&self.store.writer)
            .await?;
        if same.rows_affected == 1 {
            user.credentials.password_hash = Some(hash);
        }
        Ok(user)
    }
}
