//! `POST /auth/anonymous`: starts a trial.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use bugdrill_web::{Problem, ProblemBody};

use crate::{
    AuthState,
    client::{Client, SessionHeader},
    problems::{CookieProblems, session_ended},
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
    let trial = state.store.users().create_trial(state.ambient.new_id(), state.trial_snippets, now).await?;
    let (session, token) = new_session(&state, &client, true, false, now);
    let started = state.store.sessions().start(&trial, session, now).await?.ok_or_else(session_ended)?;
    Ok(SessionAnswer::new(&state, StatusCode::CREATED, started, token, client))
}
