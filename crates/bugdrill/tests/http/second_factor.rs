//! The second factor: an authenticator app, and recovery codes.

use std::future::IntoFuture;

use bugdrill_store::AuditEvent;
use bugdrill_web::gate::RateLimits;
use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use totp_rs::{Algorithm, Secret, TOTP};

use crate::{
    fixtures::SUM_FIXED,
    support::{Learner, Options, PASSWORD, Request, TestApp},
};

/// How long a code holds.
const STEP: TimeDelta = TimeDelta::seconds(30);

/// An account with an authenticator app.
struct Protected<'a> {
    ada: Learner<'a>,
    device: TOTP,
    recovery_codes: Vec<String>,
}

impl<'a> Protected<'a> {
    /// Signs up, and adds an authenticator app.
    async fn new(app: &'a TestApp, email: &str) -> Self {
        let ada = app.account(email).await;
        let offered = ada.post("/auth/totp").await.expect(200);
        let device = device(&offered);
        let code = json!({"code": code_at(app, &device, 0)});
        let confirmed = ada.post("/auth/totp/confirm").json(&code).await.expect(200);
        let recovery_codes = serde_json::from_value(confirmed["recovery_codes"].clone()).unwrap();
        // The code that confirmed it is used up.
        app.clock.advance(STEP);
        Self { ada, device, recovery_codes }
    }

    fn code(&self) -> String {
        code_at(self.ada.app, &self.device, 0)
    }
}

/// An app that was given this secret.
pub(crate) fn device(offered: &Value) -> TOTP {
    let secret = Secret::Encoded(offered["secret"].as_str().unwrap().to_owned()).to_bytes().unwrap();
    assert_eq!(secret.len(), 20);
    TOTP::new_unchecked(Algorithm::SHA1, 6, 0, 30, secret)
}

/// What the device shows when its clock is so many steps ahead.
pub(crate) fn code_at(app: &TestApp, device: &TOTP, steps: i32) -> String {
    let time = app.ambient.now() + STEP * steps;
    device.generate(time.timestamp().unsigned_abs())
}

/// A code that is wrong now, and in the steps beside.
fn wrong_code(app: &TestApp, device: &TOTP) -> String {
    let right: Vec<String> = (-1..=1).map(|steps| code_at(app, device, steps)).collect();
    (0..100).map(|number| format!("{number:06}")).find(|code| !right.contains(code)).unwrap()
}

/// The token of a log-in that waits for the second factor.
async fn first_factor(app: &TestApp, email: &str) -> String {
    let answer = app.log_in(email, PASSWORD).await.expect(202);
    let expected = json!({"mfa_required": true, "mfa_token": answer["mfa_token"], "expires_in": 300});
    assert_eq!(answer, expected);
    answer["mfa_token"].as_str().unwrap().to_owned()
}

fn second_factor<'a>(app: &'a TestApp, token: &str, code: &str) -> Request<'a> {
    app.post("/auth/login/second-factor").json(&json!({"mfa_token": token, "code": code}))
}

/// How often this happened to a user.
async fn count(app: &TestApp, user: uuid::Uuid, event: AuditEvent) -> usize {
    let entries = app.store.audit().of_subject(user, 100).await.unwrap();
    entries.iter().filter(|entry| entry.event == event).count()
}

#[tokio::test]
async fn with_a_second_factor_a_password_is_half_a_log_in() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.account("ada@example.com").await;
    let other = Learner::of(&app, &app.log_in("ada@example.com", PASSWORD).await.expect(200));
    let code = |code: &str| json!({"code": code});
    ada.post("/auth/totp/confirm").json(&code("123456")).await.expect_problem(409, "second_factor_not_offered");
    ada.post("/auth/totp").await.expect(200);
    let offered = ada.post("/auth/totp").await.expect(200);
    assert!(offered["uri"].as_str().unwrap().starts_with("otpauth://totp/bugdrill:ada%40example.com?secret="));
    let device = device(&offered);
    app.log_in("ada@example.com", PASSWORD).await.expect(200);
    let wrong = wrong_code(&app, &device);
    ada.post("/auth/totp/confirm").json(&code(&wrong)).await.expect_problem(401, "code_invalid");
    assert_eq!(ada.get("/auth/me").await.expect(200)["second_factor"], false);

    let right = code_at(&app, &device, 0);
    let confirmed = ada.post("/auth/totp/confirm").json(&code(&right)).await.expect(200);
    assert_eq!(confirmed["recovery_codes"].as_array().unwrap().len(), 10);
    ada.post("/auth/totp/confirm").json(&code(&right)).await.expect_problem(409, "second_factor_enabled");
    ada.post("/auth/totp").await.expect_problem(409, "second_factor_enabled");
    assert_eq!(ada.get("/auth/me").await.expect(200)["second_factor"], true);
    other.get("/auth/me").await.expect_problem(401, "session_ended");

    let token = first_factor(&app, "ada@example.com").await;
    second_factor(&app, &token, &right).await.expect_problem(401, "code_invalid");
    app.clock.advance(STEP);
    let right = code_at(&app, &device, 0);
    let session = second_factor(&app, &token, &right).await.expect(200);
    assert_eq!(session["user"]["email"], "ada@example.com");
    Learner::of(&app, &session).get("/auth/me").await.expect(200);
    second_factor(&app, &token, &right).await.expect_problem(401, "mfa_token_invalid");
    let token = first_factor(&app, "ada@example.com").await;
    second_factor(&app, &token, &right).await.expect_problem(401, "code_invalid");
    for (event, times) in
        [(AuditEvent::SecondFactorEnabled, 1), (AuditEvent::LogInFailed, 2), (AuditEvent::LoggedIn, 3)]
    {
        assert_eq!(count(&app, ada.id, event).await, times, "{event:?}");
    }
}

