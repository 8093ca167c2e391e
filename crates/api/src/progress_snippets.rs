//! `GET /api/v1/users/progress/snippets`: the learner's state of all snippets.

use axum::extract::State;
use bugdrill_model::SnippetStatus;
use bugdrill_store::SnippetState;
use bugdrill_web::{Json, Learner, Problem, Query, problem::LearnerProblems, problems};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::Shared;

/// The snippets that the learner has started.
#[derive(Serialize, ToSchema)]
pub(crate) struct SnippetProgressList {
    data: Vec<SnippetProgressItem>,
    /// How many more snippets a trial may start; null without a trial.
    trial_snippets_remaining: Option<i32>,
}

/// A learner's state of a snippet.
#[derive(Serialize, ToSchema)]
struct SnippetProgressItem {
    snippet_id: Uuid,
    slug: String,
    status: ProgressStatus,
    /// Submissions.
    attempts: i32,
    /// 0 to 3.
    hints_revealed: i32,
    solved_at: Option<DateTime<Utc>>,
}

/// How far a learner is with a snippet.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProgressStatus {
    /// Run, or a hint was asked for.
    Started,
    /// Submitted, and not solved yet.
    Attempted,
    /// Solved.
    Solved,
    /// The solution was shown before a solve.
    GivenUp,
}

impl From<SnippetStatus> for ProgressStatus {
    fn from(status: SnippetStatus) -> Self {
        match status {
            SnippetStatus::Started => Self::Started,
            SnippetStatus::Attempted => Self::Attempted,
            SnippetStatus::Solved => Self::Solved,
            SnippetStatus::GivenUp => Self::GivenUp,
        }
    }
}

impl From<SnippetState> for SnippetProgressItem {
    fn from(state: SnippetState) -> Self {
        Self {
            snippet_id: state.snippet_id,
            slug: state.slug,
            status: state.status.into(),
            attempts: state.attempts,
            hints_revealed: state.hints_revealed,
            solved_at: state.solved_at,
        }
    }
}

/// Which states are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProgressQuery {
    /// A pattern's id or slug.
    pattern: Option<String>,
}

problems! {
    ListSnippetProgressProblems {
        400: "`invalid_query`",
        404: "`not_found`: no such pattern",
    }
}

/// The learner's state of every snippet that was started, or of those of one pattern.
#[utoipa::path(
    get,
    path = "/api/v1/users/progress/snippets",
    tag = "learning",
    operation_id = "list_snippet_progress",
    params(ProgressQuery),
    responses(
        LearnerProblems,
        ListSnippetProgressProblems,
        (status = 200, description = "The states", body = SnippetProgressList),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Query(query): Query<ProgressQuery>,
) -> Result<Json<SnippetProgressList>, Problem> {
    let pattern_id = match query.pattern {
        Some(pattern) => Some(state.catalog.view().await.pattern_id(&pattern)?),
        None => None,
    };
    let user = state.user(&learner).await?;
    let states = state.store.learning().states(learner.user_id, pattern_id).await?;
    Ok(Json(SnippetProgressList {
        data: states.into_iter().map(SnippetProgressItem::from).collect(),
        trial_snippets_remaining: user.trial_remaining(),
    }))
}
