//! Submissions, from acceptance to verdict.
//!
//! The database is the truth: a submission is stored before it is queued, claimed with a lease and a fencing token
//! (the number of the claim), and its result is written only while that token still matches. Whatever a dead server
//! held is found again by [`SubmissionRepository::unfinished`].

#[cfg(test)]
mod kills;

use bugdrill_model::{
    ExecutionStatus, Verdict,
    badge::Badge,
    edit::EditSize,
    judge::JudgedRun,
    learning::{Event, Reviewed},
    rating::Rating,
    sync::Times,
};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    LearningError, Store, StoreError, StoredSnippet, User,
    database::storable,
    entities::{submission, user, user_snippet_attempt},
    steps::learning::{Step, Written, start, stored},
    text::Text,
    writing::Transaction,
};

/// A submission as it comes in.
#[derive(Clone, Debug)]
pub struct NewSubmission {
    /// The id.
    pub id: Uuid,
    /// The learner.
    pub user_id: Uuid,
    /// The snippet.
    pub snippet_id: Uuid,
    /// The revision that the learner saw.
    pub snippet_revision: i32,
    /// The code. U+FFFD is stored and judged in place of NUL.
    pub code: String,
    /// The client's key, under which a repeated request finds the first one's submission.
    pub idempotency_key: Option<String>,
}

/// A stored submission.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// The id.
    pub id: Uuid,
    /// The learner.
    pub user_id: Uuid,
    /// The snippet.
    pub snippet_id: Uuid,
    /// The revision of the snippet.
    pub snippet_revision: i32,
    /// The code.
    pub code: String,
    /// Where it stands.
    pub status: ExecutionStatus,
    /// The judged run, once completed or failed.
    pub result: Option<JudgedRun>,
    /// How well the snippet was solved, when this submission solved it.
    pub rating: Option<Rating>,
    /// What it earned.
    pub points: u32,
    /// The badges that it earned.
    pub badges: Vec<&'static Badge>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// What became of a new submission.
#[derive(Clone, Debug, PartialEq)]
pub enum CreatedSubmission {
    /// It is stored, and claimed where that was asked for.
    New(Submission, Option<Claim>),
    /// The key was used before, by this submission.
    Existing(Submission),
}

/// The right to run a submission and to store its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The submission.
    pub submission_id: Uuid,
    /// Whose it was when it was claimed.
    owner: Uuid,
    /// The fencing token.
    token: i32,
    /// When somebody else may claim it.
    expires_at: DateTime<Utc>,
}

impl Claim {
    fn of(row: &submission::Model, expires_at: DateTime<Utc>) -> Self {
        Self { submission_id: row.id, owner: row.user_id, token: row.claims, expires_at }
    }

    /// How often the submission was claimed, this claim included.
    pub fn number(&self) -> i32 {
        self.token
    }

    /// When somebody else may claim it.
    pub fn expires_at(&self) -> DateTime<Utc> {
        self.expires_at
    }
}

/// What a stored result means for the learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// How well the snippet was solved, when this submission solved it.
    pub rating: Option<Rating>,
    /// What it earned.
    pub points: u32,
    /// The badges that it earned.
    pub badges: Vec<&'static Badge>,
    /// Whether the learner may see the solution now.
    pub is_revealed: bool,
    /// How many more snippets the learner may start, in a trial.
    pub trial_remaining: Option<i32>,
}

/// Why a submission is refused.
#[derive(Debug, thiserror::Error)]
pub enum SubmissionError {
    /// The learner may not submit.
    #[error(transparent)]
    Learning(#[from] LearningError),
    /// The idempotency key belongs to a different submission.
    #[error("the idempotency key was used for something else")]
    KeyReused,
}

impl From<sea_orm::DbErr> for SubmissionError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Learning(error.into())
    }
}

impl From<StoreError> for SubmissionError {
    fn from(error: StoreError) -> Self {
        Self::Learning(error.into())
    }
}

/// Submissions.
#[derive(Clone, Copy, Debug)]
pub struct SubmissionRepository<'a> {
    pub(crate) store: &'a Store,
}