#[tokio::test]
async fn of_logins_that_bring_one_code_at_once_one_succeeds() {
    let app = TestApp::start(Options::default()).await;
    let ada = Protected::new(&app, "ada@example.com").await;
    let code = ada.code();
    let mut tokens = Vec::new();
    for _ in 0..5 {
        tokens.push(first_factor(&app, "ada@example.com").await);
    }
    let answers = join_all(tokens.iter().map(|token| second_factor(&app, token, &code).into_future())).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.body["code"] == "code_invalid").count(), 4);
}

#[tokio::test]
async fn a_device_may_be_a_step_off() {
    let app = TestApp::start(Options::default()).await;
    let ada = Protected::new(&app, "ada@example.com").await;
    for (steps, status) in [(-2, 401), (2, 401), (-1, 200), (0, 200), (1, 200)] {
        let token = first_factor(&app, "ada@example.com").await;
        let code = code_at(&app, &ada.device, steps);
        let answer = second_factor(&app, &token, &code).await;
        assert_eq!(answer.status, status, "{steps} steps: {}", answer.text);
        // Far enough that no step is used already.
        app.clock.advance(STEP * 4);
    }
}

#[tokio::test]
async fn five_wrong_codes_end_a_log_in_and_ten_an_accounts_log_ins() {
    let defaults = RateLimits::default();
    let limits = RateLimits { attempts: defaults.attempts, ..Options::default().limits };
    let app = TestApp::start(Options { limits, ..Options::default() }).await;
    let ada = Protected::new(&app, "ada@example.com").await;
    let wrong = wrong_code(&app, &ada.device);
    for round in 0..2 {
        let token = first_factor(&app, "ada@example.com").await;
        for guess in 0..5 {
            // From ever new addresses.
            let from = format!("198.51.100.{}", 10 * round + guess);
            second_factor(&app, &token, &wrong).from(&from).await.expect_problem(401, "code_invalid");
        }
        second_factor(&app, &token, &ada.code()).await.expect_problem(401, "mfa_token_invalid");
    }
    let token = first_factor(&app, "ada@example.com").await;
    second_factor(&app, &token, &ada.code()).from("203.0.113.7").await.expect_problem(429, "rate_limited");
    // Others log in as ever.
    let bob = app.account("bob@example.com").await;
    bob.post("/auth/totp").await.expect(200);

    app.clock.advance(TimeDelta::minutes(15));
    let token = first_factor(&app, "ada@example.com").await;
    second_factor(&app, &token, &ada.code()).await.expect(200);
}

#[tokio::test]
async fn a_log_in_waits_five_minutes_for_its_second_factor() {
    let app = TestApp::start(Options::default()).await;
    let ada = Protected::new(&app, "ada@example.com").await;
    let token = first_factor(&app, "ada@example.com").await;
    for unknown in ["", "token", ada.ada.refresh_token.as_str()] {
        second_factor(&app, unknown, &ada.code()).await.expect_problem(401, "mfa_token_invalid");
    }
    app.get("/auth/me").token(&token).await.expect_problem(401, "token_invalid");
    app.post("/auth/refresh").json(&json!({"refresh_token": token})).await.expect_problem(401, "refresh_token_invalid");
    app.clock.advance(TimeDelta::minutes(5));
    second_factor(&app, &token, &ada.code()).await.expect_problem(401, "mfa_token_invalid");
}

