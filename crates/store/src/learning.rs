//! What learners did with snippets, short of submissions: starting one, hints, giving up, reports, progress.

use bugdrill_model::{
    Language, ReportReason, SnippetStatus,
    content::Snippet,
    rating::Rating,
    trial::{TrialExhausted, remaining_after_start},
};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationDef,
    sea_query::{Expr, ExprTrait, IntoCondition, OnConflict},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::storable,
    entities::{pattern_category, report, review, snippet, user, user_pattern_progress, user_snippet},
    text::Text,
    writing::Transaction,
};

/// A learner's state of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetState {
    /// The snippet.
    pub snippet_id: Uuid,
    /// Its slug.
    pub slug: String,
    /// How far.
    pub status: SnippetStatus,
    /// The number of submissions.
    pub attempts: i32,
    /// How many hints were revealed, 0 to 3.
    pub hints_revealed: i32,
    /// The code of the last submission.
    pub last_code: Option<String>,
    /// When it was solved.
    pub solved_at: Option<DateTime<Utc>>,
}

impl SnippetState {
    /// Whether the solution may be shown.
    pub fn is_revealed(&self) -> bool {
        self.status.is_revealed()
    }
}

/// Progress in a pattern.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct PatternProgress {
    /// The pattern.
    pub pattern_id: i32,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Snippets submitted at least once.
    pub snippets_attempted: i32,
    /// Snippets solved.
    pub snippets_solved: i32,
    /// Submissions.
    pub total_attempts: i32,
    /// When the last submission was.
    pub last_practiced_at: Option<DateTime<Utc>>,
    /// When the pattern should be practised again.
    pub next_review_at: Option<DateTime<Utc>>,
    /// From 0 to 5.
    pub mastery_level: i32,
}

impl PatternProgress {
    /// The counts, over all languages.
    pub fn counts(&self) -> PatternCounts {
        PatternCounts {
            pattern_id: self.pattern_id,
            snippets_attempted: self.snippets_attempted.into(),
            snippets_solved: self.snippets_solved.into(),
            total_attempts: self.total_attempts.into(),
        }
    }
}

/// A learner's snippets of a pattern, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct PatternCounts {
    /// The pattern.
    pub pattern_id: i32,
    /// Snippets submitted at least once.
    pub snippets_attempted: i64,
    /// Snippets solved.
    pub snippets_solved: i64,
    /// Submissions.
    pub total_attempts: i64,
}

/// The type in which counts come back: a sum's own type depends on the database.
const BIGINT: &str = "bigint";

