//! `GET /api/v1/users/progress/patterns`: the learner's progress in each pattern.

use axum::extract::State;
use bugdrill_web::{Json, Learner, Problem, Query, problem::LearnerProblems, problems};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Shared,
    progress::{PatternProgress, ProgressQuery, in_patterns},
};

/// The learner's progress in each pattern.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProgressInPatterns {
    /// All patterns, in their order.
    data: Vec<PatternProgress>,
}

problems! {
    ListPatternProgressProblems {
        400: "`invalid_query`",
    }
}

/// The learner's progress in each pattern.
#[utoipa::path(
    get,
    path = "/api/v1/users/progress/patterns",
    tag = "learning",
    operation_id = "list_pattern_progress",
    params(ProgressQuery),
    responses(
        LearnerProblems,
        ListPatternProgressProblems,
        (status = 200, description = "The progress", body = ProgressInPatterns),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Query(query): Query<ProgressQuery>,
) -> Result<Json<ProgressInPatterns>, Problem> {
    Ok(Json(ProgressInPatterns { data: in_patterns(&state, &learner, &query).await? }))
}
