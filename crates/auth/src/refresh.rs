//! `POST /auth/refresh`: exchanges a refresh token.

use std::sync::Arc;

use axum::extract::State;
use bugdrill_store::RefreshError;
use bugdrill_web::{Json, Problem, ProblemBody, problem::BodyProblems};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    AuthState,
    session::{Session, hash_refresh_token, new_refresh_token},
};

/// A refresh token to exchange.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefreshRequest {
    /// The token of the last answer.
    refresh_token: String,
}

/// Exchanges a refresh token for a new pair of tokens. Each works once; a second use ends the session, except the
/// immediate retry of a lost answer.
#[utoipa::path(
    post,
    path = "/auth/refresh",
    tag = "auth",
    operation_id = "refresh",
    request_body = RefreshRequest,
    responses(
        (status = 200, description = "The new tokens", body = Session),
        (status = 401, description = "`refresh_token_invalid`: unknown, expired, or used before", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_request`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        BodyProblems,
    ),
)]
pub(crate) async fn handle(
    State(state): State<Arc<AuthState>>,
    Json(request): Json<RefreshRequest>,
) -> Result<Json<Session>, Problem> {
    let now = state.ambient.now();
    let (token, stored) = new_refresh_token(&state, now);
    let presented = hash_refresh_token(&request.refresh_token);
    match state.store.sessions().exchange(&presented, stored, now).await {
        Ok((user, family)) => Ok(Json(Session::new(&state, user, family, token))),
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
