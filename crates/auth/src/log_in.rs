//! `POST /auth/login`: starts a session of an account.

use axum::{Extension, extract::State};
use bugdrill_store::User;
use bugdrill_web::{ClientAddress, Json, Problem, Visitor, problem::BodyProblems, problems};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    AuthState, EmailAddress, Password, Shared,
    client::{Client, SessionHeader},
    log_in_second_factor::{LogInAnswer, SecondFactorNeeded, go_on},
    problems::{CookieProblems, PasswordProblems, VisitorProblems},
    session::Session,
};

/// An address and a password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogInRequest {
    /// The account's address; letter case makes no difference.
    email: String,
    /// Its password.
    password: Password,
}

problems! {
    LogInProblems {
        401: "`credentials_invalid`; `token_invalid`, `token_expired` or `session_ended`, of a trial's token",
    }
}

/// Logs into an account. What a trial, whose access token comes along, has done is kept in the account.
///
/// Whether there is such an account makes no difference in what is answered and computed.
#[utoipa::path(
    post,
    path = "/auth/login",
    tag = "auth",
    operation_id = "log_in",
    params(SessionHeader),
    request_body = LogInRequest,
    security((), ("bearer" = [])),
    responses(
        VisitorProblems,
        CookieProblems,
        BodyProblems,
        PasswordProblems,
        LogInProblems,
        (status = 200, description = "The new session", body = Session),
        (status = 202, description = "The account has a second factor, which comes next", body = SecondFactorNeeded),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    Extension(address): Extension<ClientAddress>,
    client: Client,
    visitor: Visitor,
    Json(request): Json<LogInRequest>,
) -> Result<LogInAnswer, Problem> {
    let email = EmailAddress::parse(&request.email).ok();
    state.gate.attempt("login", email.as_ref().map_or("", EmailAddress::as_str), address).await?;
    let user = match &email {
        Some(email) => state.store.users().by_email(email.as_str()).await?,
        None => None,
    };
    let hash = user.as_ref().and_then(User::password_hash);
    let is_right = state.passwords.verify(request.password.clone(), hash).await?;
    let account = user.as_ref().map(|user| user.id);
    let Some(user) = user.filter(|_| is_right) else {
        state.record_failed_log_in(account, "password").await?;
        let detail = "The e-mail address or the password is wrong.";
        return Err(Problem::unauthorized("credentials_invalid", detail));
    };
    let user = rehashed(&state, user, request.password).await?;
    let trial = visitor.trial();
    go_on(&state, &user, trial, client, "password").await
}

/// Hashes a right password anew where what is stored was made for less work. Where too many wait for a place to do so,
/// there will be a next time.
async fn rehashed(state: &AuthState, user: User, password: Password) -> Result<User, Problem> {
    if !user.password_hash().is_some_and(|hash| state.passwords.is_outdated(hash)) {
        return Ok(user);
    }
    match state.passwords.hash(password).await {
        Ok(hash) => Ok(state.store.users().rehash_password(user, hash).await?),
        Err(_) => Ok(user),
    }
}
