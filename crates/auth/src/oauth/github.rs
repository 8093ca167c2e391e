//! GitHub: OAuth 2 for a token, its API for who somebody is.

use bugdrill_store::ReturnedFlow;
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, HttpRequest,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse, TokenUrl,
    basic::BasicClient,
    http::{Request, StatusCode, header},
    url::Url,
};
use secrecy::ExposeSecret;
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    Claimed, GitHubOptions, HttpClient, Proofs, ProviderError, UnusableOauthOptions, openid::token_error,
    options::provider_address,
};

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// GitHub.
pub(super) struct GitHub {
    client: Client,
    user: Url,
    emails: Url,
    http: HttpClient,
}

/// What `/user` answers, as far as it matters.
#[derive(Deserialize)]
struct User {
    /// Logins change, and are given to others; this does not.
    id: u64,
    name: Option<String>,
}

/// What `/user/emails` answers a list of.
#[derive(Deserialize)]
struct Email {
    #[serde(rename = "email")]
    address: String,
    primary: bool,
    verified: bool,
}

impl GitHub {
    /// The GitHub of these options, which sends browsers to `callback`.
    pub(super) fn new(
        options: &GitHubOptions,
        callback: String,
        http: HttpClient,
    ) -> Result<Self, UnusableOauthOptions> {
        let below = |base: &str, path: &str| provider_address(&format!("{}{path}", base.trim_end_matches('/')));
        let callback = RedirectUrl::new(callback.clone()).map_err(|_| UnusableOauthOptions::Address(callback))?;
        let client = BasicClient::new(ClientId::new(options.client_id.clone()))
            .set_client_secret(ClientSecret::new(options.client_secret.expose_secret().to_owned()))
            .set_auth_type(AuthType::RequestBody)
            .set_auth_uri(AuthUrl::from_url(below(&options.base_url, "/login/oauth/authorize")?))
            .set_token_uri(TokenUrl::from_url(below(&options.base_url, "/login/oauth/access_token")?))
            .set_redirect_uri(callback);
        Ok(Self {
            client,
            user: below(&options.api_url, "/user")?,
            // As many as it gives at once.
            emails: below(&options.api_url, "/user/emails?per_page=100")?,
            http,
        })
    }

    pub(super) fn authorization_url(&self, proofs: &Proofs) -> Url {
        let state = proofs.state.clone();
        let verifier = PkceCodeVerifier::new(proofs.pkce_verifier.clone());
        let (url, _) = self
            .client
            .authorize_url(move || CsrfToken::new(state))
            .add_scopes(["read:user", "user:email"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        url
    }

    pub(super) async fn identify(&self, code: String, flow: &ReturnedFlow) -> Result<Claimed, ProviderError> {
        let answer = self
            .client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(flow.pkce_verifier.clone()))
            .request_async(&self.http)
            .await
            .map_err(token_error)?;
        let token = answer.access_token().secret();
        let user: User = self.get(&self.user, token).await?;
        let emails: Vec<Email> = self.get(&self.emails, token).await?;
        let email = emails.into_iter().find(|email| email.primary && email.verified);
        Ok(Claimed { subject: user.id.to_string(), verified_email: email.map(|email| email.address), name: user.name })
    }

    /// Asks the API.
    async fn get<T: DeserializeOwned>(&self, address: &Url, token: &str) -> Result<T, ProviderError> {
        let request: HttpRequest = Request::get(address.as_str())
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::ACCEPT, "application/vnd.github+json")
            .header("x-github-api-version", "2022-11-28")
            .body(Vec::new())
            .map_err(|_| ProviderError::Answer("its access token is none"))?;
        let response = self.http.send(request).await?;
        if response.status() != StatusCode::OK {
            return Err(ProviderError::Answer("its API refuses its own access token"));
        }
        serde_json::from_slice(response.body()).map_err(|_| ProviderError::Answer("its API answers something else"))
    }
}
