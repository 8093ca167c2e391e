//! The provider that the tests log in by (`tests/oauth-provider`), and a browser that goes there.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bugdrill_auth::{GitHubOptions, GoogleOptions, OauthOptions};
use chrono::{DateTime, Utc};
use reqwest::{Url, redirect::Policy};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{Answer, PUBLIC_URL, Request, TestApp};

/// What only the client knows.
pub(crate) const VERIFIER: &str = "a-verifier-that-nobody-but-the-client-knows";

/// S256 of a verifier.
pub(crate) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

/// A client that follows nobody.
pub(crate) fn http_client() -> reqwest::Client {
    reqwest::Client::builder().redirect(Policy::none()).build().unwrap()
}

/// A process that is Google and GitHub; it ends when this is dropped, or the tests are over.
pub(crate) struct Provider {
    process: Child,
    google: String,
    github: String,
}

impl Provider {
    /// Starts one whose clock stands at `now`. `None` where it is not installed: `scripts/install-oauth-provider` says
    /// that these tests are left out then.
    pub(crate) fn start(now: DateTime<Utc>) -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oauth-provider");
        if !folder.join("node_modules/oidc-provider").is_dir() {
            assert!(std::env::var_os("CI").is_none(), "run scripts/install-oauth-provider");
            return None;
        }
        let mut process = Command::new("node")
            .args(["provider.js", &now.to_rfc3339(), PUBLIC_URL])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        let addresses: Value =
            lines.filter(|line| line.starts_with('{')).find_map(|line| serde_json::from_str(&line).ok()).unwrap();
        let address = |name: &str| addresses[name].as_str().unwrap().to_owned();
        Some(Self { process, google: address("google"), github: address("github") })
    }

    /// The options of a server that knows it.
    pub(crate) fn options(&self) -> OauthOptions {
        OauthOptions {
            google: GoogleOptions {
                client_id: "google".into(),
                client_secret: "SECRET-of-google".into(),
                issuer: self.google.clone(),
            },
            github: GitHubOptions {
                client_id: "github".into(),
                client_secret: "SECRET-of-github".into(),
                base_url: self.github.clone(),
                api_url: format!("{}/api", self.github),
            },
            ..OauthOptions::default()
        }
    }

    /// Makes an account there, or changes it.
    pub(crate) async fn account(&self, subject: &str, account: &Value) {
        self.tell(&format!("accounts/{subject}"), &account.to_string()).await;
    }

    /// Makes an account with this address at both. At GitHub, where accounts are numbered, its id is `number`.
    pub(crate) async fn user(&self, subject: &str, number: u32, email: &str, is_verified: bool) {
        let emails = [
            json!({"email": "second@example.org", "primary": false, "verified": true}),
            json!({"email": email, "primary": true, "verified": is_verified}),
        ];
        let claims = json!({"id": number, "name": "Ada L.", "email": email, "email_verified": is_verified});
        self.account(subject, &json!({"claims": claims, "emails": emails})).await;
    }

    /// Gives the OpenID provider new keys.
    pub(crate) async fn rotate(&self) {
        self.tell("rotate", "").await;
    }

    /// How often this path was asked for.
    pub(crate) async fn requests(&self, path: &str) -> u64 {
        self.tell("requests", "").await[path].as_u64().unwrap_or(0)
    }

    async fn tell(&self, what: &str, body: &str) -> Value {
        let url = format!("{}/test/{what}", self.google);
        let response = http_client().post(url).body(body.to_owned()).send().await.unwrap();
        assert_eq!(response.status(), 200);
        response.json().await.unwrap()
    }

    /// The ID token that another client of the OpenID provider gets for `login`.
    pub(crate) async fn token_of_another_client(&self, login: &LogIn<'_>) -> String {
        let login = login.clone().with("client_id", "another-google").with("code_challenge", &challenge(VERIFIER));
        let back = login.visit().await;
        let code = parameter(&back, "code").unwrap();
        let callback = format!("{PUBLIC_URL}/auth/oauth/google");
        let mut form = Url::parse("form:").unwrap();
        form.query_pairs_mut().extend_pairs([
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &callback),
            ("code_verifier", VERIFIER),
        ]);
        let request = http_client()
            .post(format!("{}/token", self.google))
            .basic_auth("another-google", Some("SECRET-of-another-google"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.query().unwrap().to_owned());
        let tokens: Value = request.send().await.unwrap().json().await.unwrap();
        tokens["id_token"].as_str().unwrap_or_else(|| panic!("{tokens}")).to_owned()
    }

    /// Ends it.
    pub(crate) fn stop(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A parameter of a URL's query.
pub(crate) fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// A log-in that the server has started.
#[derive(Clone)]
pub(crate) struct LogIn<'a> {
    app: &'a TestApp,
    pub(crate) url: Url,
}

