//! `POST /api/v1/users/progress/sync`: takes what was done without a connection.

use std::{sync::Arc, time::Duration};

use axum::{Extension, extract::State, http::StatusCode};
use bugdrill_model::{
    Verdict,
    badge::Badge,
    event::EventKind,
    rating::Rating,
    run::MAX_CODE_CHARACTERS,
    sync::{Clocks, Times},
};
use bugdrill_store::{CreatedSubmission, NewSubmission, StoredSnippet, Submission};
use bugdrill_web::{
    ClientAddress, Json, Learner, Problem,
    problem::{BodyProblems, LearnerProblems},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{ApiState, Shared, badges::BadgeName, execution_view::execution_id, problems, submit::watch};

/// The most items of one request.
const MAX_ITEMS: usize = 500;

/// The largest request, in bytes.
pub(crate) const BODY_LIMIT: usize = 4 << 20;

/// The longest id of an item, in bytes.
const MAX_ID_LENGTH: usize = 100;

/// For how long items are judged; the answer has to be there before the request ends for its time limit.
const JUDGED_WITHIN: Duration = Duration::from_secs(20);

/// Submissions that were made without a connection.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SyncRequest {
    /// What the device's clock shows: all times are read by it.
    sent_at: DateTime<Utc>,
    /// In the order in which they were made.
    #[schema(max_items = 500)]
    items: Vec<SyncItem>,
}

/// A submission that was made without a connection.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SyncItem {
    client_id: ClientId,
    snippet_id: Uuid,
    /// The revision of the snippet that the learner saw.
    revision: i32,
    /// With more than 10,000 characters the item is refused.
    code: String,
    /// When the snippet was opened.
    started_at: DateTime<Utc>,
    /// When the code was submitted.
    submitted_at: DateTime<Utc>,
}

/// By what a client knows its submission again: 1 to 100 printable ASCII characters. It is its `Idempotency-Key`.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, min_length = 1, max_length = 100, pattern = "^[ -~]+$")]
struct ClientId(String);

impl TryFrom<String> for ClientId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_printable = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        let is_id = (1..=MAX_ID_LENGTH).contains(&text.len()) && is_printable;
        is_id.then_some(Self(text)).ok_or("a client id has 1 to 100 printable ASCII characters")
    }
}

/// What became of the items, in their order.
#[derive(Serialize, ToSchema)]
pub(crate) struct SyncResult {
    items: Vec<SyncedItem>,
}

/// What became of an item.
#[derive(Serialize, ToSchema)]
struct SyncedItem {
    client_id: ClientId,
    status: SyncStatus,
    /// Why it is refused: `unknown_snippet`, `code_too_long`, `idempotency_key_reused` or `trial_exhausted`.
    reason: Option<&'static str>,
    /// Under this id `GET /api/v1/executions/{id}` tells all of it.
    execution_id: Option<String>,
    /// Null until it is judged.
    verdict: Option<Verdict>,
    rating: Option<Rating>,
    /// What it earned.
    points: u32,
    /// The badges that it earned.
    badges: Vec<BadgeName>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SyncStatus {
    /// It was judged, now or before: the client may forget it.
    Judged,
    /// It is not judged yet: to be sent again.
    Pending,
    /// It cannot be judged, however often it is sent.
    Refused,
}

impl SyncedItem {
    fn without_result(client_id: ClientId, status: SyncStatus, reason: Option<&'static str>) -> Self {
        let (execution_id, verdict, rating) = (None, None, None);
        Self { client_id, status, reason, execution_id, verdict, rating, points: 0, badges: Vec::new() }
    }

