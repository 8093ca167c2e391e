//! `POST /auth/anonymous`: starts a trial.

use axum::{extract::State, http::StatusCode};
use bugdrill_web::{Problem, problems};

use crate::{
    Shared,
    client::{Client, SessionHeader},
    problems::CookieProblems,
    session::{Session, SessionAnswer, new_session},
};

problems! {
    StartTrialProblems {
        429: "`rate_limited`: too many new trials from this address",
    }
}

/// Starts an anonymous trial, which may start a few snippets without an account.
#[utoipa::path(
    post,
    path = "/auth/anonymous",
    tag = "auth",
    operation_id = "start_trial",
    params(SessionHeader),
    responses(
        CookieProblems,
        StartTrialProblems,
        (status = 201, description = "The trial's tokens", body = Session),
    ),
)]
pub(crate) async fn handle(State(state): State<Shared>, client: Client) -> Result<SessionAnswer, Problem> {
    let now = state.ambient.now();
    let (session, token) = new_session(&state, &client, true, false, now);
    let users = state.store.users();
    let started = users.start_trial(state.ambient.new_id(), state.trial_snippets, session, now).await?;
    Ok(SessionAnswer::new(&state, StatusCode::CREATED, started, token, client))
}
