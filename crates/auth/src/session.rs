//! What every endpoint that logs somebody in answers.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bugdrill_store::{NewRefreshToken, User};
use bugdrill_web::tokens::ACCESS_TOKEN_LIFETIME;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::AuthState;

/// A trial's refresh token ends when it is not used for so long. It is the trial's only key, so it lives for as long as
/// an idle trial is kept.
const TRIAL_REFRESH_DAYS: i64 = 30;

/// A trial's session ends at the latest after so long, however often it is refreshed.
const TRIAL_SESSION_DAYS: i64 = 365;

/// The tokens of a session.
#[derive(Serialize, ToSchema)]
pub(crate) struct Session {
    /// For the `Authorization` header.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// For how many seconds the access token holds.
    expires_in: u64,
    /// For `POST /auth/refresh`, once.
    refresh_token: String,
    /// Whose session this is.
    user: SessionUser,
}

/// The user of a session.
#[derive(Serialize, ToSchema)]
struct SessionUser {
    id: Uuid,
    /// Whether this is an anonymous trial.
    is_trial: bool,
    /// How many more snippets a trial may start.
    trial_snippets_remaining: Option<i32>,
}

impl Session {
    /// The session of `user` in the token family `family`, with `refresh_token` as the next to be used.
    pub(crate) fn new(state: &AuthState, user: User, family: Uuid, refresh_token: String) -> Self {
        Self {
            access_token: state.gate.tokens().issue(user.id, family, &user.role, user.is_trial),
            token_type: "Bearer",
            expires_in: ACCESS_TOKEN_LIFETIME.as_secs(),
            refresh_token,
            user: SessionUser {
                id: user.id,
                is_trial: user.is_trial,
                trial_snippets_remaining: user.trial_remaining(),
            },
        }
    }
}

/// A new refresh token: the token itself, and what is stored of it.
pub(crate) fn new_refresh_token(state: &AuthState, now: DateTime<Utc>) -> (String, NewRefreshToken) {
    let token = URL_SAFE_NO_PAD.encode(state.ambient.random_bytes::<32>());
    let stored = NewRefreshToken {
        token_hash: hash_refresh_token(&token),
        expires_at: now + TimeDelta::days(TRIAL_REFRESH_DAYS),
    };
    (token, stored)
}

/// When a session that starts now ends, however often it is refreshed.
pub(crate) fn session_end(now: DateTime<Utc>) -> DateTime<Utc> {
    now + TimeDelta::days(TRIAL_SESSION_DAYS)
}

/// What is stored of a refresh token. It has 256 random bits, so a fast hash is enough.
pub(crate) fn hash_refresh_token(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}
