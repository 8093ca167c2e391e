//! `GET /auth/sessions`, `DELETE /auth/sessions` and `DELETE /auth/sessions/{id}`: where a user is logged in.

use axum::{extract::State, http::StatusCode};
use bugdrill_platform::Ambient;
use bugdrill_store::{AuditEvent, Store};
use bugdrill_web::{Json, Learner, Path, Problem, Query, problem::LearnerProblems, problems};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::Shared;

/// Where a user is logged in.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionList {
    /// The one used last comes first.
    sessions: Vec<ListedSession>,
}

/// A session.
#[derive(Serialize, ToSchema)]
struct ListedSession {
    id: Uuid,
    /// What the client called itself, usually a browser's `User-Agent`.
    client: Option<String>,
    /// When the user logged in.
    created_at: DateTime<Utc>,
    /// When it was last used, to within the life of an access token.
    last_used_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    current: bool,
}

/// Which sessions end.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndSessionsQuery {
    /// Whether the one that asks goes on.
    #[serde(default)]
    keep_current: bool,
}

/// The sessions of the user.
#[utoipa::path(
    get,
    path = "/auth/sessions",
    tag = "auth",
    operation_id = "list_sessions",
    security(("bearer" = [])),
    responses((status = 200, description = "The sessions", body = SessionList), LearnerProblems),
)]
pub(crate) async fn list(
    State(ambient): State<Ambient>,
    State(store): State<Store>,
    learner: Learner,
) -> Result<Json<SessionList>, Problem> {
    let sessions = store.sessions().of_user(learner.user_id, ambient.now()).await?;
    let sessions = sessions.into_iter().map(|session| ListedSession {
        id: session.id,
        client: session.client,
        created_at: session.created_at,
        last_used_at: session.last_used_at,
        current: session.id == learner.session_id,
    });
    Ok(Json(SessionList { sessions: sessions.collect() }))
}

problems! {
    EndSessionProblems {
        404: "`not_found`",
    }
}

/// Ends one session of the user: its tokens are worth nothing at once.
#[utoipa::path(
    delete,
    path = "/auth/sessions/{id}",
    tag = "auth",
    operation_id = "end_session",
    params(("id" = Uuid, Path, description = "The session")),
    security(("bearer" = [])),
    responses(
        LearnerProblems,
        EndSessionProblems,
        (status = 204, description = "It has ended"),
    ),
)]
pub(crate) async fn end(
    State(state): State<Shared>,
    learner: Learner,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    if !state.store.sessions().end(learner.user_id, id, AuditEvent::SessionEnded, state.stamp()).await? {
        return Err(Problem::not_found("session"));
    }
    Ok(StatusCode::NO_CONTENT)
}

problems! {
    EndSessionsProblems {
        400: "`invalid_query`",
    }
}

/// Ends all sessions of the user, or all others.
#[utoipa::path(
    delete,
    path = "/auth/sessions",
    tag = "auth",
    operation_id = "end_sessions",
    params(EndSessionsQuery),
    security(("bearer" = [])),
    responses(
        LearnerProblems,
        EndSessionsProblems,
        (status = 204, description = "They have ended"),
    ),
)]
pub(crate) async fn end_all(
    State(state): State<Shared>,
    learner: Learner,
    Query(query): Query<EndSessionsQuery>,
) -> Result<StatusCode, Problem> {
    let keep = query.keep_current.then_some(learner.session_id);
    state.store.sessions().end_all(learner.user_id, keep, state.stamp()).await?;
    Ok(StatusCode::NO_CONTENT)
}
