//! `POST /api/v1/snippets/{id}/submit`: judges code on all tests, and counts.

use std::{sync::Arc, time::Duration};

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use bugdrill_execution::{Execution, ExecutionKind, Progress};
use bugdrill_model::{
    ExecutionStatus,
    badge::Badge,
    edit::{EditSize, edit_size},
    event::EventKind,
    rating::Rating,
};
use bugdrill_store::{
    Claim, Completion, CreatedSubmission, NewSubmission, SnippetState, StoredSnippet, Submission, SubmissionError,
};
use bugdrill_web::{
    ClientAddress, Json, Learner, Path, Problem,
    problem::{BodyProblems, SnippetProblems},
    problems,
};
use serde::Serialize;
use tokio::time::{Instant, sleep};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ApiState, Shared,
    badges::BadgeName,
    execution_view::{CodeRequest, ExecutionResult, respond, wait_limit},
    problems,
    reveal::{Reveal, WhyQuestion},
};

/// The longest `Idempotency-Key`, in characters.
const MAX_KEY_LENGTH: usize = 100;

/// How often it is looked what became of a submission that somebody else has in hand.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(50);

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
    /// What this submission earned; null when it earned nothing.
    points: Option<u32>,
    /// The badges that this submission earned.
    badges: Vec<BadgeName>,
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

/// A submission as it stands.
pub(crate) struct Judged {
    execution: ExecutionResult,
    edit: Option<EditSize>,
    rating: Option<Rating>,
    points: u32,
    badges: Vec<&'static Badge>,
    /// What the learner may see now, where that is known.
    standing: Option<Standing>,
}

/// What the learner may see and do.
#[derive(Clone, Copy)]
struct Standing {
    is_revealed: bool,
    trial_remaining: Option<i32>,
}

impl Judged {
    /// A watched execution, which stands at `progress`.
    pub(crate) fn watched(execution: &Execution, progress: &Progress) -> Result<Self, Problem> {
        let (edit, completion) = match progress {
            Progress::Finished(finished) => (finished.edit, finished.completion.as_ref()),
            _ => (None, None),
        };
        let rating = completion.and_then(|of| of.rating);
        let points = completion.map_or(0, |of| of.points);
        let badges = completion.map_or_else(Vec::new, |of| of.badges.clone());
        let execution = ExecutionResult::of(execution, progress)?;
        Ok(Self { execution, edit, rating, points, badges, standing: None })
    }

    /// A submission as it is stored. `stored` is the snippet that it was made for, where that was kept.
    pub(crate) fn stored(submission: &Submission, stored: Option<&StoredSnippet>) -> Self {
        let execution = match &submission.result {
            Some(run) => {
                ExecutionResult::finished(submission.id, submission.status, stored, ExecutionKind::Submission, run)
            }
            None => ExecutionResult::pending(submission.id, submission.status),
        };
        let edit = stored.map(|stored| edit_size(&stored.snippet.buggy_code, &submission.code));
        let (rating, points, badges) = (submission.rating, submission.points, submission.badges.clone());
        Self { execution, edit, rating, points, badges, standing: None }
    }

    /// What of it the learner may see now.
    pub(crate) async fn show(
        self,
        state: &ApiState,
        learner: &Learner,
        snippet_id: Uuid,
        stored: Option<&StoredSnippet>,
    ) -> Result<SubmissionResult, Problem> {
        let standing = match self.standing {
            Some(standing) => standing,
            None => Standing::read(state, learner, snippet_id).await?,
        };
        let revealed = stored.map(|stored| &stored.snippet).filter(|_| standing.is_revealed);
        let edit = self.edit.zip(revealed).map(|(size, snippet)| Edit {
            tokens: size.tokens,
            lines: size.lines,
            budget: snippet.edit_budget,
            within_budget: size.tokens <= snippet.edit_budget as usize,
        });
        let (explanation, why_question, correct_code) = match revealed.map(Reveal::of) {
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
            points: (self.points > 0).then_some(self.points),
            badges: self.badges.into_iter().map(BadgeName::from).collect(),
            trial_snippets_remaining: standing.trial_remaining,
        })
    }
}

impl SubmissionResult {
    /// Where it stands.
    pub(crate) fn status(&self) -> ExecutionStatus {
        self.execution.status()
    }
}

impl Standing {
    async fn read(state: &ApiState, learner: &Learner, snippet_id: Uuid) -> Result<Self, Problem> {
        let progress = state.store.learning().state(learner.user_id, snippet_id).await?;
        let user = state.user(learner).await?;
        Ok(Self {
            is_revealed: progress.as_ref().is_some_and(SnippetState::is_revealed),
            trial_remaining: user.trial_remaining(),
        })
    }
}

impl From<&Completion> for Standing {
    fn from(completion: &Completion) -> Self {
        Self { is_revealed: completion.is_revealed, trial_remaining: completion.trial_remaining }
    }
}

