//! Log-in by Google and GitHub, against a provider of our own.

use std::{
    future::IntoFuture,
    net::TcpListener,
    sync::{LazyLock, Mutex},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bugdrill_auth::OauthOptions;
use bugdrill_platform::{Ambient, ambient::testing::manual_ambient};
use chrono::TimeDelta;
use futures::future::join_all;
use reqwest::Url;
use serde_json::{Value, json};
use tokio::{runtime::Runtime, sync::OnceCell};

use crate::{
    fixtures::{SUM, SUM_FIXED},
    oauth_provider::{LogIn, Provider, VERIFIER, challenge, error_of, http_client, location, parameter, visit},
    process::{Server, fails_to_start, folder, serve},
    support::{Learner, Options, PUBLIC_URL, Request, TestApp, shared_app},
};

pub(crate) const PROVIDERS: [&str; 2] = ["google", "github"];

/// A provider whose clock stands where those of the apps do.
fn start_provider() -> Option<Provider> {
    Provider::start(manual_ambient().0.now())
}

/// An app that knows this provider.
async fn start_app(oauth: OauthOptions) -> TestApp {
    TestApp::start(Options { oauth, ..Options::default() }).await
}

/// The app and the provider that most of these tests share: each works with users of its own.
pub(crate) async fn shared() -> Option<&'static (TestApp, Provider)> {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    static SHARED: OnceCell<Option<(TestApp, Provider)>> = OnceCell::const_new();
    let start = async || {
        let provider = start_provider()?;
        let app = RUNTIME.spawn(start_app(provider.options())).await.unwrap();
        Some((app, provider))
    };
    SHARED.get_or_init(start).await.as_ref()
}

/// Exchanges a one-time code.
pub(crate) fn exchange<'a>(app: &'a TestApp, provider: &str, code: &str) -> Request<'a> {
    exchange_by(app, provider, code, VERIFIER)
}

fn exchange_by<'a>(app: &'a TestApp, provider: &str, code: &str, verifier: &str) -> Request<'a> {
    app.post(&format!("/auth/oauth/{provider}")).json(&json!({"code": code, "code_verifier": verifier}))
}

/// Logs in.
pub(crate) async fn log_in<'a>(app: &'a TestApp, provider: &str, subject: &str) -> Learner<'a> {
    let code = LogIn::start(app, provider, subject).await.code().await;
    Learner::of(app, &exchange(app, provider, &code).await.expect(200))
}

pub(crate) async fn profile(learner: &Learner<'_>) -> Value {
    learner.get("/auth/me").await.expect(200)
}

/// Whether there is an account with this address.
pub(crate) async fn has_account(app: &TestApp, email: &str) -> bool {
    app.store.users().by_email(email).await.unwrap().is_some()
}