#[tokio::test]
async fn a_recovery_code_stands_in_once() {
    let app = TestApp::start(Options::default()).await;
    let ada = Protected::new(&app, "ada@example.com").await;
    let eve = Protected::new(&app, "eve@example.com").await;
    let log_in = async |code: &str| second_factor(&app, &first_factor(&app, "ada@example.com").await, code).await;
    log_in(&eve.recovery_codes[0]).await.expect_problem(401, "code_invalid");
    let typed = ada.recovery_codes[0].to_lowercase().replace('-', " ");
    let session = Learner::of(&app, &log_in(&typed).await.expect(200));
    log_in(&ada.recovery_codes[0]).await.expect_problem(401, "code_invalid");
    assert_eq!(count(&app, ada.ada.id, AuditEvent::RecoveryCodeUsed).await, 1);

    let code = json!({"code": ada.recovery_codes[1]});
    let renewed = session.post("/auth/totp/recovery-codes").json(&code).await.expect(200);
    log_in(&ada.recovery_codes[2]).await.expect_problem(401, "code_invalid");
    log_in(renewed["recovery_codes"][0].as_str().unwrap()).await.expect(200);
    session.post("/auth/totp/recovery-codes").json(&code).await.expect_problem(401, "code_invalid");

    let code = json!({"code": renewed["recovery_codes"][1]});
    session.delete("/auth/totp").json(&code).await.expect(204);
    app.log_in("ada@example.com", PASSWORD).await.expect(200);
    session.delete("/auth/totp").json(&json!({"code": ada.code()})).await.expect_problem(401, "code_invalid");
    assert_eq!(session.get("/auth/me").await.expect(200)["second_factor"], false);
}

#[tokio::test]
async fn only_an_account_that_has_just_logged_in_gets_a_second_factor() {
    let app = TestApp::start(Options::default()).await;
    let trial = app.trial().await;
    trial.post("/auth/totp").await.expect_problem(403, "account_required");
    trial.post("/auth/totp/confirm").json(&json!({"code": "123456"})).await.expect_problem(403, "account_required");
    let ada = app.account("ada@example.com").await;
    let offered = ada.post("/auth/totp").await.expect(200);
    app.clock.advance(TimeDelta::minutes(10));
    ada.post("/auth/totp").await.expect_problem(403, "fresh_login_required");
    let code = json!({"code": code_at(&app, &device(&offered), 0)});
    ada.post("/auth/totp/confirm").json(&code).await.expect_problem(403, "fresh_login_required");
    ada.post("/auth/totp/confirm").json(&json!({})).await.expect_problem(422, "invalid_request");
}

#[tokio::test]
async fn editors_keep_theirs_and_are_editors_only_with_it() {
    let app = TestApp::start(Options::default()).await;
    let ada = Protected::new(&app, "ada@example.com").await;
    let bob = app.account("bob@example.com").await;
    app.execute_sql("UPDATE users SET role = 'editor'").await;
    let token = first_factor(&app, "ada@example.com").await;
    let session = second_factor(&app, &token, &ada.code()).await.expect(200);
    assert_eq!(session["user"]["role"], "editor");
    assert_eq!(bob.refresh().await.expect(200)["user"]["role"], "user");
    app.clock.advance(STEP);
    let code = json!({"code": ada.code()});
    let session = Learner::of(&app, &session);
    session.delete("/auth/totp").json(&code).await.expect_problem(403, "second_factor_required");
    session.post("/auth/totp/recovery-codes").json(&code).await.expect(200);
}

#[tokio::test]
async fn what_a_trial_did_comes_along_with_the_second_factor() {
    let app = TestApp::start(Options::default()).await;
    let ada = Protected::new(&app, "ada@example.com").await;
    let trial = app.trial().await;
    trial.submit("sum-1-python", SUM_FIXED).await.expect(200);
    let body = json!({"email": "ada@example.com", "password": PASSWORD});
    let waiting = trial.post("/auth/login").json(&body).await.expect(202);
    assert_eq!(trial.get("/api/v1/users/progress").await.expect(200)["snippets_solved"], 1);
    let token = waiting["mfa_token"].as_str().unwrap();
    let session = Learner::of(&app, &second_factor(&app, token, &ada.code()).await.expect(200));
    assert_eq!(session.id, ada.ada.id);
    assert_eq!(session.get("/api/v1/users/progress").await.expect(200)["snippets_solved"], 1);
    trial.get("/auth/me").await.expect_problem(401, "session_ended");
}

#[tokio::test]
async fn the_secret_is_stored_sealed() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.account("ada@example.com").await;
    let offered = ada.post("/auth/totp").await.expect(200);
    let secret = Secret::Encoded(offered["secret"].as_str().unwrap().to_owned()).to_bytes().unwrap();
    let stored = app.store.second_factors().find(ada.id).await.unwrap().unwrap();
    assert!(!stored.sealed_secret.windows(secret.len()).any(|bytes| bytes == secret));
    assert!(!format!("{stored:?}").contains("sealed_secret"));
}
