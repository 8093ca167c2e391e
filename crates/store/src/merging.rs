//! Merging: what a trial did becomes an account's, as if one learner had done both, each thing at its time.

use std::collections::{BTreeSet, HashMap};

use bugdrill_model::calendar::Calendar;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, ModelTrait, Order, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, TableRef, WindowStatement},
};
use uuid::Uuid;

use crate::{
    AuditEntry, AuditEvent, AuditStamp, StoreError, UserRepository, audit,
    entities::{report, review, submission, user, user_pattern_progress, user_snippet, user_snippet_attempt},
    steps::{
        badges::{merge_badges, recount_badges},
        leaderboards::recount_points,
        recounting::{patterns_of, recount},
    },
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
        merge_progress(&transaction, &trial, &account).await?;
        let shared = merge_snippets(&transaction, &trial, &account).await?;
        move_rows(&transaction, user_snippet_attempt::Column::UserId, &trial, &account).await?;
        number_attempts(&transaction, account.id, &shared).await?;
        merge_reviews(&transaction, &trial, &account).await?;
        let calendar = Calendar::of(account.time_zone.as_deref().or(trial.time_zone.as_deref()));
        for pattern_id in patterns {
            recount(&transaction, account.id, pattern_id, calendar).await?;
        }
        merge_badges(&transaction, trial.id, account.id).await?;
        recount_badges(&transaction, account.id, calendar).await?;
        recount_points(&transaction, &account).await?;
        merge_submissions(&transaction, &trial, &account).await?;
        move_rows(&transaction, report::Column::UserId, &trial, &account).await?;

        let mut settings = account.clone().into_active_model();
        if account.preferred_language.is_none() {
            settings.preferred_language = Set(trial.preferred_language.clone());
        }
        if account.skill_observations == 0 {
            settings.skill = Set(trial.skill);
            settings.skill_observations = Set(trial.skill_observations);
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

/// Makes the trial's progress the account's, but for what is counted or planned anew. Of two skills, the account's.
async fn merge_progress(
    transaction: &impl ConnectionTrait,
    trial: &user::Model,
    account: &user::Model,
) -> Result<(), DbErr> {
    let find =
        |user_id: Uuid| user_pattern_progress::Entity::find().filter(user_pattern_progress::Column::UserId.eq(user_id));
    let mine = find(account.id).all(transaction).await?;
    for theirs in find(trial.id).all(transaction).await? {
        match mine.iter().find(|mine| mine.pattern_id == theirs.pattern_id) {
            None => {
                let moved = user_pattern_progress::Model { user_id: account.id, ..theirs };
                let inserting = user_pattern_progress::Entity::insert(moved.into_active_model());
                inserting.exec_without_returning(transaction).await?;
            }
            Some(mine) => {
                let mut both = mine.clone().into_active_model();
                both.last_practiced_at = Set(Ord::max(mine.last_practiced_at, theirs.last_practiced_at));
                if mine.skill.is_none() {
                    both.skill = Set(theirs.skill);
                    both.skill_observations = Set(theirs.skill_observations);
                }
                both.update(transaction).await?;
            }
        }
    }
    Ok(())
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

/// The state of a snippet that an account and a trial worked on, had one learner done both; what was logged is counted
/// anew.
fn as_one(mine: user_snippet::Model, theirs: user_snippet::Model, theirs_is_last: bool) -> user_snippet::Model {
    let last_code =
        if theirs_is_last { theirs.last_code.or(mine.last_code) } else { mine.last_code.or(theirs.last_code) };
    user_snippet::Model {
        why_is_right: mine.why_is_right.or(theirs.why_is_right),
        hints_revealed: Ord::max(mine.hints_revealed, theirs.hints_revealed),
        last_code,
        started_at: Ord::min(mine.started_at, theirs.started_at),
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

/// Makes the trial's reviews the account's. One of a snippet is the first, and earned what the snippet is worth, and one
/// is the first of its pattern: the earlier one.
async fn merge_reviews(
    transaction: &impl ConnectionTrait,
    trial: &user::Model,
    account: &user::Model,
) -> Result<(), DbErr> {
    let of = |user_id: Uuid| review::Entity::find().filter(review::Column::UserId.eq(user_id));
    // As many as a trial may start snippets.
    let theirs = of(trial.id).all(transaction).await?;
    let snippets: BTreeSet<Uuid> = theirs.iter().map(|review| review.snippet_id).collect();
    let mine =
        of(account.id).filter(review::Column::SnippetId.is_in(snippets.iter().copied())).all(transaction).await?;
    let first = |reviews: &[review::Model], snippet_id: &Uuid| {
        let of_snippet = reviews.iter().filter(|review| review.snippet_id == *snippet_id);
        of_snippet.map(|review| (review.created_at, review.id)).min()
    };
    let superfluous = snippets.iter().filter_map(|snippet_id| {
        let (mine, theirs) = (first(&mine, snippet_id)?, first(&theirs, snippet_id)?);
        Some(if theirs.0 < mine.0 { mine.1 } else { theirs.1 })
    });
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