impl SubmissionRepository<'_> {
    /// Stores a submission, once for each idempotency key, and records that the learner works on the snippet. Who will
    /// judge it claims it at once, for `lease`.
    pub async fn create(
        &self,
        new: NewSubmission,
        lease: Option<TimeDelta>,
        now: DateTime<Utc>,
    ) -> Result<CreatedSubmission, SubmissionError> {
        self.accept(new, Times::at(now), lease, now).await
    }

    /// As [`SubmissionRepository::create`], for one that was made at another time than now, as of which it counts. Who
    /// calls this judges it.
    pub async fn create_made(
        &self,
        new: NewSubmission,
        made: Times,
        lease: TimeDelta,
        now: DateTime<Utc>,
    ) -> Result<CreatedSubmission, SubmissionError> {
        self.accept(new, made, Some(lease), now).await
    }

    async fn accept(
        &self,
        new: NewSubmission,
        made: Times,
        lease: Option<TimeDelta>,
        now: DateTime<Utc>,
    ) -> Result<CreatedSubmission, SubmissionError> {
        let code = storable(&new.code);
        let (transaction, user) = self.store.begin_learning_of(new.user_id).await?.ok_or(LearningError::UnknownUser)?;
        if let Some(key) = &new.idempotency_key
            && let Some(existing) = by_key(new.user_id, key).one(&transaction).await?
        {
            let existing = Submission::try_from(existing)?;
            let is_same = existing.is_of(new.snippet_id, &new.code);
            return is_same.then_some(CreatedSubmission::Existing(existing)).ok_or(SubmissionError::KeyReused);
        }
        start(&transaction, &user, new.snippet_id, made.started_at).await?;
        let row = submission::Model {
            id: new.id,
            user_id: new.user_id,
            snippet_id: new.snippet_id,
            snippet_revision: new.snippet_revision,
            code,
            idempotency_key: new.idempotency_key,
            status: Text(if lease.is_some() { ExecutionStatus::Running } else { ExecutionStatus::Queued }),
            claims: lease.is_some().into(),
            lease_expires_at: lease.map(|lease| now + lease),
            result: None,
            rating: None,
            points: 0,
            badges: None,
            created_at: made.done_at,
            completed_at: None,
        };
        submission::Entity::insert(row.clone().into_active_model()).exec_without_returning(&transaction).await?;
        reached("accepting");
        transaction.commit().await?;
        reached("accepted");
        let claim = row.lease_expires_at.map(|expires_at| Claim::of(&row, expires_at));
        Ok(CreatedSubmission::New(row.try_into()?, claim))
    }

    /// The submission that this user made under this idempotency key.
    pub async fn by_key(&self, user_id: Uuid, key: &str) -> Result<Option<Submission>, StoreError> {
        by_key(user_id, key).one(&self.store.reader).await?.map(Submission::try_from).transpose()
    }

    /// The submission of this id.
    pub async fn find(&self, id: Uuid) -> Result<Option<Submission>, StoreError> {
        submission::Entity::find_by_id(id).one(&self.store.reader).await?.map(Submission::try_from).transpose()
    }

    /// Claims a submission that waits, or whose last claim has run out. `None` when somebody else holds it or it is
    /// finished.
    pub async fn claim(&self, id: Uuid, lease: TimeDelta, now: DateTime<Utc>) -> Result<Option<Claim>, StoreError> {
        // The update locks the row, so that what is read after it is what it wrote.
        let transaction = self.store.begin_write().await?;
        let claimed = submission::Entity::update_many()
            .col_expr(submission::Column::Claims, Expr::col(submission::Column::Claims).add(1))
            .col_expr(submission::Column::Status, Expr::value(Text(ExecutionStatus::Running)))
            .col_expr(submission::Column::LeaseExpiresAt, Expr::value(now + lease))
            .filter(submission::Column::Id.eq(id))
            .filter(claimable(now))
            .exec(&transaction)
            .await?;
        if claimed.rows_affected == 0 {
            return Ok(None);
        }
        let row = submission::Entity::find_by_id(id).one(&transaction).await?;
        transaction.commit().await?;
        Ok(row.map(|row| Claim::of(&row, now + lease)))
    }

    /// The claim with a new lease, if it holds.
    pub async fn renew(&self, claim: Claim, lease: TimeDelta, now: DateTime<Utc>) -> Result<Option<Claim>, StoreError> {
        let renewed = submission::Entity::update_many()
            .col_expr(submission::Column::LeaseExpiresAt, Expr::value(now + lease))
            .filter(held(claim))
            .exec(&self.store.writer)
            .await?;
        Ok((renewed.rows_affected == 1).then_some(Claim { expires_at: now + lease, ..claim }))
    }

    /// The oldest submissions that nobody works on, `limit` at the most.
    pub async fn unfinished(&self, limit: u64, now: DateTime<Utc>) -> Result<Vec<Uuid>, StoreError> {
        let ids = submission::Entity::find()
            .select_only()
            .column(submission::Column::Id)
            .filter(claimable(now))
            .order_by_asc(submission::Column::CreatedAt)
            .order_by_asc(submission::Column::Id)
            .limit(limit)
            .into_tuple::<Uuid>()
            .all(&self.store.reader)
            .await?;
        Ok(ids)
    }

    /// Gives a claimed submission back to the queue.
    pub async fn give_back(&self, claim: Claim) -> Result<(), StoreError> {
        submission::Entity::update_many()
            .col_expr(submission::Column::Status, Expr::value(Text(ExecutionStatus::Queued)))
            .col_expr(submission::Column::LeaseExpiresAt, Expr::value(None::<DateTime<Utc>>))
            .filter(held(claim))
            .exec(&self.store.writer)
            .await?;
        Ok(())
    }

    /// Gives all claimed submissions back to the queue, and tells how many. Only for a server that starts and knows
    /// that it is alone: whoever claimed them is gone, and learners need not wait for their leases to run out.
    pub async fn give_back_all(&self) -> Result<u64, StoreError> {
        let returned = submission::Entity::update_many()
            .col_expr(submission::Column::Status, Expr::value(Text(ExecutionStatus::Queued)))
            .col_expr(submission::Column::LeaseExpiresAt, Expr::value(None::<DateTime<Utc>>))
            .filter(submission::Column::Status.eq(Text(ExecutionStatus::Running)))
            .exec(&self.store.writer)
            .await?;
        Ok(returned.rows_affected)
    }

    /// Ends a submission by our own fault: it counts for nothing. `run` tells how it ended.
    pub async fn fail(&self, claim: Claim, run: &JudgedRun, now: DateTime<Utc>) -> Result<(), StoreError> {
        finish(&self.store.writer, claim, ExecutionStatus::Failed, run, Reward::default(), now).await?;
        Ok(())
    }

    /// Stores the result of a claimed submission with everything that follows from it: the attempt, the learner's
    /// state of the snippet, the progress in its pattern and, when this solves it, the review. `None` when the claim
    /// has been lost to another one, or the learner is gone.
    pub async fn complete(
        &self,
        claim: Claim,
        judged_by: &StoredSnippet,
        run: &JudgedRun,
        edit: EditSize,
        review_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<Completion>, LearningError> {
        let snippet = &judged_by.snippet;
        let begun = self.begin_learning_of_owner(claim).await?;
        let Some((transaction, user, submission)) = begun else { return Ok(None) };
        let user_id = user.id;
        if !is_held(&submission, claim) {
            return Ok(None);
        }
        reached("completing");
        let is_correct = run.verdict == Verdict::Accepted;
        // It counts as of when it was made, however long it waited.
        let made_at = submission.created_at;
        let state = start(&transaction, &user, snippet.id, made_at).await?;
        let count = |value: usize| i32::try_from(value).unwrap_or(i32::MAX);
        let attempt = user_snippet_attempt::ActiveModel {
            id: Set(submission.id),
            user_id: Set(user_id),
            snippet_id: Set(snippet.id),
            snippet_revision: Set(judged_by.revision),
            submitted_code: Set(submission.code.clone()),
            is_correct: Set(is_correct),
            verdict: Set(Text(run.verdict)),
            execution_time_ms: Set(i32::try_from(run.cpu_us / 1_000).unwrap_or(i32::MAX)),
            test_cases_passed: Set(count(run.passed())),
            test_cases_total: Set(count(run.tests.len())),
            hints_used: Set(state.hints_revealed),
            attempt_number: Set(state.attempts + 1),
            edit_tokens: Set(count(edit.tokens)),
            created_at: Set(made_at),
        };
        user_snippet_attempt::Entity::insert(attempt).exec_without_returning(&transaction).await?;
        reached("attempted");
        let estimate = TimeDelta::minutes(snippet.time_estimate_minutes.into());
        let event = Event::Submission {
            is_correct,
            within_edit_budget: edit.tokens <= snippet.edit_budget as usize,
            quick: made_at - state.started_at <= estimate,
        };
        let (edit_tokens, code) = (Some(count(edit.tokens)), Some(submission.code));
        let step = Step { snippet, event, review_id, edit_tokens, code, user: &user, at: made_at };
        let Written { effects, badges } = step.write(&transaction, state).await?;
        reached("followed");
        // Where another worker has claimed it since, nothing of all this counts.
        let reward = Reward { reviewed: effects.review, badges: &badges };
        if !finish(&transaction, claim, ExecutionStatus::Completed, run, reward, now).await? {
            return Ok(None);
        }
        reached("finished");
        transaction.commit().await?;
        let is_revealed = effects.state.status.is_revealed();
        let rating = effects.review.map(|reviewed| reviewed.rating);
        let points = effects.review.map_or(0, |reviewed| reviewed.points);
        let trial_remaining = User::from(user).trial_remaining();
        Ok(Some(Completion { rating, points, badges, is_revealed, trial_remaining }))
    }

    /// Starts a transaction in which nobody else writes what belongs to the owner of this submission: whoever that is
    /// by then, because a trial may be merged into an account while its code runs. `None` when the owner is gone, and
    /// the submission with them.
    async fn begin_learning_of_owner(
        &self,
        claim: Claim,
    ) -> Result<Option<(Transaction, user::Model, submission::Model)>, sea_orm::DbErr> {
        let find = || submission::Entity::find_by_id(claim.submission_id);
        let mut owner = claim.owner;
        // An account is never merged, so this ends with the second owner.
        loop {
            let found = match self.store.begin_learning_of(owner).await? {
                Some((transaction, user)) => match find().one(&transaction).await? {
                    Some(submission) if submission.user_id == user.id => {
                        return Ok(Some((transaction, user, submission)));
                    }
                    changed => changed,
                },
                None => find().one(&self.store.reader).await?,
            };
            match found {
                Some(submission) if submission.user_id != owner => owner = submission.user_id,
                _ => return Ok(None),
            }
        }
    }
}

