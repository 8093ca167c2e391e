//! Sessions and their refresh tokens: opaque, stored hashed, single use, in families. A session is such a family.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    Store, StoreError, User,
    entities::{refresh_token, session, user},
};

/// More sessions than this a user cannot have: the ones unused for longest end.
const MAX_SESSIONS: u64 = 50;

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
    /// Starts a session of this user; `None` when there is no such user.
    pub async fn start(
        &self,
        user_id: Uuid,
        new: NewSession,
        now: DateTime<Utc>,
    ) -> Result<Option<(Session, User)>, StoreError> {
        let Some((transaction, user)) = self.store.begin_write_of(user_id).await? else { return Ok(None) };
        let started = start(&transaction, user, new, now).await?;
        transaction.commit().await?;
        Ok(Some(started))
    }

    /// The session of this id and its user, unless it has ended.
    pub async fn find(&self, id: Uuid, now: DateTime<Utc>) -> Result<Option<(Session, User)>, StoreError> {
        let found = session::Entity::find_by_id(id)
            .filter(session::Column::ExpiresAt.gt(now))
            .find_also_linked(UserOfSession)
            .one(&self.store.connection)
            .await?;
        Ok(found.and_then(|(session, user)| Some((session.into(), user?.into()))))
    }

    /// The user's sessions, the one used last first.
    pub async fn of_user(&self, user_id: Uuid, now: DateTime<Utc>) -> Result<Vec<Session>, StoreError> {
        let sessions = of_user(user_id)
            .filter(session::Column::ExpiresAt.gt(now))
            .order_by_desc(session::Column::LastUsedAt)
            .order_by_asc(session::Column::Id)
            .all(&self.store.connection)
            .await?;
        Ok(sessions.into_iter().map(Session::from).collect())
    }

    /// The session that the refresh token of this hash belongs to, and its user.
    pub async fn of_token(&self, token_hash: &[u8]) -> Result<Option<(Uuid, Uuid)>, StoreError> {
        let token = refresh_token::Entity::find_by_id(token_hash.to_vec()).one(&self.store.connection).await?;
        Ok(token.map(|token| (token.family_id, token.user_id)))
    }

    /// Ends this session of the user; tells whether there was one.
    pub async fn end(&self, user_id: Uuid, id: Uuid) -> Result<bool, StoreError> {
        let Some((transaction, _)) = self.store.begin_write_of(user_id).await? else { return Ok(false) };
        let is_theirs = of_user(user_id).filter(session::Column::Id.eq(id)).one(&transaction).await?.is_some();
        if is_theirs {
            end(&transaction, &[id]).await?;
            transaction.commit().await?;
        }
        Ok(is_theirs)
    }

    /// Ends all sessions of the user but `keep`. Returns how many.
    pub async fn end_all(&self, user_id: Uuid, keep: Option<Uuid>) -> Result<usize, StoreError> {
        let Some((transaction, _)) = self.store.begin_write_of(user_id).await? else { return Ok(0) };
        let ended = end_all(&transaction, user_id, keep).await?;
        transaction.commit().await?;
        Ok(ended)
    }

    /// Exchanges the token of hash `presented` for `replacement`, and tells whose it is and its session.
    ///
    /// A further use is forgiven while no replacement was ever presented: the answers were lost on their way. The
    /// earlier replacements are revoked then, so that one chain remains; presenting one of them tells of a copy.
    pub async fn exchange(
        &self,
        presented: &[u8],
        replacement: impl FnOnce(&User) -> NewRefreshToken,
        now: DateTime<Utc>,
    ) -> Result<(Session, User), RefreshError> {
        let find = || refresh_token::Entity::find_by_id(presented.to_vec());
        let owner = find().one(&self.store.connection).await?.ok_or(RefreshError::Invalid)?.user_id;
        let (transaction, user) = self.store.begin_write_of(owner).await?.ok_or(RefreshError::Invalid)?;
        let token = find()
            .one(&transaction)
            .await?
            .filter(|token| token.expires_at > now && token.family_expires_at > now)
            .ok_or(RefreshError::Invalid)?;
        let (user_id, family_id) = (token.user_id, token.family_id);
        let family_expires_at = token.family_expires_at;
        let replacements = refresh_token::Entity::find()
            .filter(refresh_token::Column::ParentHash.eq(presented.to_vec()))
            .all(&transaction)
            .await?;
        if token.revoked_at.is_some() || replacements.iter().any(|replacement| replacement.used_at.is_some()) {
            end(&transaction, &[family_id]).await?;
            transaction.commit().await?;
            return Err(RefreshError::Reused { user_id });
        }
        for replacement in replacements {
            let mut replacement = replacement.into_active_model();
            replacement.revoked_at = Set(Some(now));
            replacement.update(&transaction).await?;
        }
        let created_at = token.created_at;
        let mut token = token.into_active_model();
        token.used_at = Set(Some(now));
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
        insert(&transaction, user_id, family_id, parent, replacement(&user), family_expires_at, now).await?;
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

fn of_user(user_id: Uuid) -> sea_orm::Select<session::Entity> {
    session::Entity::find().filter(session::Column::UserId.eq(user_id))
}

/// Starts a session in a transaction that writes of this user.
pub(crate) async fn start(
    transaction: &DatabaseTransaction,
    user: user::Model,
    new: NewSession,
    now: DateTime<Utc>,
) -> Result<(Session, User), DbErr> {
    let user_id = user.id;
    let oldest =
        of_user(user_id).order_by_desc(session::Column::LastUsedAt).offset(MAX_SESSIONS - 1).limit(MAX_SESSIONS);
    let oldest: Vec<Uuid> = oldest.all(transaction).await?.into_iter().map(|session| session.id).collect();
    end(transaction, &oldest).await?;
    let session = session::ActiveModel {
        id: Set(new.id),
        user_id: Set(user_id),
        client: Set(new.client),
        created_at: Set(now),
        last_used_at: Set(now),
        expires_at: Set(new.expires_at),
        authenticated_at: Set(now),
        second_factor: Set(new.second_factor),
    };
    let session = session.insert(transaction).await?;
    insert(transaction, user_id, new.id, None, new.token, new.expires_at, now).await?;
    let mut seen = user.into_active_model();
    seen.last_login_at = Set(Some(now));
    Ok((session.into(), seen.update(transaction).await?.into()))
}

/// Ends these sessions.
async fn end(transaction: &DatabaseTransaction, ids: &[Uuid]) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    let of_families = refresh_token::Column::FamilyId.is_in(ids.iter().copied());
    refresh_token::Entity::delete_many().filter(of_families).exec(transaction).await?;
    session::Entity::delete_many().filter(session::Column::Id.is_in(ids.iter().copied())).exec(transaction).await?;
    Ok(())
}

