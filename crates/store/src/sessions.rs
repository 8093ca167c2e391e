//! Refresh tokens: opaque, stored hashed, single use, in families.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

use crate::{Store, StoreError, User, entities::refresh_token};

/// A refresh token to be stored. The token itself never gets here.
#[derive(Clone, Debug)]
pub struct NewRefreshToken {
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// When this token ends.
    pub expires_at: DateTime<Utc>,
}

/// Why a refresh token is not exchanged.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// It is unknown or has expired.
    #[error("the refresh token is not valid")]
    Invalid,
    /// It was used before, and so was the one it was exchanged for: somebody has a copy. Its family is revoked.
    #[error("the refresh token was used twice")]
    Reused {
        /// The user whose session was ended.
        user_id: Uuid,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for RefreshError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// Refresh tokens.
#[derive(Clone, Copy, Debug)]
pub struct SessionRepository<'a> {
    pub(crate) store: &'a Store,
}

impl SessionRepository<'_> {
    /// Starts a session: the first token of a family.
    pub async fn start(
        &self,
        user_id: Uuid,
        family_id: Uuid,
        token: NewRefreshToken,
        family_expires_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        insert(&self.store.connection, user_id, family_id, None, token, family_expires_at, now).await?;
        Ok(())
    }

    /// Exchanges the token of hash `presented` for `replacement`, and tells whose it is and its family.
    ///
    /// A further use is forgiven while no replacement was ever presented: the answers were lost on their way. The
    /// earlier replacements are revoked then, so that one chain remains; presenting one of them tells of a copy.
    pub async fn exchange(
        &self,
        presented: &[u8],
        replacement: NewRefreshToken,
        now: DateTime<Utc>,
    ) -> Result<(User, Uuid), RefreshError> {
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
            refresh_token::Entity::delete_many()
                .filter(refresh_token::Column::FamilyId.eq(family_id))
                .exec(&transaction)
                .await?;
            transaction.commit().await?;
            return Err(RefreshError::Reused { user_id });
        }
        for replacement in replacements {
            let mut replacement = replacement.into_active_model();
            replacement.revoked_at = Set(Some(now));
            replacement.update(&transaction).await?;
        }
        let mut token = token.into_active_model();
        token.used_at = Set(Some(now));
        token.update(&transaction).await?;
        let mut seen = user.into_active_model();
        seen.last_login_at = Set(Some(now));
        let user = seen.update(&transaction).await?;
        insert(&transaction, user_id, family_id, Some(presented.to_vec()), replacement, family_expires_at, now).await?;
        transaction.commit().await?;
        Ok((user.into(), family_id))
    }

    /// Forgets tokens that have expired. Returns how many.
    pub async fn purge_expired(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let purged = refresh_token::Entity::delete_many()
            .filter(refresh_token::Column::ExpiresAt.lte(now))
            .exec(&self.store.connection)
            .await?;
        Ok(purged.rows_affected)
    }
}

async fn insert(
    connection: &impl ConnectionTrait,
    user_id: Uuid,
    family_id: Uuid,
    parent_hash: Option<Vec<u8>>,
    token: NewRefreshToken,
    family_expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), sea_orm::DbErr> {
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