impl Submission {
    /// Whether it was made of this snippet and this code.
    pub fn is_of(&self, snippet_id: Uuid, code: &str) -> bool {
        self.snippet_id == snippet_id && self.code == storable(code)
    }
}

/// Where the tests kill the process.
#[cfg(not(test))]
pub(crate) fn reached(_step: &str) {}
#[cfg(test)]
pub(crate) use kills::reached;

fn by_key(user_id: Uuid, key: &str) -> Select<submission::Entity> {
    submission::Entity::find()
        .filter(submission::Column::UserId.eq(user_id))
        .filter(submission::Column::IdempotencyKey.eq(key))
}

fn is_held(submission: &submission::Model, claim: Claim) -> bool {
    submission.claims == claim.token && *submission.status == ExecutionStatus::Running
}

fn claimable(now: DateTime<Utc>) -> Condition {
    Condition::any().add(submission::Column::Status.eq(Text(ExecutionStatus::Queued))).add(
        Condition::all()
            .add(submission::Column::Status.eq(Text(ExecutionStatus::Running)))
            .add(submission::Column::LeaseExpiresAt.lte(now)),
    )
}

fn held(claim: Claim) -> Condition {
    Condition::all()
        .add(submission::Column::Id.eq(claim.submission_id))
        .add(submission::Column::Claims.eq(claim.token))
        .add(submission::Column::Status.eq(Text(ExecutionStatus::Running)))
}

