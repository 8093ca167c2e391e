//! What is forgotten when its time is over. Each method forgets a batch and tells how many rows that took, so that no
//! statement holds the database up; fewer than [`BATCH`] say that nothing is left.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, TryGetable, Value,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::{
        audit_entry, login_challenge, mailed_token, oauth_flow, refresh_token, session, submission, user, user_snippet,
        user_snippet_attempt,
    },
};

/// How many rows are forgotten at a time.
pub const BATCH: u64 = 500;

/// What is forgotten when its time is over.
#[derive(Clone, Copy, Debug)]
pub struct RetentionRepository<'a> {
    pub(crate) store: &'a Store,
}

impl RetentionRepository<'_> {
    /// Trials that nobody has come back to since `before`, with all that they did.
    pub async fn forget_idle_trials(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let idle = user::Column::IsTrial.eq(true).and(user::Column::LastLoginAt.lt(before));
        self.delete_oldest::<Uuid, _>(user::Column::Id, user::Column::LastLoginAt, idle).await
    }

    /// Submissions that were finished before `before`. The attempts, which count, stay.
    pub async fn forget_submissions(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let finished = submission::Column::CompletedAt.lt(before);
        self.delete_oldest::<Uuid, _>(submission::Column::Id, submission::Column::CompletedAt, finished).await
    }

    /// The code of attempts that were made before `before`.
    pub async fn forget_code_of_attempts(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        use user_snippet_attempt::{Column, Entity};
        let old = || Column::CreatedAt.lt(before).and(Expr::cust("submitted_code <> ''"));
        let ids: Vec<Uuid> = self.oldest(Column::Id, Column::CreatedAt, old()).await?;
        let blanked = Entity::update_many()
            .col_expr(Column::SubmittedCode, Expr::value(""))
            .filter(Column::Id.is_in(ids))
            .filter(old())
            .exec(&self.store.writer)
            .await?;
        Ok(blanked.rows_affected)
    }

    /// The last code of snippets at which nobody has made an attempt since `before`.
    pub async fn forget_code_of_snippets(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        use user_snippet::{Column, Entity};
        let last_attempt = Query::select()
            .expr(user_snippet_attempt::Column::CreatedAt.max())
            .from(user_snippet_attempt::Entity)
            .and_where(same(Column::UserId, user_snippet_attempt::Column::UserId))
            .and_where(same(Column::SnippetId, user_snippet_attempt::Column::SnippetId))
            .to_owned();
        let untouched = Expr::from(last_attempt).lt(before);
        let oldest = Entity::find()
            .select_only()
            .columns([Column::UserId, Column::SnippetId])
            .filter(Column::StartedAt.lt(before))
            .filter(Column::LastCode.is_not_null())
            .filter(untouched.clone())
            .order_by_asc(Column::StartedAt)
            .limit(BATCH)
            .into_tuple::<(Uuid, Uuid)>()
            .all(&self.store.reader)
            .await?;
        let transaction = self.store.begin_write().await?;
        let mut forgotten = 0;
        for (user_id, snippet_id) in oldest {
            let blanked = Entity::update_many()
                .col_expr(Column::LastCode, Expr::value(None::<String>))
                .filter(Column::UserId.eq(user_id))
                .filter(Column::SnippetId.eq(snippet_id))
                .filter(untouched.clone())
                .exec(&transaction)
                .await?;
            forgotten += blanked.rows_affected;
        }
        transaction.commit().await?;
        Ok(forgotten)
    }

    /// Entries of the audit log that were made before `before`.
    pub async fn forget_audit_entries(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let old = audit_entry::Column::CreatedAt.lt(before);
        self.delete_oldest::<Uuid, _>(audit_entry::Column::Id, audit_entry::Column::CreatedAt, old).await
    }

    /// Refresh tokens that have expired.
    pub async fn forget_refresh_tokens(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        self.delete_expired::<Vec<u8>, _>(refresh_token::Column::TokenHash, refresh_token::Column::ExpiresAt, now).await
    }

    /// Sessions that have expired.
    pub async fn forget_sessions(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        self.delete_expired::<Uuid, _>(session::Column::Id, session::Column::ExpiresAt, now).await
    }

    /// Mailed links that have expired.
    pub async fn forget_mailed_tokens(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        self.delete_expired::<Vec<u8>, _>(mailed_token::Column::TokenHash, mailed_token::Column::ExpiresAt, now).await
    }

    /// Log-ins that waited for their second factor in vain.
    pub async fn forget_login_challenges(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        self.delete_expired::<Vec<u8>, _>(login_challenge::Column::TokenHash, login_challenge::Column::ExpiresAt, now)
            .await
    }

    /// Log-ins at other providers that were not finished in time.
    pub async fn forget_oauth_flows(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        self.delete_expired::<Vec<u8>, _>(oauth_flow::Column::StateHash, oauth_flow::Column::ExpiresAt, now).await
    }

    async fn delete_expired<K, C>(&self, key: C, expires_at: C, now: DateTime<Utc>) -> Result<u64, StoreError>
    where
        K: TryGetable + Into<Value>,
        C: ColumnTrait,
        C::EntityName: EntityTrait,
    {
        self.delete_oldest::<K, C>(key, expires_at, expires_at.lte(now)).await
    }

    /// Deletes a batch of the rows of this condition, in the order of their `time`.
    async fn delete_oldest<K, C>(&self, key: C, time: C, condition: Expr) -> Result<u64, StoreError>
    where
        K: TryGetable + Into<Value>,
        C: ColumnTrait,
        C::EntityName: EntityTrait,
    {
        let keys: Vec<K> = self.oldest(key, time, condition.clone()).await?;
        let deleted = C::EntityName::delete_many()
            .filter(key.is_in(keys))
            // It may be true no more: a trial has come back.
            .filter(condition)
            .exec(&self.store.writer)
            .await?;
        Ok(deleted.rows_affected)
    }

    /// The keys of a batch of the rows of this condition, in the order of their `time`. In a statement of its own, so
    /// that the one that changes them has nothing to choose but their keys' index.
    async fn oldest<K, C>(&self, key: C, time: C, condition: Expr) -> Result<Vec<K>, StoreError>
    where
        K: TryGetable,
        C: ColumnTrait,
        C::EntityName: EntityTrait,
    {
        let oldest = C::EntityName::find().select_only().column(key).filter(condition).order_by_asc(time).limit(BATCH);
        Ok(oldest.into_tuple::<K>().all(&self.store.reader).await?)
    }
}

fn same(one: user_snippet::Column, other: user_snippet_attempt::Column) -> Expr {
    Expr::col((user_snippet::Entity, one)).equals((user_snippet_attempt::Entity, other))
}
