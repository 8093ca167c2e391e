//! `POST /api/v1/snippets/{id}/execute`: runs code on the visible tests.

use axum::{Extension, extract::State, http::HeaderMap, response::Response};
use bugdrill_model::event::EventKind;
use bugdrill_web::{
    ClientAddress, Json, Learner, Path, Problem,
    problem::{BodyProblems, SnippetProblems},
    problems,
};

use crate::{
    Shared,
    execution_view::{CodeRequest, ExecutionResult, owner, refused, respond, wait_limit},
};

problems! {
    ExecuteProblems {
        409: "`snippet_changed`, or `execution_superseded` by a newer run",
        422: "`invalid_request`, `code_too_long` or `wrong_language`",
        503: "`queue_full` or `unavailable`",
    }
}

/// Runs code on the visible tests. Counts for nothing; the first run of a snippet starts it.
///
/// Waits up to 5 s for the result; past that, or with `Prefer: respond-async`, answers 202 and the id to ask for.
#[utoipa::path(
    post,
    path = "/api/v1/snippets/{id}/execute",
    tag = "execution",
    operation_id = "execute",
    params(("id" = String, Path, description = "The snippet's id or slug")),
    request_body = CodeRequest,
    responses(
        SnippetProblems,
        BodyProblems,
        ExecuteProblems,
        (status = 200, description = "The result", body = ExecutionResult),
        (status = 202, description = "Not finished yet", body = ExecutionResult),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Extension(address): Extension<ClientAddress>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(request): Json<CodeRequest>,
) -> Result<Response, Problem> {
    let stored = state.snippet(&id).await?;
    request.check(&stored)?;
    state.start(&learner, &stored).await?;
    state.tell(Some(learner.user_id), stored.snippet.id, EventKind::Run);
    let mut execution = state.executions.run(owner(&learner, address), stored, request.code).map_err(refused)?;
    let progress = execution.wait(wait_limit(&headers)).await;
    let result = ExecutionResult::of(&execution, &progress)?;
    Ok(respond(result.status(), result))
}
