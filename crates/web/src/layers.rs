//! The layers around every service.

use std::{any::Any, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::{DefaultOnResponse, TraceLayer},
};
use tracing::Level;
use uuid::Uuid;

use crate::Problem;
use bugdrill_platform::{
    Ambient,
    metrics::{self as names, Stopwatch},
};

/// The largest body where a route says nothing else, in bytes.
pub const DEFAULT_BODY_LIMIT: usize = 16 << 10;

/// The largest body of a route that takes code, in bytes.
pub const CODE_BODY_LIMIT: usize = 128 << 10;

/// How long a request may take. Runs answer after 5 s at the latest, with 202.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

#[derive(Clone)]
struct NewRequestId(Ambient);

impl MakeRequestId for NewRequestId {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let id: Uuid = self.0.new_id();
        HeaderValue::try_from(id.to_string()).ok().map(RequestId::new)
    }
}

/// Puts the standard layers around `router`.
pub fn standard(router: Router, ambient: &Ambient) -> Router {
    let request_id = HeaderName::from_static("x-request-id");
    let layers = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(request_id.clone(), NewRequestId(ambient.clone())))
        .layer(TraceLayer::new_for_http().on_response(DefaultOnResponse::new().level(Level::INFO)).make_span_with(
            |request: &axum::http::Request<_>| {
                // The path alone: queries and bodies may hold what logs must not.
                tracing::info_span!(
                    "request",
                    method = %request.method(),
                    path = request.uri().path(),
                    id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()),
                )
            },
        ))
        .layer(PropagateRequestIdLayer::new(request_id))
        .layer(middleware::from_fn(measure))
        .layer(middleware::from_fn(security_headers))
        .layer(middleware::from_fn(time_limit))
        .layer(CatchPanicLayer::custom(answer_panic))
        .layer(CompressionLayer::new())
        .layer(DefaultBodyLimit::max(DEFAULT_BODY_LIMIT));
    router.layer(layers)
}

/// Counts requests and measures how long they take.
async fn measure(request: Request, next: Next) -> Response {
    let method = match *request.method() {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    };
    // The template of the route: paths themselves are without number.
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let stopwatch = Stopwatch::start();
    let response = next.run(request).await;
    let status = match response.status().as_u16() {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500.. => "5xx",
    };
    metrics::histogram!(names::HTTP_REQUEST_SECONDS, "method" => method, "route" => route.clone())
        .record(stopwatch.elapsed());
    metrics::counter!(names::HTTP_REQUESTS, "method" => method, "route" => route, "status" => status).increment(1);
    response
}

async fn time_limit(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST_TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        // Handlers answer within seconds: what takes so long is a body that does not arrive.
        Err(_) => Problem::new(StatusCode::REQUEST_TIMEOUT, "request_timeout", "The request took too long to arrive.")
            .into_response(),
    }
}

fn answer_panic(panic: Box<dyn Any + Send>) -> Response {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(message, "a handler panicked");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", "Something went wrong on our side.")
        .into_response()
}

/// Security headers. The Content-Security-Policy belongs to pages, which bring their own.
async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    // The filter that this header steered is gone from browsers, and was a hole of its own.
    headers.insert(header::X_XSS_PROTECTION, HeaderValue::from_static("0"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
