//! Errors as `application/problem+json` (RFC 9457), each with a stable `code`.

use std::collections::BTreeMap;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use bugdrill_store::StoreError;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::{
    ToSchema,
    openapi::{Content, Ref, RefOr, Response, ResponseBuilder},
};

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

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The code by which clients know it.
    pub fn code(&self) -> &'static str {
        self.code
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
    fn into_response(self) -> axum::response::Response {
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

/// What the OpenAPI document says of problems: for each status, what it stands for.
pub fn documented(problems: &[(u16, &str)]) -> BTreeMap<String, RefOr<Response>> {
    let content = Content::new(Some(Ref::from_schema_name(ProblemBody::name())));
    problems
        .iter()
        .map(|(status, description)| {
            let response = ResponseBuilder::new()
                .description(*description)
                .content("application/problem+json", content.clone())
                .build();
            (status.to_string(), response.into())
        })
        .collect()
}

/// Groups of problems, for the OpenAPI document: what a route names among its `responses`. Of two groups with the same
/// status, the later one counts.
///
/// ```
/// bugdrill_web::problems! {
///     HintProblems {
///         409: "`hint_out_of_order`: a hint before this one is not revealed yet",
///     }
/// }
/// ```
#[macro_export]
macro_rules! problems {
    ($($(#[$meta:meta])* $visibility:vis $name:ident { $($status:literal: $description:literal),+ $(,)? })+) => {$(
        $(#[$meta])*
        $visibility struct $name;

        impl ::utoipa::IntoResponses for $name {
            fn responses() -> ::std::collections::BTreeMap<
                ::std::string::String,
                ::utoipa::openapi::RefOr<::utoipa::openapi::Response>,
            > {
                $crate::problem::documented(&[$(($status, $description)),+])
            }
        }
    )+};
}

problems! {
    /// The problems of every public route.
    pub PublicProblems {
        429: "`rate_limited`",
    }
    /// The problems of every route that takes a body.
    pub BodyProblems {
        400: "`malformed_json`",
        413: "`body_too_large`",
        415: "`unsupported_media_type`",
        422: "`invalid_request`",
    }
    /// The problems of every route for learners.
    pub LearnerProblems {
        401: "`token_missing`, `token_invalid`, `token_expired` or `session_ended`",
        429: "`rate_limited`",
    }
    /// The problems of every route that works on one snippet of a learner.
    pub SnippetProblems {
        401: "`token_missing`, `token_invalid`, `token_expired` or `session_ended`",
        403: "`trial_exhausted`",
        404: "`not_found`",
        429: "`rate_limited`",
    }
}
