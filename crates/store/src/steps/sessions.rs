//! Sessions: found, started and ended.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::{
    NewRefreshToken, NewSession, Session, User,
    entities::{refresh_token, session, user},
    writing::Transaction,
};

/// More sessions than this a user cannot have: the ones unused for longest end.
const MAX_SESSIONS: u64 = 50;

/// The session of this id, unless it has ended.
pub(crate) fn find(id: Uuid, now: DateTime<Utc>) -> Select<session::Entity> {
    session::Entity::find_by_id(id).filter(session::Column::ExpiresAt.gt(now))
}

/// The sessions of this user.
pub(crate) fn of_user(user_id: Uuid) -> Select<session::Entity> {
    session::Entity::find().filter(session::Column::UserId.eq(user_id))
}

/// Starts a session in a transaction that writes of this user.
pub(crate) async fn start(
    transaction: &Transaction,
    user: user::Model,
    new: NewSession,
    now: DateTime<Utc>,
) -> Result<(Session, User), DbErr> {
    let user_id = user.id;
    let oldest =
        of_user(user_id).order_by_desc(session::Column::LastUsedAt).offset(MAX_SESSIONS - 1).limit(MAX_SESSIONS);
    let oldest: Vec<Uuid> = oldest.all(transaction).await?.into_iter().map(|session| session.id).collect();
    end(transaction, user_id, &oldest).await?;
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
    add_token(transaction, user_id, new.id, None, new.token, new.expires_at, now).await?;
    let mut seen = user.into_active_model();
    seen.last_login_at = Set(Some(now));
    Ok((session.into(), seen.update(transaction).await?.into()))
}

/// Ends these sessions of the user; tells whether there was one. Those of the previous release may have tokens alone.
pub(crate) async fn end(transaction: &Transaction, user_id: Uuid, ids: &[Uuid]) -> Result<bool, DbErr> {
    if ids.is_empty() {
        return Ok(false);
    }
    let of_families = refresh_token::Column::FamilyId.is_in(ids.iter().copied());
    let tokens = refresh_token::Entity::delete_many()
        .filter(of_families)
        .filter(refresh_token::Column::UserId.eq(user_id))
        .exec(transaction)
        .await?;
    let sessions = session::Entity::delete_many()
        .filter(session::Column::Id.is_in(ids.iter().copied()))
        .filter(session::Column::UserId.eq(user_id))
        .exec(transaction)
        .await?;
    Ok(tokens.rows_affected + sessions.rows_affected > 0)
}

/// Ends all sessions of the user but `keep`, in a transaction that writes of them.
pub(crate) async fn end_all(transaction: &Transaction, user_id: Uuid, keep: Option<Uuid>) -> Result<usize, DbErr> {
    let ids: Vec<Uuid> = of_user(user_id)
        .select_only()
        .column(session::Column::Id)
        .into_tuple()
        .all(transaction)
        .await?
        .into_iter()
        .filter(|id| Some(*id) != keep)
        .collect();
    end(transaction, user_id, &ids).await?;
    // Those of the previous release have no session of their own yet.
    let mut tokens = refresh_token::Entity::delete_many().filter(refresh_token::Column::UserId.eq(user_id));
    if let Some(keep) = keep {
        tokens = tokens.filter(refresh_token::Column::FamilyId.ne(keep));
    }
    tokens.exec(transaction).await?;
    Ok(ids.len())
}

/// Adds a refresh token to a family.
pub(crate) async fn add_token(
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
