//! `POST /auth/anonymous`: starts a trial.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use bugdrill_web::{Problem, ProblemBody};

use crate::{
    AuthState,
    client::{Client, SessionHeader},
    problems::CookieProblems,
    session::{Session, SessionAnswer, new_session},
};

/// Starts an anonymous trial, which may start a few snippets without an account.
#[utoipa::path(
    post,
    path = "/auth/anonymous",
    tag = "auth",
    operation_id = "start_trial",
    params(SessionHeader),
    responses(
        CookieProblems,
        (status = 201, description = "The trial's tokens", body = Session),
        (status = 429, description = "`rate_limited`: too many new trials from this address", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(State(state): State<Arc<AuthState>>, client: Client) -> Result<SessionAnswer, Problem> {
    let now = state.ambient.now();
    let (session, token) = new_session(&state, &client, true, false, now);
    let users = state.store.users();
    let started = users.start_trial(state.ambient.new_id(), state.trial_snippets, session, now).await?;
    Ok(SessionAnswer::new(&state, StatusCode::CREATED, started, token, client))
}
