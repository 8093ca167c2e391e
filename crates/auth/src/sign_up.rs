//! `POST /auth/signup`: creates an account.

use axum::{Extension, extract::State, http::StatusCode};
use bugdrill_store::{AccountError, NewAccount};
use bugdrill_web::{ClientAddress, Json, Problem, Visitor, problem::BodyProblems, problems};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    EmailAddress, Password, Shared,
    client::{Client, SessionHeader},
    mails::mail_verification_link,
    problems::{CookieProblems, PasswordProblems, VisitorProblems},
    profile::DisplayName,
    session::{Session, SessionAnswer, new_session},
};

/// What a new account needs.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignUpRequest {
    /// The address; letter case makes no difference.
    #[schema(max_length = 254)]
    email: String,
    /// From 8 characters to 72 bytes, and none of the common ones.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 72)]
    password: Password,
    /// What the user wants to be called.
    #[serde(default)]
    display_name: Option<DisplayName>,
}

problems! {
    SignUpProblems {
        409: "`email_taken`",
        422: "`email_invalid`, `password_too_short`, `password_too_long`, `password_common` or `invalid_request`",
    }
}

/// Creates an account. A trial, whose access token comes along, becomes the account with all that it did. A link
/// to verify the address is mailed.
#[utoipa::path(
    post,
    path = "/auth/signup",
    tag = "auth",
    operation_id = "sign_up",
    params(SessionHeader),
    request_body = SignUpRequest,
    security((), ("bearer" = [])),
    responses(
        VisitorProblems,
        CookieProblems,
        BodyProblems,
        PasswordProblems,
        SignUpProblems,
        (status = 201, description = "The account's first session", body = Session),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    Extension(address): Extension<ClientAddress>,
    client: Client,
    visitor: Visitor,
    Json(request): Json<SignUpRequest>,
) -> Result<SessionAnswer, Problem> {
    let email = EmailAddress::parse(&request.email)?;
    request.password.check(Some(&email))?;
    state.gate.attempt("signup", email.as_str(), address).await?;
    // Before the costly part; the index has the last word.
    if state.store.users().by_email(email.as_str()).await?.is_some() {
        return Err(email_taken());
    }
    let password_hash = state.passwords.hash(request.password).await?;
    let stamp = state.stamp();
    let (session, token) = new_session(&state, &client, false, false, stamp.now);
    let account = NewAccount {
        id: state.ambient.new_id(),
        email: email.as_str().to_owned(),
        password_hash,
        display_name: request.display_name.map(DisplayName::into_string),
    };
    let trial = visitor.trial();
    match state.store.users().create_account(account, trial, session, stamp).await {
        Ok(started) => {
            mail_verification_link(&state, started.1.id);
            Ok(SessionAnswer::new(&state, StatusCode::CREATED, started, token, client))
        }
        Err(AccountError::EmailTaken) => Err(email_taken()),
        Err(AccountError::Store(error)) => Err(error.into()),
    }
}

fn email_taken() -> Problem {
    let detail = "There is an account with this e-mail address. Log in, or reset its password.";
    Problem::new(StatusCode::CONFLICT, "email_taken", detail)
}
