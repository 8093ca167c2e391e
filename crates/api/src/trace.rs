//! `POST /api/v1/snippets/{id}/trace`: runs code on one visible test, and tells what it did step by step.

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use bugdrill_model::Language;
use bugdrill_store::StoredSnippet;
use bugdrill_web::{
    ClientAddress, Json, Learner, Path, Problem,
    problem::{BodyProblems, SnippetProblems},
    problems,
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    Shared,
    execution_view::{CodeRequest, ExecutionResult, owner, refused, respond, wait_limit},
};

/// Code to trace.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TraceRequest {
    /// At most 10,000 characters.
    #[schema(max_length = 10_000)]
    code: String,
    /// The snippet's language.
    language: Language,
    /// The revision of the snippet that the learner sees; checked when it is given.
    revision: Option<i32>,
    /// The number of a visible test, as in a `TestResult`.
    test_case: usize,
}

/// The position of the visible test with this number.
fn position(stored: &StoredSnippet, test_case: usize) -> Result<usize, Problem> {
    let tests = &stored.snippet.task.tests;
    let visible = |&index: &usize| tests.get(index).is_some_and(|test| !test.hidden);
    test_case.checked_sub(1).filter(visible).ok_or_else(|| {
        Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unknown_test",
            "This snippet has no visible test of this number.",
        )
    })
}

problems! {
    TraceProblems {
        409: "`snippet_changed`, or `execution_superseded` by a newer run or trace",
        422: "`invalid_request`, `code_too_long`, `wrong_language` or `unknown_test`",
        503: "`queue_full` or `unavailable`",
    }
}

/// Runs code on one visible test, and tells what it did step by step, as a debugger shows it. Counts for nothing; the
/// first run of a snippet starts it.
///
/// A trace has at most 1,000 steps. At the next one, or at about 1 MB, the code is stopped: then `trace.is_truncated`
/// is true, the verdict is `not_run`, and `is_correct` is null. The steps before a time or memory limit are told, too.
/// Waits up to 5 s for the result; past that, or with `Prefer: respond-async`, answers 202 and the id to ask for.
#[utoipa::path(
    post,
    path = "/api/v1/snippets/{id}/trace",
    tag = "execution",
    operation_id = "trace",
    params(("id" = String, Path, description = "The snippet's id or slug")),
    request_body = TraceRequest,
    responses(
        SnippetProblems,
        BodyProblems,
        TraceProblems,
        (status = 200, description = "The result of the test, and `trace`", body = ExecutionResult),
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
    Json(TraceRequest { code, language, revision, test_case }): Json<TraceRequest>,
) -> Result<Response, Problem> {
    let stored = state.snippet(&id).await?;
    let request = CodeRequest { code, language, revision };
    request.check(&stored)?;
    let test = position(&stored, test_case)?;
    state.start(&learner, &stored).await?;
    let mut execution =
        state.executions.trace(owner(&learner, address), stored, request.code, test).map_err(refused)?;
    let progress = execution.wait(wait_limit(&headers)).await;
    let result = ExecutionResult::of(&execution, &progress)?;
    Ok(respond(result.status(), result))
}
