//! The layers around every service.

use std::{
    any::Any,
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use bugdrill_platform::{Ambient, metrics::Stopwatch};
use chrono::{DateTime, Utc};
use futures::FutureExt;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tower::{Layer, ServiceBuilder, service_fn};
use tower_http::{
    compression::{CompressionLayer, CompressionLevel},
    cors::{AllowOrigin, CorsLayer},
};
use tracing::Instrument;
use uuid::Uuid;

use crate::{
    Gate, Origin, Problem, TrustedProxies, framing,
    gate::{RATE_LIMIT, RATE_LIMIT_REMAINING, RATE_LIMIT_RESET},
    measuring::Measures,
    middleware::{Around, Inner, Middleware},
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

/// Puts the standard layers around `router`, whose routes are guarded by `gate`.
pub fn standard(router: Router, gate: &Gate, ambient: &Ambient, options: &HttpOptions) -> Router {
    with_time_limit(router, gate, ambient, options, REQUEST_TIMEOUT)
}

fn with_time_limit(
    router: Router,
    gate: &Gate,
    ambient: &Ambient,
    options: &HttpOptions,
    time_limit: Duration,
) -> Router {
    let attendant = Attendant {
        proxies: options.trusted_proxies.clone(),
        gate: gate.clone(),
        ambient: ambient.clone(),
        strict_transport: options.strict_transport,
        time_limit,
        cross_origin: (!options.allowed_origins.is_empty()).then(|| cross_origin(&options.allowed_origins)),
        request_ids: RequestIds::new(ambient),
        measures: Measures::default(),
    };
    let layers = ServiceBuilder::new()
        .layer(Around(Attend(Arc::new(attendant))))
        // What is the same for everyone brings its compressed forms along; what is not, nobody shall wait for.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(DefaultBodyLimit::max(DEFAULT_BODY_LIMIT));
    router.layer(layers)
}

/// What is done for every request.
struct Attendant {
    proxies: TrustedProxies,
    gate: Gate,
    ambient: Ambient,
    strict_transport: bool,
    time_limit: Duration,
    cross_origin: Option<CorsLayer>,
    request_ids: RequestIds,
    measures: Measures,
}

/// Names requests by UUIDv7, without asking the operating system for randomness each time. The numbers that they are
/// made of are nobody's business: they tell how many requests there are.
struct RequestIds {
    secret: [u8; 32],
    number: AtomicU64,
}

impl RequestIds {
    fn new(ambient: &Ambient) -> Self {
        Self { secret: ambient.random_bytes(), number: AtomicU64::default() }
    }

    fn next(&self, now: DateTime<Utc>) -> Uuid {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let digest: [u8; 32] =
            Sha256::new().chain_update(self.secret).chain_update(number.to_be_bytes()).finalize().into();
        let mut random = [0; 10];
        random.copy_from_slice(&digest[..10]);
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

/// Tells whose request it is and what it is called, refuses what contradicts itself, adds what every answer has,
/// measures and logs: all in one, because every layer costs each request a copy of those below it.
#[derive(Clone)]
struct Attend(Arc<Attendant>);

impl Middleware for Attend {
    async fn answer(self, mut request: Request, inner: impl Inner) -> Response {
        let Self(attendant) = self;
        let time_limit = attendant.time_limit;
        let stopwatch = Stopwatch::start();
        let (method, route): (_, Option<MatchedPath>) = (request.method().clone(), request.extensions().get().cloned());
        // What a client calls its request is not what the log calls it. Of the address the path alone: queries and
        // bodies may hold what logs must not.
        let id = attendant.request_ids.next(attendant.ambient.now());
        let span = tracing::info_span!("request", %method, path = request.uri().path(), %id);
        attendant.proxies.identify(&mut request);
        request.extensions_mut().insert(attendant.gate.clone());
        let answering = async {
            let mut response = match framing::refusal(&request) {
                Some(refusal) => refusal,
                None => match &attendant.cross_origin {
                    None => answer_always(inner, request, time_limit).await,
                    // Around all answers but to malformed requests, so that the pages of other origins can read them.
                    Some(layer) => {
                        let inner =
                            service_fn(move |request| answer_always(inner.clone(), request, time_limit).map(Ok));
                        layer.layer(inner).answer(request).await
                    }
                },
            };
            add_standard_headers(response.headers_mut(), id, attendant.strict_transport);
            let (status, took) = (response.status(), stopwatch.elapsed());
            attendant.measures.count(&method, route.as_ref(), status, took);
            log_answer(status, took);
            response
        };
        answering.instrument(span).await
    }
}

/// What went well is counted by the metrics; the log tells of it only when it is asked to.
fn log_answer(status: StatusCode, took: Duration) {
    let (status, milliseconds) = (status.as_u16(), took.as_millis());
    match status {
        ..400 => tracing::debug!(status, milliseconds, "answered"),
        400..500 => tracing::info!(status, milliseconds, "answered"),
        500.. => tracing::error!(status, milliseconds, "answered"),
    }
}

/// Answers within a time, and where a handler panics.
async fn answer_always(mut inner: impl Inner, request: Request, time_limit: Duration) -> Response {
    let answering = AssertUnwindSafe(async move { inner.answer(request).await }).catch_unwind();
    match tokio::time::timeout(time_limit, answering).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => answer_panic(panic),
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

/// What every answer has. The Content-Security-Policy belongs to pages, which bring their own.
fn add_standard_headers(headers: &mut HeaderMap, id: Uuid, strict_transport: bool) {
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
    let mut text = Uuid::encode_buffer();
    if let Ok(id) = HeaderValue::from_str(id.hyphenated().encode_lower(&mut text)) {
        headers.insert(REQUEST_ID, id);
    }
}

#[cfg(test)]
mod tests {
    use axum::{
        body::Body,
        routing::{get, post},
    };
    use bugdrill_platform::{RootSecret, ambient::testing::manual_ambient, rate_limit::EmbeddedRateLimiter};
    use bugdrill_store::testing::TestDatabase;
    use tower::ServiceExt;

    use super::*;
    use crate::{
        gate::RateLimits,
        tokens::{DEFAULT_KEY_DAYS, Tokens},
    };

    const ORIGIN: &str = "https://admin.example.com";

    /// What a page of another origin is answered, of which it sees all: its status and its code.
    async fn answer(request: axum::http::request::Builder, body: Body) -> (StatusCode, String) {
        let database = TestDatabase::sqlite();
        let store = Box::pin(database.open()).await;
        let (ambient, _) = manual_ambient();
        let tokens = Tokens::new(store.clone(), RootSecret::new([7; 32]), DEFAULT_KEY_DAYS, ambient.clone());
        let limiter = Arc::new(EmbeddedRateLimiter::new(ambient.clone()));
        let gate = Gate::new(Arc::new(tokens), store, ambient.clone(), limiter, RateLimits::default());
        let allowed_origins = vec![Origin::parse(ORIGIN).unwrap()];
        let options = HttpOptions { allowed_origins, ..HttpOptions::default() };
        let routes = Router::new()
            .route("/panics", get(async || panic!("in a handler") as &str))
            .route("/reads", post(async |text: String| text))
            .route("/guarded", get(async || "guarded").layer(crate::gate::admit(crate::RateClass::Content)));
        // No time at all: none of these handlers has to wait for anything.
        let service = with_time_limit(routes, &gate, &ambient, &options, Duration::ZERO);
        let response = service.oneshot(request.header(header::ORIGIN, ORIGIN).body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        for (name, value) in [("access-control-allow-origin", ORIGIN), ("x-content-type-options", "nosniff")] {
            assert_eq!(parts.headers[name], value);
        }
        assert_eq!(parts.headers["x-request-id"].len(), 36);
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn whatever_happens_to_a_request_it_is_answered_in_full() {
        let get = |path: &str| axum::http::Request::get(path.to_owned());
        let (status, body) = answer(get("/panics"), Body::empty()).await;
        assert!(status == 500 && body.contains("internal_error") && !body.contains("handler"), "{status} {body}");
        assert_eq!(answer(get("/nowhere"), Body::empty()).await.0, StatusCode::NOT_FOUND);
        assert_eq!(answer(get("/guarded"), Body::empty()).await.1, "guarded");
    }

    #[tokio::test]
    async fn a_body_that_does_not_arrive_is_not_waited_for_for_ever() {
        let body = Body::from_stream(futures::stream::pending::<Result<&str, std::io::Error>>());
        let (status, body) = answer(axum::http::Request::post("/reads"), body).await;
        assert!(status == StatusCode::REQUEST_TIMEOUT && body.contains("request_timeout"), "{status} {body}");
    }
}