/// Ends all sessions of the user but `keep`, in a transaction that writes of them.
pub(crate) async fn end_all(
    transaction: &DatabaseTransaction,
    user_id: Uuid,
    keep: Option<Uuid>,
) -> Result<usize, DbErr> {
    let ids: Vec<Uuid> = of_user(user_id)
        .select_only()
        .column(session::Column::Id)
        .into_tuple()
        .all(transaction)
        .await?
        .into_iter()
        .filter(|id| Some(*id) != keep)
        .collect();
    end(transaction, &ids).await?;
    // Those of the previous release have no session of their own yet.
    let mut tokens = refresh_token::Entity::delete_many().filter(refresh_token::Column::UserId.eq(user_id));
    if let Some(keep) = keep {
        tokens = tokens.filter(refresh_token::Column::FamilyId.ne(keep));
    }
    tokens.exec(transaction).await?;
    Ok(ids.len())
}

async fn insert(
    connection: &impl ConnectionTrait,
    user_id: Uuid,
    family_id: Uuid,
    parent_hash: Option<Vec<u8>>,
    token: NewRefreshToken,
    family_expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let model = refresh_token::ActiveModel {
        token_hash: Set(token.token_hash),
        user_id: Set(user_id),
        family_id: Set(family_id),
        parent_hash: Set(parent_hash),
        used_at: Set(None),
        revoked_at: Set(None),
        expires_at: Set(token.expires_at.min(family_expires_at)),
        family_expires_at: Set(family_expires_at),
        created_at: Set(now),
    };
    refresh_token::Entity::insert(model).exec_without_returning(connection).await?;
    Ok(())
}
