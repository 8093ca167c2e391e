//! Tokens in mailed links: stored hashed, used once, few of a kind at a time, and bound to the address that they were
//! mailed to.

use bugdrill_model::Role;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AuditEntry, AuditEvent, AuditStamp, Store, StoreError, User, audit,
    entities::{mailed_token, user},
    steps::credentials,
    text::Text,
    writing::Transaction,
};

/// Nobody gets mails of one kind at shorter intervals than this, whoever asks for them.
const SPACING: TimeDelta = TimeDelta::minutes(2);

/// Nor more of them than this within an hour.
const MAILS_AN_HOUR: u64 = 3;

/// What a mailed link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailedTokenPurpose {
    /// To set a new password.
    ResetPassword,
    /// To show that the address is the user's.
    VerifyEmail,
}

/// A token to be mailed. The token itself never gets here.
#[derive(Clone, Debug)]
pub struct NewMailedToken {
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// What it is for.
    pub purpose: MailedTokenPurpose,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// Tokens in mailed links.
#[derive(Clone, Copy, Debug)]
pub struct MailedTokenRepository<'a> {
    pub(crate) store: &'a Store,
}

impl MailedTokenRepository<'_> {
    /// Keeps a token beside older ones for the same purpose, and tells the address to mail it to. `None` when none is to
    /// be mailed: there is no such account with an address, it has been verified already, the last mail has only just
    /// gone, or enough have gone within the hour. Somebody else who asks for mails takes no link from the owner.
    pub async fn add(
        &self,
        user_id: Uuid,
        new: NewMailedToken,
        now: DateTime<Utc>,
    ) -> Result<Option<String>, StoreError> {
        let Some((transaction, user)) = self.store.begin_write_of(user_id).await? else { return Ok(None) };
        let Some(email) = user.email else { return Ok(None) };
        if new.purpose == MailedTokenPurpose::VerifyEmail && user.email_verified_at.is_some() {
            return Ok(None);
        }
        let recent = of_purpose(user_id, new.purpose)
            .filter(mailed_token::Column::Email.eq(email.as_str()))
            .filter(mailed_token::Column::CreatedAt.gt(now - TimeDelta::hours(1)))
            .order_by_desc(mailed_token::Column::CreatedAt)
            .limit(MAILS_AN_HOUR)
            .all(&transaction)
            .await?;
        let is_recent = |last: &mailed_token::Model| last.created_at + SPACING > now;
        if recent.first().is_some_and(is_recent) || recent.len() as u64 == MAILS_AN_HOUR {
            return Ok(None);
        }
        let token = mailed_token::ActiveModel {
            token_hash: Set(new.token_hash),
            user_id: Set(user_id),
            purpose: Set(Text(new.purpose)),
            email: Set(email.clone()),
            expires_at: Set(new.expires_at),
            created_at: Set(now),
        };
        mailed_token::Entity::insert(token).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(Some(email))
    }

    /// The user whom the token of this hash is of, while it holds.
    pub async fn find(
        &self,
        token_hash: &[u8],
        purpose: MailedTokenPurpose,
        now: DateTime<Utc>,
    ) -> Result<Option<User>, StoreError> {
        let token = mailed_token::Entity::find_by_id(token_hash.to_vec()).one(&self.store.reader).await?;
        let Some(token) = token else { return Ok(None) };
        let user = user::Entity::find_by_id(token.user_id).one(&self.store.reader).await?;
        Ok(user.filter(|user| holds(&token, user, purpose, now)).map(User::from))
    }

    /// Uses a token up: its user's address is verified. `None` when the token does not hold.
    pub async fn verify_email(&self, token_hash: &[u8], stamp: AuditStamp) -> Result<Option<User>, StoreError> {
        let purpose = MailedTokenPurpose::VerifyEmail;
        let Some((transaction, user)) = self.take(token_hash, purpose, stamp.now).await? else { return Ok(None) };
        let verified_at = user.email_verified_at.or(Some(stamp.now));
        let mut user = user.into_active_model();
        user.email_verified_at = Set(verified_at);
        let user = user.update(&transaction).await?;
        audit::record(&transaction, AuditEntry::own(stamp, AuditEvent::EmailVerified, user.id)).await?;
        transaction.commit().await?;
        Ok(Some(user.into()))
    }

    /// Uses a token up: its user has another password, no sessions, and a verified address. If nobody had verified that
    /// before, the second factor goes too. `None` when the token does not hold.
    pub async fn reset_password(
        &self,
        token_hash: &[u8],
        password_hash: String,
        stamp: AuditStamp,
    ) -> Result<Option<User>, StoreError> {
        let purpose = MailedTokenPurpose::ResetPassword;
        let Some((transaction, user)) = self.take(token_hash, purpose, stamp.now).await? else { return Ok(None) };
        let verified_at = user.email_verified_at.or(Some(stamp.now));
        // Who has the mail is its owner; who made the account may be somebody else until that is known.
        let mut user = match user.email_verified_at {
            None if *user.role == Role::User => credentials::take_from_stranger(&transaction, user).await?,
            _ => user.into_active_model(),
        };
        user.email_verified_at = Set(verified_at);
        let user = credentials::set_password(&transaction, user, password_hash, None).await?;
        audit::record(&transaction, AuditEntry::of(stamp, AuditEvent::PasswordReset, user.id)).await?;
        transaction.commit().await?;
        Ok(Some(user))
    }

    /// A transaction in which the token is gone, and its user.
    async fn take(
        &self,
        token_hash: &[u8],
        purpose: MailedTokenPurpose,
        now: DateTime<Utc>,
    ) -> Result<Option<(Transaction, user::Model)>, DbErr> {
        let find = || mailed_token::Entity::find_by_id(token_hash.to_vec());
        let Some(token) = find().one(&self.store.reader).await? else { return Ok(None) };
        let Some((transaction, user)) = self.store.begin_write_of(token.user_id).await? else { return Ok(None) };
        // Of two who bring it, the second finds nothing once the first has let go of the user.
        let token = find().one(&transaction).await?.filter(|token| holds(token, &user, purpose, now));
        if token.is_none() {
            return Ok(None);
        }
        credentials::delete_mailed_tokens(&transaction, user.id, purpose).await?;
        Ok(Some((transaction, user)))
    }
}

/// Whether the token is for this purpose, has not ended, and was mailed to the address that the user has now.
fn holds(token: &mailed_token::Model, user: &user::Model, purpose: MailedTokenPurpose, now: DateTime<Utc>) -> bool {
    *token.purpose == purpose && token.expires_at > now && user.email.as_ref() == Some(&token.email)
}

fn of_purpose(user_id: Uuid, purpose: MailedTokenPurpose) -> sea_orm::Select<mailed_token::Entity> {
    mailed_token::Entity::find()
        .filter(mailed_token::Column::UserId.eq(user_id))
        .filter(mailed_token::Column::Purpose.eq(Text(purpose)))
}