#[tokio::test]
async fn the_providers_of_a_server_are_listed() {
    let none = shared_app().await;
    assert_eq!(none.get("/auth/oauth").await.expect(200), json!({"providers": []}));
    let Some((app, _)) = shared().await else { return };
    let both = json!([{"id": "google", "name": "Google"}, {"id": "github", "name": "GitHub"}]);
    assert_eq!(app.get("/auth/oauth").await.expect(200), json!({"providers": both}));
    let body = json!({"code_challenge": challenge(VERIFIER)});
    none.post("/auth/oauth/google/start").json(&body).await.expect_problem(404, "not_found");
    app.post("/auth/oauth/gitlab/start").json(&body).await.expect_problem(404, "not_found");
    app.get("/auth/oauth/gitlab?state=x&code=y").await.expect_problem(404, "not_found");
    exchange(app, "gitlab", "code").await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn somebody_new_gets_an_account_and_comes_back_to_it() {
    let Some((app, provider)) = shared().await else { return };
    for (number, name) in (100..).zip(PROVIDERS) {
        let (subject, email) = (format!("new-{name}"), format!("New.{name}@Example.com"));
        provider.user(&subject, number, &email, true).await;
        let code = LogIn::start(app, name, &subject).await.code().await;
        let session = exchange(app, name, &code).await.expect(200);
        let email = email.to_lowercase();
        assert_eq!((&session["user"]["email"], &session["user"]["is_trial"]), (&json!(email), &json!(false)));
        let learner = Learner::of(app, &session);
        let profile = profile(&learner).await;
        assert_eq!((&profile["email_verified"], &profile["has_password"]), (&json!(true), &json!(false)));
        assert_eq!(profile["display_name"], "Ada L.");
        assert_eq!(profile["identities"], json!([{"provider": name, "email": email}]));
        learner.execute(SUM, SUM_FIXED).await.expect(200);
        assert_eq!(log_in(app, name, &subject).await.id, learner.id);
        // Addresses change; the provider's own name for the user does not.
        provider.user(&subject, number, "moved@example.com", false).await;
        assert_eq!(log_in(app, name, &subject).await.id, learner.id);
    }
}

#[tokio::test]
async fn a_browser_can_keep_the_session() {
    let Some((app, provider)) = shared().await else { return };
    provider.user("cookie", 101, "cookie@example.com", true).await;
    let code = LogIn::start(app, "google", "cookie").await.code().await;
    let request = exchange(app, "google", &code).header("bugdrill-session", "cookie").header("origin", PUBLIC_URL);
    let answer = request.await;
    assert!(answer.header("set-cookie").starts_with("__Host-bugdrill_refresh="), "{answer:?}");
    assert_eq!(answer.expect(200)["refresh_token"], Value::Null);
}

#[tokio::test]
async fn the_provider_checks_that_the_one_who_asked_brings_the_code() {
    let Some((app, provider)) = shared().await else { return };
    provider.user("pkce", 102, "pkce@example.com", true).await;
    for name in PROVIDERS {
        let login = LogIn::start(app, name, "pkce").await;
        assert_eq!(parameter(&login.url, "code_challenge_method").as_deref(), Some("S256"));
        let theirs = login.with("code_challenge", &challenge("another verifier, which this server does not have"));
        assert_eq!(theirs.error().await, "provider_failed");
    }
    assert!(!has_account(app, "pkce@example.com").await);
}

#[tokio::test]
async fn who_does_not_agree_is_sent_back_without_the_words_of_the_provider() {
    let Some((app, _)) = shared().await else { return };
    for name in PROVIDERS {
        let login = LogIn::start(app, name, "nobody").await;
        let back = login.visit().await;
        assert!(back.as_str().contains("SECRET-TEXT-OF-THE-PROVIDER"), "{back}");
        let answer = login.return_by(&back).await;
        assert_eq!(error_of(&location(&answer)), "access_denied");
        assert!(!answer.text.contains("SECRET"), "{}", answer.text);
        assert_eq!(error_of(&location(&login.return_by(&back).await)), "state_invalid", "and that once");
    }
}

#[tokio::test]
async fn a_state_is_known_once_and_at_its_provider() {
    let Some((app, provider)) = shared().await else { return };
    provider.user("state", 103, "state@example.com", true).await;
    let login = LogIn::start(app, "google", "state").await;
    let back = login.visit().await;
    let state = parameter(&back, "state").unwrap();
    let elsewhere = Url::parse(&back.as_str().replace("/google?", "/github?")).unwrap();
    assert_eq!(error_of(&location(&login.return_by(&elsewhere).await)), "state_invalid");
    for query in ["code=x", "state=", "state=x&code=x", &format!("state={state}x&code=x"), "state=x&state=y"] {
        let answer = app.get(&format!("/auth/oauth/google?{query}")).await;
        assert_eq!(error_of(&location(&answer)), "state_invalid", "{query}");
    }
    let answers = join_all((0..5).map(|_| login.return_by(&back))).await;
    let codes = answers.iter().filter_map(|answer| parameter(&location(answer), "code")).count();
    assert_eq!(codes, 1, "of five browsers that are back at once");
    assert_eq!(error_of(&location(&login.return_by(&back).await)), "state_invalid");
}

#[tokio::test]
async fn a_code_of_the_provider_works_once() {
    let Some((app, provider)) = shared().await else { return };
    provider.user("replay", 104, "replay@example.com", true).await;
    for name in PROVIDERS {
        let first = LogIn::start(app, name, "replay").await;
        let used = first.visit().await;
        location(&first.return_by(&used).await);
        let second = LogIn::start(app, name, "replay").await;
        let mut replayed = second.visit().await;
        let state = parameter(&replayed, "state").unwrap();
        let code = parameter(&used, "code").unwrap();
        replayed.query_pairs_mut().clear().extend_pairs([("state", state), ("code", code)]);
        assert_eq!(error_of(&location(&second.return_by(&replayed).await)), "provider_failed");
    }
}

#[tokio::test]
async fn an_answer_of_another_provider_is_refused() {
    let Some((app, provider)) = shared().await else { return };
    provider.user("mixed", 105, "mixed@example.com", true).await;
    let login = LogIn::start(app, "google", "mixed").await;
    let back = login.visit().await;
    let issuer = parameter(&back, "iss").unwrap();
    let theirs = back.as_str().replace(&url_encoded(&issuer), &url_encoded("https://evil.example"));
    let answer = login.return_by(&Url::parse(&theirs).unwrap()).await;
    assert_eq!(error_of(&location(&answer)), "provider_failed");
}

fn url_encoded(text: &str) -> String {
    let mut url = Url::parse("form:").unwrap();
    url.query_pairs_mut().append_pair("x", text);
    url.query().unwrap().trim_start_matches("x=").to_owned()
}

#[tokio::test]
async fn an_id_token_of_another_log_in_client_or_hand_is_refused() {
    let Some((app, provider)) = shared().await else { return };
    let claims = json!({"email": "forged@example.com", "email_verified": true});
    provider.account("forged", &json!({"claims": claims})).await;
    let login = LogIn::start(app, "google", "forged").await.with("nonce", "of-another-log-in");
    assert_eq!(login.error().await, "provider_failed");

    for forgery in ["another client", "other claims", "no signature"] {
        provider.account("forged", &json!({"claims": claims})).await;
        let login = LogIn::start(app, "google", "forged").await;
        let genuine = provider.token_of_another_client(&login).await;
        let parts: Vec<&str> = genuine.split('.').collect();
        let text = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
        let ours = text(parts[1]).replace("another-google", "google");
        assert_ne!(ours, text(parts[1]));
        let token = match forgery {
            "another client" => genuine.clone(),
            "other claims" => format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(ours), parts[2]),
            _ => format!("{}.{}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#), URL_SAFE_NO_PAD.encode(ours)),
        };
        provider.account("forged", &json!({"claims": claims, "idToken": token})).await;
        assert_eq!(login.error().await, "provider_failed", "{forgery}");
    }
    provider.account("forged", &json!({"claims": claims})).await;
    log_in(app, "google", "forged").await;
}

#[tokio::test]
async fn an_id_token_ends_a_minute_late_by_our_clock() {
    let Some(provider) = start_provider() else { return };
    let app = start_app(provider.options()).await;
    let claims = json!({"email": "late@example.com", "email_verified": true});
    provider.account("late", &json!({"claims": claims, "idTokenLifetime": 1})).await;
    let login = LogIn::start(&app, "google", "late").await;
    let (in_time, late) = (login.visit().await, LogIn::start(&app, "google", "late").await);
    app.clock.advance(TimeDelta::seconds(60));
    assert!(parameter(&location(&login.return_by(&in_time).await), "code").is_some());
    app.clock.advance(TimeDelta::seconds(1));
    assert_eq!(late.error().await, "provider_failed");
    app.clock.advance(TimeDelta::seconds(-123));
    let early = LogIn::start(&app, "google", "late").await;
    assert_eq!(early.error().await, "provider_failed", "it is from the future");
}

#[tokio::test]
async fn new_keys_of_the_provider_are_fetched_when_they_are_used() {
    let Some(provider) = start_provider() else { return };
    let app = start_app(provider.options()).await;
    provider.user("keys", 1, "keys@example.com", true).await;
    log_in(&app, "google", "keys").await;
    log_in(&app, "google", "keys").await;
    assert_eq!(provider.requests("/jwks").await, 1);
    provider.rotate().await;
    app.clock.advance(TimeDelta::seconds(10));
    log_in(&app, "google", "keys").await;
    log_in(&app, "google", "keys").await;
    assert_eq!(provider.requests("/jwks").await, 2);
}

#[tokio::test]
async fn a_provider_that_is_down_is_told_at_the_start_and_on_the_way_back() {
    let Some(provider) = start_provider() else { return };
    let app = start_app(provider.options()).await;
    provider.user("down", 1, "down@example.com", true).await;
    let mut returning = Vec::new();
    for name in PROVIDERS {
        let login = LogIn::start(&app, name, "down").await;
        let back = login.visit().await;
        returning.push((login, back));
    }
    provider.stop();
    for (login, back) in &returning {
        assert_eq!(error_of(&location(&login.return_by(back).await)), "provider_failed");
    }
    // What is known of it, is known for an hour.
    LogIn::start(&app, "google", "down").await;
    app.clock.advance(TimeDelta::hours(1));
    let body = json!({"code_challenge": challenge(VERIFIER)});
    app.post("/auth/oauth/google/start").json(&body).await.expect_problem(503, "provider_unavailable");
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_waited_for_once() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut oauth = OauthOptions { timeout: Duration::from_millis(50), ..OauthOptions::default() };
    oauth.google.client_id = "google".into();
    oauth.google.client_secret = "SECRET".into();
    oauth.google.issuer = format!("http://{}", silent.local_addr().unwrap());
    let app = start_app(oauth).await;
    let body = json!({"code_challenge": challenge(VERIFIER)});
    let starts = join_all((0..5).map(|_| app.post("/auth/oauth/google/start").json(&body).into_future())).await;
    for answer in starts {
        answer.expect_problem(503, "provider_unavailable");
    }
    silent.set_nonblocking(true).unwrap();
    assert_eq!(silent.incoming().take_while(Result::is_ok).count(), 1, "five at once asked it once");
}

#[tokio::test]
async fn a_one_time_code_is_for_the_client_that_started() {
    let Some((app, provider)) = shared().await else { return };
    provider.user("thief", 106, "thief@example.com", true).await;
    let code = LogIn::start(app, "google", "thief").await.code().await;
    let wrong = "another-verifier-that-somebody-else-thought-of";
    exchange_by(app, "google", &code, wrong).await.expect_problem(401, "code_invalid");
    exchange(app, "google", &code).await.expect_problem(401, "code_invalid");
    assert!(!has_account(app, "thief@example.com").await, "nothing happens before the client has shown who it is");

    let code = LogIn::start(app, "google", "thief").await.code().await;
    exchange(app, "github", &code).await.expect_problem(401, "code_invalid");
    exchange(app, "google", &code).await.expect_problem(401, "code_invalid");
    for (code, verifier) in [("", ""), ("guessed", VERIFIER)] {
        exchange_by(app, "google", code, verifier).await.expect_problem(401, "code_invalid");
    }
}

#[tokio::test]
async fn a_one_time_code_works_once() {
    let Some((app, provider)) = shared().await else { return };
    provider.user("once", 107, "once@example.com", true).await;
    let code = LogIn::start(app, "github", "once").await.code().await;
    let answers = join_all((0..5).map(|_| exchange(app, "github", &code).into_future())).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401, 401, 401, 401]);
    exchange(app, "github", &code).await.expect_problem(401, "code_invalid");
}

