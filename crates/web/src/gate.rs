//! Who asks, and whether they may ask so often.

use std::{
    net::{IpAddr, Ipv6Addr},
    sync::Arc,
    time::Duration,
};

use axum::{
    extract::{FromRequestParts, MatchedPath, Request},
    http::{HeaderMap, HeaderName, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use bugdrill_platform::{
    metrics as names,
    rate_limit::{Decision, Quota, RateLimiter},
};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    ClientAddress, Problem,
    tokens::{Claims, TokenError, Tokens},
};

/// How many requests the quota of the route has.
pub(crate) const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");

/// How many of them are left.
pub(crate) const RATE_LIMIT_REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");

/// How many seconds it takes until all are there again; of a refused request, until the next one is.
pub(crate) const RATE_LIMIT_RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// The user of a valid access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learner {
    /// The user.
    pub user_id: Uuid,
    /// Whether this is an anonymous trial.
    pub is_trial: bool,
}

impl From<Claims> for Learner {
    fn from(claims: Claims) -> Self {
        Self { user_id: claims.sub, is_trial: claims.trial }
    }
}

/// How requests of a route are limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateClass {
    /// Public content.
    Content,
    /// Running code.
    Execute,
    /// Creating an anonymous user.
    Anonymous,
    /// Everything else.
    Standard,
}

impl RateClass {
    /// The label in metrics.
    fn as_str(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Execute => "execute",
            Self::Anonymous => "anonymous",
            Self::Standard => "standard",
        }
    }
}

/// The limits, in requests. An address or a trial has those of its class, a full account its own everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateLimits {
    /// Content, a minute.
    pub content: u32,
    /// Runs, a minute.
    pub execute: u32,
    /// New anonymous users of an address, an hour.
    pub anonymous_users: u32,
    /// Other requests, a minute.
    pub standard: u32,
    /// Requests of a full account to a route, a minute.
    pub account: u32,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self { content: 60, execute: 30, anonymous_users: 20, standard: 10, account: 100 }
    }
}

/// Checks tokens and counts requests.
#[derive(Clone)]
pub struct Gate {
    tokens: Arc<Tokens>,
    limiter: Arc<dyn RateLimiter>,
    limits: RateLimits,
}

/// The outcome of the token check, kept with the request.
#[derive(Clone)]
struct Checked(Result<Learner, Refused>);

#[derive(Clone, Copy)]
enum Refused {
    Missing,
    Token(TokenError),
}

impl Gate {
    /// Checks tokens by `tokens` and counts by `limiter`.
    pub fn new(tokens: Arc<Tokens>, limiter: Arc<dyn RateLimiter>, limits: RateLimits) -> Self {
        Self { tokens, limiter, limits }
    }

    /// The tokens that this gate accepts.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    fn identify(&self, headers: &HeaderMap) -> Result<Learner, Refused> {
        let value = headers.get(header::AUTHORIZATION).ok_or(Refused::Missing)?;
        let token = value
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or(Refused::Token(TokenError::Invalid))?;
        self.tokens.verify(token).map(Learner::from).map_err(Refused::Token)
    }

    fn quota(&self, class: RateClass, learner: Option<&Learner>) -> Quota {
        let minute = Duration::from_mins(1);
        let account = learner.is_some_and(|learner| !learner.is_trial);
        match class {
            RateClass::Anonymous => Quota { limit: self.limits.anonymous_users, period: minute * 60 },
            _ if account => Quota { limit: self.limits.account, period: minute },
            RateClass::Content => Quota { limit: self.limits.content, period: minute },
            RateClass::Execute => Quota { limit: self.limits.execute, period: minute },
            RateClass::Standard => Quota { limit: self.limits.standard, period: minute },
        }
    }

    /// The layer's work: checks the token, counts the request, and passes it on.
    pub async fn admit(self, class: RateClass, mut request: Request, next: Next) -> Response {
        let identity = self.identify(request.headers());
        let learner = identity.as_ref().ok();
        // A new user's limit is the address's, whatever token comes along.
        let subject = match learner {
            Some(learner) if class != RateClass::Anonymous => learner.user_id.to_string(),
            _ => address(&request),
        };
        let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let key = format!("ratelimit:{subject}:{} {route}", request.method());
        let quota = self.quota(class, learner);
        let (mut response, remaining, reset) = match self.limiter.check(quota, &key).await {
            Decision::Allowed { remaining, reset } => {
                request.extensions_mut().insert(Checked(identity));
                (next.run(request).await, remaining, seconds(reset))
            }
            Decision::Limited { retry_after } => {
                metrics::counter!(names::HTTP_RATE_LIMITED, "class" => class.as_str()).increment(1);
                let wait = seconds(retry_after);
                let refusal = Problem::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "rate_limited",
                    format!("Too many requests. Try again in {wait} s."),
                );
                (refusal.retry_after(wait).into_response(), 0, wait)
            }
        };
        let headers = response.headers_mut();
        headers.insert(RATE_LIMIT, quota.limit.into());
        headers.insert(RATE_LIMIT_REMAINING, remaining.into());
        headers.insert(RATE_LIMIT_RESET, reset.into());
        response
    }
}

/// Rounded up, so that a client that waits as long as told is not refused again.
fn seconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis().div_ceil(1_000)).unwrap_or(u64::MAX).max(1)
}

/// The client's address; of IPv6 the /64, which is what one client has.
fn address(request: &Request) -> String {
    match request.extensions().get().map(|ClientAddress(address)| *address) {
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).to_string(),
        None => "unknown".into(),
    }
}

/// Puts `gate` before every route of a router, counting them as `class`.
#[macro_export]
macro_rules! admit {
    ($gate:expr, $class:expr) => {{
        let gate: $crate::Gate = $gate.clone();
        axum::middleware::from_fn(move |request: axum::extract::Request, next: axum::middleware::Next| {
            gate.clone().admit($class, request, next)
        })
    }};
}

impl<S: Send + Sync> FromRequestParts<S> for Learner {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match parts.extensions.get::<Checked>().map(|checked| checked.0.clone()) {
            Some(Ok(learner)) => Ok(learner),
            Some(Err(Refused::Token(TokenError::Expired))) => {
                Err(Problem::unauthorized("token_expired", "The access token has expired. Refresh it."))
            }
            Some(Err(Refused::Token(TokenError::Invalid))) => {
                Err(Problem::unauthorized("token_invalid", "The access token is not valid."))
            }
            Some(Err(Refused::Missing)) | None => {
                Err(Problem::unauthorized("token_missing", "Send an access token as `Authorization: Bearer …`."))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_client_is_its_network() {
        let request = |address: &str| {
            let address = ClientAddress(address.parse().unwrap());
            Request::builder().extension(address).body(axum::body::Body::empty()).unwrap()
        };
        assert_eq!(address(&request("192.0.2.7")), "192.0.2.7");
        assert_eq!(address(&request("2001:db8:1:2:3::4")), "2001:db8:1:2::");
        assert_eq!(address(&request("2001:db8:1:2:ffff::1")), address(&request("2001:db8:1:2::9")));
    }
}
