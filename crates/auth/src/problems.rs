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

/// 422 `token_invalid`: a mailed link is worth nothing.
pub(crate) fn token_invalid() -> Problem {
    let detail = "This link does not work any more. Ask for a new one.";
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "token_invalid", detail)
}
