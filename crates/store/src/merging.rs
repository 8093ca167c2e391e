//! Merging: what a trial did becomes an account's, as if one learner had done both, each thing at its time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bugdrill_model::{SnippetStatus, calendar::Calendar};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, ModelTrait, Order, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement, TableRef, WindowStatement},
};
use uuid::Uuid;

use crate::{
    AuditEntry, AuditEvent, AuditStamp, PatternCounts, StoreError, UserRepository, audit,
    entities::{report, review, snippet, submission, user, user_pattern_progress, user_snippet, user_snippet_attempt},
    learning::counts,
    steps::learning::{plan, reviews_of},
    text::Text,
};

/// What became of a trial that was to be merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrialMerge {
    /// All that it did is the account's, and the trial is gone.
    Merged,
    /// There is no such trial, or none any more: it was merged or forgotten, or is an account itself.
    NoTrial,
    /// There is no such account.
    NoAccount,
}

impl UserRepository<'_> {
    /// Gives all that a trial did to an account, and ends the trial and its sessions.
    ///
    /// Of a snippet that both worked on, the attempts add up, and whichever solve or giving up came first decides. What
    /// reviews and attempts recorded stays as it was seen at the time; only their order is told anew. Submissions that
    /// wait or run go on, and count for the account.
    pub async fn merge_trial(
        &self,
        trial_id: Uuid,
        account_id: Uuid,
        stamp: AuditStamp,
    ) -> Result<TrialMerge, StoreError> {
        let (transaction, trial, account) = self.store.begin_write_of_both(trial_id, account_id).await?;
        let Some(account) = account.filter(|user| !user.is_trial) else { return Ok(TrialMerge::NoAccount) };
        let Some(trial) = trial.filter(|user| user.is_trial) else { return Ok(TrialMerge::NoTrial) };

        let patterns = patterns_of(&transaction, trial.id).await?;
        let progress = both_progress(&transaction, &trial, &account, &patterns).await?;
        let shared = merge_snippets(&transaction, &trial, &account).await?;
        move_rows(&transaction, user_snippet_attempt::Column::UserId, &trial, &account).await?;
        number_attempts(&transaction, account.id, &shared).await?;
        merge_reviews(&transaction, &trial, &account).await?;
        count_progress(&transaction, account.id, progress).await?;
        let calendar = Calendar::of(account.time_zone.as_deref().or(trial.time_zone.as_deref()));
        for pattern_id in patterns {
            let reviews = reviews_of(&transaction, account.id, pattern_id).await?;
            plan(&transaction, account.id, pattern_id, calendar, &reviews).await?;
        }
        merge_submissions(&transaction, &trial, &account).await?;
        move_rows(&transaction, report::Column::UserId, &trial, &account).await?;

        let mut settings = account.clone().into_active_model();
        if account.preferred_language.is_none() {
            settings.preferred_language = Set(trial.preferred_language.clone());
        }
        if account.time_zone.is_none() {
            settings.time_zone = Set(trial.time_zone.clone());
        }
        settings.update(&transaction).await?;
        trial.delete(&transaction).await?;
        let entry = AuditEntry::own(stamp, AuditEvent::TrialMerged, account_id).with("trial", trial_id.to_string());
        audit::record(&transaction, entry).await?;
        transaction.commit().await?;
        Ok(TrialMerge::Merged)
    }
}

/// Makes all rows of the trial in a table the account's; `column` is the one that tells whose they are.
async fn move_rows<C: ColumnTrait>(
    transaction: &impl ConnectionTrait,
    column: C,
    trial: &user::Model,
    account: &user::Model,
) -> Result<(), DbErr> {
    let moving =
        Query::update().table(column.entity_name()).value(column, account.id).and_where(column.eq(trial.id)).to_owned();
    transaction.execute(&moving).await?;
    Ok(())
}

/// The patterns in which the trial did anything that is counted.
async fn patterns_of(transaction: &impl ConnectionTrait, trial_id: Uuid) -> Result<BTreeSet<i32>, DbErr> {
    let snippets = user_snippet::Entity::find()
        .select_only()
        .column(user_snippet::Column::SnippetId)
        .filter(user_snippet::Column::UserId.eq(trial_id))
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
        .filter(user_pattern_progress::Column::UserId.eq(trial_id))
        .into_tuple::<i32>()
        .all(transaction)
        .await?;
    Ok(of_snippets.into_iter().chain(counted).collect())
}

