//! `POST /auth/refresh`: exchanges a refresh token.

use axum::{extract::State, http::StatusCode};
use bugdrill_store::RefreshError;
use bugdrill_web::{
    Json, Problem,
    problem::{BodyProblems, PublicProblems},
    problems,
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    Shared,
    client::{Client, SessionHeader},
    problems::CookieProblems,
    session::{RefreshToken, Session, SessionAnswer},
    token::hash_token,
};

/// A refresh token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefreshRequest {
    /// The token of the last answer; may be left out where the browser keeps it in a cookie.
    #[serde(default)]
    pub(crate) refresh_token: Option<String>,
}

problems! {
    RefreshProblems {
        401: "`refresh_token_missing`, or `refresh_token_invalid`: unknown, expired, or used before",
    }
}

/// Exchanges a refresh token for a new pair of tokens. Each works once; a second use ends the session, except the
/// immediate retry of a lost answer.
#[utoipa::path(
    post,
    path = "/auth/refresh",
    tag = "auth",
    operation_id = "refresh",
    params(SessionHeader),
    request_body = RefreshRequest,
    responses(
        PublicProblems,
        CookieProblems,
        BodyProblems,
        RefreshProblems,
        (status = 200, description = "The new tokens", body = Session),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    client: Client,
    Json(request): Json<RefreshRequest>,
) -> Result<SessionAnswer, Problem> {
    let stamp = state.stamp();
    let Some(presented) = client.presented(request.refresh_token) else {
        return Err(Problem::unauthorized("refresh_token_missing", "There is no refresh token. Start a new session."));
    };
    // Whose it is, and so how long the new one lives, is known behind the lock.
    let (of_trial, of_account) = (RefreshToken::new(&state, true), RefreshToken::new(&state, false));
    let replacement = |user: &bugdrill_store::User| {
        if user.is_trial { of_trial.stored(stamp.now) } else { of_account.stored(stamp.now) }
    };
    match state.store.sessions().exchange(&hash_token(&presented), replacement, stamp).await {
        Ok((session, user)) => {
            let token = if user.is_trial { of_trial } else { of_account };
            Ok(SessionAnswer::new(&state, StatusCode::OK, (session, user), token, client))
        }
        Err(RefreshError::Store(error)) => Err(error.into()),
        Err(RefreshError::Reused { user_id }) => {
            tracing::warn!(%user_id, "a refresh token was used twice; its session is ended");
            Err(invalid())
        }
        Err(RefreshError::Invalid) => Err(invalid()),
    }
}

fn invalid() -> Problem {
    Problem::unauthorized("refresh_token_invalid", "The refresh token is not valid any more. Start a new session.")
}
