//! `POST /auth/login/second-factor`: finishes a log-in. And what every log-in does once its first factor was right.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use bugdrill_store::{LoginChallenge, User};
use bugdrill_web::{
    Json, Problem,
    problem::{BodyProblems, PublicProblems},
    problems,
};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AuthState, Shared,
    client::{Client, SessionHeader},
    problems::{CookieProblems, credentials_changed},
    proof::require_code,
    session::{Session, SessionAnswer, enter},
    token::{hash_token, new_token},
};

/// For how long a log-in waits for its second factor.
const WAIT: TimeDelta = TimeDelta::minutes(5);

/// A log-in that waits for its second factor.
#[derive(Serialize, ToSchema)]
pub(crate) struct SecondFactorNeeded {
    /// Always true.
    mfa_required: bool,
    /// For `POST /auth/login/second-factor`.
    mfa_token: String,
    /// For how many seconds it waits.
    expires_in: i64,
}

/// What a right first factor is answered with.
pub(crate) enum LogInAnswer {
    /// The session.
    Session(Box<SessionAnswer>),
    /// What to go on with.
    SecondFactor(SecondFactorNeeded),
}

impl IntoResponse for LogInAnswer {
    fn into_response(self) -> Response {
        match self {
            Self::Session(answer) => answer.into_response(),
            Self::SecondFactor(needed) => (StatusCode::ACCEPTED, Json(needed)).into_response(),
        }
    }
}

/// Goes on with the log-in of a user whose first factor was right: asks for the second one where there is one, or starts
/// the session. `with` tells the audit log what the first factor was.
pub(crate) async fn go_on(
    state: &AuthState,
    user: &User,
    trial: Option<Uuid>,
    client: Client,
    with: &str,
) -> Result<LogInAnswer, Problem> {
    if !user.has_second_factor() {
        let answer = enter(state, user, trial, client, with, false).await?;
        return Ok(LogInAnswer::Session(Box::new(answer)));
    }
    let now = state.ambient.now();
    let token = new_token(&state.ambient);
    let challenge = LoginChallenge { trial_user_id: trial, client: client.name, expires_at: now + WAIT };
    if !state.store.second_factors().challenge(user, hash_token(&token), challenge, now).await? {
        return Err(credentials_changed());
    }
    Ok(LogInAnswer::SecondFactor(SecondFactorNeeded {
        mfa_required: true,
        mfa_token: token,
        expires_in: WAIT.num_seconds(),
    }))
}

/// The second factor of a log-in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondFactorRequest {
    /// The token of the answer to the first factor.
    mfa_token: String,
    /// A code of the authenticator app, or a recovery code.
    #[schema(max_length = 100)]
    code: String,
}

problems! {
    LogInWithSecondFactorProblems {
        401: "`mfa_token_invalid`: unknown, too old, used, or tried too often; `code_invalid`; `credentials_invalid`: the password or second factor has just changed",
    }
}

/// Finishes a log-in by its second factor. Five wrong codes end it.
#[utoipa::path(
    post,
    path = "/auth/login/second-factor",
    tag = "auth",
    operation_id = "log_in_with_second_factor",
    params(SessionHeader),
    request_body = SecondFactorRequest,
    responses(
        PublicProblems,
        CookieProblems,
        BodyProblems,
        LogInWithSecondFactorProblems,
        (status = 200, description = "The new session", body = Session),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    client: Client,
    Json(request): Json<SecondFactorRequest>,
) -> Result<SessionAnswer, Problem> {
    let (factors, token) = (state.store.second_factors(), hash_token(&request.mfa_token));
    let over = || Problem::unauthorized("mfa_token_invalid", "This log-in is over. Start again with the password.");
    let (user, challenge) = factors.try_challenge(&token, state.ambient.now()).await?.ok_or_else(over)?;
    require_code(&state, user.id, &request.code).await?;
    if !factors.end_challenge(&token).await? {
        return Err(over());
    }
    let client = Client { name: client.name.or(challenge.client), ..client };
    enter(&state, &user, challenge.trial_user_id, client, "second factor", true).await
}
