//! Sessions and their refresh tokens: opaque, stored hashed, single use, in families. A session is such a family.

use bugdrill_model::{
    Role,
    session::{MAX_RETRIES, PresentedToken},
};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{
    AuditEntry, AuditEvent, AuditStamp, Store, StoreError, User, audit,
    entities::{refresh_token, session, user},
    steps::{credentials, sessions as steps},
};

/// A refresh token to be stored. The token itself never gets here.
#[derive(Clone, Debug)]
pub struct NewRefreshToken {
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// When this token ends.
    pub expires_at: DateTime<Utc>,
}

/// A session to be started.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Its id.
    pub id: Uuid,
    /// What the client calls itself.
    pub client: Option<String>,
    /// The first refresh token.
    pub token: NewRefreshToken,
    /// When it ends, however often it is refreshed.
    pub expires_at: DateTime<Utc>,
    /// Whether the user proved who they are with a second factor too.
    pub second_factor: bool,
}

/// A session that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: Uuid,
    /// What the client calls itself.
    pub client: Option<String>,
    /// When it was started.
    pub created_at: DateTime<Utc>,
    /// When it was last refreshed.
    pub last_used_at: DateTime<Utc>,
    /// When the user last proved who they are.
    pub authenticated_at: DateTime<Utc>,
    /// Whether that took a second factor.
    pub second_factor: bool,
}

impl From<session::Model> for Session {
    fn from(model: session::Model) -> Self {
        Self {
            id: model.id,
            client: model.client,
            created_at: model.created_at,
            last_used_at: model.last_used_at,
            authenticated_at: model.authenticated_at,
            second_factor: model.second_factor,
        }
    }
}

/// A session that has not ended, with what it says of its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveSession {
    /// The session.
    pub session: Session,
    /// The user.
    pub user_id: Uuid,
    /// Whether this is an anonymous trial.
    pub is_trial: bool,
    /// What the user may do in this session.
    pub role: Role,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

impl ActiveSession {
    fn new(session: session::Model, user: user::Model) -> Self {
        Self {
            user_id: user.id,
            is_trial: user.is_trial,
            role: user.role.in_session(session.second_factor),
            expires_at: session.expires_at,
            session: session.into(),
        }
    }
}

/// Why a refresh token is not exchanged.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// It is unknown or has expired.
    #[error("the refresh token is not valid")]
    Invalid,
    /// It was used before, and so was the one it was exchanged for: somebody has a copy. Its session has ended.
    #[error("the refresh token was used twice")]
    Reused {
        /// The user whose session was ended.
        user_id: Uuid,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbErr> for RefreshError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// Sessions and their refresh tokens.
#[derive(Clone, Copy, Debug)]
pub struct SessionRepository<'a> {
    pub(crate) store: &'a Store,
}