#[tokio::test]
async fn a_browser_has_ten_minutes_and_a_one_time_code_one() {
    let Some(provider) = start_provider() else { return };
    let app = start_app(provider.options()).await;
    provider.user("slow", 1, "slow@example.com", true).await;
    let [in_time, late] = [LogIn::start(&app, "github", "slow").await, LogIn::start(&app, "github", "slow").await];
    app.clock.advance(TimeDelta::minutes(10) - TimeDelta::milliseconds(1));
    let code = in_time.code().await;
    app.clock.advance(TimeDelta::milliseconds(1));
    assert_eq!(late.error().await, "state_invalid");
    app.clock.advance(TimeDelta::minutes(1));
    exchange(&app, "github", &code).await.expect_problem(401, "code_invalid");
    let forgotten = app.store.retention().forget_oauth_flows(app.ambient.now()).await.unwrap();
    assert_eq!(forgotten, 1, "the one whose browser came too late");
}

#[tokio::test]
async fn a_browser_is_sent_to_the_web_app_or_where_the_options_allow() {
    let Some((app, provider)) = shared().await else { return };
    provider.user("return", 108, "return@example.com", true).await;
    let own_page = format!("{PUBLIC_URL}/oauth");
    for return_to in ["bugdrill://oauth", &own_page] {
        let request = app.post("/auth/oauth/google/start");
        let login = LogIn::start_by(app, request, json!({"return_to": return_to})).await.with("login_hint", "return");
        let url = login.go().await;
        let code = parameter(&url, "code").unwrap();
        assert_eq!(url.as_str(), format!("{return_to}?code={code}"));
        assert_eq!(url_without_query(&url), return_to);
    }
    for return_to in [
        "",
        "/oauth",
        "https://evil.example/oauth",
        "https://drill.example.com.evil.example/oauth",
        "https://drill.example.com@evil.example/oauth",
        "https://drill.example.com/oauth/../evil",
        "https://drill.example.com/oauth?next=https://evil.example",
        "http://drill.example.com/oauth",
        "bugdrill://oauth.evil",
        "bugdrill://oauth/x",
        "evil://oauth",
        "javascript:alert(1)",
    ] {
        let body = json!({"code_challenge": challenge(VERIFIER), "return_to": return_to});
        let answer = app.post("/auth/oauth/google/start").json(&body).await;
        answer.expect_problem(422, "return_to_not_allowed");
    }
    for bad in ["", "plain", &challenge(VERIFIER)[1..], &format!("{}=", challenge(VERIFIER))] {
        let body = json!({"code_challenge": bad});
        app.post("/auth/oauth/google/start").json(&body).await.expect_problem(422, "invalid_request");
    }
}

