//! `GET /api/v1/executions/{id}`: where an execution stands.

use axum::extract::State;
use bugdrill_web::{Json, Learner, Path, Problem, problem::LearnerProblems, problems};
use uuid::Uuid;

use crate::{
    ApiState, Shared,
    execution_view::parse_execution_id,
    submit::{Judged, SubmissionResult},
};

problems! {
    GetExecutionProblems {
        404: "`not_found`: unknown, forgotten, or somebody else's",
        409: "`execution_superseded` by a newer run",
    }
}

/// Where an execution stands, or how it ended. A run or a trace can be read for 5 minutes, a submission for as long as
/// it is kept. Of a run or a trace, what only submissions have is null.
#[utoipa::path(
    get,
    path = "/api/v1/executions/{id}",
    tag = "execution",
    operation_id = "get_execution",
    params(("id" = String, Path, description = "The `execution_id` of an answer")),
    responses(
        LearnerProblems,
        GetExecutionProblems,
        (status = 200, description = "The execution", body = SubmissionResult),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Path(id): Path<String>,
) -> Result<Json<SubmissionResult>, Problem> {
    let id = parse_execution_id(&id).ok_or_else(unknown)?;
    Ok(Json(look_up(&state, &learner, id).await?))
}

pub(crate) fn unknown() -> Problem {
    Problem::not_found("execution")
}

/// An execution of the learner, as it stands.
pub(crate) async fn look_up(state: &ApiState, learner: &Learner, id: Uuid) -> Result<SubmissionResult, Problem> {
    // A submission of a trial that was merged since belongs to the account: the database knows.
    if let Some(execution) = state.executions.find(id)
        && execution.owner == learner.user_id
    {
        let judged = Judged::watched(&execution, &execution.progress())?;
        let snippet = &execution.snippet;
        return judged.show(state, learner, snippet.snippet.id, Some(snippet)).await;
    }
    let submission = state.store.submissions().find(id).await?.ok_or_else(unknown)?;
    if submission.user_id != learner.user_id {
        return Err(unknown());
    }
    let (snippet_id, revision) = (submission.snippet_id, submission.snippet_revision);
    let stored = state.store.content().revision(snippet_id, revision).await?;
    let judged = Judged::stored(&submission, stored.as_ref());
    judged.show(state, learner, snippet_id, stored.as_ref()).await
}
