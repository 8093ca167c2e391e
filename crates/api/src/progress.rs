//! `GET /api/v1/users/progress`: the learner's progress.

use std::{collections::HashMap, sync::Arc};

use axum::extract::State;
use bugdrill_store::PatternProgress as StoredProgress;
use bugdrill_web::{Json, Learner, Problem, problem::LearnerProblems};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::ApiState;

/// A learner's progress.
#[derive(Serialize, ToSchema)]
pub(crate) struct Progress {
    /// Snippets submitted at least once.
    snippets_attempted: i32,
    snippets_solved: i32,
    /// Submissions.
    total_attempts: i32,
    /// All patterns, in their order.
    patterns: Vec<PatternProgress>,
    is_trial: bool,
    /// How many more snippets a trial may start; null without a trial.
    trial_snippets_remaining: Option<i32>,
}

/// A learner's progress in a pattern.
#[derive(Serialize, ToSchema)]
struct PatternProgress {
    pattern_id: i32,
    slug: String,
    name: String,
    /// Snippets in all languages.
    snippets_total: i64,
    snippets_attempted: i32,
    snippets_solved: i32,
    total_attempts: i32,
    /// Submissions for each solved snippet; null before the first.
    avg_attempts_per_solve: Option<f64>,
    last_practiced_at: Option<DateTime<Utc>>,
    next_review_at: Option<DateTime<Utc>>,
    /// From 0 to 5.
    mastery_level: i32,
}

impl PatternProgress {
    fn new(row: StoredProgress, snippets_total: i64) -> Self {
        let average = f64::from(row.total_attempts) / f64::from(row.snippets_solved);
        Self {
            pattern_id: row.pattern_id,
            slug: row.slug,
            name: row.name,
            snippets_total,
            snippets_attempted: row.snippets_attempted,
            snippets_solved: row.snippets_solved,
            total_attempts: row.total_attempts,
            avg_attempts_per_solve: average.is_finite().then_some(average),
            last_practiced_at: row.last_practiced_at,
            next_review_at: row.next_review_at,
            mastery_level: row.mastery_level,
        }
    }
}

/// The learner's progress, over all and in each pattern.
#[utoipa::path(
    get,
    path = "/api/v1/users/progress",
    tag = "learning",
    operation_id = "get_progress",
    responses((status = 200, description = "The progress", body = Progress), LearnerProblems),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(State(state): State<Arc<ApiState>>, learner: Learner) -> Result<Json<Progress>, Problem> {
    let user = state.store.users().find(learner.user_id).await?;
    let user = user.ok_or(bugdrill_store::LearningError::UnknownUser)?;
    let totals: HashMap<i32, i64> = state
        .store
        .content()
        .patterns()
        .await?
        .into_iter()
        .map(|summary| (summary.pattern.id, summary.snippet_counts.iter().map(|count| count.count).sum()))
        .collect();
    let rows = state.store.learning().progress(learner.user_id).await?;
    let sum = |count: fn(&StoredProgress) -> i32| rows.iter().map(count).sum();
    Ok(Json(Progress {
        snippets_attempted: sum(|row| row.snippets_attempted),
        snippets_solved: sum(|row| row.snippets_solved),
        total_attempts: sum(|row| row.total_attempts),
        patterns: rows
            .into_iter()
            .map(|row| {
                let total = totals.get(&row.pattern_id).copied().unwrap_or_default();
                PatternProgress::new(row, total)
            })
            .collect(),
        is_trial: user.is_trial,
        trial_snippets_remaining: user.is_trial.then_some(user.trial_snippets_remaining),
    }))
}
