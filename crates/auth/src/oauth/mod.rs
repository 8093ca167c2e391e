//! Log-in by other providers: Google by OpenID Connect, GitHub by OAuth 2 and its API.
//!
//! 1. `start`: the client makes a verifier, keeps it, and sends what it hashes to. It is told where the browser goes.
//! 2. At the provider, the user agrees, and the browser comes back with the provider's code.
//! 3. `callback`: the server exchanges that code, learns who it is, and sends the browser to the app with a one-time
//!    code of its own.
//! 4. `exchange`: the app shows that code and its verifier. Now the account is found or made, and a session starts.
//!
//! Nothing happens to accounts and trials before the last step. So those who lure somebody else's browser into a
//! log-in that they started win nothing: the code arrives where the verifier is not, and is burnt there.
//!
//! An account is found by the provider's own name for the user, which never changes, else by the e-mail address. Only
//! an address that the provider has verified counts; without one, nobody gets an account and `email_unverified` is the
//! answer, whether there is an account with that address or not.
//!
//! To add a provider: its options, a module beside `github` or one more [`OpenId`], and a line in [`Oauth::new`].

pub(crate) mod callback;
pub(crate) mod exchange;
mod github;
mod http;
pub(crate) mod list;
mod openid;
mod options;
pub(crate) mod start;

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bugdrill_platform::Ambient;
use bugdrill_store::{ProviderIdentity, ReturnedFlow};
use bugdrill_web::{Origin, Problem};
use openidconnect::url::Url;
use sha2::{Digest, Sha256};

use crate::{EmailAddress, profile::DisplayName};
use github::GitHub;
use http::HttpClient;
use openid::OpenId;

pub use options::{GitHubOptions, GoogleOptions, OauthOptions, UnusableOauthOptions};

/// The longest name of a user at a provider; OpenID Connect allows no longer one.
const MAX_SUBJECT_LENGTH: usize = 255;

/// The providers by which users may log in.
#[derive(Clone)]
pub struct Oauth(Arc<Configured>);

struct Configured {
    providers: Vec<Provider>,
    /// The web app's page for browsers that are back.
    own_page: Url,
    /// Where else they may be sent.
    return_to: Vec<Url>,
}

/// A provider.
struct Provider {
    /// Its name in paths and in the database.
    id: &'static str,
    /// Its name for people.
    name: &'static str,
    dialect: Dialect,
}

#[expect(clippy::large_enum_variant, reason = "a process has one of each")]
enum Dialect {
    OpenId(OpenId),
    GitHub(GitHub),
}

/// What makes a log-in one of a kind at the provider. Each has 256 random bits.
struct Proofs {
    /// Comes back with the browser.
    state: String,
    /// Comes back in the ID token.
    nonce: String,
    /// Is shown with the provider's code, which is worth nothing without it.
    pkce_verifier: String,
}

/// Why a provider does not say who it is. None of this holds anything that the provider wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum ProviderError {
    /// It cannot be reached, or does not answer in time.
    #[error("the provider is not available")]
    Unavailable,
    /// It does not accept the code.
    #[error("the provider refused the code")]
    Refused,
    /// It answers something else than it should.
    #[error("the provider's answer is not usable: {0}")]
    Answer(&'static str),
}

impl Oauth {
    /// The providers that the options name, for a server that people reach at `public_url`.
    pub fn new(options: &OauthOptions, public_url: &Origin, ambient: Ambient) -> Result<Self, UnusableOauthOptions> {
        options.check()?;
        let callback = |id: &str| format!("{}/auth/oauth/{id}", public_url.as_str());
        let mut providers = Vec::new();
        let google = &options.google;
        if !google.client_id.is_empty() {
            let http = HttpClient::new(&options::provider_address(&google.issuer)?, options.timeout)?;
            let dialect = Dialect::OpenId(OpenId::new(google, callback("google"), http, ambient)?);
            providers.push(Provider { id: "google", name: "Google", dialect });
        }
        let github = &options.github;
        if !github.client_id.is_empty() {
            let http = HttpClient::new(&options::provider_address(&github.base_url)?, options.timeout)?;
            let dialect = Dialect::GitHub(GitHub::new(github, callback("github"), http)?);
            providers.push(Provider { id: "github", name: "GitHub", dialect });
        }
        let own_page = options::return_address(&format!("{}/oauth", public_url.as_str()))?;
        let return_to = options.return_to.iter().map(|address| options::return_address(address));
        let return_to = return_to.collect::<Result<_, _>>()?;
        Ok(Self(Arc::new(Configured { providers, own_page, return_to })))
    }

    fn provider(&self, id: &str) -> Result<&Provider, Problem> {
        self.0.providers.iter().find(|provider| provider.id == id).ok_or_else(|| Problem::not_found("provider"))
    }

    /// The web app's page for browsers that are back.
    fn own_page(&self) -> &Url {
        &self.0.own_page
    }

    /// The web app's own page, or another one that the options allow.
    fn return_to(&self, wanted: Option<&str>) -> Option<&Url> {
        let Some(wanted) = wanted else { return Some(&self.0.own_page) };
        let wanted = Url::parse(wanted).ok()?;
        std::iter::once(&self.0.own_page).chain(&self.0.return_to).find(|allowed| **allowed == wanted)
    }
}

impl Provider {
    /// Where the browser goes.
    async fn authorization_url(&self, proofs: &Proofs) -> Result<Url, ProviderError> {
        match &self.dialect {
            Dialect::OpenId(openid) => openid.authorization_url(proofs).await,
            Dialect::GitHub(github) => Ok(github.authorization_url(proofs)),
        }
    }

    /// Whether this is what it calls itself; GitHub's name for itself is nowhere written.
    fn is_issuer(&self, issuer: &str) -> bool {
        match &self.dialect {
            Dialect::OpenId(openid) => openid.issuer() == issuer,
            Dialect::GitHub(_) => true,
        }
    }

    /// Whom the provider gave this code for, in this log-in.
    async fn identify(&self, code: String, flow: &ReturnedFlow) -> Result<ProviderIdentity, ProviderError> {
        let claimed = match &self.dialect {
            Dialect::OpenId(openid) => openid.identify(code, flow).await?,
            Dialect::GitHub(github) => github.identify(code, flow).await?,
        };
        claimed.into_identity(self.id)
    }
}

/// What a provider says of a user, as it wrote it.
struct Claimed {
    subject: String,
    /// An address, if it has verified that.
    verified_email: Option<String>,
    name: Option<String>,
}

impl Claimed {
    fn into_identity(self, provider: &str) -> Result<ProviderIdentity, ProviderError> {
        let subject = self.subject;
        if subject.is_empty() || subject.len() > MAX_SUBJECT_LENGTH || subject.chars().any(char::is_control) {
            return Err(ProviderError::Answer("it names no user"));
        }
        // An address that we could not send mail to is none.
        let email = self.verified_email.and_then(|email| EmailAddress::parse(&email).ok());
        let name = self.name.and_then(|name| DisplayName::try_from(name).ok());
        Ok(ProviderIdentity {
            provider: provider.to_owned(),
            subject,
            verified_email: email.map(|email| email.as_str().to_owned()),
            display_name: name.map(DisplayName::into_string),
        })
    }
}

/// What a verifier has to hash to (RFC 7636).
fn s256(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}
