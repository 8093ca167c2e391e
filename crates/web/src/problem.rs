//! Errors as `application/problem+json` (RFC 9457), each with a stable `code`.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bugdrill_store::{LearningError, StoreError, SubmissionError};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::{IntoResponses, ToSchema};

/// An error answer.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    extra: Box<Map<String, Value>>,
    retry_after_seconds: Option<u64>,
}

/// The body of an error answer.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Names the kind of problem: `urn:bugdrill:problem:` and the code.
    #[serde(rename = "type")]
    kind: String,
    /// The status, in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// The stable name of the problem, for programs.
    code: String,
    /// What happened, for people.
    detail: String,
    /// More about it, depending on the code.
    #[serde(flatten)]
    #[schema(additional_properties)]
    extra: Map<String, Value>,
}

impl Problem {
    /// A problem of this status and code; `detail` is for people.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), extra: Box::default(), retry_after_seconds: None }
    }

    /// Adds a member to the body.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.extra.insert(key.to_owned(), value.into());
        self
    }

    /// Tells when to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// 404 `not_found`.
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("There is no such {what}."))
    }

    /// 401 with this code.
    pub fn unauthorized(code: &'static str, detail: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, detail)
    }

    /// 422 `invalid_request`: well-formed, but not acceptable.
    pub fn invalid(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_request", detail)
    }

    /// 500 `internal_error`; `cause` goes to the log and nowhere else.
    pub fn internal(cause: &dyn std::error::Error) -> Self {
        log(cause);
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal_error",
            "Something went wrong on our side. Please try again.",
        )
    }

    /// 503 `unavailable`.
    pub fn unavailable(detail: &str) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail).retry_after(1)
    }
}

/// Logs why a request failed, with all causes.
fn log(cause: &dyn std::error::Error) {
    let mut chain = cause.to_string();
    let mut source = cause.source();
    while let Some(error) = source {
        chain = format!("{chain}: {error}");
        source = error.source();
    }
    tracing::error!(error = chain, "a request failed");
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = ProblemBody {
            kind: format!("urn:bugdrill:problem:{}", self.code),
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            detail: self.detail,
            extra: *self.extra,
        };
        let mut response = (self.status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::Unavailable(_)) {
            log(&error);
            return Self::unavailable("The database does not answer.");
        }
        Self::internal(&error)
    }
}

impl From<LearningError> for Problem {
    fn from(error: LearningError) -> Self {
        match error {
            LearningError::UnknownUser => {
                Self::unauthorized("token_invalid", "The account of this token does not exist any more.")
            }
            LearningError::TrialExhausted => Self::new(
                StatusCode::FORBIDDEN,
                "trial_exhausted",
                "This trial has used all its snippets. Create an account or log in to go on: nothing is lost.",
            )
            .with("trial_snippets_remaining", 0),
            LearningError::HintOutOfOrder { next } => Self::new(
                StatusCode::CONFLICT,
                "hint_out_of_order",
                format!("Hints come one by one; hint {next} is next."),
            )
            .with("next_hint", next),
            LearningError::Store(error) => error.into(),
        }
    }
}

impl From<SubmissionError> for Problem {
    fn from(error: SubmissionError) -> Self {
        match error {
            SubmissionError::Learning(error) => error.into(),
            SubmissionError::KeyReused => Self::new(
                StatusCode::CONFLICT,
                "idempotency_key_reused",
                "This Idempotency-Key was used for a different submission.",
            ),
        }
    }
}

/// The problems of every public route, for the OpenAPI document.
#[derive(IntoResponses)]
pub enum PublicProblems {
    /// Too many requests.
    #[response(status = 429, description = "`rate_limited`", content_type = "application/problem+json")]
    RateLimited(ProblemBody),
}

/// The problems of every route that takes a body, for the OpenAPI document.
#[derive(IntoResponses)]
pub enum BodyProblems {
    /// The body is not JSON.
    #[response(status = 400, description = "`malformed_json`", content_type = "application/problem+json")]
    Malformed(ProblemBody),
    /// The body is too large.
    #[response(status = 413, description = "`body_too_large`", content_type = "application/problem+json")]
    TooLarge(ProblemBody),
    /// The body is not said to be JSON.
    #[response(status = 415, description = "`unsupported_media_type`", content_type = "application/problem+json")]
    MediaType(ProblemBody),
    /// The body is not what the route wants.
    #[response(status = 422, description = "`invalid_request`", content_type = "application/problem+json")]
    Invalid(ProblemBody),
}

/// The problems of every route for learners, for the OpenAPI document.
#[derive(IntoResponses)]
pub enum LearnerProblems {
    /// No token, or one that does not hold.
    #[response(
        status = 401,
        description = "`token_missing`, `token_invalid`, `token_expired` or `session_ended`",
        content_type = "application/problem+json"
    )]
    Unauthorized(ProblemBody),
    /// Too many requests.
    #[response(status = 429, description = "`rate_limited`", content_type = "application/problem+json")]
    RateLimited(ProblemBody),
}

/// The problems of every route that works on one snippet of a learner, for the OpenAPI document.
#[derive(IntoResponses)]
pub enum SnippetProblems {
    /// No token, or one that does not hold.
    #[response(
        status = 401,
        description = "`token_missing`, `token_invalid`, `token_expired` or `session_ended`",
        content_type = "application/problem+json"
    )]
    Unauthorized(ProblemBody),
    /// The trial is used up.
    #[response(status = 403, description = "`trial_exhausted`", content_type = "application/problem+json")]
    TrialExhausted(ProblemBody),
    /// There is no such snippet.
    #[response(status = 404, description = "`not_found`", content_type = "application/problem+json")]
    NotFound(ProblemBody),
    /// Too many requests.
    #[response(status = 429, description = "`rate_limited`", content_type = "application/problem+json")]
    RateLimited(ProblemBody),
}
