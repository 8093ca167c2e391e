//! `POST /auth/password`, `/auth/password/forgot` and `/auth/password/reset`: another password.

use axum::{Extension, extract::State, http::StatusCode};
use bugdrill_store::MailedTokenPurpose;
use bugdrill_web::{
    ClientAddress, Json, Learner, Problem,
    problem::{BodyProblems, LearnerProblems, PublicProblems},
    problems,
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    EmailAddress, Password, Shared,
    mails::{mail_password_changed, mail_reset_link},
    problems::{PasswordProblems, account_required, credentials_changed, token_invalid},
    session::require_fresh_log_in,
    token::hash_token,
};

/// The old password and the new one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangePasswordRequest {
    /// The old one. Accounts without one leave it out.
    #[serde(default)]
    current_password: Option<Password>,
    /// The new one: from 8 characters to 72 bytes, and none of the common ones.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 72)]
    new_password: Password,
}

/// An account's address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForgotPasswordRequest {
    /// The address; letter case makes no difference.
    email: String,
}

/// A mailed token and a new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResetPasswordRequest {
    /// What is behind `#token=` in the mailed link.
    token: String,
    /// The new password: from 8 characters to 72 bytes, and none of the common ones.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 72)]
    password: Password,
}

problems! {
    ChangePasswordProblems {
        401: "`credentials_invalid`: the old password is wrong; `token_missing`, `token_invalid`, `token_expired` or `session_ended`",
        403: "`account_required`: a trial has no password; `fresh_login_required`: an account without one has to have logged in just before",
        422: "`password_too_short`, `password_too_long`, `password_common` or `invalid_request`",
    }
}

/// Changes the password, or gives an account its first one. All other sessions end.
#[utoipa::path(
    post,
    path = "/auth/password",
    tag = "auth",
    operation_id = "change_password",
    request_body = ChangePasswordRequest,
    security(("bearer" = [])),
    responses(
        LearnerProblems,
        BodyProblems,
        PasswordProblems,
        ChangePasswordProblems,
        (status = 204, description = "The password is the new one"),
    ),
)]
pub(crate) async fn change(
    State(state): State<Shared>,
    Extension(address): Extension<ClientAddress>,
    learner: Learner,
    Json(request): Json<ChangePasswordRequest>,
) -> Result<StatusCode, Problem> {
    let user = state.store.users().find(learner.user_id).await?.filter(|user| !user.is_trial);
    let user = user.ok_or_else(account_required)?;
    let email = user.email.as_deref().and_then(|email| EmailAddress::parse(email).ok());
    request.new_password.check(email.as_ref())?;
    if let Some(hash) = user.password_hash() {
        state.gate.attempt("password", &user.id.to_string(), address).await?;
        let current = request.current_password.ok_or_else(wrong_password)?;
        if !state.passwords.verify(current, Some(hash)).await? {
            state.record_failed_log_in(Some(user.id), "password").await?;
            return Err(wrong_password());
        }
    } else {
        require_fresh_log_in(&state, &learner)?;
    }
    let new = state.passwords.hash(request.new_password).await?;
    // It may have been reset since it was checked, or the session been ended: then it was not the owner who asked.
    if !state.store.users().change_password(&user, learner.session_id, new, state.stamp()).await? {
        return Err(credentials_changed());
    }
    mail_password_changed(&state, user);
    Ok(StatusCode::NO_CONTENT)
}

/// Mails a link to set a new password with, if there is an account with this address.
///
/// Whether there is one makes no difference in what is answered and computed, nor in how long that takes.
#[utoipa::path(
    post,
    path = "/auth/password/forgot",
    tag = "auth",
    operation_id = "forgot_password",
    request_body = ForgotPasswordRequest,
    responses(
        PublicProblems,
        BodyProblems,
        (status = 202, description = "If there is such an account, a mail is on its way"),
    ),
)]
pub(crate) async fn forgot(
    State(state): State<Shared>,
    Extension(address): Extension<ClientAddress>,
    Json(request): Json<ForgotPasswordRequest>,
) -> Result<StatusCode, Problem> {
    let email = EmailAddress::parse(&request.email).ok();
    state.gate.attempt("forgot", email.as_ref().map_or("", EmailAddress::as_str), address).await?;
    if let Some(email) = email {
        mail_reset_link(&state, email.as_str().to_owned());
    }
    Ok(StatusCode::ACCEPTED)
}

problems! {
    ResetPasswordProblems {
        422: "`token_invalid`: unknown, expired, or used before; `password_too_short`, `password_too_long`, `password_common` (the link stays good) or `invalid_request`",
    }
}

/// Sets a new password by a mailed link. It works once; all sessions end, and the address counts as verified.
#[utoipa::path(
    post,
    path = "/auth/password/reset",
    tag = "auth",
    operation_id = "reset_password",
    request_body = ResetPasswordRequest,
    responses(
        PublicProblems,
        BodyProblems,
        PasswordProblems,
        ResetPasswordProblems,
        (status = 204, description = "The password is the new one"),
    ),
)]
pub(crate) async fn reset(
    State(state): State<Shared>,
    Json(request): Json<ResetPasswordRequest>,
) -> Result<StatusCode, Problem> {
    let tokens = state.store.mailed_tokens();
    let token = hash_token(&request.token);
    // Before the costly part. The token is used up with the new password, not before.
    let user = tokens.find(&token, MailedTokenPurpose::ResetPassword, state.ambient.now()).await?;
    let user = user.ok_or_else(token_invalid)?;
    let email = user.email.as_deref().and_then(|email| EmailAddress::parse(email).ok());
    request.password.check(email.as_ref())?;
    let hash = state.passwords.hash(request.password).await?;
    let user = tokens.reset_password(&token, hash, state.stamp()).await?.ok_or_else(token_invalid)?;
    mail_password_changed(&state, user);
    Ok(StatusCode::NO_CONTENT)
}

fn wrong_password() -> Problem {
    Problem::unauthorized("credentials_invalid", "The old password is wrong.")
}
