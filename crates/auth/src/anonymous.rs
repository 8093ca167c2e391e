//! `POST /auth/anonymous`: starts a trial.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use bugdrill_web::{Json, Problem, ProblemBody};

use crate::{
    AuthState,
    session::{Session, new_refresh_token, session_end},
};

/// Starts an anonymous trial, which may start a few snippets without an account.
#[utoipa::path(
    post,
    path = "/auth/anonymous",
    tag = "auth",
    operation_id = "start_trial",
    responses(
        (status = 201, description = "The trial's tokens", body = Session),
        (status = 429, description = "`rate_limited`: too many new trials from this address", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(State(state): State<Arc<AuthState>>) -> Result<(StatusCode, Json<Session>), Problem> {
    let now = state.ambient.now();
    let user = state.store.users().create_trial(state.ambient.new_id(), state.trial_snippets, now).await?;
    let family = state.ambient.new_id();
    let (token, stored) = new_refresh_token(&state, now);
    state.store.sessions().start(user.id, family, stored, session_end(now), now).await?;
    Ok((StatusCode::CREATED, Json(Session::new(&state, user, family, token))))
}