fn url_without_query(url: &Url) -> String {
    url.as_str().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_token_that_does_not_hold_does_not_start_a_log_in() {
    let Some((app, _)) = shared().await else { return };
    let body = json!({"code_challenge": challenge(VERIFIER)});
    let start = app.post("/auth/oauth/google/start").json(&body);
    start.token("rubbish").await.expect_problem(401, "token_invalid");
}

#[tokio::test]
async fn a_provider_is_configured_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    for (option, said) in [
        (("BUGDRILL_OAUTH__GOOGLE__CLIENT_ID", "id"), "both a client id and a client secret"),
        (("BUGDRILL_OAUTH__GITHUB__CLIENT_SECRET", "SECRET-of-github"), "both a client id and a client secret"),
        (("BUGDRILL_OAUTH__RETURN_TO", r#"["bugdrill"]"#), "oauth.return_to"),
    ] {
        let message = fails_to_start(serve(folder.path()).envs([option]));
        assert!(message.contains(said) && !message.contains("SECRET"), "{message}");
    }
    let plain = [
        ("BUGDRILL_OAUTH__GOOGLE__CLIENT_ID", "id"),
        ("BUGDRILL_OAUTH__GOOGLE__CLIENT_SECRET", "SECRET"),
        ("BUGDRILL_OAUTH__GOOGLE__ISSUER", "http://accounts.google.com"),
    ];
    assert!(fails_to_start(serve(folder.path()).envs(plain)).contains("has to start with https://"));
}

#[tokio::test]
async fn the_log_tells_nothing_that_logs_somebody_in() {
    let Some(provider) = Provider::start(Ambient::system().now()) else { return };
    provider.user("logged", 1, "logged@example.com", true).await;
    let folder = folder().await;
    let options = provider.options();
    let server = Server::start_by(serve(folder.path()).envs([
        ("BUGDRILL_HTTP__PUBLIC_URL", PUBLIC_URL),
        ("BUGDRILL_OAUTH__GOOGLE__CLIENT_ID", "google"),
        ("BUGDRILL_OAUTH__GOOGLE__CLIENT_SECRET", "SECRET-of-google"),
        ("BUGDRILL_OAUTH__GOOGLE__ISSUER", &options.google.issuer),
        ("BUGDRILL_OAUTH__GITHUB__CLIENT_ID", "github"),
        ("BUGDRILL_OAUTH__GITHUB__CLIENT_SECRET", "SECRET-of-github"),
        ("BUGDRILL_OAUTH__GITHUB__BASE_URL", &options.github.base_url),
        ("BUGDRILL_OAUTH__GITHUB__API_URL", &options.github.api_url),
    ]));
    let (client, secrets) = (http_client(), Mutex::new(vec!["SECRET".to_owned(), "logged@example.com".into()]));
    let keep = |secret: String| secrets.lock().unwrap().push(secret);
    for name in PROVIDERS {
        for subject in ["logged", "nobody"] {
            let address = format!("http://{}/auth/oauth/{name}", server.address());
            let body = json!({"code_challenge": challenge(VERIFIER)});
            let started: Value =
                client.post(format!("{address}/start")).json(&body).send().await.unwrap().json().await.unwrap();
            let mut url = Url::parse(started["authorization_url"].as_str().unwrap()).unwrap();
            keep(parameter(&url, "state").unwrap());
            url.query_pairs_mut().append_pair("login_hint", subject);
            let back = visit(url).await;
            let answer = client.get(format!("{address}?{}", back.query().unwrap())).send().await.unwrap();
            let location = Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
            let Some(code) = parameter(&location, "code") else { continue };
            keep(parameter(&back, "code").unwrap());
            for verifier in [VERIFIER, "wrong"] {
                let body = json!({"code": code, "code_verifier": verifier});
                let session = client.post(&address).json(&body).send().await.unwrap();
                assert_eq!(session.status().as_u16(), if verifier == "wrong" { 401 } else { 200 });
                if let Some(token) = session.json::<Value>().await.unwrap()["refresh_token"].as_str() {
                    keep(token.to_owned());
                }
            }
            keep(code);
        }
    }
    keep(VERIFIER.to_owned());
    let log = server.stop();
    assert!(log.contains("/auth/oauth/google"), "requests are logged:\n{log}");
    for secret in secrets.lock().unwrap().iter() {
        if let Some(line) = log.lines().find(|line| line.contains(secret)) {
            panic!("the log tells {secret}: {line}");
        }
    }
}
