//! `GET /api/v1/users/progress/snippets/{id}`: the learner's state of one snippet.

use axum::extract::State;
use bugdrill_web::{Json, Learner, Path, Problem, problem::LearnerProblems, problems};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Shared, progress_snippets::ProgressStatus, reveal::Reveal};

/// A learner's state of a snippet.
#[derive(Serialize, ToSchema)]
pub(crate) struct SnippetProgress {
    snippet_id: Uuid,
    slug: String,
    /// Null before the first run, hint or submission.
    status: Option<ProgressStatus>,
    /// Submissions.
    attempts: i32,
    /// The hints revealed so far, in order.
    hints: Vec<String>,
    /// The solution, once solved or given up.
    reveal: Option<Reveal>,
    /// The code of the last submission.
    last_code: Option<String>,
    /// Whether the learner may work on it: false when a trial is used up and this is not one of its snippets.
    is_available: bool,
    /// How many more snippets a trial may start; null without a trial.
    trial_snippets_remaining: Option<i32>,
}

problems! {
    GetSnippetProgressProblems {
        404: "`not_found`",
    }
}

/// The learner's state of a snippet: hints revealed, the solution where it may be shown, what is left of a trial.
#[utoipa::path(
    get,
    path = "/api/v1/users/progress/snippets/{id}",
    tag = "learning",
    operation_id = "get_snippet_progress",
    params(("id" = String, Path, description = "The snippet's id or slug")),
    responses(
        LearnerProblems,
        GetSnippetProgressProblems,
        (status = 200, description = "The state", body = SnippetProgress),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Path(id): Path<String>,
) -> Result<Json<SnippetProgress>, Problem> {
    let stored = state.snippet(&id).await?;
    let snippet = &stored.snippet;
    let user = state.user(&learner).await?;
    let progress = state.store.learning().state(learner.user_id, snippet.id).await?;
    let revealed = progress.as_ref().is_some_and(bugdrill_store::SnippetState::is_revealed);
    let hints_revealed =
        progress.as_ref().map_or(0, |progress| usize::try_from(progress.hints_revealed).unwrap_or_default());
    Ok(Json(SnippetProgress {
        snippet_id: snippet.id,
        attempts: progress.as_ref().map_or(0, |progress| progress.attempts),
        hints: snippet.hints.iter().take(hints_revealed).cloned().collect(),
        reveal: revealed.then(|| Reveal::of(snippet)),
        is_available: progress.is_some() || user.trial_remaining() != Some(0),
        status: progress.as_ref().map(|progress| progress.status.into()),
        last_code: progress.and_then(|progress| progress.last_code),
        slug: snippet.slug.clone(),
        trial_snippets_remaining: user.trial_remaining(),
    }))
}
