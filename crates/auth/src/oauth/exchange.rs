//! `POST /auth/oauth/{provider}`: exchanges a one-time code for a session.

use axum::{extract::State, http::StatusCode};
use bugdrill_store::Recognition;
use bugdrill_web::{
    Json, Path, Problem,
    problem::{BodyProblems, PublicProblems},
    problems,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::s256;
use crate::{
    Shared,
    client::{Client, SessionHeader},
    log_in_second_factor::{LogInAnswer, SecondFactorNeeded, go_on},
    problems::CookieProblems,
    session::Session,
    token::hash_token,
};

/// A one-time code, and proof that it is for this client.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExchangeRequest {
    /// The code that the browser came back with.
    code: String,
    /// The verifier whose S256 started the log-in.
    code_verifier: String,
}

problems! {
    FinishProviderLoginProblems {
        401: "`code_invalid`: unknown, expired, used before, or of another client; `credentials_invalid`: the password or second factor has just changed",
        403: "`email_unverified`: the account with this address may be somebody else's; `origin_not_allowed`",
        404: "`not_found`: the server has no such provider",
    }
}

/// Exchanges the one-time code of a log-in by another provider for a session.
///
/// The account is the one that has the provider's name for the user, else the one with the e-mail address that the
/// provider has verified, else a new one. If nobody ever verified the address of the account, its password and
/// sessions are gone then: whoever set them may be somebody else. A code works once, for a minute, and not at all
/// after a wrong verifier.
#[utoipa::path(
    post,
    path = "/auth/oauth/{provider}",
    tag = "auth",
    operation_id = "finish_provider_login",
    params(
        ("provider" = String, Path, description = "The provider's id"),
        SessionHeader,
    ),
    request_body = ExchangeRequest,
    responses(
        PublicProblems,
        CookieProblems,
        BodyProblems,
        FinishProviderLoginProblems,
        (status = 200, description = "The new session", body = Session),
        (status = 202, description = "The account has a second factor, which comes next", body = SecondFactorNeeded),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    Path(provider): Path<String>,
    client: Client,
    Json(request): Json<ExchangeRequest>,
) -> Result<LogInAnswer, Problem> {
    let provider = state.oauth.provider(&provider)?;
    let stamp = state.stamp();
    let flow = state.store.oauth_flows().redeem(&hash_token(&request.code), provider.id, stamp.now).await?;
    let flow = flow.filter(|flow| flow.client_challenge == s256(&request.code_verifier)).ok_or_else(|| {
        Problem::unauthorized("code_invalid", "The code is not valid, or not any more. Start the log-in again.")
    })?;
    let new_id = state.ambient.new_id();
    let recognised = state.store.identities().recognise(&flow.identity, flow.trial_user_id, new_id, stamp).await?;
    let (user, recognition) = recognised.ok_or_else(|| {
        let detail = "There is an account with this e-mail address that is not known to be yours.";
        Problem::new(StatusCode::FORBIDDEN, "email_unverified", detail)
    })?;
    // A new account is the trial already.
    let trial = flow.trial_user_id.filter(|_| recognition != Recognition::Created);
    go_on(&state, &user, trial, client, provider.id).await
}
