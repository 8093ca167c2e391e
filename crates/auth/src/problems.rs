//! Problems that endpoints share.

use axum::http::StatusCode;
use bugdrill_web::{Problem, ProblemBody};
use utoipa::IntoResponses;

/// The problems of routes where a session may be kept in a cookie.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "for the document alone")]
pub(crate) enum CookieProblems {
    /// The cookie is asked for from elsewhere.
    #[response(status = 403, description = "`origin_not_allowed`", content_type = "application/problem+json")]
    Origin(ProblemBody),
    /// The header has another value.
    #[response(status = 422, description = "`invalid_request`", content_type = "application/problem+json")]
    Header(ProblemBody),
}

/// 403 `account_required`: this is not for trials.
pub(crate) fn account_required() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "account_required", "This takes an account. Sign up first.")
}

/// 401 `credentials_invalid`: what somebody has logged in by is worth nothing any more.
pub(crate) fn credentials_changed() -> Problem {
    let detail = "The account's password or second factor has just changed. Log in again.";
    Problem::unauthorized("credentials_invalid", detail)
}

/// 401 `session_ended`: the user has been forgotten meanwhile.
pub(crate) fn session_ended() -> Problem {
    Problem::unauthorized("session_ended", "The account is gone.")
}

/// 422 `token_invalid`: a mailed link is worth nothing.
pub(crate) fn token_invalid() -> Problem {
    let detail = "This link does not work any more. Ask for a new one.";
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "token_invalid", detail)
}
