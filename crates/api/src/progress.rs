//! `GET /api/v1/users/progress`: the learner's progress.

use std::collections::HashMap;

use axum::extract::State;
use bugdrill_model::Language;
use bugdrill_store::{PatternCounts, PatternProgress as StoredProgress};
use bugdrill_web::{Json, Learner, Problem, Query, problem::LearnerProblems, problems};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{ApiState, Shared};

/// A learner's progress.
#[derive(Serialize, ToSchema)]
pub(crate) struct Progress {
    /// Snippets submitted at least once.
    snippets_attempted: i64,
    snippets_solved: i64,
    /// Submissions.
    total_attempts: i64,
    /// All patterns, in their order.
    patterns: Vec<PatternProgress>,
    is_trial: bool,
    /// How many more snippets a trial may start; null without a trial.
    trial_snippets_remaining: Option<i32>,
}

/// A learner's progress in a pattern.
#[derive(Serialize, ToSchema)]
pub(crate) struct PatternProgress {
    pattern_id: i32,
    slug: String,
    name: String,
    /// All snippets of the pattern.
    snippets_total: usize,
    snippets_attempted: i64,
    snippets_solved: i64,
    total_attempts: i64,
    /// How many of the attempted snippets are solved, 0 to 1; null before the first attempt.
    solve_rate: Option<f64>,
    /// Submissions for each solved snippet; null before the first.
    avg_attempts_per_solve: Option<f64>,
    last_practiced_at: Option<DateTime<Utc>>,
    next_review_at: Option<DateTime<Utc>>,
    /// From 0 to 5.
    mastery_level: i32,
}

impl PatternProgress {
    fn new(row: StoredProgress, counts: PatternCounts, snippets_total: usize) -> Self {
        let share = |of: i64, all: i64| (all > 0).then(|| of as f64 / all as f64);
        Self {
            pattern_id: row.pattern_id,
            slug: row.slug,
            name: row.name,
            snippets_total,
            snippets_attempted: counts.snippets_attempted,
            snippets_solved: counts.snippets_solved,
            total_attempts: counts.total_attempts,
            solve_rate: share(counts.snippets_solved, counts.snippets_attempted),
            avg_attempts_per_solve: share(counts.total_attempts, counts.snippets_solved),
            last_practiced_at: row.last_practiced_at,
            next_review_at: row.next_review_at,
            mastery_level: row.mastery_level,
        }
    }
}

/// Which snippets count.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProgressQuery {
    /// Only those in this language; without it, all.
    language: Option<Language>,
}

problems! {
    GetProgressProblems {
        400: "`invalid_query`",
    }
}

/// The learner's progress, over all and in each pattern.
#[utoipa::path(
    get,
    path = "/api/v1/users/progress",
    tag = "learning",
    operation_id = "get_progress",
    params(ProgressQuery),
    responses(
        LearnerProblems,
        GetProgressProblems,
        (status = 200, description = "The progress", body = Progress),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Query(query): Query<ProgressQuery>,
) -> Result<Json<Progress>, Problem> {
    let user = state.user(&learner).await?;
    let patterns = in_patterns(&state, &learner, &query).await?;
    let sum = |count: fn(&PatternProgress) -> i64| patterns.iter().map(count).sum();
    Ok(Json(Progress {
        snippets_attempted: sum(|of| of.snippets_attempted),
        snippets_solved: sum(|of| of.snippets_solved),
        total_attempts: sum(|of| of.total_attempts),
        patterns,
        is_trial: user.is_trial,
        trial_snippets_remaining: user.trial_remaining(),
    }))
}

/// The learner's progress in all patterns, in their order.
pub(crate) async fn in_patterns(
    state: &ApiState,
    learner: &Learner,
    query: &ProgressQuery,
) -> Result<Vec<PatternProgress>, Problem> {
    let view = state.catalog.view().await;
    let totals: HashMap<i32, usize> = view
        .patterns
        .iter()
        .map(|entry| {
            let counted = entry.counts.iter().filter(|(language, ..)| query.language.is_none_or(|of| of == *language));
            (entry.pattern.id, counted.map(|(.., count)| count).sum())
        })
        .collect();
    let learning = state.store.learning();
    let rows = learning.progress(learner.user_id).await?;
    let counts: HashMap<i32, PatternCounts> = match query.language {
        Some(language) => learning.counts_in(learner.user_id, language).await?,
        None => rows.iter().map(StoredProgress::counts).collect(),
    }
    .into_iter()
    .map(|counts| (counts.pattern_id, counts))
    .collect();
    let shown = |row: StoredProgress| {
        let (counts, total) = (counts.get(&row.pattern_id).copied(), totals.get(&row.pattern_id).copied());
        PatternProgress::new(row, counts.unwrap_or_default(), total.unwrap_or_default())
    };
    Ok(rows.into_iter().map(shown).collect())
}
