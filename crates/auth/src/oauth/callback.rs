//! `GET /auth/oauth/{provider}`: where a provider sends the browser when it is done.

use axum::{extract::State, response::Redirect};
use bugdrill_store::{ProviderIdentity, ReturnedFlow};
use bugdrill_web::{Path, Problem, Query, problem::PublicProblems, problems};
use chrono::TimeDelta;
use openidconnect::url::Url;
use serde::Deserialize;

use super::Provider;
use crate::{
    AuthState, Shared,
    token::{hash_token, new_token},
};

/// For how long the one-time code holds: the app exchanges it at once.
const CODE_LIFETIME: TimeDelta = TimeDelta::minutes(1);

/// The longest code of a provider, in bytes.
const MAX_CODE_LENGTH: usize = 2_048;

/// What a provider sends along. Its descriptions of errors are not read: they are not ours to show.
#[derive(Default, Deserialize)]
pub(crate) struct CallbackQuery {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    /// Who sends the browser, where the provider says it (RFC 9207).
    iss: Option<String>,
}

/// Why there is no code for the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    /// The user did not agree.
    AccessDenied,
    /// The state is unknown, has expired, or came before.
    StateInvalid,
    /// The provider does not say who it is.
    ProviderFailed,
    /// It says it, but of no account, and without an address that it has verified.
    EmailUnverified,
}

impl Failure {
    fn as_str(self) -> &'static str {
        match self {
            Self::AccessDenied => "access_denied",
            Self::StateInvalid => "state_invalid",
            Self::ProviderFailed => "provider_failed",
            Self::EmailUnverified => "email_unverified",
        }
    }
}

problems! {
    ReturnFromProviderProblems {
        404: "`not_found`: the server has no such provider",
    }
}

/// Takes a browser back from a provider, and sends it on to the app: with a `code` that holds for a minute, or with an
/// `error`, which is `access_denied`, `state_invalid`, `provider_failed` or `email_unverified`.
#[utoipa::path(
    get,
    path = "/auth/oauth/{provider}",
    tag = "auth",
    operation_id = "return_from_provider",
    params(
        ("provider" = String, Path, description = "The provider's id"),
        ("state" = Option<String>, Query, description = "Ours, repeated"),
        ("code" = Option<String>, Query, description = "The provider's code"),
        ("error" = Option<String>, Query, description = "Why there is none"),
        ("iss" = Option<String>, Query, description = "The provider, where it says so"),
    ),
    responses(
        PublicProblems,
        ReturnFromProviderProblems,
        (status = 303, description = "To the app", headers(("Location" = String, description = "`return_to`, with `code` or `error`"))),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    Path(provider): Path<String>,
    query: Result<Query<CallbackQuery>, Problem>,
) -> Result<Redirect, Problem> {
    let provider = state.oauth.provider(&provider)?;
    let query = query.map(|Query(query)| query).unwrap_or_default();
    let now = state.ambient.now();
    let code = new_token(&state.ambient);
    let flow = match &query.state {
        Some(returned) => {
            let (returned, code) = (hash_token(returned), hash_token(&code));
            state.store.oauth_flows().take(&returned, provider.id, &code, now).await?
        }
        None => None,
    };
    // Of an unknown log-in, nobody knows where it should go.
    let Some(flow) = flow else { return Ok(go_to(None, &state, "error", Failure::StateInvalid.as_str())) };
    let identity = match identify(provider, query, &flow).await {
        Ok(identity) => is_welcome(&state, &identity).await?.then_some(identity).ok_or(Failure::EmailUnverified),
        Err(failure) => Err(failure),
    };
    match identity {
        Ok(identity) => {
            let expires_at = state.ambient.now() + CODE_LIFETIME;
            state.store.oauth_flows().succeed(&hash_token(&code), &identity, expires_at).await?;
            Ok(go_to(Some(&flow), &state, "code", &code))
        }
        Err(failure) => Ok(go_to(Some(&flow), &state, "error", failure.as_str())),
    }
}

/// Whom the provider sent.
async fn identify(provider: &Provider, query: CallbackQuery, flow: &ReturnedFlow) -> Result<ProviderIdentity, Failure> {
    let fail = |reason: &dyn std::fmt::Display| {
        tracing::warn!(provider = provider.id, %reason, "a log-in by another provider failed");
        Failure::ProviderFailed
    };
    if query.iss.is_some_and(|issuer| !provider.is_issuer(&issuer)) {
        return Err(fail(&"another provider sent the browser"));
    }
    match (query.error.as_deref(), query.code) {
        (Some("access_denied"), _) => Err(Failure::AccessDenied),
        (None, Some(code)) if code.len() <= MAX_CODE_LENGTH => {
            provider.identify(code, flow).await.map_err(|error| fail(&error))
        }
        _ => Err(fail(&"the provider gave no code")),
    }
}

/// Whether there is an account for this identity, or can be.
async fn is_welcome(state: &AuthState, identity: &ProviderIdentity) -> Result<bool, Problem> {
    if identity.verified_email.is_some() {
        return Ok(true);
    }
    Ok(state.store.identities().is_known(&identity.provider, &identity.subject).await?)
}

/// Sends the browser to where the log-in wants it; one without, to the web app.
fn go_to(flow: Option<&ReturnedFlow>, state: &AuthState, name: &str, value: &str) -> Redirect {
    let wanted = flow.and_then(|flow| Url::parse(&flow.return_to).ok());
    let mut address = wanted.unwrap_or_else(|| state.oauth.own_page().clone());
    address.query_pairs_mut().append_pair(name, value);
    Redirect::to(address.as_str())
}
