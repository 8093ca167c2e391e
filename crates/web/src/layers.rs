//! The layers around every service.

use std::{any::Any, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, CompressionLevel},
    cors::{AllowOrigin, CorsLayer},
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::TraceLayer,
};
use tracing::Span;
use uuid::Uuid;

use crate::{
    Origin, Problem, TrustedProxies, framing,
    gate::{RATE_LIMIT, RATE_LIMIT_REMAINING, RATE_LIMIT_RESET},
};
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

/// How long a browser may keep what it was told about other origins.
const PREFLIGHT_LIFETIME: Duration = Duration::from_hours(1);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

#[derive(Clone)]
struct NewRequestId(Ambient);

impl MakeRequestId for NewRequestId {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let id: Uuid = self.0.new_id();
        HeaderValue::try_from(id.to_string()).ok().map(RequestId::new)
    }
}

/// How the layers are set up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpOptions {
    /// The proxies whose word on a client's address is believed.
    pub trusted_proxies: TrustedProxies,
    /// The origins of other sites, such as `https://admin.example.com`, whose pages may use the API.
    pub allowed_origins: Vec<Origin>,
    /// Where people reach this server; where it listens, unless this says otherwise.
    pub public_url: Option<Origin>,
    /// Whether clients shall keep to HTTPS from now on.
    #[serde(skip)]
    pub strict_transport: bool,
}

/// Lets the pages of other origins use the API, none without being named. There are no cookies to be sent along.
fn cross_origin(origins: &[Origin]) -> CorsLayer {
    let origins: Vec<HeaderValue> = origins.iter().filter_map(|origin| origin.as_str().parse().ok()).collect();
    let headers = [header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_NONE_MATCH];
    let own_headers = ["idempotency-key", "prefer"].map(HeaderName::from_static);
    let exposed = [header::ETAG, header::RETRY_AFTER, RATE_LIMIT, RATE_LIMIT_REMAINING, RATE_LIMIT_RESET];
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
        .allow_headers(headers.into_iter().chain(own_headers).collect::<Vec<_>>())
        .expose_headers(exposed.into_iter().chain([REQUEST_ID]).collect::<Vec<_>>())
        .max_age(PREFLIGHT_LIFETIME)
}

/// Puts the standard layers around `router`.
pub fn standard(router: Router, ambient: &Ambient, options: &HttpOptions) -> Router {
    let proxies = options.trusted_proxies.clone();
    let layers = ServiceBuilder::new()
        .map_request(move |request| proxies.identify(request))
        .map_request(|mut request: Request| {
            // What a client calls a request is not what the log calls it.
            request.headers_mut().remove(REQUEST_ID);
            request
        })
        .layer(SetRequestIdLayer::new(REQUEST_ID, NewRequestId(ambient.clone())))
        .layer(TraceLayer::new_for_http().on_response(log_answer).make_span_with(|request: &axum::http::Request<_>| {
            // The path alone: queries and bodies may hold what logs must not.
            tracing::info_span!(
                "request",
                method = %request.method(),
                path = request.uri().path(),
                id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()),
            )
        }))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(middleware::from_fn_with_state(options.strict_transport, attend))
        .option_layer((!options.allowed_origins.is_empty()).then(|| cross_origin(&options.allowed_origins)))
        // Within what adds the headers of other origins, so that their pages can read this answer too.
        .layer(middleware::from_fn(time_limit))
        .layer(CatchPanicLayer::custom(answer_panic))
        // What is the same for everyone brings its compressed forms along; what is not, nobody shall wait for.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(DefaultBodyLimit::max(DEFAULT_BODY_LIMIT));
    router.layer(layers)
}

/// What went well is counted by the metrics; the log tells of it only when it is asked to.
fn log_answer(response: &Response, latency: Duration, _: &Span) {
    let (status, milliseconds) = (response.status().as_u16(), latency.as_millis());
    if status < 400 {
        tracing::debug!(status, milliseconds, "answered");
    } else {
        tracing::info!(status, milliseconds, "answered");
    }
}

/// Refuses what contradicts itself, adds what every answer has, and measures: one layer for it all, because each clones
/// whatever is below it for every request.
async fn attend(State(strict_transport): State<bool>, request: Request, next: Next) -> Response {
    let measurement = Measurement::start(&request);
    let mut response = match framing::refusal(&request) {
        Some(refusal) => refusal,
        None => next.run(request).await,
    };
    add_security_headers(response.headers_mut(), strict_transport);
    measurement.end(&response);
    response
}

/// Counts requests and measures how long they take.
struct Measurement {
    method: &'static str,
    /// The template of the route: paths themselves are without number.
    route: Option<MatchedPath>,
    stopwatch: Stopwatch,
}

impl Measurement {
    fn start(request: &Request) -> Self {
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
        Self { method, route: request.extensions().get().cloned(), stopwatch: Stopwatch::start() }
    }

    fn end(self, response: &Response) {
        let Self { method, route, stopwatch } = self;
        let status = match response.status().as_u16() {
            ..200 => "1xx",
            200..300 => "2xx",
            300..400 => "3xx",
            400..500 => "4xx",
            500.. => "5xx",
        };
        let route = route.as_ref().map_or("other", MatchedPath::as_str).to_owned();
        metrics::histogram!(names::HTTP_REQUEST_SECONDS, "method" => method, "route" => route.clone())
            .record(stopwatch.elapsed());
        metrics::counter!(names::HTTP_REQUESTS, "method" => method, "route" => route, "status" => status).increment(1);
    }
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
fn add_security_headers(headers: &mut HeaderMap, strict_transport: bool) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    // The filter that this header steered is gone from browsers, and was a hole of its own.
    headers.insert(header::X_XSS_PROTECTION, HeaderValue::from_static("0"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if strict_transport {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}
