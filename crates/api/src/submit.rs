//! `POST /api/v1/snippets/{id}/submit`: judges code on all tests, and counts.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use bugdrill_execution::{Execution, ExecutionError, ExecutionKind, Progress};
use bugdrill_model::{
    edit::{EditSize, edit_size},
    rating::Rating,
};
use bugdrill_store::{CreatedSubmission, LearningError, NewSubmission, SnippetState, StoredSnippet, Submission};
use bugdrill_web::{
    Json, Learner, Path, Problem, ProblemBody,
    problem::{BodyProblems, SnippetProblems},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ApiState,
    execution_view::{CodeRequest, ExecutionResult, respond, wait_limit},
    reveal::{Reveal, WhyQuestion},
};

/// The longest `Idempotency-Key`, in characters.
const MAX_KEY_LENGTH: usize = 100;

/// The result of a submission. What gives the bug away is null until the snippet is solved or given up.
#[derive(Serialize, ToSchema)]
pub(crate) struct SubmissionResult {
    #[serde(flatten)]
    execution: ExecutionResult,
    /// Why the code was wrong, in Markdown.
    explanation: Option<String>,
    why_question: Option<WhyQuestion>,
    correct_code: Option<String>,
    edit: Option<Edit>,
    /// How well the snippet was solved, when this submission solved it.
    rating: Option<Rating>,
    /// How many more snippets a trial may start; null without a trial.
    trial_snippets_remaining: Option<i32>,
}

/// The size of a fix.
#[derive(Serialize, ToSchema)]
struct Edit {
    /// Tokens changed.
    tokens: usize,
    /// Lines changed.
    lines: usize,
    /// The most tokens that count as a fix rather than a rewrite.
    budget: u32,
    within_budget: bool,
}

/// An execution as it stands, with what only submissions have.
pub(crate) struct Judged {
    execution: ExecutionResult,
    edit: Option<EditSize>,
    rating: Option<Rating>,
}

impl Judged {
    /// A watched execution, which stands at `progress`.
    pub(crate) fn watched(execution: &Execution, progress: &Progress) -> Result<Self, Problem> {
        let (edit, rating) = match progress {
            Progress::Finished(finished) => (finished.edit, finished.rating),
            _ => (None, None),
        };
        Ok(Self { execution: ExecutionResult::of(execution, progress)?, edit, rating })
    }

    /// A submission as it is stored.
    pub(crate) fn stored(submission: &Submission, stored: &StoredSnippet) -> Self {
        let execution = match &submission.result {
            Some(run) => {
                ExecutionResult::finished(submission.id, submission.status, stored, ExecutionKind::Submission, run)
            }
            None => ExecutionResult::pending(submission.id, submission.status),
        };
        let edit = edit_size(&stored.snippet.buggy_code, &submission.code);
        Self { execution, edit: Some(edit), rating: None }
    }

    /// What of it the learner may see now.
    pub(crate) async fn show(
        self,
        state: &ApiState,
        learner: &Learner,
        stored: &StoredSnippet,
    ) -> Result<SubmissionResult, Problem> {
        let snippet = &stored.snippet;
        let progress = state.store.learning().state(learner.user_id, snippet.id).await?;
        let revealed = progress.filter(SnippetState::is_revealed).map(|_| Reveal::of(snippet));
        let user = state.store.users().find(learner.user_id).await?.ok_or(LearningError::UnknownUser)?;
        let edit = self.edit.filter(|_| revealed.is_some()).map(|size| Edit {
            tokens: size.tokens,
            lines: size.lines,
            budget: snippet.edit_budget,
            within_budget: size.tokens <= snippet.edit_budget as usize,
        });
        let (explanation, why_question, correct_code) = match revealed {
            Some(reveal) => (Some(reveal.explanation), Some(reveal.why_question), Some(reveal.correct_code)),
            None => (None, None, None),
        };
        Ok(SubmissionResult {
            execution: self.execution,
            explanation,
            why_question,
            correct_code,
            edit,
            rating: self.rating,
            trial_snippets_remaining: user.trial_remaining(),
        })
    }
}

/// Judges code on all tests, stores the attempt and what follows from it.
///
/// With an `Idempotency-Key`, a repeated request finds the first one's submission. Waits up to 5 s for the result;
/// past that, or with `Prefer: respond-async`, answers 202 and the id to ask for. A submission that was accepted is
/// judged, whatever happens to the server.
#[utoipa::path(
    post,
    path = "/api/v1/snippets/{id}/submit",
    tag = "execution",
    operation_id = "submit",
    params(
        ("id" = String, Path, description = "The snippet's id or slug"),
        ("Idempotency-Key" = Option<String>, Header, description = "At most 100 characters, unique for each submission"),
    ),
    request_body = CodeRequest,
    responses(
        SnippetProblems,
        BodyProblems,
        (status = 200, description = "The result", body = SubmissionResult),
        (status = 202, description = "Not finished yet", body = SubmissionResult),
        (status = 409, description = "`snippet_changed` or `idempotency_key_reused`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_request`, `code_too_long` or `wrong_language`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`unavailable`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`, or `too_many_submissions` still waiting", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Arc<ApiState>>,
    learner: Learner,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(request): Json<CodeRequest>,
) -> Result<Response, Problem> {
    let stored = Arc::new(state.snippet(&id).await?);
    request.check(&stored)?;
    let new = NewSubmission {
        id: state.ambient.new_id(),
        user_id: learner.user_id,
        snippet_id: stored.snippet.id,
        snippet_revision: stored.revision,
        code: request.code,
        idempotency_key: idempotency_key(&headers)?,
    };
    if !state.executions.takes_submission_of(learner.user_id) {
        return Err(Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_submissions",
            "Your earlier submissions are still waiting. Please let them finish.",
        )
        .retry_after(2));
    }
    let submission = match state.store.submissions().create(new, state.ambient.now()).await? {
        CreatedSubmission::New(submission) | CreatedSubmission::Existing(submission) => submission,
    };
    let judged = judge(&state, &headers, submission, &stored).await?;
    let status = judged.execution.status();
    Ok(respond(status, judged.show(&state, &learner, &stored).await?))
}

/// The execution of a stored submission: judged before, or now.
async fn judge(
    state: &ApiState,
    headers: &HeaderMap,
    submission: Submission,
    stored: &Arc<StoredSnippet>,
) -> Result<Judged, Problem> {
    let mut execution = match state.executions.find(submission.id) {
        Some(execution) => execution,
        None if submission.result.is_some() => return Ok(Judged::stored(&submission, stored)),
        None => match state.executions.submit(submission.clone(), Arc::clone(stored)) {
            Ok(execution) => execution,
            // It is stored, and will be taken up as soon as there is room, or by the next server.
            Err(ExecutionError::QueueFull | ExecutionError::Closing) => return Ok(Judged::stored(&submission, stored)),
        },
    };
    let progress = execution.wait(wait_limit(headers)).await;
    Judged::watched(&execution, &progress)
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    match key.to_str() {
        Ok(key) if (1..=MAX_KEY_LENGTH).contains(&key.len()) => Ok(Some(key.to_owned())),
        _ => Err(Problem::invalid(format!("An Idempotency-Key has 1 to {MAX_KEY_LENGTH} ASCII characters."))),
    }
}