/// The account's progress in these patterns, with the trial's taken in but for what is counted or planned anew.
async fn both_progress(
    transaction: &impl ConnectionTrait,
    trial: &user::Model,
    account: &user::Model,
    patterns: &BTreeSet<i32>,
) -> Result<BTreeMap<i32, user_pattern_progress::Model>, DbErr> {
    let rows = user_pattern_progress::Entity::find()
        .filter(user_pattern_progress::Column::UserId.is_in([trial.id, account.id]))
        .filter(user_pattern_progress::Column::PatternId.is_in(patterns.iter().copied()))
        .all(transaction)
        .await?;
    let mut merged = BTreeMap::<i32, user_pattern_progress::Model>::new();
    for row in rows {
        let pattern_id = row.pattern_id;
        let both = match merged.remove(&pattern_id) {
            None => row,
            Some(other) => {
                let (mine, theirs) = if row.user_id == account.id { (row, other) } else { (other, row) };
                user_pattern_progress::Model {
                    last_practiced_at: Ord::max(mine.last_practiced_at, theirs.last_practiced_at),
                    ..mine
                }
            }
        };
        merged.insert(pattern_id, both);
    }
    for row in merged.values_mut() {
        row.user_id = account.id;
    }
    Ok(merged)
}

/// Makes the trial's states of snippets the account's, and tells which both had.
async fn merge_snippets(
    transaction: &impl ConnectionTrait,
    trial: &user::Model,
    account: &user::Model,
) -> Result<Vec<Uuid>, DbErr> {
    let of = |user_id: Uuid| user_snippet::Entity::find().filter(user_snippet::Column::UserId.eq(user_id));
    // As many as a trial may start.
    let theirs = of(trial.id).all(transaction).await?;
    let started = theirs.iter().map(|state| state.snippet_id);
    let mine = of(account.id).filter(user_snippet::Column::SnippetId.is_in(started)).all(transaction).await?;
    let mut mine: HashMap<Uuid, user_snippet::Model> =
        mine.into_iter().map(|state| (state.snippet_id, state)).collect();
    let mut shared = Vec::new();
    for theirs in theirs {
        let Some(mine) = mine.remove(&theirs.snippet_id) else { continue };
        let snippet_id = mine.snippet_id;
        let last_attempt_of = user_snippet_attempt::Entity::find()
            .select_only()
            .column(user_snippet_attempt::Column::UserId)
            .filter(user_snippet_attempt::Column::UserId.is_in([trial.id, account.id]))
            .filter(user_snippet_attempt::Column::SnippetId.eq(snippet_id))
            .order_by_desc(user_snippet_attempt::Column::CreatedAt)
            .order_by_desc(user_snippet_attempt::Column::AttemptNumber)
            .order_by_desc(user_snippet_attempt::Column::Id)
            .into_tuple::<Uuid>()
            .one(transaction)
            .await?;
        let both = as_one(mine, theirs, last_attempt_of == Some(trial.id));
        // All columns: what is equal in both need not be found out.
        both.into_active_model().reset_all().update(transaction).await?;
        shared.push(snippet_id);
    }
    user_snippet::Entity::delete_many()
        .filter(user_snippet::Column::UserId.eq(trial.id))
        .filter(user_snippet::Column::SnippetId.is_in(shared.iter().copied()))
        .exec(transaction)
        .await?;
    move_rows(transaction, user_snippet::Column::UserId, trial, account).await?;
    Ok(shared)
}

/// The state of a snippet that an account and a trial worked on, had one learner done both.
fn as_one(mine: user_snippet::Model, theirs: user_snippet::Model, theirs_is_last: bool) -> user_snippet::Model {
    let attempts = mine.attempts.saturating_add(theirs.attempts);
    let ends = [&mine, &theirs].map(|state| (state.solved_at.or(state.given_up_at), state));
    // Of two at the same time, the account's.
    let first_end = ends.into_iter().filter(|(at, _)| at.is_some()).min_by_key(|(at, _)| *at);
    let (status, solved_at, given_up_at) = match first_end {
        Some((_, state)) => (state.status, state.solved_at, state.given_up_at),
        None => (Text(SnippetStatus::of_attempts(attempts)), None, None),
    };
    let last_code =
        if theirs_is_last { theirs.last_code.or(mine.last_code) } else { mine.last_code.or(theirs.last_code) };
    user_snippet::Model {
        status,
        attempts,
        hints_revealed: Ord::max(mine.hints_revealed, theirs.hints_revealed),
        last_code,
        started_at: Ord::min(mine.started_at, theirs.started_at),
        solved_at,
        given_up_at,
        ..mine
    }
}

