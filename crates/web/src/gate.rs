//! Who asks, and whether they may ask so often.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{FromRequestParts, MatchedPath, Request},
    http::{HeaderMap, HeaderName, StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use axum_extra::headers::{Authorization, HeaderMapExt, authorization::Bearer};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bugdrill_model::Role;
use bugdrill_platform::{
    Ambient, metrics as names,
    rate_limit::{Decision, Quota, RateLimiter},
};
use bugdrill_store::{ActiveSession, Store};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    ClientAddress, Problem,
    middleware::{Around, Inner, Middleware},
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
    /// The session.
    pub session_id: Uuid,
    /// Whether this is an anonymous trial.
    pub is_trial: bool,
    /// The rights of this session. Those of editors and admins take a second factor.
    pub role: Role,
    /// When the user last proved who they are.
    pub authenticated_at: DateTime<Utc>,
}

impl From<ActiveSession> for Learner {
    fn from(active: ActiveSession) -> Self {
        Self {
            user_id: active.user_id,
            session_id: active.session.id,
            is_trial: active.is_trial,
            role: active.role,
            authenticated_at: active.session.authenticated_at,
        }
    }
}

/// Who asks, when asking takes no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor(pub Option<Learner>);

impl Visitor {
    /// The user, when it is a trial.
    pub fn trial(&self) -> Option<Uuid> {
        self.0.as_ref().filter(|learner| learner.is_trial).map(|learner| learner.user_id)
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
    /// Proving who one is, or becoming somebody.
    Credentials,
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
            Self::Credentials => "credentials",
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
    /// Requests of an address to a route that takes credentials, an hour.
    pub credentials: u32,
    /// Attempts at one account from one address, a quarter of an hour.
    pub attempts: u32,
    /// Other requests, a minute.
    pub standard: u32,
    /// Requests of a full account to a route, a minute.
    pub account: u32,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            content: 60,
            execute: 30,
            anonymous_users: 20,
            credentials: 60,
            attempts: 10,
            standard: 10,
            account: 100,
        }
    }
}

impl RateLimits {
    /// Every one of them.
    pub fn all(&self) -> [u32; 7] {
        let Self { content, execute, anonymous_users, credentials, attempts, standard, account } = *self;
        [content, execute, anonymous_users, credentials, attempts, standard, account]
    }
}

/// All addresses together have so many times the attempts of one: those who want to keep somebody out of their account
/// need many addresses, and those who guess at it gain nothing by having them.
const ADDRESSES_AT_ONE_ACCOUNT: u32 = 10;

/// Checks tokens and counts requests.
#[derive(Clone)]
pub struct Gate(Arc<Guard>);

struct Guard {
    tokens: Arc<Tokens>,
    store: Store,
    ambient: Ambient,
    limiter: Arc<dyn RateLimiter>,
    limits: RateLimits,
}

/// The outcome of the token check, kept with the request.
#[derive(Clone)]
struct Checked(Result<Learner, Refused>);

#[derive(Clone)]
enum Refused {
    Missing,
    Invalid,
    Expired,
    Ended,
}

impl Gate {
    /// Checks tokens by `tokens` and sessions by `store`, and counts by `limiter`.
    pub fn new(
        tokens: Arc<Tokens>,
        store: Store,
        ambient: Ambient,
        limiter: Arc<dyn RateLimiter>,
        limits: RateLimits,
    ) -> Self {
        Self(Arc::new(Guard { tokens, store, ambient, limiter, limits }))
    }

    /// The tokens that this gate accepts.
    pub fn tokens(&self) -> &Tokens {
        &self.0.tokens
    }

    /// What the token says of who asks. Costs no more than its signature, and nothing the next time.
    async fn read_token(&self, headers: &HeaderMap) -> Result<Result<Arc<Claims>, Refused>, Problem> {
        let bearer = match headers.typed_try_get::<Authorization<Bearer>>() {
            Ok(Some(bearer)) => bearer,
            Ok(None) => return Ok(Err(Refused::Missing)),
            Err(_) => return Ok(Err(Refused::Invalid)),
        };
        match self.0.tokens.verify(bearer.token()).await {
            Ok(claims) => Ok(Ok(claims)),
            Err(TokenError::Unavailable) => Err(Problem::unavailable("The keys of tokens cannot be read.")),
            Err(TokenError::Expired) => Ok(Err(Refused::Expired)),
            Err(TokenError::Invalid) => Ok(Err(Refused::Invalid)),
        }
    }

    /// The learner of a token, while the session goes on.
    async fn find_learner(&self, token: Result<Arc<Claims>, Refused>) -> Result<Result<Learner, Refused>, Problem> {
        let claims = match token {
            Ok(claims) => claims,
            Err(refused) => return Ok(Err(refused)),
        };
        let found = self.0.store.sessions().find(claims.sub, claims.sid, self.0.ambient.now()).await?;
        Ok(found.map(Learner::from).ok_or(Refused::Ended))
    }

