//! What follows from the logs of attempts and reviews, made of them anew.

use std::collections::{BTreeMap, BTreeSet};

use bugdrill_model::{SnippetStatus, calendar::Calendar, rating::Rating};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    PatternCounts,
    entities::{review, snippet, user, user_pattern_progress, user_snippet, user_snippet_attempt},
    learning::{counts, snippet_of_state},
    steps::{
        badges::recount_badges,
        leaderboards::recount_points,
        learning::{day_of, plan, reviews_of, scheduler_of},
    },
    text::Text,
};

/// Makes all that follows from a learner's logs anew, and tells whether any of it was different. The transaction is one
/// that writes of this learner.
pub(crate) async fn recount_learner(transaction: &impl ConnectionTrait, user: &user::Model) -> Result<bool, DbErr> {
    let calendar = Calendar::of(user.time_zone.as_deref());
    let mut is_different = false;
    for pattern_id in patterns_of(transaction, user.id).await? {
        is_different |= recount(transaction, user.id, pattern_id, calendar).await?;
    }
    is_different |= recount_badges(transaction, user.id, calendar).await?;
    Ok(recount_points(transaction, user).await? || is_different)
}

/// Writes how far a learner is with the snippets of a pattern, and in the pattern, by what was logged. When it was
/// practised last and how skilled the learner is, stays: the one is not logged, the other depends on what others did
/// meanwhile. The transaction is one that writes of this learner. Tells whether anything was different.
pub(crate) async fn recount(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    pattern_id: i32,
    calendar: Calendar,
) -> Result<bool, DbErr> {
    let reviews = reviews_of(transaction, user_id, pattern_id).await?;
    let mut is_different = recount_snippets(transaction, user_id, pattern_id, calendar, &reviews).await?;
    let find = || user_pattern_progress::Entity::find_by_id((user_id, pattern_id));
    let before = find().one(transaction).await?;
    count(transaction, user_id, pattern_id, before.is_some()).await?;
    let scheduler = scheduler_of(transaction, user_id).await?;
    plan(transaction, user_id, pattern_id, calendar, &scheduler, &reviews).await?;
    is_different |= before != find().one(transaction).await?;
    Ok(is_different)
}

/// The patterns in which a learner did anything that is counted.
pub(crate) async fn patterns_of(transaction: &impl ConnectionTrait, user_id: Uuid) -> Result<BTreeSet<i32>, DbErr> {
    let snippets = user_snippet::Entity::find()
        .select_only()
        .column(user_snippet::Column::SnippetId)
        .filter(user_snippet::Column::UserId.eq(user_id))
        .into_query();
    let of_snippets = snippet::Entity::find()
        .select_only()
        .column(snippet::Column::PatternId)
        .filter(snippet::Column::Id.in_subquery(snippets))
        .into_tuple::<i32>()
        .all(transaction)
        .await?;
    let counted = user_pattern_progress::Entity::find()
        .select_only()
        .column(user_pattern_progress::Column::PatternId)
        .filter(user_pattern_progress::Column::UserId.eq(user_id))
        .into_tuple::<i32>()
        .all(transaction)
        .await?;
    Ok(of_snippets.into_iter().chain(counted).collect())
}

async fn recount_snippets(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    pattern_id: i32,
    calendar: Calendar,
    reviews: &[review::Model],
) -> Result<bool, DbErr> {
    let states = user_snippet::Entity::find()
        .join(JoinType::InnerJoin, snippet_of_state())
        .filter(user_snippet::Column::UserId.eq(user_id))
        .filter(snippet::Column::PatternId.eq(pattern_id))
        .order_by_asc(user_snippet::Column::SnippetId)
        .all(transaction)
        .await?;
    let attempts: BTreeMap<Uuid, i64> = user_snippet_attempt::Entity::find()
        .select_only()
        .column(user_snippet_attempt::Column::SnippetId)
        .column_as(user_snippet_attempt::Column::Id.count(), "attempts")
        .filter(user_snippet_attempt::Column::UserId.eq(user_id))
        .filter(user_snippet_attempt::Column::SnippetId.is_in(states.iter().map(|state| state.snippet_id)))
        .group_by(user_snippet_attempt::Column::SnippetId)
        .into_tuple()
        .all(transaction)
        .await?
        .into_iter()
        .collect();
    let mut is_different = false;
    for state in states {
        let of_snippet: Vec<_> = reviews.iter().filter(|review| review.snippet_id == state.snippet_id).collect();
        let attempts = attempts.get(&state.snippet_id).map_or(0, |count| i32::try_from(*count).unwrap_or(i32::MAX));
        let after = state_of(state.clone(), attempts, &of_snippet, calendar);
        if after != state {
            is_different = true;
            // All columns: which of them differ need not be found out.
            after.into_active_model().reset_all().update(transaction).await?;
        }
    }
    Ok(is_different)
}

/// How far a learner is with a snippet after so many attempts and these reviews of it, the first one first.
fn state_of(
    state: user_snippet::Model,
    attempts: i32,
    reviews: &[&review::Model],
    calendar: Calendar,
) -> user_snippet::Model {
    let is_solve = |review: &&&review::Model| *review.rating != Rating::Again;
    let solved = reviews.iter().find(is_solve);
    let given_up = reviews.first().filter(|review| *review.rating == Rating::Again);
    let status = match (solved, given_up) {
        (Some(_), _) => SnippetStatus::Solved,
        (None, Some(_)) => SnippetStatus::GivenUp,
        (None, None) => SnippetStatus::of_attempts(attempts),
    };
    user_snippet::Model {
        status: Text(status),
        attempts,
        solved_at: solved.map(|review| review.created_at),
        given_up_at: given_up.map(|review| review.created_at),
        reviewed_on: reviews.last().map(|review| Text(day_of(review, calendar))),
        is_to_retry: reviews.len() == 1 && given_up.is_some(),
        ..state
    }
}

/// Counts a learner's snippets of a pattern. Where nothing is counted and no row is there, there shall be none.
async fn count(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    pattern_id: i32,
    is_there: bool,
) -> Result<(), DbErr> {
    use user_pattern_progress::Column;
    let counted = counts(user_id)
        .filter(snippet::Column::PatternId.eq(pattern_id))
        .into_model::<PatternCounts>()
        .one(transaction)
        .await?
        .unwrap_or_default();
    if counted.total_attempts == 0 && !is_there {
        return Ok(());
    }
    let number = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
    let row = user_pattern_progress::Model {
        user_id,
        pattern_id,
        snippets_attempted: number(counted.snippets_attempted),
        snippets_solved: number(counted.snippets_solved),
        total_attempts: number(counted.total_attempts),
        last_practiced_at: None,
        next_review_at: None,
        mastery_level: 0,
        skill: None,
        skill_observations: 0,
    };
    let again = OnConflict::columns([Column::UserId, Column::PatternId])
        .update_columns([Column::SnippetsAttempted, Column::SnippetsSolved, Column::TotalAttempts])
        .to_owned();
    user_pattern_progress::Entity::insert(row.into_active_model())
        .on_conflict(again)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}
