//! The options of the providers.

use std::{net::IpAddr, time::Duration};

use openidconnect::url::{Host, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

/// How long a provider may take for an answer.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Log-in by other providers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OauthOptions {
    /// Where browsers may be sent when they are back, beside the web app's own page.
    pub return_to: Vec<String>,
    /// Google.
    pub google: GoogleOptions,
    /// GitHub.
    pub github: GitHubOptions,
    /// How long a provider may take for an answer.
    #[serde(skip, default = "timeout")]
    pub timeout: Duration,
}

/// Google, or whoever else speaks OpenID Connect.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoogleOptions {
    /// What Google calls this server; empty for no log-in by Google.
    pub client_id: String,
    /// By which it believes that.
    pub client_secret: SecretString,
    /// Who signs the ID tokens.
    pub issuer: String,
}

/// GitHub, or a GitHub Enterprise Server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GitHubOptions {
    /// What GitHub calls this server; empty for no log-in by GitHub.
    pub client_id: String,
    /// By which it believes that.
    pub client_secret: SecretString,
    /// Where its pages are.
    pub base_url: String,
    /// Where its API is.
    pub api_url: String,
}

/// Why the options cannot be used. None of this shows a secret.
#[derive(Debug, thiserror::Error)]
pub enum UnusableOauthOptions {
    /// One without the other.
    #[error("log-in by {0} needs both a client id and a client secret: set client_id and client_secret")]
    Half(&'static str),
    /// Tokens would travel where everybody can read them, or nowhere.
    #[error("`{0}` is not the address of a provider: it has to start with https://")]
    Address(String),
    /// Codes would travel to who knows where.
    #[error("`{0}` is not an address for oauth.return_to: write it like bugdrill://oauth, without query and fragment")]
    ReturnTo(String),
    /// Encrypted connections cannot be made.
    #[error("connections to providers cannot be made")]
    Connections(#[from] reqwest::Error),
}

fn timeout() -> Duration {
    TIMEOUT
}

impl Default for OauthOptions {
    fn default() -> Self {
        Self {
            return_to: vec!["bugdrill://oauth".into()],
            google: GoogleOptions {
                client_id: String::new(),
                client_secret: SecretString::default(),
                issuer: "https://accounts.google.com".into(),
            },
            github: GitHubOptions {
                client_id: String::new(),
                client_secret: SecretString::default(),
                base_url: "https://github.com".into(),
                api_url: "https://api.github.com".into(),
            },
            timeout: TIMEOUT,
        }
    }
}

impl OauthOptions {
    pub(super) fn check(&self) -> Result<(), UnusableOauthOptions> {
        let (google, github) = (&self.google, &self.github);
        for (name, id, secret) in
            [("Google", &google.client_id, &google.client_secret), ("GitHub", &github.client_id, &github.client_secret)]
        {
            if id.is_empty() != secret.expose_secret().is_empty() {
                return Err(UnusableOauthOptions::Half(name));
            }
        }
        Ok(())
    }
}

/// The address of a provider: encrypted, unless it is on this machine.
pub(super) fn provider_address(text: &str) -> Result<Url, UnusableOauthOptions> {
    let is_fine = |url: &Url| url.scheme() == "https" || (url.scheme() == "http" && is_this_machine(url));
    Url::parse(text).ok().filter(is_fine).ok_or_else(|| UnusableOauthOptions::Address(text.to_owned()))
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// An address to which a code can be added.
pub(super) fn return_address(text: &str) -> Result<Url, UnusableOauthOptions> {
    let is_fine = |url: &Url| url.query().is_none() && url.fragment().is_none();
    Url::parse(text).ok().filter(is_fine).ok_or_else(|| UnusableOauthOptions::ReturnTo(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_reached_encrypted_or_on_this_machine() {
        for good in ["https://accounts.google.com", "http://127.0.0.1:4000", "http://[::1]:4000", "http://localhost"] {
            assert!(provider_address(good).is_ok(), "{good}");
        }
        for bad in ["http://accounts.google.com", "accounts.google.com", "", "ftp://localhost", "http://127.evil.test"]
        {
            assert!(provider_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_code_goes_to_a_plain_address() {
        for good in ["bugdrill://oauth", "https://drill.example.com/oauth", "com.example.app:/oauth"] {
            assert_eq!(return_address(good).unwrap().as_str(), good);
        }
        for bad in ["", "oauth", "bugdrill://oauth?next=1", "bugdrill://oauth#x"] {
            assert!(return_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn one_half_of_a_client_is_refused_and_secrets_are_not_shown() {
        let mut options = OauthOptions::default();
        options.check().unwrap();
        options.google.client_secret = "SECRET".into();
        assert!(options.check().unwrap_err().to_string().contains("Google"));
        assert!(!format!("{options:?}").contains("SECRET"));
        options.google.client_id = "id".into();
        options.check().unwrap();
        options.github.client_id = "id".into();
        assert!(options.check().unwrap_err().to_string().contains("GitHub"));
    }
}