/// Numbers the attempts at these snippets in the order of their times. In one statement: a trial may have made many.
async fn number_attempts(transaction: &impl ConnectionTrait, account_id: Uuid, snippets: &[Uuid]) -> Result<(), DbErr> {
    use user_snippet_attempt::{Column, Entity};
    if snippets.is_empty() {
        return Ok(());
    }
    let in_order = WindowStatement::partition_by(Column::SnippetId)
        .order_by(Column::CreatedAt, Order::Asc)
        .order_by(Column::AttemptNumber, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .to_owned();
    let numbered = Query::select()
        .column(Column::Id)
        .expr_window_as(Expr::cust("row_number()"), in_order, "number")
        .from(Entity)
        .and_where(Column::UserId.eq(account_id))
        .and_where(Column::SnippetId.is_in(snippets.iter().copied()))
        .to_owned();
    let numbering = Query::update()
        .table(Entity)
        .value(Column::AttemptNumber, Expr::col(("numbered", "number")))
        .from(TableRef::SubQuery(numbered.into(), "numbered".into()))
        .and_where(Expr::col((Entity, Column::Id)).equals(("numbered", "id")))
        .to_owned();
    transaction.execute(&numbering).await?;
    Ok(())
}

/// Makes the trial's reviews the account's. A learner has one of a snippet, and one is the first of its pattern: the
/// earlier one.
async fn merge_reviews(
    transaction: &impl ConnectionTrait,
    trial: &user::Model,
    account: &user::Model,
) -> Result<(), DbErr> {
    let of = |user_id: Uuid| review::Entity::find().filter(review::Column::UserId.eq(user_id));
    // As many as a trial may start snippets.
    let theirs = of(trial.id).all(transaction).await?;
    let snippets = theirs.iter().map(|review| review.snippet_id);
    let mine = of(account.id).filter(review::Column::SnippetId.is_in(snippets)).all(transaction).await?;
    let mut superfluous = Vec::new();
    for mine in &mine {
        for theirs in theirs.iter().filter(|theirs| theirs.snippet_id == mine.snippet_id) {
            superfluous.push(if theirs.created_at < mine.created_at { mine.id } else { theirs.id });
        }
    }
    let patterns: BTreeSet<i32> = theirs.iter().map(|review| review.pattern_id).collect();
    let mine = of(account.id)
        .filter(review::Column::PatternId.is_in(patterns))
        .filter(review::Column::FirstExposure.eq(true))
        .all(transaction)
        .await?;
    let mut not_first = Vec::new();
    for mine in &mine {
        for theirs in theirs.iter().filter(|theirs| theirs.first_exposure && theirs.pattern_id == mine.pattern_id) {
            not_first.push(if theirs.created_at < mine.created_at { mine.id } else { theirs.id });
        }
    }
    review::Entity::delete_many().filter(review::Column::Id.is_in(superfluous)).exec(transaction).await?;
    review::Entity::update_many()
        .col_expr(review::Column::FirstExposure, Expr::value(false))
        .filter(review::Column::Id.is_in(not_first))
        .exec(transaction)
        .await?;
    move_rows(transaction, review::Column::UserId, trial, account).await
}

/// Counts the account's snippets of these patterns anew.
async fn count_progress(
    transaction: &impl ConnectionTrait,
    account_id: Uuid,
    progress: BTreeMap<i32, user_pattern_progress::Model>,
) -> Result<(), DbErr> {
    use user_pattern_progress::Column;
    let counted = counts(account_id)
        .filter(snippet::Column::PatternId.is_in(progress.keys().copied()))
        .into_model::<PatternCounts>()
        .all(transaction)
        .await?;
    let number = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
    for row in progress.into_values() {
        let counts = counted.iter().find(|counts| counts.pattern_id == row.pattern_id).copied().unwrap_or_default();
        let row = user_pattern_progress::Model {
            snippets_attempted: number(counts.snippets_attempted),
            snippets_solved: number(counts.snippets_solved),
            total_attempts: number(counts.total_attempts),
            ..row
        };
        let replace = OnConflict::columns([Column::UserId, Column::PatternId])
            .update_columns([
                Column::SnippetsAttempted,
                Column::SnippetsSolved,
                Column::TotalAttempts,
                Column::LastPracticedAt,
            ])
            .to_owned();
        user_pattern_progress::Entity::insert(row.into_active_model())
            .on_conflict(replace)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// Makes the trial's submissions the account's. Under a key that both used, the account's is found from now on.
async fn merge_submissions(
    transaction: &impl ConnectionTrait,
    trial: &user::Model,
    account: &user::Model,
) -> Result<(), DbErr> {
    use submission::Column;
    let used: SelectStatement = submission::Entity::find()
        .select_only()
        .column(Column::IdempotencyKey)
        .filter(Column::UserId.eq(account.id))
        .filter(Column::IdempotencyKey.is_not_null())
        .into_query();
    submission::Entity::update_many()
        .col_expr(Column::IdempotencyKey, Expr::value(None::<String>))
        .filter(Column::UserId.eq(trial.id))
        .filter(Column::IdempotencyKey.in_subquery(used))
        .exec(transaction)
        .await?;
    move_rows(transaction, Column::UserId, trial, account).await
}