    fn of(client_id: ClientId, submission: Submission) -> Self {
        let Submission { id, rating, points, badges, result, .. } = submission;
        Self {
            client_id,
            status: if result.is_some() { SyncStatus::Judged } else { SyncStatus::Pending },
            reason: None,
            execution_id: Some(execution_id(id)),
            verdict: result.map(|run| run.verdict),
            rating,
            points,
            badges: badges.into_iter().map(<&'static Badge>::into).collect(),
        }
    }
}

/// Judges submissions that were made without a connection, one after the other, each by the revision that it was made
/// for, and lets them count as of when they were made.
///
/// An item that was sent before is found by its client id and counts once. Every item has its answer; those for which
/// there was no time are `pending`, and sent again. A device whose clock is wrong is put right by `sent_at`; what is
/// older than 30 days, or than the learner, counts as of then.
#[utoipa::path(
    post,
    path = "/api/v1/users/progress/sync",
    tag = "learning",
    operation_id = "sync_progress",
    request_body = SyncRequest,
    responses(LearnerProblems, BodyProblems, (status = 200, description = "What became of each", body = SyncResult)),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Extension(address): Extension<ClientAddress>,
    Json(SyncRequest { sent_at, items }): Json<SyncRequest>,
) -> Result<Json<SyncResult>, Problem> {
    if items.len() > MAX_ITEMS {
        return Err(Problem::invalid(format!("At most {MAX_ITEMS} items are taken at once.")));
    }
    let until = Instant::now() + JUDGED_WITHIN;
    let profile = state.store.users().profile(learner.user_id).await?.ok_or_else(problems::unknown_user)?;
    let clocks = Clocks { sent_at, now: state.ambient.now(), came_at: profile.created_at };
    let told = items.iter().map(|item| Times { started_at: item.started_at, done_at: item.submitted_at });
    let times = clocks.put_right(told);
    let mut synced = Vec::with_capacity(items.len());
    for (item, times) in items.into_iter().zip(times) {
        let syncing = Syncing { state: &state, learner: &learner, address, until };
        // In their order: who has to wait for one does not overtake it.
        let is_in_time = synced.last().is_none_or(|last: &SyncedItem| last.status != SyncStatus::Pending);
        synced.push(if is_in_time && Instant::now() < until {
            Box::pin(syncing.judge(item, times)).await?
        } else {
            SyncedItem::without_result(item.client_id, SyncStatus::Pending, None)
        });
    }
    if synced.iter().any(|item| item.status == SyncStatus::Judged) {
        // Other devices may have gone on meanwhile: what follows from the order of reviews follows from the true one.
        state.store.learning().recount(learner.user_id, false).await?;
    }
    Ok(Json(SyncResult { items: synced }))
}

struct Syncing<'a> {
    state: &'a ApiState,
    learner: &'a Learner,
    address: ClientAddress,
    until: Instant,
}

impl Syncing<'_> {
    async fn judge(&self, item: SyncItem, times: Times) -> Result<SyncedItem, Problem> {
        let (state, submissions) = (self.state, self.state.store.submissions());
        let SyncItem { client_id, snippet_id, revision, code, .. } = item;
        let refused = |reason| Ok(SyncedItem::without_result(client_id.clone(), SyncStatus::Refused, Some(reason)));
        if code.chars().count() > MAX_CODE_CHARACTERS {
            return refused("code_too_long");
        }
        let Some(stored) = self.revision(snippet_id, revision).await? else { return refused("unknown_snippet") };
        let new = NewSubmission {
            id: state.ambient.new_id(),
            user_id: self.learner.user_id,
            snippet_id,
            snippet_revision: revision,
            code,
            idempotency_key: Some(client_id.0.clone()),
        };
        let created = submissions.create_made(new, times, state.executions.lease(), state.ambient.now()).await;
        let (mut submission, claim, stored) = match created.map_err(problems::submission) {
            Ok(CreatedSubmission::New(submission, claim)) => {
                state.tell(Some(self.learner.user_id), snippet_id, EventKind::Submitted);
                (submission, claim, stored)
            }
            Ok(CreatedSubmission::Existing(known)) => {
                let stored = self.revision(known.snippet_id, known.snippet_revision).await?;
                let Some(stored) = stored else { return refused("unknown_snippet") };
                (known, None, stored)
            }
            Err(problem) if problem.status().is_client_error() && problem.status() != StatusCode::UNAUTHORIZED => {
                return refused(problem.code());
            }
            Err(problem) => return Err(problem),
        };
        if submission.result.is_none() {
            let left = || self.until.saturating_duration_since(Instant::now());
            let watched = watch(state, self.address, left(), &mut submission, claim, Some(&stored)).await?;
            if let Some(mut execution) = watched {
                execution.wait(left()).await;
            }
            let found = submissions.find(submission.id).await?;
            submission = found.ok_or_else(problems::unknown_user)?;
        }
        Ok(SyncedItem::of(client_id, submission))
    }

    /// The snippet as the learner saw it, archived since or not.
    async fn revision(&self, snippet_id: Uuid, revision: i32) -> Result<Option<Arc<StoredSnippet>>, Problem> {
        let view = self.state.catalog.view().await;
        let active = view.snippet(&snippet_id.to_string()).map(|entry| &entry.stored);
        if let Some(active) = active.filter(|active| active.revision == revision) {
            return Ok(Some(Arc::clone(active)));
        }
        Ok(self.state.store.content().revision(snippet_id, revision).await?.map(Arc::new))
    }
}