impl<'a> LogIn<'a> {
    /// Starts one; `request` is that of whoever starts it.
    pub(crate) async fn start(app: &'a TestApp, provider: &str, subject: &str) -> Self {
        let request = app.post(&format!("/auth/oauth/{provider}/start"));
        Self::start_by(app, request, json!({})).await.with("login_hint", subject)
    }

    /// Starts one by this request, with more in its body.
    pub(crate) async fn start_by(app: &'a TestApp, request: Request<'_>, mut body: Value) -> Self {
        body["code_challenge"] = challenge(VERIFIER).into();
        let started = request.json(&body).await.expect(200);
        Self { app, url: Url::parse(started["authorization_url"].as_str().unwrap()).unwrap() }
    }

    /// Changes what the browser asks the provider for.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let kept: Vec<_> = self.url.query_pairs().into_owned().filter(|(key, _)| key != name).collect();
        self.url.query_pairs_mut().clear().extend_pairs(kept).append_pair(name, value);
        self
    }

    /// Goes to the provider and through its pages. Answers where the browser is sent back to.
    pub(crate) async fn visit(&self) -> Url {
        visit(self.url.clone()).await
    }

    /// Takes the browser back to the server, as often as it is called.
    pub(crate) async fn return_by(&self, back: &Url) -> Answer {
        let path = format!("{}?{}", back.path(), back.query().unwrap());
        self.app.get(&path).await
    }

    /// Goes to the provider and back. Answers where the server sends the browser.
    pub(crate) async fn go(&self) -> Url {
        location(&self.return_by(&self.visit().await).await)
    }

    /// Goes to the provider and back. Answers the one-time code.
    pub(crate) async fn code(&self) -> String {
        let url = self.go().await;
        parameter(&url, "code").unwrap_or_else(|| panic!("{url}"))
    }

    /// Goes to the provider and back. Answers the error.
    pub(crate) async fn error(&self) -> String {
        error_of(&self.go().await)
    }
}

/// Goes through the provider's pages, until they lead back to the server.
pub(crate) async fn visit(mut url: Url) -> Url {
    let client = http_client();
    let mut cookies = BTreeMap::new();
    loop {
        let cookie: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response = client.get(url.clone()).header("cookie", cookie.join("; ")).send().await.unwrap();
        for set in response.headers().get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        let next = response.headers().get("location").map(|next| next.to_str().unwrap().to_owned());
        let Some(next) = next else { panic!("{url}: {}", response.text().await.unwrap()) };
        url = url.join(&next).unwrap();
        if url.as_str().starts_with(PUBLIC_URL) {
            return url;
        }
    }
}

/// Where an answer sends the browser.
#[track_caller]
pub(crate) fn location(answer: &Answer) -> Url {
    assert_eq!(answer.status, 303, "{}", answer.text);
    Url::parse(answer.header("location")).unwrap()
}

/// The error with which a browser is sent to the web app.
#[track_caller]
pub(crate) fn error_of(url: &Url) -> String {
    let error = parameter(url, "error").unwrap_or_else(|| panic!("{url}"));
    assert_eq!(url.as_str(), format!("{PUBLIC_URL}/oauth?error={error}"), "and nothing else");
    error
}