/// Why something a learner wants is refused.
#[derive(Debug, thiserror::Error)]
pub enum LearningError {
    /// The token's user does not exist any more.
    #[error("the user does not exist")]
    UnknownUser,
    /// The trial has started as many snippets as it may.
    #[error(transparent)]
    TrialExhausted(#[from] TrialExhausted),
    /// Hints come one by one.
    #[error("hint {next} comes next")]
    HintOutOfOrder {
        /// The next tier to ask for.
        next: i32,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for LearningError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// What learners did with snippets, short of submissions.
#[derive(Clone, Copy, Debug)]
pub struct LearningRepository<'a> {
    pub(crate) store: &'a Store,
}

impl LearningRepository<'_> {
    /// Records that the learner works on the snippet; the first time this consumes one of a trial's snippets.
    pub async fn start(&self, user_id: Uuid, snippet_id: Uuid, now: DateTime<Utc>) -> Result<(), LearningError> {
        // Most calls come for a snippet that was started before: they must not wait for the write lock.
        let started = user_snippet::Entity::find_by_id((user_id, snippet_id)).one(&self.store.reader).await?;
        if started.is_some() {
            return Ok(());
        }
        let (transaction, user) = self.begin_write_of(user_id).await?;
        start(&transaction, &user, snippet_id, now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Reveals the hint of `tier` (1 to 3), which must be the next one or one revealed before, and tells how many
    /// are revealed now.
    pub async fn reveal_hint(
        &self,
        user_id: Uuid,
        snippet_id: Uuid,
        tier: i32,
        now: DateTime<Utc>,
    ) -> Result<i32, LearningError> {
        let (transaction, user) = self.begin_write_of(user_id).await?;
        // An order that is refused must not consume a trial's snippet: the transaction is dropped then.
        let state = start(&transaction, &user, snippet_id, now).await?;
        let revealed = state.hints_revealed;
        if tier > revealed + 1 {
            return Err(LearningError::HintOutOfOrder { next: revealed + 1 });
        }
        if tier == revealed + 1 {
            let mut state = state.into_active_model();
            state.hints_revealed = Set(tier);
            state.update(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(Ord::max(revealed, tier))
    }

    /// Records that the learner gave up, which rates [`Rating::Again`]; does nothing once solved or given up.
    pub async fn give_up(
        &self,
        review_id: Uuid,
        user_id: Uuid,
        snippet_id: Uuid,
        pattern_id: i32,
        now: DateTime<Utc>,
    ) -> Result<(), LearningError> {
        let (transaction, user) = self.begin_write_of(user_id).await?;
        let state = start(&transaction, &user, snippet_id, now).await?;
        if state.status.is_revealed() {
            return Ok(());
        }
        let first_exposure = is_first_exposure(&transaction, user_id, pattern_id).await?;
        let (hints_revealed, failed_submits) = (state.hints_revealed, state.attempts);
        let mut state = state.into_active_model();
        state.status = Set(Text(SnippetStatus::GivenUp));
        state.given_up_at = Set(Some(now));
        state.update(&transaction).await?;
        let review = review::ActiveModel {
            id: Set(review_id),
            user_id: Set(user_id),
            pattern_id: Set(pattern_id),
            snippet_id: Set(snippet_id),
            rating: Set(Text(Rating::Again)),
            hints_revealed: Set(hints_revealed),
            failed_submits: Set(failed_submits),
            edit_tokens: Set(None),
            within_edit_budget: Set(None),
            first_exposure: Set(first_exposure),
            quick: Set(None),
            created_at: Set(now),
        };
        review::Entity::insert(review).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The learner's state of one snippet, if it was started.
    pub async fn state(&self, user_id: Uuid, snippet_id: Uuid) -> Result<Option<SnippetState>, StoreError> {
        let query = states(user_id).filter(user_snippet::Column::SnippetId.eq(snippet_id));
        Ok(query.into_model::<StateRow>().one(&self.store.reader).await?.map(SnippetState::from))
    }

    /// The learner's states of all snippets that were started, or of those of one pattern.
    pub async fn states(&self, user_id: Uuid, pattern_id: Option<i32>) -> Result<Vec<SnippetState>, StoreError> {
        let mut query = states(user_id);
        if let Some(id) = pattern_id {
            query = query.filter(snippet::Column::PatternId.eq(id));
        }
        let rows = query
            .order_by_asc(snippet::Column::PatternId)
            .order_by_asc(snippet::Column::Position)
            .order_by_asc(snippet::Column::Id)
            .into_model::<StateRow>()
            .all(&self.store.reader)
            .await?;
        Ok(rows.into_iter().map(SnippetState::from).collect())
    }

    /// The learner's progress in all patterns, those never practised included, in the patterns' order.
    pub async fn progress(&self, user_id: Uuid) -> Result<Vec<PatternProgress>, StoreError> {
        let column = |column: user_pattern_progress::Column| Expr::col((user_pattern_progress::Entity, column));
        let count = |of| column(of).if_null(0);
        let mine: RelationDef = pattern_category::Entity::belongs_to(user_pattern_progress::Entity)
            .from(pattern_category::Column::Id)
            .to(user_pattern_progress::Column::PatternId)
            .on_condition(move |_, right| {
                Expr::col((right, user_pattern_progress::Column::UserId)).eq(user_id).into_condition()
            })
            .into();
        let rows = pattern_category::Entity::find()
            .select_only()
            .column_as(pattern_category::Column::Id, "pattern_id")
            .columns([pattern_category::Column::Slug, pattern_category::Column::Name])
            .expr_as(count(user_pattern_progress::Column::SnippetsAttempted), "snippets_attempted")
            .expr_as(count(user_pattern_progress::Column::SnippetsSolved), "snippets_solved")
            .expr_as(count(user_pattern_progress::Column::TotalAttempts), "total_attempts")
            .expr_as(count(user_pattern_progress::Column::MasteryLevel), "mastery_level")
            .column(user_pattern_progress::Column::LastPracticedAt)
            .column(user_pattern_progress::Column::NextReviewAt)
            .join(JoinType::LeftJoin, mine)
            .order_by_asc(pattern_category::Column::OrderIndex)
            .order_by_asc(pattern_category::Column::Id)
            .into_model::<PatternProgress>()
            .all(&self.store.reader)
            .await?;
        Ok(rows)
    }

    /// The learner's snippets in one language, counted for each pattern that has any.
    pub async fn counts_in(&self, user_id: Uuid, language: Language) -> Result<Vec<PatternCounts>, StoreError> {
        let rows = counts(user_id)
            .filter(snippet::Column::Language.eq(Text(language)))
            .into_model::<PatternCounts>()
            .all(&self.store.reader)
            .await?;
        Ok(rows)
    }

    /// Keeps a learner's complaint about a snippet.
    #[expect(clippy::too_many_arguments, reason = "the columns of one row, written once")]
    pub async fn report(
        &self,
        id: Uuid,
        user_id: Uuid,
        snippet_id: Uuid,
        snippet_revision: i32,
        reason: ReportReason,
        comment: String,
        now: DateTime<Utc>,
    ) -> Result<(), LearningError> {
        let (transaction, _) = self.begin_write_of(user_id).await?;
        let report = report::ActiveModel {
            id: Set(id),
            user_id: Set(user_id),
            snippet_id: Set(snippet_id),
            snippet_revision: Set(snippet_revision),
            reason: Set(Text(reason)),
            comment: Set(storable(&comment)),
            created_at: Set(now),
        };
        report::Entity::insert(report).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn begin_write_of(&self, user_id: Uuid) -> Result<(Transaction, user::Model), LearningError> {
        self.store.begin_learning_of(user_id).await?.ok_or(LearningError::UnknownUser)
    }
}

#[derive(FromQueryResult)]
struct StateRow {
    snippet_id: Uuid,
    slug: String,
    status: Text<SnippetStatus>,
    attempts: i32,
    hints_revealed: i32,
    last_code: Option<String>,
    solved_at: Option<DateTime<Utc>>,
}

impl From<StateRow> for SnippetState {
    fn from(row: StateRow) -> Self {
        Self {
            snippet_id: row.snippet_id,
            slug: row.slug,
            status: row.status.0,
            attempts: row.attempts,
            hints_revealed: row.hints_revealed,
            last_code: row.last_code,
            solved_at: row.solved_at,
        }
    }
}

fn snippet_of_state() -> RelationDef {
    user_snippet::Entity::belongs_to(snippet::Entity)
        .from(user_snippet::Column::SnippetId)
        .to(snippet::Column::Id)
        .into()
}

/// The learner's snippets, counted for each pattern that has any.
pub(crate) fn counts(user_id: Uuid) -> sea_orm::Select<user_snippet::Entity> {
    let attempts = || Expr::col((user_snippet::Entity, user_snippet::Column::Attempts));
    let status = || Expr::col((user_snippet::Entity, user_snippet::Column::Status));
    let number_of = |condition: Expr| Expr::case(condition, 1).finally(0).sum().cast_as(BIGINT);
    user_snippet::Entity::find()
        .select_only()
        .column(snippet::Column::PatternId)
        .expr_as(number_of(attempts().gt(0)), "snippets_attempted")
        .expr_as(number_of(status().eq(Text(SnippetStatus::Solved))), "snippets_solved")
        .expr_as(attempts().sum().cast_as(BIGINT), "total_attempts")
        .join(JoinType::InnerJoin, snippet_of_state())
        .filter(user_snippet::Column::UserId.eq(user_id))
        .group_by(snippet::Column::PatternId)
}

fn states(user_id: Uuid) -> sea_orm::Select<user_snippet::Entity> {
    user_snippet::Entity::find()
        .select_only()
        .columns([
            user_snippet::Column::SnippetId,
            user_snippet::Column::Status,
            user_snippet::Column::Attempts,
            user_snippet::Column::HintsRevealed,
            user_snippet::Column::LastCode,
            user_snippet::Column::SolvedAt,
        ])
        .column(snippet::Column::Slug)
        .join(JoinType::InnerJoin, snippet_of_state())
        .filter(user_snippet::Column::UserId.eq(user_id))
}

/// The row of learner and snippet; where there is none it is created, at the cost of one of a trial's snippets. The
/// transaction is one that writes of this user.
pub(crate) async fn start(
    transaction: &impl ConnectionTrait,
    user: &user::Model,
    snippet_id: Uuid,
    now: DateTime<Utc>,
) -> Result<user_snippet::Model, LearningError> {
    let user_id = user.id;
    if let Some(state) = user_snippet::Entity::find_by_id((user_id, snippet_id)).one(transaction).await? {
        return Ok(state);
    }
    if user.is_trial {
        // The user's row is locked: nobody else counts it down meanwhile.
        let remaining = remaining_after_start(user.trial_snippets_remaining)?;
        user::Entity::update_many()
            .col_expr(user::Column::TrialSnippetsRemaining, Expr::value(remaining))
            .filter(user::Column::Id.eq(user_id))
            .exec(transaction)
            .await?;
    }
    let state = user_snippet::Model {
        user_id,
        snippet_id,
        status: Text(SnippetStatus::Started),
        attempts: 0,
        hints_revealed: 0,
        last_code: None,
        started_at: now,
        solved_at: None,
        given_up_at: None,
    };
    user_snippet::Entity::insert(state.clone().into_active_model()).exec_without_returning(transaction).await?;
    Ok(state)
}

/// Whether the learner has no review of the pattern yet.
pub(crate) async fn is_first_exposure(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    pattern_id: i32,
) -> Result<bool, sea_orm::DbErr> {
    let reviews = review::Entity::find()
        .filter(review::Column::UserId.eq(user_id))
        .filter(review::Column::PatternId.eq(pattern_id))
        .limit(1)
        .count(transaction)
        .await?;
    Ok(reviews == 0)
}

/// Whether the learner has solved or given up another snippet of the same exercise, whose right code is the same.
pub(crate) async fn has_seen_solution(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    of: &Snippet,
) -> Result<bool, sea_orm::DbErr> {
    let revealed = [Text(SnippetStatus::Solved), Text(SnippetStatus::GivenUp)];
    let siblings = user_snippet::Entity::find()
        .join(JoinType::InnerJoin, snippet_of_state())
        .filter(user_snippet::Column::UserId.eq(user_id))
        .filter(user_snippet::Column::SnippetId.ne(of.id))
        .filter(user_snippet::Column::Status.is_in(revealed))
        .filter(snippet::Column::ExerciseId.eq(of.exercise_id.as_str()))
        .count(transaction)
        .await?;
    Ok(siblings > 0)
}

/// Counts a submission in the progress of its pattern.
pub(crate) async fn count_attempt(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    pattern_id: i32,
    first_attempt: bool,
    solved_now: bool,
    now: DateTime<Utc>,
) -> Result<(), sea_orm::DbErr> {
    use user_pattern_progress::Column::{
        LastPracticedAt, PatternId, SnippetsAttempted, SnippetsSolved, TotalAttempts, UserId,
    };
    let column = |column: user_pattern_progress::Column| Expr::col((user_pattern_progress::Entity, column));
    let (attempted, solved) = (i32::from(first_attempt), i32::from(solved_now));
    let row = user_pattern_progress::ActiveModel {
        user_id: Set(user_id),
        pattern_id: Set(pattern_id),
        snippets_attempted: Set(attempted),
        snippets_solved: Set(solved),
        total_attempts: Set(1),
        last_practiced_at: Set(Some(now)),
        next_review_at: NotSet,
        mastery_level: Set(0),
    };
    let count = OnConflict::columns([UserId, PatternId])
        .value(SnippetsAttempted, column(SnippetsAttempted).add(attempted))
        .value(SnippetsSolved, column(SnippetsSolved).add(solved))
        .value(TotalAttempts, column(TotalAttempts).add(1))
        .value(LastPracticedAt, Expr::value(now))
        .to_owned();
    user_pattern_progress::Entity::insert(row).on_conflict(count).exec_without_returning(transaction).await?;
    Ok(())
}
