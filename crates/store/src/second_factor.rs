//! The second factor: its secret, its recovery codes, and log-ins that wait for it.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    AuditEntry, AuditEvent, AuditStamp, Store, StoreError, User, audit,
    entities::{login_challenge, recovery_code, session, user},
    steps,
};

/// How many wrong codes end a log-in that waits for its second factor.
pub const MAX_WRONG_CODES: i32 = 5;

/// A user's second factor.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret, sealed.
    pub sealed_secret: Vec<u8>,
    /// Whether the user proved to have it: it counts from then on.
    pub is_confirmed: bool,
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SecondFactor").field("is_confirmed", &self.is_confirmed).finish_non_exhaustive()
    }
}

/// A log-in whose first factor was right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginChallenge {
    /// The trial whose progress comes along.
    pub trial_user_id: Option<Uuid>,
    /// What the client calls itself.
    pub client: Option<String>,
    /// Until when the second factor is waited for.
    pub expires_at: DateTime<Utc>,
}

/// Second factors.
#[derive(Clone, Copy, Debug)]
pub struct SecondFactorRepository<'a> {
    pub(crate) store: &'a Store,
}

impl SecondFactorRepository<'_> {
    /// A user's second factor, confirmed or not.
    pub async fn find(&self, user_id: Uuid) -> Result<Option<SecondFactor>, StoreError> {
        let user = user::Entity::find_by_id(user_id).one(&self.store.reader).await?;
        Ok(user.and_then(|user| {
            let is_confirmed = user.totp_confirmed_at.is_some();
            user.totp_secret.map(|sealed_secret| SecondFactor { sealed_secret, is_confirmed })
        }))
    }

    /// Keeps a new secret, which counts once it is confirmed; an earlier one that was not is replaced. Tells whether
    /// it was kept: not when the user has a second factor already.
    pub async fn offer(&self, user_id: Uuid, sealed_secret: Vec<u8>) -> Result<bool, StoreError> {
        let offered = user::Entity::update_many()
            .col_expr(user::Column::TotpSecret, Expr::value(sealed_secret))
            .col_expr(user::Column::TotpLastStep, Expr::value(None::<i64>))
            .filter(user::Column::Id.eq(user_id))
            .filter(user::Column::TotpConfirmedAt.is_null())
            .exec(&self.store.writer)
            .await?;
        Ok(offered.rows_affected == 1)
    }

    /// Makes the offered secret count, by a code of this time step: from now on this session is one with a second
    /// factor, and the user's others are ended. Tells whether it was done: not when another secret was offered in the
    /// meantime, this one was confirmed, or the session has ended.
    pub async fn confirm(
        &self,
        user_id: Uuid,
        session_id: Uuid,
        sealed_secret: &[u8],
        step: i64,
        recovery_code_hashes: Vec<Vec<u8>>,
        stamp: AuditStamp,
    ) -> Result<bool, StoreError> {
        let now = stamp.now;
        let found = self.store.begin_write_in(user_id, session_id, now).await?;
        let Some((transaction, user)) = found else { return Ok(false) };
        if user.totp_confirmed_at.is_some() || user.totp_secret.as_deref() != Some(sealed_secret) {
            return Ok(false);
        }
        let mut user = user.into_active_model();
        user.totp_confirmed_at = Set(Some(now));
        user.totp_last_step = Set(Some(step));
        user.update(&transaction).await?;
        replace_recovery_codes(&transaction, user_id, recovery_code_hashes, now).await?;
        session::Entity::update_many()
            .col_expr(session::Column::SecondFactor, Expr::value(true))
            .col_expr(session::Column::AuthenticatedAt, Expr::value(now))
            .filter(session::Column::Id.eq(session_id))
            .filter(session::Column::UserId.eq(user_id))
            .exec(&transaction)
            .await?;
        steps::sessions::end_all(&transaction, user_id, Some(session_id)).await?;
        audit::record(&transaction, AuditEntry::own(stamp, AuditEvent::SecondFactorEnabled, user_id)).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Marks the time step of a right code as used; tells whether neither it nor a later one had been.
    pub async fn use_step(&self, user_id: Uuid, step: i64) -> Result<bool, StoreError> {
        let last = user::Column::TotpLastStep;
        let used = user::Entity::update_many()
            .col_expr(last, Expr::value(step))
            .filter(user::Column::Id.eq(user_id))
            .filter(user::Column::TotpConfirmedAt.is_not_null())
            .filter(last.is_null().or(last.lt(step)))
            .exec(&self.store.writer)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Takes a recovery code; tells whether it was there.
    pub async fn use_recovery_code(
        &self,
        user_id: Uuid,
        code_hash: Vec<u8>,
        stamp: AuditStamp,
    ) -> Result<bool, StoreError> {
        let Some((transaction, _)) = self.store.begin_write_of(user_id).await? else { return Ok(false) };
        let used = recovery_code::Entity::delete_by_id((user_id, code_hash)).exec(&transaction).await?;
        if used.rows_affected == 0 {
            return Ok(false);
        }
        audit::record(&transaction, AuditEntry::own(stamp, AuditEvent::RecoveryCodeUsed, user_id)).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// How many recovery codes a user has left.
    pub async fn recovery_codes_left(&self, user_id: Uuid) -> Result<u64, StoreError> {
        let codes = recovery_code::Entity::find().filter(recovery_code::Column::UserId.eq(user_id));
        Ok(codes.count(&self.store.reader).await?)
    }

    /// Puts new recovery codes in the place of the user's; tells whether there is a second factor for them, and the
    /// session goes on.
    pub async fn renew_recovery_codes(
        &self,
        user_id: Uuid,
        session_id: Uuid,
        code_hashes: Vec<Vec<u8>>,
        stamp: AuditStamp,
    ) -> Result<bool, StoreError> {
        let found = self.store.begin_write_in(user_id, session_id, stamp.now).await?;
        let Some((transaction, user)) = found else { return Ok(false) };
        if user.totp_confirmed_at.is_none() {
            return Ok(false);
        }
        replace_recovery_codes(&transaction, user_id, code_hashes, stamp.now).await?;
        audit::record(&transaction, AuditEntry::own(stamp, AuditEvent::RecoveryCodesRenewed, user_id)).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Forgets a user's second factor, with its recovery codes; tells whether there was one, and the session goes on.
    pub async fn disable(&self, user_id: Uuid, session_id: Uuid, stamp: AuditStamp) -> Result<bool, StoreError> {
        let found = self.store.begin_write_in(user_id, session_id, stamp.now).await?;
        let Some((transaction, user)) = found else { return Ok(false) };
        if user.totp_confirmed_at.is_none() {
            return Ok(false);
        }
        let mut user = user.into_active_model();
        user.totp_secret = Set(None);
        user.totp_confirmed_at = Set(None);
        user.totp_last_step = Set(None);
        user.update(&transaction).await?;
        recovery_code::Entity::delete_many()
            .filter(recovery_code::Column::UserId.eq(user_id))
            .exec(&transaction)
            .await?;
        steps::credentials::end_challenges(&transaction, user_id).await?;
        session::Entity::update_many()
            .col_expr(session::Column::SecondFactor, Expr::value(false))
            .filter(session::Column::UserId.eq(user_id))
            .exec(&transaction)
            .await?;
        audit::record(&transaction, AuditEntry::own(stamp, AuditEvent::SecondFactorDisabled, user_id)).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Keeps a log-in of a user who has proved to be `user`, and which waits for the second factor, under the hash of the
    /// token that its client has. Tells whether it was kept: not when the user is gone, or has another password or
    /// second factor than `user`.
    pub async fn challenge(
        &self,
        user: &User,
        token_hash: Vec<u8>,
        challenge: LoginChallenge,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let Some((transaction, _)) = self.store.begin_write_as(user).await? else { return Ok(false) };
        let row = login_challenge::ActiveModel {
            token_hash: Set(token_hash),
            user_id: Set(user.id),
            trial_user_id: Set(steps::users::still_there(&transaction, challenge.trial_user_id).await?),
            client: Set(challenge.client),
            attempts: Set(0),
            expires_at: Set(challenge.expires_at),
            created_at: Set(now),
        };
        login_challenge::Entity::insert(row).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Counts a try of the log-in that waits under this token, and tells whose and which it is; `None` when there is
    /// none, or it has had all its tries. Counted before the code is looked at: of codes that come at once, too many see none.
    pub async fn try_challenge(
        &self,
        token_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<(User, LoginChallenge)>, StoreError> {
        let attempts = login_challenge::Column::Attempts;
        let tried = login_challenge::Entity::update_many()
            .col_expr(attempts, Expr::col(attempts).add(1))
            .filter(login_challenge::Column::TokenHash.eq(token_hash))
            .filter(login_challenge::Column::ExpiresAt.gt(now))
            .filter(attempts.lt(MAX_WRONG_CODES))
            .exec(&self.store.writer)
            .await?;
        if tried.rows_affected == 0 {
            return Ok(None);
        }
        let challenge = login_challenge::Entity::find_by_id(token_hash.to_vec()).one(&self.store.reader).await?;
        let Some(row) = challenge else { return Ok(None) };
        let user = user::Entity::find_by_id(row.user_id).one(&self.store.reader).await?;
        let challenge =
            LoginChallenge { trial_user_id: row.trial_user_id, client: row.client, expires_at: row.expires_at };
        Ok(user.map(|user| (user.into(), challenge)))
    }

    /// Ends the log-in that waits under this token; tells whether it was there.
    pub async fn end_challenge(&self, token_hash: &[u8]) -> Result<bool, StoreError> {
        let ended = login_challenge::Entity::delete_by_id(token_hash.to_vec()).exec(&self.store.writer).await?;
        Ok(ended.rows_affected == 1)
    }
}

async fn replace_recovery_codes(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    code_hashes: Vec<Vec<u8>>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::UserId.eq(user_id)).exec(transaction).await?;
    let codes = code_hashes.into_iter().map(|code_hash| recovery_code::ActiveModel {
        user_id: Set(user_id),
        code_hash: Set(code_hash),
        created_at: Set(now),
    });
    recovery_code::Entity::insert_many(codes).exec_without_returning(transaction).await?;
    Ok(())
}