    fn quota(&self, class: RateClass, claims: Option<&Claims>) -> Quota {
        let minute = Duration::from_mins(1);
        let account = claims.is_some_and(|claims| !claims.trial);
        match class {
            RateClass::Anonymous => Quota { limit: self.0.limits.anonymous_users, period: minute * 60 },
            RateClass::Credentials => Quota { limit: self.0.limits.credentials, period: minute * 60 },
            _ if account => Quota { limit: self.0.limits.account, period: minute },
            RateClass::Content => Quota { limit: self.0.limits.content, period: minute },
            RateClass::Execute => Quota { limit: self.0.limits.execute, period: minute },
            RateClass::Standard => Quota { limit: self.0.limits.standard, period: minute },
        }
    }

    /// Counts an attempt to do `what` with the account that `account` names, before anything costly is done. Whether
    /// there is such an account makes no difference.
    pub async fn attempt(&self, what: &str, account: &str, from: ClientAddress) -> Result<(), Problem> {
        let account = URL_SAFE_NO_PAD.encode(Sha256::digest(account));
        let period = Duration::from_mins(15);
        let of_all = Quota { limit: self.0.limits.attempts.saturating_mul(ADDRESSES_AT_ONE_ACCOUNT), period };
        let of_one = Quota { limit: self.0.limits.attempts, period };
        for (quota, key) in [
            (of_one, format!("attempts:{what}:{account}:{}", from.network())),
            (of_all, format!("attempts:{what}:{account}")),
        ] {
            if let Decision::Limited { retry_after } = self.0.limiter.check(quota, key).await {
                return Err(refuse(RateClass::Credentials, retry_after));
            }
        }
        Ok(())
    }
}

/// The layer of every route of this class: checks the token of a request, counts it, looks up its session, and passes
/// it on. Counting comes before anything that asks the database.
pub fn admit(class: RateClass) -> Around<Admit> {
    Around(Admit(class))
}

/// A guarded route is not within the standard layers.
#[derive(Debug, thiserror::Error)]
#[error("a route has no gate")]
struct NoGate;

/// What [`admit`] does.
#[derive(Clone, Debug)]
pub struct Admit(RateClass);

impl Middleware for Admit {
    async fn answer(self, mut request: Request, mut inner: impl Inner) -> Response {
        let Self(class) = self;
        let Some(gate) = request.extensions_mut().remove::<Gate>() else {
            return Problem::internal(&NoGate).into_response();
        };
        let token = match gate.read_token(request.headers()).await {
            Ok(token) => token,
            Err(problem) => return problem.into_response(),
        };
        let claims = token.as_deref().ok();
        // Whoever comes new, or as somebody else, is the address, whatever token comes along.
        let by_address = matches!(class, RateClass::Anonymous | RateClass::Credentials);
        let (method, extensions) = (request.method(), request.extensions());
        let route = extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let key = match (claims.filter(|_| !by_address), extensions.get::<ClientAddress>()) {
            (Some(claims), _) => format!("ratelimit:{}:{method} {route}", claims.sub),
            (None, Some(address)) => format!("ratelimit:{}:{method} {route}", address.network()),
            (None, None) => format!("ratelimit:unknown:{method} {route}"),
        };
        let quota = gate.quota(class, claims);
        let (mut response, remaining, reset) = match gate.0.limiter.check(quota, key).await {
            Decision::Allowed { remaining, reset } => {
                let response = match gate.find_learner(token).await {
                    Ok(identity) => {
                        request.extensions_mut().insert(Checked(identity));
                        inner.answer(request).await
                    }
                    Err(problem) => problem.into_response(),
                };
                (response, remaining, seconds(reset))
            }
            Decision::Limited { retry_after } => (refuse(class, retry_after).into_response(), 0, seconds(retry_after)),
        };
        let headers = response.headers_mut();
        headers.insert(RATE_LIMIT, quota.limit.into());
        headers.insert(RATE_LIMIT_REMAINING, remaining.into());
        headers.insert(RATE_LIMIT_RESET, reset.into());
        response
    }
}

fn refuse(class: RateClass, retry_after: Duration) -> Problem {
    metrics::counter!(names::HTTP_RATE_LIMITED, "class" => class.as_str()).increment(1);
    let wait = seconds(retry_after);
    let detail = format!("Too many requests. Try again in {wait} s.");
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail).retry_after(wait)
}

/// Rounded up, so that a client that waits as long as told is not refused again.
fn seconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis().div_ceil(1_000)).unwrap_or(u64::MAX).max(1)
}

impl<S: Send + Sync> FromRequestParts<S> for Learner {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Visitor(learner) = Visitor::from_request_parts(parts, state).await?;
        learner
            .ok_or_else(|| Problem::unauthorized("token_missing", "Send an access token as `Authorization: Bearer …`."))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match parts.extensions.get::<Checked>().map(|checked| checked.0.clone()) {
            Some(Ok(learner)) => Ok(Self(Some(learner))),
            Some(Err(Refused::Expired)) => {
                Err(Problem::unauthorized("token_expired", "The access token has expired. Refresh it."))
            }
            Some(Err(Refused::Invalid)) => {
                Err(Problem::unauthorized("token_invalid", "The access token is not valid."))
            }
            Some(Err(Refused::Ended)) => Err(Problem::unauthorized(
                "session_ended",
                "This session has ended. Log in again, or start a new trial.",
            )),
            Some(Err(Refused::Missing)) | None => Ok(Self(None)),
        }
    }
}
