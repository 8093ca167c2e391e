//! `POST /auth/oauth/{provider}/start`: starts a log-in by another provider.

use axum::{extract::State, http::StatusCode};
use bugdrill_store::NewOauthFlow;
use bugdrill_web::{Json, Path, Problem, Visitor, problem::BodyProblems, problems};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Proofs;
use crate::{
    Shared,
    problems::VisitorProblems,
    token::{hash_token, new_token},
};

/// Until when the browser has to be back.
const FLOW_LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// How a log-in starts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartRequest {
    /// The verifier's SHA-256 in base64url: S256 of RFC 7636.
    code_challenge: CodeChallenge,
    /// Where the browser goes with the one-time code or an error: the web app's page, which is the default, or an
    /// address that the server allows, such as `bugdrill://oauth`.
    #[serde(default)]
    return_to: Option<String>,
}

/// What a client's verifier hashes to.
#[derive(Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, min_length = 43, max_length = 43, pattern = "^[A-Za-z0-9_-]+$")]
struct CodeChallenge(String);

impl TryFrom<String> for CodeChallenge {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        if text.len() != 43 || !text.bytes().all(is_base64url) {
            return Err("a code challenge is a SHA-256 in base64url without padding");
        }
        Ok(Self(text))
    }
}

/// A log-in that has started.
#[derive(Serialize, ToSchema)]
pub(crate) struct StartedLogin {
    /// The page of the provider to open.
    authorization_url: String,
}

problems! {
    StartProviderLoginProblems {
        404: "`not_found`: the server has no such provider",
        422: "`return_to_not_allowed` or `invalid_request`",
        503: "`provider_unavailable`: the provider cannot be reached",
    }
}

/// Starts a log-in by another provider, which has to end within ten minutes.
///
/// The client makes a verifier (43 to 128 random characters of RFC 7636), keeps it, sends what it hashes to, and opens
/// the page that it is told. The browser comes back to `return_to` with a `code` for
/// `POST /auth/oauth/{provider}`, or with an `error`. The trial whose access token comes along becomes the account, or
/// is kept in it.
#[utoipa::path(
    post,
    path = "/auth/oauth/{provider}/start",
    tag = "auth",
    operation_id = "start_provider_login",
    params(("provider" = String, Path, description = "The provider's id")),
    request_body = StartRequest,
    security((), ("bearer" = [])),
    responses(
        VisitorProblems,
        BodyProblems,
        StartProviderLoginProblems,
        (status = 200, description = "The page to open", body = StartedLogin),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    Path(provider): Path<String>,
    visitor: Visitor,
    Json(request): Json<StartRequest>,
) -> Result<Json<StartedLogin>, Problem> {
    let provider = state.oauth.provider(&provider)?;
    let return_to = state.oauth.return_to(request.return_to.as_deref()).ok_or_else(|| {
        let detail = "The server sends no browser to this `return_to`.";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "return_to_not_allowed", detail)
    })?;
    let random = || new_token(&state.ambient);
    let proofs = Proofs { state: random(), nonce: random(), pkce_verifier: random() };
    let authorization_url = provider.authorization_url(&proofs).await.map_err(|error| {
        tracing::warn!(provider = provider.id, %error, "a log-in by another provider cannot start");
        let detail = format!("{} does not answer. Try again later, or log in another way.", provider.name);
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "provider_unavailable", detail).retry_after(10)
    })?;
    let now = state.ambient.now();
    let flow = NewOauthFlow {
        state_hash: hash_token(&proofs.state),
        provider: provider.id.to_owned(),
        nonce: proofs.nonce,
        pkce_verifier: proofs.pkce_verifier,
        client_challenge: request.code_challenge.0,
        return_to: return_to.to_string(),
        trial_user_id: visitor.trial(),
        expires_at: now + FLOW_LIFETIME,
    };
    state.store.oauth_flows().start(flow, now).await?;
    Ok(Json(StartedLogin { authorization_url: authorization_url.into() }))
}
