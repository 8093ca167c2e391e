//! What every endpoint that logs somebody in answers.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use bugdrill_model::Role;
use bugdrill_store::{AuditEvent, NewRefreshToken, NewSession, User};
use bugdrill_web::{Json, Learner, Problem, tokens::ACCESS_TOKEN_LIFETIME};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AuthState,
    client::Client,
    problems::credentials_changed,
    token::{hash_token, new_token},
};

/// How long refresh tokens and sessions live.
struct Lifetimes {
    /// A refresh token ends when it is not used for so many days.
    idle_days: i64,
    /// A session ends at the latest after so many days, however often it is refreshed.
    session_days: i64,
}

/// The refresh token is a trial's only key, so it lives for as long as an idle trial is kept.
const OF_TRIALS: Lifetimes = Lifetimes { idle_days: 30, session_days: 365 };

const OF_ACCOUNTS: Lifetimes = Lifetimes { idle_days: 7, session_days: 90 };

impl Lifetimes {
    fn of(is_trial: bool) -> &'static Self {
        if is_trial { &OF_TRIALS } else { &OF_ACCOUNTS }
    }
}

/// The tokens of a session.
#[derive(Serialize, ToSchema)]
pub(crate) struct Session {
    /// For the `Authorization` header.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// For how many seconds the access token holds.
    expires_in: u64,
    /// For `POST /auth/refresh`, once; null where the browser keeps it in a cookie.
    refresh_token: Option<String>,
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
    /// The address of an account.
    email: Option<String>,
    /// What the user wants to be called.
    display_name: Option<String>,
    /// `user`, `editor` or `admin`: the rights of this session.
    role: Role,
}

/// A session on its way to the client, which keeps the refresh token itself or in a cookie.
pub(crate) struct SessionAnswer {
    status: StatusCode,
    session: Session,
    refresh_token: RefreshToken,
    client: Client,
}

/// A new refresh token.
pub(crate) struct RefreshToken {
    text: String,
    idle_days: i64,
}

impl RefreshToken {
    /// A new one of a trial or of an account.
    pub(crate) fn new(state: &AuthState, is_trial: bool) -> Self {
        Self { text: new_token(&state.ambient), idle_days: Lifetimes::of(is_trial).idle_days }
    }

    /// What is stored of it.
    pub(crate) fn stored(&self, now: DateTime<Utc>) -> NewRefreshToken {
        NewRefreshToken { token_hash: hash_token(&self.text), expires_at: now + TimeDelta::days(self.idle_days) }
    }
}

/// A session to be started, and its first refresh token.
pub(crate) fn new_session(
    state: &AuthState,
    client: &Client,
    is_trial: bool,
    second_factor: bool,
    now: DateTime<Utc>,
) -> (NewSession, RefreshToken) {
    let token = RefreshToken::new(state, is_trial);
    let session = NewSession {
        id: state.ambient.new_id(),
        client: client.name.clone(),
        token: token.stored(now),
        expires_at: now + TimeDelta::days(Lifetimes::of(is_trial).session_days),
        second_factor,
    };
    (session, token)
}

/// Logs `user` in, who has proved who they are: what a trial did, that came along, becomes theirs, the session ends whose
/// cookie is replaced, and a new one starts. `with` tells the audit log what the last proof was.
pub(crate) async fn enter(
    state: &AuthState,
    user: &User,
    trial: Option<Uuid>,
    client: Client,
    with: &str,
    second_factor: bool,
) -> Result<SessionAnswer, Problem> {
    if let Some(trial) = trial {
        state.store.users().merge_trial(trial, user.id, state.stamp()).await?;
    }
    if let Some(former) = client.presented(None) {
        end_session_of(state, &former).await?;
    }
    let stamp = state.stamp();
    let (session, token) = new_session(state, &client, false, second_factor, stamp.now);
    let started = state.store.sessions().log_in(user, session, with, stamp).await?.ok_or_else(credentials_changed)?;
    Ok(SessionAnswer::new(state, StatusCode::OK, started, token, client))
}

/// Ends the session of this refresh token, if there is one.
pub(crate) async fn end_session_of(state: &AuthState, refresh_token: &str) -> Result<(), Problem> {
    let sessions = state.store.sessions();
    if let Some((session, user)) = sessions.of_token(&hash_token(refresh_token)).await? {
        sessions.end(user, session, AuditEvent::LoggedOut, state.stamp()).await?;
    }
    Ok(())
}

impl SessionAnswer {
    /// The answer that gives `client` the tokens of a session of `user`.
    pub(crate) fn new(
        state: &AuthState,
        status: StatusCode,
        (session, user): (bugdrill_store::Session, User),
        refresh_token: RefreshToken,
        client: Client,
    ) -> Self {
        let role = user.role.in_session(session.second_factor);
        let session = Session {
            access_token: state.gate.tokens().issue(user.id, session.id, role, user.is_trial),
            token_type: "Bearer",
            expires_in: ACCESS_TOKEN_LIFETIME.as_secs(),
            refresh_token: None,
            user: SessionUser {
                id: user.id,
                is_trial: user.is_trial,
                trial_snippets_remaining: user.trial_remaining(),
                email: user.email,
                display_name: user.display_name,
                role,
            },
        };
        Self { status, session, refresh_token, client }
    }
}

impl IntoResponse for SessionAnswer {
    fn into_response(self) -> Response {
        let Self { status, mut session, refresh_token, client } = self;
        let Some(cookie) = client.cookie else {
            session.refresh_token = Some(refresh_token.text);
            return (status, Json(session)).into_response();
        };
        let seconds = TimeDelta::days(refresh_token.idle_days).num_seconds();
        (status, [(header::SET_COOKIE, cookie.keep(&refresh_token.text, seconds))], Json(session)).into_response()
    }
}

/// Who has just proved who they are may do what takes that, for so long.
const FRESH: TimeDelta = TimeDelta::minutes(10);

/// Refuses, by 403 `fresh_login_required`, a session whose user has not logged in just before.
pub(crate) fn require_fresh_log_in(state: &AuthState, learner: &Learner) -> Result<(), Problem> {
    if learner.authenticated_at + FRESH > state.ambient.now() {
        return Ok(());
    }
    let detail = "Log in again, and then do this within ten minutes.";
    Err(Problem::new(StatusCode::FORBIDDEN, "fresh_login_required", detail))
}
