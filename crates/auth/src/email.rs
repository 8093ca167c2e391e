//! `POST /auth/email/verify` and `/auth/email/verification`: that an address is the user's.

use axum::{Extension, extract::State, http::StatusCode};
use bugdrill_web::{
    ClientAddress, Json, Learner, Problem,
    problem::{BodyProblems, LearnerProblems, PublicProblems},
    problems,
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    Shared,
    mails::mail_verification_link,
    problems::{account_required, token_invalid},
    token::hash_token,
};

/// A mailed token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerifyEmailRequest {
    /// What is behind `#token=` in the mailed link.
    token: String,
}

problems! {
    VerifyEmailProblems {
        422: "`token_invalid`: unknown, expired, used before, or for an address that has changed; `invalid_request`",
    }
}

/// Verifies an address by the link that was mailed there. It works once.
#[utoipa::path(
    post,
    path = "/auth/email/verify",
    tag = "auth",
    operation_id = "verify_email",
    request_body = VerifyEmailRequest,
    responses(
        PublicProblems,
        BodyProblems,
        VerifyEmailProblems,
        (status = 204, description = "The address is verified"),
    ),
)]
pub(crate) async fn verify(
    State(state): State<Shared>,
    Json(request): Json<VerifyEmailRequest>,
) -> Result<StatusCode, Problem> {
    let verified = state.store.mailed_tokens().verify_email(&hash_token(&request.token), state.stamp()).await?;
    verified.ok_or_else(token_invalid)?;
    Ok(StatusCode::NO_CONTENT)
}

problems! {
    MailVerificationProblems {
        403: "`account_required`: a trial has no address",
    }
}

/// Mails a new link to verify the account's address, unless it is verified or one has only just gone.
#[utoipa::path(
    post,
    path = "/auth/email/verification",
    tag = "auth",
    operation_id = "mail_verification",
    security(("bearer" = [])),
    responses(
        LearnerProblems,
        MailVerificationProblems,
        (status = 202, description = "If there is need for one, a mail is on its way"),
    ),
)]
pub(crate) async fn mail(
    State(state): State<Shared>,
    Extension(address): Extension<ClientAddress>,
    learner: Learner,
) -> Result<StatusCode, Problem> {
    if learner.is_trial {
        return Err(account_required());
    }
    state.gate.attempt("verification", &learner.user_id.to_string(), address).await?;
    mail_verification_link(&state, learner.user_id);
    Ok(StatusCode::ACCEPTED)
}