/// What a submission earns.
#[derive(Clone, Copy, Default)]
struct Reward<'a> {
    reviewed: Option<Reviewed>,
    badges: &'a [&'static Badge],
}

/// Writes the result while the claim holds; tells whether it did.
async fn finish(
    connection: &impl ConnectionTrait,
    claim: Claim,
    status: ExecutionStatus,
    run: &JudgedRun,
    Reward { reviewed, badges }: Reward<'_>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let ids: Vec<&str> = badges.iter().map(|badge| badge.id).collect();
    let badges = (!ids.is_empty()).then(|| serde_json::to_string(&ids)).transpose()?;
    let finished = submission::Entity::update_many()
        .col_expr(submission::Column::Status, Expr::value(Text(status)))
        .col_expr(submission::Column::Result, Expr::value(serde_json::to_string(run)?))
        .col_expr(submission::Column::Rating, Expr::value(reviewed.map(|of| Text(of.rating))))
        .col_expr(submission::Column::Points, Expr::value(reviewed.map_or(0, |of| stored(of.points))))
        .col_expr(submission::Column::Badges, Expr::value(badges))
        .col_expr(submission::Column::CompletedAt, Expr::value(now))
        .col_expr(submission::Column::LeaseExpiresAt, Expr::value(None::<DateTime<Utc>>))
        .filter(held(claim))
        .exec(connection)
        .await?;
    Ok(finished.rows_affected == 1)
}

impl TryFrom<submission::Model> for Submission {
    type Error = StoreError;

    fn try_from(row: submission::Model) -> Result<Self, StoreError> {
        let badges: Vec<String> = row.badges.as_deref().map_or(Ok(Vec::new()), serde_json::from_str)?;
        Ok(Self {
            id: row.id,
            user_id: row.user_id,
            snippet_id: row.snippet_id,
            snippet_revision: row.snippet_revision,
            code: row.code,
            status: row.status.0,
            result: row.result.as_deref().map(serde_json::from_str).transpose()?,
            rating: row.rating.map(|rating| rating.0),
            points: u32::try_from(row.points).unwrap_or_default(),
            badges: badges.iter().filter_map(|id| Badge::of_id(id)).collect(),
            created_at: row.created_at,
        })
    }
}
