//! `GET /api/v1/executions/{id}/events`: an execution, as it goes on.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::{HeaderName, header},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use bugdrill_model::ExecutionStatus;
use bugdrill_web::{Learner, Path, Problem, problem::LearnerProblems, problems};
use futures::stream;
use tokio::time::{Instant, sleep};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Shared,
    execution::{look_up, unknown},
    execution_view::parse_execution_id,
};

/// How long events are sent before the client has to ask again.
const SENT_FOR: Duration = Duration::from_mins(1);

/// How often the client is told that nothing has happened.
const KEPT_ALIVE_EVERY: Duration = Duration::from_secs(10);

/// How often it is looked what became of what another server has in hand.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(250);

/// An event as it is sent.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what is written otherwise")]
pub(crate) struct ExecutionEvent {
    event: ExecutionEventName,
    /// With `status` and `result` in JSON what `GET /api/v1/executions/{id}` answers; with `problem` its code.
    data: String,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it describes what is written otherwise")]
enum ExecutionEventName {
    Status,
    Result,
    Problem,
}

problems! {
    WatchExecutionProblems {
        404: "`not_found`: unknown, forgotten, or somebody else's",
        409: "`execution_superseded` by a newer run",
    }
}

/// An execution as it goes on, as server-sent events: `status` each time that it stands elsewhere, and `result` at last,
/// with which the stream ends. Each holds what `GET /api/v1/executions/{id}` would answer. One whose end does not come
/// within a minute ends without, and is asked for again; `problem` says why there will be none.
#[utoipa::path(
    get,
    path = "/api/v1/executions/{id}/events",
    tag = "execution",
    operation_id = "watch_execution",
    params(("id" = String, Path, description = "The `execution_id` of an answer")),
    responses(
        LearnerProblems,
        WatchExecutionProblems,
        (status = 200, description = "The events", body = ExecutionEvent, content_type = "text/event-stream"),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let id = parse_execution_id(&id).ok_or_else(unknown)?;
    look_up(&state, &learner, id).await?;
    let watching = Watching { state, learner, id, last: None, is_over: false, until: Instant::now() + SENT_FOR };
    let events = Sse::new(stream::unfold(watching, Watching::event));
    // Proxies must not hold back what is to be seen at once.
    let headers = [(header::CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((headers, events.keep_alive(KeepAlive::new().interval(KEPT_ALIVE_EVERY))))
}

/// Somebody who watches an execution.
struct Watching {
    state: Shared,
    learner: Learner,
    id: Uuid,
    /// What they know of it.
    last: Option<ExecutionStatus>,
    is_over: bool,
    until: Instant,
}

impl Watching {
    /// The next event; `None` when there is none any more, or the time is over.
    async fn event(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        while !self.is_over {
            let event = match look_up(&self.state, &self.learner, self.id).await {
                Ok(result) if self.last == Some(result.status()) => {
                    self.wait().await;
                    self.is_over = Instant::now() >= self.until;
                    continue;
                }
                Ok(result) => {
                    let status = result.status();
                    self.last = Some(status);
                    self.is_over = matches!(status, ExecutionStatus::Completed | ExecutionStatus::Failed);
                    Event::default().event(if self.is_over { "result" } else { "status" }).json_data(result).ok()?
                }
                Err(problem) => {
                    self.is_over = true;
                    Event::default().event("problem").data(problem.code())
                }
            };
            return Some((Ok(event), self));
        }
        None
    }

    /// Waits until it may stand elsewhere.
    async fn wait(&self) {
        let left = self.until.saturating_duration_since(Instant::now());
        match (self.state.executions.find(self.id), self.last) {
            (Some(mut execution), Some(status)) => execution.wait_beyond(status, left).await,
            _ => sleep(LOOK_AGAIN_AFTER.min(left)).await,
        }
    }
}