problems! {
    SubmitProblems {
        409: "`snippet_changed` or `idempotency_key_reused`",
        422: "`invalid_request`, `code_too_long` or `wrong_language`",
        429: "`rate_limited`, or `too_many_submissions` still waiting",
        503: "`unavailable`",
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
        SubmitProblems,
        (status = 200, description = "The result", body = SubmissionResult),
        (status = 202, description = "Not finished yet", body = SubmissionResult),
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
    let key = idempotency_key(&headers)?;
    // Looked up first: what was accepted once is answered, whatever became of the snippet or the queue since.
    if let Some(key) = &key
        && let Some(known) = state.store.submissions().by_key(learner.user_id, key).await?
    {
        let stored = state.store.content().revision(known.snippet_id, known.snippet_revision).await?.map(Arc::new);
        let named = state.catalog.view().await.snippet(&id).map(|entry| entry.stored.snippet.id);
        let is_named = stored.as_ref().is_some_and(|stored| stored.snippet.is_named(&id));
        if !(named == Some(known.snippet_id) || is_named) || !known.is_of(known.snippet_id, &request.code) {
            return Err(problems::submission(SubmissionError::KeyReused));
        }
        return answer(&state, &learner, &headers, address, known, None, stored).await;
    }
    let stored = state.snippet(&id).await?;
    request.check(&stored)?;
    let new = NewSubmission {
        id: state.ambient.new_id(),
        user_id: learner.user_id,
        snippet_id: stored.snippet.id,
        snippet_revision: stored.revision,
        code: request.code,
        idempotency_key: key,
    };
    if !state.executions.takes_submission_of(learner.user_id) {
        return Err(Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_submissions",
            "Your earlier submissions are still waiting. Please let them finish.",
        )
        .retry_after(2));
    }
    let created = state.store.submissions().create(new, Some(state.executions.lease()), state.ambient.now()).await;
    match created.map_err(problems::submission)? {
        CreatedSubmission::New(submission, claim) => {
            state.tell(Some(learner.user_id), submission.snippet_id, EventKind::Submitted);
            answer(&state, &learner, &headers, address, submission, claim, Some(stored)).await
        }
        CreatedSubmission::Existing(known) => {
            let stored = state.store.content().revision(known.snippet_id, known.snippet_revision).await?.map(Arc::new);
            answer(&state, &learner, &headers, address, known, None, stored).await
        }
    }
}

/// The answer to a stored submission: judged before, or now. `stored` is the snippet that it was made for.
async fn answer(
    state: &ApiState,
    learner: &Learner,
    headers: &HeaderMap,
    from: ClientAddress,
    mut submission: Submission,
    claim: Option<Claim>,
    stored: Option<Arc<StoredSnippet>>,
) -> Result<Response, Problem> {
    let snippet_id = submission.snippet_id;
    let execution = watch(state, from, wait_limit(headers), &mut submission, claim, stored.as_ref()).await?;
    let judged = match execution {
        Some(mut execution) => {
            let progress = execution.wait(wait_limit(headers)).await;
            let judged = Judged::watched(&execution, &progress)?;
            let completion = match &progress {
                // It has just ended, for this request.
                Progress::Finished(finished) if claim.is_some() => finished.completion.as_ref(),
                _ => None,
            };
            Judged { standing: completion.map(Standing::from), ..judged }
        }
        None => Judged::stored(&submission, stored.as_deref()),
    };
    let status = judged.execution.status();
    Ok(respond(status, judged.show(state, learner, snippet_id, stored.as_deref()).await?))
}

/// The execution of a stored submission, to be watched: it is queued where it waits. `None` when it has ended, or
/// somebody else has it in hand for longer than `limit`.
pub(crate) async fn watch(
    state: &ApiState,
    from: ClientAddress,
    limit: Duration,
    submission: &mut Submission,
    claim: Option<Claim>,
    stored: Option<&Arc<StoredSnippet>>,
) -> Result<Option<Execution>, Problem> {
    match (state.executions.find(submission.id), stored) {
        (Some(execution), _) => Ok(Some(execution)),
        (None, Some(stored)) if claim.is_some() || submission.status == ExecutionStatus::Queued => {
            let queued = state.executions.submit(Some(from.network()), submission.clone(), claim, Arc::clone(stored));
            if queued.is_err() {
                // It is stored, and will be taken up as soon as there is room, or by the next server.
                submission.status = ExecutionStatus::Queued;
            }
            Ok(queued.ok())
        }
        _ => wait_for_another(state, limit, submission).await,
    }
}

/// Waits for a submission that another request, or another server, has in hand: until there is an execution to watch
/// here, or it has ended.
async fn wait_for_another(
    state: &ApiState,
    limit: Duration,
    submission: &mut Submission,
) -> Result<Option<Execution>, Problem> {
    let give_up_at = Instant::now() + limit;
    while submission.result.is_none() && Instant::now() < give_up_at {
        sleep(LOOK_AGAIN_AFTER).await;
        if let Some(execution) = state.executions.find(submission.id) {
            return Ok(Some(execution));
        }
        match state.store.submissions().find(submission.id).await? {
            Some(found) => *submission = found,
            None => break,
        }
    }
    Ok(None)
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    match key.to_str() {
        Ok(key) if (1..=MAX_KEY_LENGTH).contains(&key.len()) => Ok(Some(key.to_owned())),
        _ => Err(Problem::invalid(format!("An Idempotency-Key has 1 to {MAX_KEY_LENGTH} ASCII characters."))),
    }
}
