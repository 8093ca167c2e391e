//! Requests, and what holds for every answer.

use std::{convert::Infallible, future::IntoFuture, net::SocketAddr, sync::LazyLock};

use axum::{
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{HeaderMap, HeaderName, HeaderValue, Method},
};
use bugdrill::server;
use futures::{FutureExt, future::BoxFuture, stream};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use super::TestApp;

/// A request under construction; awaiting it sends it.
pub(crate) struct Request<'a> {
    pub(super) app: &'a TestApp,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    pub(super) address: SocketAddr,
    /// What happens after the head was sent, and before the body is.
    pub(super) before_body: Option<BoxFuture<'static, ()>>,
}

impl Request<'_> {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.append(HeaderName::try_from(name).unwrap(), HeaderValue::try_from(value).unwrap());
        self
    }

    pub(crate) fn token(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// Sends this as JSON.
    pub(crate) fn json(self, body: &Value) -> Self {
        self.text(&body.to_string()).header("content-type", "application/json")
    }

    /// Sends these bytes, without saying what they are.
    pub(crate) fn text(mut self, body: &str) -> Self {
        self.body = body.into();
        self
    }

    /// Sends the body once this has happened, which begins when the server asks for it.
    pub(crate) fn with_body_after(mut self, event: impl Future<Output = ()> + Send + 'static) -> Self {
        self.before_body = Some(event.boxed());
        self
    }

    /// Sends it from this address.
    pub(crate) fn from(mut self, address: &str) -> Self {
        self.address.set_ip(address.parse().unwrap());
        self
    }
}

impl<'a> IntoFuture for Request<'a> {
    type Output = Answer;
    type IntoFuture = BoxFuture<'a, Answer>;

    fn into_future(self) -> Self::IntoFuture {
        async move {
            let body = match self.before_body {
                None => Body::from(self.body),
                Some(event) => Body::from_stream(stream::once(event.map(|()| Ok::<_, Infallible>(self.body)))),
            };
            let mut request = axum::http::Request::builder()
                .method(self.method.clone())
                .uri(&self.path)
                .extension(ConnectInfo(self.address))
                .body(body)
                .unwrap();
            *request.headers_mut() = self.headers;
            let answering = self.app.router.clone().oneshot(request);
            let response = self.app.runtime.spawn(answering).await.unwrap().unwrap();
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let bytes = response.into_body().collect().await.unwrap().to_bytes();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let body = serde_json::from_str(&text).unwrap_or(Value::Null);
            let answer = Answer { status, headers, bytes, text, body };
            check_every_answer(&format!("{} {}", self.method, self.path), &answer);
            answer
        }
        .boxed()
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Bytes,
    /// What of it is text.
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Answer {
    /// The body, when the status is this one.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.body
    }

    /// The body, when the problem is this one.
    #[track_caller]
    pub(crate) fn expect_problem(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.body["code"].as_str()), (status, Some(code)), "{}", self.text);
        self.body
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// The statuses that the OpenAPI document gives for a request; none for what is no operation.
fn documented_statuses(request: &str) -> Option<Vec<u16>> {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(server::document()).unwrap());
    let (method, address) = request.split_once(' ')?;
    let segments: Vec<&str> = address.split('?').next()?.split('/').collect();
    let fits = |path: &str| {
        let mut template = path.split('/');
        template.clone().count() == segments.len()
            && segments.iter().all(|segment| template.next().is_some_and(|of| of.starts_with('{') || of == *segment))
    };
    let (_, operations) = DOCUMENT["paths"].as_object()?.iter().find(|(path, _)| fits(path))?;
    let responses = operations.get(method.to_lowercase())?["responses"].as_object()?;
    Some(responses.keys().map(|status| status.parse().unwrap()).collect())
}

/// What holds for every answer of the service.
fn check_every_answer(request: &str, answer: &Answer) {
    if let Some(documented) = documented_statuses(request) {
        let is_documented = answer.status == 304 || documented.contains(&answer.status);
        assert!(is_documented, "{request} answers {}, which is not documented: {}", answer.status, answer.text);
    }
    for (name, value) in
        [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "same-origin")]
    {
        assert_eq!(answer.header(name), value, "{name} of {request}");
    }
    assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{request}");
    assert!(!answer.header("x-request-id").is_empty(), "{request}");
    let path = request.split_once(' ').unwrap().1;
    let is_service = ["/api", "/auth", "/admin/v1"].iter().any(|prefix| path.starts_with(prefix));
    let is_content = path.starts_with("/api/v1/patterns") || path.starts_with("/api/v1/snippets");
    if is_service && !(is_content && answer.header("cache-control") == "public, no-cache") {
        assert_eq!(answer.header("cache-control"), "no-store", "{request}");
    }
    if is_service && answer.status >= 400 {
        let body = &answer.body;
        assert_eq!(answer.header("content-type"), "application/problem+json", "{request}: {}", answer.text);
        let code = body["code"].as_str().unwrap_or_else(|| panic!("{request} has no code: {}", answer.text));
        assert_eq!(body["type"], format!("urn:bugdrill:problem:{code}"), "{request}");
        assert_eq!(body["status"], answer.status, "{request}");
        for member in ["title", "detail"] {
            assert!(body[member].as_str().is_some_and(|text| !text.is_empty()), "{member} of {request}");
        }
        let needs_retry_after = matches!(answer.status, 429 | 503);
        assert_eq!(answer.headers.contains_key("retry-after"), needs_retry_after, "{request}");
        assert_eq!(answer.headers.contains_key("www-authenticate"), answer.status == 401, "{request}");
    }
}
