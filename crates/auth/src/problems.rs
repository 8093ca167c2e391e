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

/// The problems of routes where a trial's token may come along.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "for the document alone")]
pub(crate) enum VisitorProblems {
    /// The token does not hold.
    #[response(
        status = 401,
        description = "`token_invalid`, `token_expired` or `session_ended`, of a trial's token",
        content_type = "application/problem+json"
    )]
    Token(ProblemBody),
    /// Too many requests.
    #[response(status = 429, description = "`rate_limited`", content_type = "application/problem+json")]
    RateLimited(ProblemBody),
}

/// The problems of routes that check or hash a password.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "for the document alone")]
pub(crate) enum PasswordProblems {
    /// Too many do so.
    #[response(
        status = 503,
        description = "`busy`: too many passwords wait to be checked or hashed",
        content_type = "application/problem+json"
    )]
    Busy(ProblemBody),
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
