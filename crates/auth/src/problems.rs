//! Problems that endpoints share.

use axum::http::StatusCode;
use bugdrill_web::{Problem, problems};

problems! {
    /// The problems of routes where a session may be kept in a cookie.
    pub(crate) CookieProblems {
        403: "`origin_not_allowed`",
        422: "`invalid_request`",
    }
    /// The problems of routes where a trial's token may come along.
    pub(crate) VisitorProblems {
        401: "`token_invalid`, `token_expired` or `session_ended`, of a trial's token",
        429: "`rate_limited`",
    }
    /// The problems of routes that check or hash a password.
    pub(crate) PasswordProblems {
        503: "`busy`: too many passwords wait to be checked or hashed",
    }
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