impl SessionRepository<'_> {
    /// Starts a session of a user who has proved to be `user`; `with` tells the audit log by what. `None` when that is
    /// worth nothing any more: the user is gone, or has another password or second factor than `user`.
    pub async fn log_in(
        &self,
        user: &User,
        new: NewSession,
        with: &str,
        stamp: AuditStamp,
    ) -> Result<Option<(Session, User)>, StoreError> {
        let Some((transaction, row)) = self.store.begin_write_as(user).await? else { return Ok(None) };
        let started = steps::start(&transaction, row, new, stamp.now).await?;
        let entry = AuditEntry::own(stamp, AuditEvent::LoggedIn, user.id).with("with", with);
        audit::record(&transaction, entry).await?;
        transaction.commit().await?;
        Ok(Some(started))
    }

    /// This session of this user, unless it has ended. Mostly from memory: see [`crate::session_cache`].
    pub async fn find(&self, user_id: Uuid, id: Uuid, now: DateTime<Utc>) -> Result<Option<ActiveSession>, StoreError> {
        let remembered = self.store.changes.sessions.of_user(user_id);
        let mut found = remembered.get(id);
        if found.is_none() {
            let row = steps::find(id, now)
                .filter(session::Column::UserId.eq(user_id))
                .find_also_linked(UserOfSession)
                .one(&self.store.reader)
                .await?;
            found = row.and_then(|(session, user)| Some(ActiveSession::new(session, user?)));
            if let Some(session) = &found {
                remembered.add(session.clone());
            }
        }
        Ok(found.filter(|session| session.expires_at > now))
    }

    /// The user's sessions, the one used last first.
    pub async fn of_user(&self, user_id: Uuid, now: DateTime<Utc>) -> Result<Vec<Session>, StoreError> {
        let sessions = steps::of_user(user_id)
            .filter(session::Column::ExpiresAt.gt(now))
            .order_by_desc(session::Column::LastUsedAt)
            .order_by_asc(session::Column::Id)
            .all(&self.store.reader)
            .await?;
        Ok(sessions.into_iter().map(Session::from).collect())
    }

    /// The session that the refresh token of this hash belongs to, and its user.
    pub async fn of_token(&self, token_hash: &[u8]) -> Result<Option<(Uuid, Uuid)>, StoreError> {
        let token = refresh_token::Entity::find_by_id(token_hash.to_vec()).one(&self.store.reader).await?;
        Ok(token.map(|token| (token.family_id, token.user_id)))
    }

    /// Ends this session of the user; tells whether there was one. `event` is how it ends.
    pub async fn end(&self, user_id: Uuid, id: Uuid, event: AuditEvent, stamp: AuditStamp) -> Result<bool, StoreError> {
        let Some((transaction, _)) = self.store.begin_write_of(user_id).await? else { return Ok(false) };
        let is_theirs = steps::end(&transaction, user_id, &[id]).await?;
        if is_theirs {
            audit::record(&transaction, AuditEntry::own(stamp, event, user_id)).await?;
            transaction.commit().await?;
        }
        Ok(is_theirs)
    }

    /// Ends all sessions of the user but `keep`, as they ask. Returns how many.
    pub async fn end_all(&self, user_id: Uuid, keep: Option<Uuid>, stamp: AuditStamp) -> Result<usize, StoreError> {
        self.end_all_by(user_id, keep, AuditEntry::own(stamp, AuditEvent::SessionEnded, user_id)).await
    }

    /// Ends all sessions of the user, as an operator asks. Returns how many.
    pub async fn end_all_by_operator(&self, user_id: Uuid, stamp: AuditStamp) -> Result<usize, StoreError> {
        self.end_all_by(user_id, None, AuditEntry::of(stamp, AuditEvent::SessionEnded, user_id)).await
    }

    async fn end_all_by(&self, user_id: Uuid, keep: Option<Uuid>, entry: AuditEntry) -> Result<usize, StoreError> {
        let Some((transaction, _)) = self.store.begin_write_of(user_id).await? else { return Ok(0) };
        let ended = steps::end_all(&transaction, user_id, keep).await?;
        // A log-in that waits for its second factor would be the next session.
        credentials::end_challenges(&transaction, user_id).await?;
        audit::record(&transaction, entry.with("sessions", ended)).await?;
        transaction.commit().await?;
        Ok(ended)
    }

    /// Exchanges the token of hash `presented` for `replacement`, and tells whose it is and its session.
    /// [`PresentedToken`] says when a further use is forgiven, and when it ends the session.
    pub async fn exchange(
        &self,
        presented: &[u8],
        replacement: impl FnOnce(&User) -> NewRefreshToken,
        stamp: AuditStamp,
    ) -> Result<(Session, User), RefreshError> {
        let now = stamp.now;
        let find = || refresh_token::Entity::find_by_id(presented.to_vec());
        let owner = find().one(&self.store.reader).await?.ok_or(RefreshError::Invalid)?.user_id;
        let (transaction, user) = self.store.begin_write_of(owner).await?.ok_or(RefreshError::Invalid)?;
        let token = find()
            .one(&transaction)
            .await?
            .filter(|token| token.expires_at > now && token.family_expires_at > now)
            .ok_or(RefreshError::Invalid)?;
        let (user_id, family_id) = (token.user_id, token.family_id);
        let family_expires_at = token.family_expires_at;
        let is_replacement = refresh_token::Column::ParentHash.eq(presented.to_vec());
        let replacements = refresh_token::Entity::find().filter(is_replacement.clone()).limit(MAX_RETRIES as u64);
        let replacements = replacements.all(&transaction).await?;
        let presented_token = PresentedToken {
            is_of_trial: user.is_trial,
            used_ago: token.used_at.map(|used_at| (now - used_at).to_std().unwrap_or_default()),
            is_revoked: token.revoked_at.is_some(),
            replacements: replacements.len(),
            is_replacement_used: replacements.iter().any(|replacement| replacement.used_at.is_some()),
        };
        if presented_token.is_copied() {
            steps::end(&transaction, user_id, &[family_id]).await?;
            audit::record(&transaction, AuditEntry::of(stamp, AuditEvent::RefreshTokenReused, user_id)).await?;
            transaction.commit().await?;
            return Err(RefreshError::Reused { user_id });
        }
        if !replacements.is_empty() {
            refresh_token::Entity::update_many()
                .col_expr(refresh_token::Column::RevokedAt, Expr::value(now))
                .filter(is_replacement)
                .filter(refresh_token::Column::RevokedAt.is_null())
                .exec(&transaction)
                .await?;
        }
        let (created_at, used_at) = (token.created_at, token.used_at.or(Some(now)));
        let mut token = token.into_active_model();
        token.used_at = Set(used_at);
        token.update(&transaction).await?;
        let mut seen = user.into_active_model();
        seen.last_login_at = Set(Some(now));
        let user = User::from(seen.update(&transaction).await?);
        // The previous release, which may serve beside this one, starts families without this row.
        let session = session::ActiveModel {
            id: Set(family_id),
            user_id: Set(user_id),
            client: NotSet,
            created_at: Set(created_at),
            last_used_at: Set(now),
            expires_at: Set(family_expires_at),
            authenticated_at: Set(created_at),
            second_factor: Set(false),
        };
        let seen_again = OnConflict::column(session::Column::Id).update_column(session::Column::LastUsedAt).to_owned();
        let session =
            session::Entity::insert(session).on_conflict(seen_again).exec_with_returning(&transaction).await?;
        let parent = Some(presented.to_vec());
        steps::add_token(&transaction, user_id, family_id, parent, replacement(&user), family_expires_at, now).await?;
        transaction.commit().await?;
        Ok((session.into(), user))
    }
}

struct UserOfSession;

impl sea_orm::Linked for UserOfSession {
    type FromEntity = session::Entity;
    type ToEntity = user::Entity;

    fn link(&self) -> Vec<sea_orm::LinkDef> {
        let user: sea_orm::RelationDef =
            session::Entity::belongs_to(user::Entity).from(session::Column::UserId).to(user::Column::Id).into();
        vec![user]
    }
}
