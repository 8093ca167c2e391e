//! `POST /api/v1/snippets/{id}/report`: takes a complaint.

use axum::{extract::State, http::StatusCode};
use bugdrill_model::ReportReason;
use bugdrill_web::{
    Json, Learner, Path, Problem,
    problem::{BodyProblems, SnippetProblems},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Shared, problems};

const MAX_COMMENT_CHARACTERS: usize = 1_000;

/// A complaint about a snippet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportRequest {
    reason: ReportReason,
    /// At most 1,000 characters.
    #[serde(default)]
    #[schema(max_length = 1_000)]
    comment: String,
}

/// A complaint that was taken.
#[derive(Serialize, ToSchema)]
pub(crate) struct Report {
    id: Uuid,
}

/// Takes a complaint about a snippet.
#[utoipa::path(
    post,
    path = "/api/v1/snippets/{id}/report",
    tag = "learning",
    operation_id = "report",
    params(("id" = String, Path, description = "The snippet's id or slug")),
    request_body = ReportRequest,
    responses(
        SnippetProblems,
        BodyProblems,
        (status = 201, description = "Taken", body = Report),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Path(id): Path<String>,
    Json(request): Json<ReportRequest>,
) -> Result<(StatusCode, Json<Report>), Problem> {
    if request.comment.chars().count() > MAX_COMMENT_CHARACTERS {
        return Err(Problem::invalid(format!("The comment is longer than {MAX_COMMENT_CHARACTERS} characters.")));
    }
    let stored = state.snippet(&id).await?;
    let id = state.ambient.new_id();
    let learning = state.store.learning();
    let (snippet, now) = (stored.snippet.id, state.ambient.now());
    let (of, revision) = (learner.user_id, stored.revision);
    let reported = learning.report(id, of, snippet, revision, request.reason, request.comment, now).await;
    reported.map_err(problems::learning)?;
    Ok((StatusCode::CREATED, Json(Report { id })))
}
