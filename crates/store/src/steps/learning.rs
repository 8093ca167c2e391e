//! What learners do with snippets, and what follows from it.

use bugdrill_model::{
    SnippetStatus,
    calendar::Calendar,
    content::Snippet,
    learning::{Effects, Event, Gain, Past, SnippetState, follow},
    memory::{Memory, Review},
    rating::Rating,
    trial::remaining_after_start,
};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
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
    /// The days of the learner.
    pub(crate) calendar: Calendar,
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
        let Self { snippet, event, review_id, edit_tokens, code, calendar, now } = self;
        let (user_id, before) = (state.user_id, standing(&state));
        let (mut reviews, mut past) = (Vec::new(), Past::default());
        if event.reveals(before) {
            reviews = reviews_of(transaction, user_id, snippet.pattern_id).await?;
            // Of giving up it makes no difference.
            let seen_solution = event != Event::GivingUp && has_seen_solution(transaction, user_id, snippet).await?;
            past = Past { first_exposure: reviews.is_empty(), seen_solution };
        }
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
            reviews.push((Text(rating), now));
            plan(transaction, user_id, snippet.pattern_id, calendar, &reviews).await?;
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

/// The learner's reviews of a pattern and their times, the first one first.
pub(crate) async fn reviews_of(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    pattern_id: i32,
) -> Result<Vec<(Text<Rating>, DateTime<Utc>)>, DbErr> {
    review::Entity::find()
        .select_only()
        .columns([review::Column::Rating, review::Column::CreatedAt])
        .filter(review::Column::UserId.eq(user_id))
        .filter(review::Column::PatternId.eq(pattern_id))
        .order_by_asc(review::Column::CreatedAt)
        .order_by_asc(review::Column::Id)
        .into_tuple()
        .all(transaction)
        .await
}

/// Writes when a pattern is due again and how far it is mastered, by all of its reviews: there is no more than one of
/// each snippet, and what is made of all of them anew needs no rule for what became of an earlier one.
pub(crate) async fn plan(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    pattern_id: i32,
    calendar: Calendar,
    reviews: &[(Text<Rating>, DateTime<Utc>)],
) -> Result<(), DbErr> {
    use user_pattern_progress::Column::{MasteryLevel, NextReviewAt, PatternId, UserId};
    let review = |(rating, at): &(Text<Rating>, _)| Review { rating: rating.0, on: calendar.day(*at) };
    let Some(memory) = Memory::after(reviews.iter().map(review)) else { return Ok(()) };
    let solved = reviews.iter().filter(|(rating, _)| rating.0 != Rating::Again).count();
    let row = user_pattern_progress::ActiveModel {
        user_id: Set(user_id),
        pattern_id: Set(pattern_id),
        snippets_attempted: Set(0),
        snippets_solved: Set(0),
        total_attempts: Set(0),
        last_practiced_at: NotSet,
        next_review_at: Set(Some(calendar.start(memory.due_on))),
        mastery_level: Set(memory.mastery(u32::try_from(solved).unwrap_or(u32::MAX)).into()),
    };
    let again = OnConflict::columns([UserId, PatternId]).update_columns([NextReviewAt, MasteryLevel]).to_owned();
    user_pattern_progress::Entity::insert(row).on_conflict(again).exec_without_returning(transaction).await?;
    Ok(())
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
