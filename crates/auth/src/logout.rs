//! `POST /auth/logout`: ends a session.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse},
};
use bugdrill_store::AuditEvent;
use bugdrill_web::{
    Json, Problem, Visitor,
    problem::{BodyProblems, PublicProblems},
};

use crate::{
    Shared,
    client::{Client, SessionHeader},
    problems::CookieProblems,
    refresh::RefreshRequest,
    session::end_session_of,
};

/// Ends the session of the refresh token or, without one, of the access token. It is over at once, for all of its
/// tokens. One that has ended before is no problem.
#[utoipa::path(
    post,
    path = "/auth/logout",
    tag = "auth",
    operation_id = "log_out",
    params(SessionHeader),
    request_body = RefreshRequest,
    responses(
        PublicProblems,
        CookieProblems,
        BodyProblems,
        (status = 204, description = "There is no such session any more"),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    client: Client,
    visitor: Result<Visitor, Problem>,
    Json(request): Json<RefreshRequest>,
) -> Result<impl IntoResponse, Problem> {
    if let Some(token) = client.presented(request.refresh_token) {
        end_session_of(&state, &token).await?;
    } else if let Ok(Visitor(Some(learner))) = visitor {
        let (user, session) = (learner.user_id, learner.session_id);
        state.store.sessions().end(user, session, AuditEvent::LoggedOut, state.stamp()).await?;
    }
    let forgotten = client.cookie.map(|cookie| (header::SET_COOKIE, cookie.forget()));
    Ok((StatusCode::NO_CONTENT, AppendHeaders(forgotten)))
}
