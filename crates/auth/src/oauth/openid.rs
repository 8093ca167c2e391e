//! OpenID Connect: a provider that signs who somebody is.

use bugdrill_platform::Ambient;
use bugdrill_store::ReturnedFlow;
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, ErrorResponse, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError,
    TokenResponse,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier,
        CoreJwsSigningAlgorithm, CoreProviderMetadata,
    },
    url::Url,
};
use secrecy::ExposeSecret;
use tokio::sync::Mutex;

use super::{Claimed, GoogleOptions, HttpClient, Proofs, ProviderError, UnusableOauthOptions};

/// After so long, a provider is asked anew for its addresses and keys.
const KNOWN_FOR: TimeDelta = TimeDelta::hours(1);

/// It is not asked more often than this, whatever it answers.
const PAUSE: TimeDelta = TimeDelta::seconds(10);

/// How far its clock may be from ours.
const LEEWAY: TimeDelta = TimeDelta::minutes(1);

/// A provider that speaks OpenID Connect.
pub(super) struct OpenId {
    client_id: ClientId,
    client_secret: ClientSecret,
    issuer: IssuerUrl,
    callback: RedirectUrl,
    http: HttpClient,
    ambient: Ambient,
    /// Locked while the provider is asked, so that it is asked once.
    known: Mutex<Known>,
}

/// What a provider says of itself: its addresses and keys.
#[derive(Default)]
struct Known {
    metadata: Option<(CoreProviderMetadata, DateTime<Utc>)>,
    failed_at: Option<DateTime<Utc>>,
}

impl OpenId {
    /// The provider of these options, which sends browsers to `callback`.
    pub(super) fn new(
        options: &GoogleOptions,
        callback: String,
        http: HttpClient,
        ambient: Ambient,
    ) -> Result<Self, UnusableOauthOptions> {
        let unusable = |address: &str| UnusableOauthOptions::Address(address.to_owned());
        Ok(Self {
            client_id: ClientId::new(options.client_id.clone()),
            client_secret: ClientSecret::new(options.client_secret.expose_secret().to_owned()),
            issuer: IssuerUrl::new(options.issuer.clone()).map_err(|_| unusable(&options.issuer))?,
            callback: RedirectUrl::new(callback.clone()).map_err(|_| unusable(&callback))?,
            http,
            ambient,
            known: Mutex::default(),
        })
    }

    pub(super) fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    pub(super) async fn authorization_url(&self, proofs: &Proofs) -> Result<Url, ProviderError> {
        let metadata = self.metadata(KNOWN_FOR).await?;
        let (state, nonce) = (proofs.state.clone(), proofs.nonce.clone());
        let verifier = PkceCodeVerifier::new(proofs.pkce_verifier.clone());
        let client = CoreClient::from_provider_metadata(metadata, self.client_id.clone(), None)
            .set_redirect_uri(self.callback.clone());
        let (url, _, _) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url)
    }

    pub(super) async fn identify(&self, code: String, flow: &ReturnedFlow) -> Result<Claimed, ProviderError> {
        let metadata = self.metadata(KNOWN_FOR).await?;
        let secret = Some(self.client_secret.clone());
        let client = CoreClient::from_provider_metadata(metadata.clone(), self.client_id.clone(), secret)
            .set_redirect_uri(self.callback.clone());
        let answer = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|_| ProviderError::Answer("it has no address for tokens"))?
            .set_pkce_verifier(PkceCodeVerifier::new(flow.pkce_verifier.clone()))
            .request_async(&self.http)
            .await
            .map_err(token_error)?;
        let token = answer.id_token().ok_or(ProviderError::Answer("there is no ID token in it"))?;
        let nonce = Nonce::new(flow.nonce.clone());
        let claims = match self.verify(&metadata, token, &nonce) {
            // The provider has new keys.
            Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
                let metadata = self.metadata(PAUSE).await?;
                self.verify(&metadata, token, &nonce)
            }
            verified => verified,
        };
        let claims = claims.map_err(|error| ProviderError::Answer(reason(&error)))?;
        // It may be for others too, but it was given to us.
        if claims.authorized_party().is_some_and(|party| *party != self.client_id) {
            return Err(ProviderError::Answer("the ID token was given to another client"));
        }
        let email = claims.email().filter(|_| claims.email_verified() == Some(true));
        Ok(Claimed {
            subject: claims.subject().to_string(),
            verified_email: email.map(|email| email.to_string()),
            name: claims.name().and_then(|name| name.get(None)).map(|name| name.to_string()),
        })
    }

    /// What an ID token says, once its signature, issuer, audience, times and nonce are found right.
    fn verify<'a>(
        &self,
        metadata: &CoreProviderMetadata,
        token: &'a CoreIdToken,
        nonce: &Nonce,
    ) -> Result<&'a CoreIdTokenClaims, ClaimsVerificationError> {
        let now = self.ambient.now();
        // As a client without a secret: that is no key for signatures.
        let verifier = CoreIdTokenVerifier::new_public_client(
            self.client_id.clone(),
            self.issuer.clone(),
            metadata.jwks().clone(),
        )
        .set_allowed_algs([CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, CoreJwsSigningAlgorithm::EcdsaP256Sha256])
        .set_time_fn(move || now - LEEWAY)
        .set_issue_time_verifier_fn(move |issued| {
            if issued <= now + LEEWAY { Ok(()) } else { Err("it is from the future".into()) }
        });
        token.claims(&verifier, nonce)
    }

    /// The provider's addresses and keys, asked for anew when they are known for longer than `max_age`.
    async fn metadata(&self, max_age: TimeDelta) -> Result<CoreProviderMetadata, ProviderError> {
        let mut known = self.known.lock().await;
        let now = self.ambient.now();
        if let Some((metadata, since)) = &known.metadata
            && now - since < max_age
        {
            return Ok(metadata.clone());
        }
        // Those who waited for an answer that did not come do not wait again, one after the other.
        if known.failed_at.is_some_and(|at| now - at < PAUSE) {
            return Err(ProviderError::Unavailable);
        }
        let Ok(metadata) = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await else {
            known.failed_at = Some(now);
            return Err(ProviderError::Unavailable);
        };
        *known = Known { metadata: Some((metadata.clone(), now)), failed_at: None };
        Ok(metadata)
    }
}

/// Why there are no tokens, without a word of the provider's.
pub(super) fn token_error<T: ErrorResponse + 'static>(error: RequestTokenError<ProviderError, T>) -> ProviderError {
    match error {
        RequestTokenError::Request(error) => error,
        RequestTokenError::ServerResponse(_) => ProviderError::Refused,
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            ProviderError::Answer("there are no tokens in it")
        }
    }
}

/// Why an ID token does not hold, without a word of it.
fn reason(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "the ID token has expired or is from the future",
        ClaimsVerificationError::InvalidAudience(_) => "the ID token is for another client",
        ClaimsVerificationError::InvalidIssuer(_) => "the ID token is of another issuer",
        ClaimsVerificationError::InvalidNonce(_) => "the ID token is of another log-in",
        ClaimsVerificationError::SignatureVerification(_) => "the ID token is not signed by the provider",
        _ => "the ID token is not valid",
    }
}
