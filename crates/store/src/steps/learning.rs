//! What learners do with snippets, and what follows from it.

use bugdrill_model::{
    SnippetStatus,
    content::Snippet,
    learning::{Effects, Event, Gain, Past, SnippetState, follow},
    trial::remaining_after_start,
};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType, PaginatorTrait, QueryFilter,
    QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use crate::{
    LearningError,
    entities::{review, snippet, user, user_pattern_progress, user_snippet},
    learning::snippet_of_state,
    text::Text,
};

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

/// How far a learner is, as the rules know it.
pub(crate) fn standing(row: &user_snippet::Model) -> SnippetState {
    SnippetState {
        status: row.status.0,
        attempts: u32::try_from(row.attempts).unwrap_or_default(),
        hints_revealed: u8::try_from(row.hints_revealed).unwrap_or(u8::MAX),
    }
}

fn stored(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Something that a learner does with a snippet, to be written with all that follows from it.
pub(crate) struct Step<'a> {
    pub(crate) snippet: &'a Snippet,
    pub(crate) event: Event,
    /// The id of the review, should there be one.
    pub(crate) review_id: Uuid,
    /// The size of the edit, of a submission.
    pub(crate) edit_tokens: Option<i32>,
    /// The code, of a submission.
    pub(crate) code: Option<String>,
    pub(crate) now: DateTime<Utc>,
}

impl Step<'_> {
    /// Writes the progress in the pattern, the review and the learner's state of the snippet, which was `state` before.
    /// The transaction is one that writes of this learner.
    pub(crate) async fn write(
        self,
        transaction: &impl ConnectionTrait,
        state: user_snippet::Model,
    ) -> Result<Effects, DbErr> {
        let Self { snippet, event, review_id, edit_tokens, code, now } = self;
        let (user_id, before) = (state.user_id, standing(&state));
        let past = if event.is_last(before) { past(transaction, user_id, snippet).await? } else { Past::default() };
        let effects = follow(before, event, past);
        if effects.gain != Gain::default() {
            add_gain(transaction, user_id, snippet.pattern_id, effects.gain, now).await?;
        }
        if let Some(rating) = effects.review {
            let (within_edit_budget, quick) = match event {
                Event::Submission { within_edit_budget, quick, .. } => (Some(within_edit_budget), Some(quick)),
                Event::GivingUp => (None, None),
            };
            let review = review::ActiveModel {
                id: Set(review_id),
                user_id: Set(user_id),
                pattern_id: Set(snippet.pattern_id),
                snippet_id: Set(snippet.id),
                rating: Set(Text(rating)),
                hints_revealed: Set(state.hints_revealed),
                failed_submits: Set(state.attempts),
                edit_tokens: Set(edit_tokens),
                within_edit_budget: Set(within_edit_budget),
                first_exposure: Set(past.first_exposure),
                quick: Set(quick),
                created_at: Set(now),
            };
            review::Entity::insert(review).exec_without_returning(transaction).await?;
        }
        let after = effects.state;
        if after != before {
            let mut row = state.into_active_model();
            row.status = Set(Text(after.status));
            row.attempts = Set(stored(after.attempts));
            if code.is_some() {
                row.last_code = Set(code);
            }
            match after.status {
                _ if after.status == before.status => {}
                SnippetStatus::Solved => row.solved_at = Set(Some(now)),
                SnippetStatus::GivenUp => row.given_up_at = Set(Some(now)),
                SnippetStatus::Started | SnippetStatus::Attempted => {}
            }
            row.update(transaction).await?;
        }
        Ok(effects)
    }
}

/// What the learner did with other snippets than this one.
async fn past(transaction: &impl ConnectionTrait, user_id: Uuid, snippet: &Snippet) -> Result<Past, DbErr> {
    Ok(Past {
        first_exposure: is_first_exposure(transaction, user_id, snippet.pattern_id).await?,
        seen_solution: has_seen_solution(transaction, user_id, snippet).await?,
    })
}

/// Whether the learner has no review of the pattern yet.
async fn is_first_exposure(transaction: &impl ConnectionTrait, user_id: Uuid, pattern_id: i32) -> Result<bool, DbErr> {
    let reviews = review::Entity::find()
        .filter(review::Column::UserId.eq(user_id))
        .filter(review::Column::PatternId.eq(pattern_id))
        .limit(1)
        .count(transaction)
        .await?;
    Ok(reviews == 0)
}

/// Whether the learner has solved or given up another snippet of the same exercise, whose right code is the same.
async fn has_seen_solution(transaction: &impl ConnectionTrait, user_id: Uuid, of: &Snippet) -> Result<bool, DbErr> {
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

/// Adds to the progress in a pattern.
async fn add_gain(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    pattern_id: i32,
    gain: Gain,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use user_pattern_progress::Column::{
        LastPracticedAt, PatternId, SnippetsAttempted, SnippetsSolved, TotalAttempts, UserId,
    };
    let column = |column: user_pattern_progress::Column| Expr::col((user_pattern_progress::Entity, column));
    let [attempted, solved, attempts] = [gain.snippets_attempted, gain.snippets_solved, gain.attempts].map(stored);
    let row = user_pattern_progress::ActiveModel {
        user_id: Set(user_id),
        pattern_id: Set(pattern_id),
        snippets_attempted: Set(attempted),
        snippets_solved: Set(solved),
        total_attempts: Set(attempts),
        last_practiced_at: Set(Some(now)),
        next_review_at: NotSet,
        mastery_level: Set(0),
    };
    let count = OnConflict::columns([UserId, PatternId])
        .value(SnippetsAttempted, column(SnippetsAttempted).add(attempted))
        .value(SnippetsSolved, column(SnippetsSolved).add(solved))
        .value(TotalAttempts, column(TotalAttempts).add(attempts))
        .value(LastPracticedAt, Expr::value(now))
        .to_owned();
    user_pattern_progress::Entity::insert(row).on_conflict(count).exec_without_returning(transaction).await?;
    Ok(())
}
