//! What users may ask for: all that is stored of them, and to be forgotten; and the log of what happened to them.

use bugdrill_store::AuditEvent;
use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use crate::{
    fixtures::SUM_FIXED,
    support::{Learner, Options, PASSWORD, TestApp, shared_app},
};

/// The events about a user, in the order of their names: the clock stands still.
async fn events(app: &TestApp, user: Uuid) -> Vec<String> {
    let entries = app.store.audit().of_subject(user, 100).await.unwrap();
    let mut events: Vec<String> = entries.iter().map(|entry| format!("{:?}", entry.event)).collect();
    events.sort();
    events
}

#[tokio::test]
async fn an_export_is_a_file_with_everything_and_no_secret() {
    let app = shared_app().await;
    let ada = app.account("export@example.com").await;
    ada.submit("sum-1-python", SUM_FIXED).await.expect(200);
    let answer = ada.get("/auth/me/export").await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"bugdrill.json\"");
    assert!(!answer.header("ratelimit-limit").is_empty());
    for secret in ["$2b$", ada.refresh_token.as_str(), ada.token.as_str(), "hash"] {
        assert!(!answer.text.contains(secret), "{}", answer.text);
    }
    let export = answer.expect(200);
    assert_eq!(export["profile"]["email"], "export@example.com");
    assert_eq!(export["submissions"][0]["code"], SUM_FIXED);
    assert_eq!(export["snippets"][0]["status"], "solved");
    assert_eq!(export["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(export["audit_log"].as_array().unwrap().len(), 2);
    assert_eq!(events(app, ada.id).await, ["Exported", "SignedUp"]);
    app.get("/auth/me/export").await.expect_problem(401, "token_missing");
    let trial = app.trial().await;
    assert_eq!(trial.get("/auth/me/export").await.expect(200)["profile"]["is_trial"], true);
}

#[tokio::test]
async fn an_account_is_forgotten_by_its_password_and_its_tokens_are_dead_at_once() {
    let app = shared_app().await;
    let ada = app.account("forget@example.com").await;
    let phone = Learner::of(app, &app.log_in("forget@example.com", PASSWORD).await.expect(200));
    ada.submit("sum-1-python", SUM_FIXED).await.expect(200);
    for wrong in [json!({}), json!({"password": "wrong password"})] {
        ada.delete("/auth/me").json(&wrong).await.expect_problem(401, "credentials_invalid");
    }
    ada.delete("/auth/me").json(&json!({"passwort": PASSWORD})).await.expect_problem(422, "invalid_request");
    ada.get("/auth/me").await.expect(200);

    ada.delete("/auth/me").json(&json!({"password": PASSWORD})).await.expect(204);
    for session in [&ada, &phone] {
        session.get("/auth/me").await.expect_problem(401, "session_ended");
        session.refresh().await.expect_problem(401, "refresh_token_invalid");
    }
    app.log_in("forget@example.com", PASSWORD).await.expect_problem(401, "credentials_invalid");
    let log = app.store.audit().of_subject(ada.id, 100).await.unwrap();
    assert!(log.iter().any(|entry| entry.event == AuditEvent::Deleted), "{log:?}");
    assert!(log.iter().all(|entry| entry.details.is_empty()), "{log:?}");
    let again = app.account("forget@example.com").await;
    assert_ne!(again.id, ada.id);
    assert_eq!(again.progress().await["snippets_solved"], 0);
}

#[tokio::test]
async fn an_account_without_a_password_is_forgotten_after_a_fresh_log_in() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.account("ada@example.com").await;
    app.execute_sql("UPDATE users SET password_hash = NULL").await;
    app.clock.advance(TimeDelta::minutes(10));
    let body = json!({"password": PASSWORD});
    ada.delete("/auth/me").json(&body).await.expect_problem(403, "fresh_login_required");
    app.clock.advance(TimeDelta::minutes(-1));
    ada.delete("/auth/me").json(&json!({})).await.expect(204);
    ada.get("/auth/me").await.expect_problem(401, "session_ended");
}

#[tokio::test]
async fn a_trial_is_forgotten_by_its_token() {
    let app = shared_app().await;
    let trial = app.trial().await;
    trial.delete("/auth/me").json(&json!({})).await.expect(204);
    trial.get("/auth/me").await.expect_problem(401, "session_ended");
}

#[tokio::test]
async fn a_password_is_not_guessed_by_asking_to_be_forgotten() {
    let limits = bugdrill_web::gate::RateLimits { attempts: 10, ..Options::default().limits };
    let app = TestApp::start(Options { limits, ..Options::default() }).await;
    let ada = app.account("ada@example.com").await;
    for _ in 0..10 {
        let guess = json!({"password": "guess"});
        ada.delete("/auth/me").json(&guess).await.expect_problem(401, "credentials_invalid");
    }
    ada.delete("/auth/me").json(&json!({"password": PASSWORD})).await.expect_problem(429, "rate_limited");
}

#[tokio::test]
async fn what_happens_to_an_account_is_logged() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.account("ada@example.com").await;
    app.log_in("ada@example.com", "wrong password").await.expect_problem(401, "credentials_invalid");
    app.log_in("nobody@example.com", "wrong password").await.expect_problem(401, "credentials_invalid");
    let trial = app.trial().await;
    let body = json!({"email": "ada@example.com", "password": PASSWORD});
    let phone = Learner::of(&app, &trial.post("/auth/login").json(&body).await.expect(200));
    let laptop = Learner::of(&app, &app.log_in("ada@example.com", PASSWORD).await.expect(200));
    let copied = phone.refresh().await.expect(200);
    app.post("/auth/refresh").json(&json!({"refresh_token": copied["refresh_token"]})).await.expect(200);
    phone.refresh().await.expect_problem(401, "refresh_token_invalid");
    let change = json!({"current_password": PASSWORD, "new_password": "another good password"});
    ada.post("/auth/password").json(&change).await.expect(204);
    laptop.get("/auth/me").await.expect_problem(401, "session_ended");
    ada.delete("/auth/sessions?keep_current=true").await.expect(204);
    ada.post("/auth/logout").json(&json!({"refresh_token": ada.refresh_token})).await.expect(204);
    assert_eq!(
        events(&app, ada.id).await,
        [
            "LogInFailed",
            "LoggedIn",
            "LoggedIn",
            "LoggedOut",
            "PasswordChanged",
            "RefreshTokenReused",
            "SessionEnded",
            "SignedUp",
            "TrialMerged",
        ]
    );
    for entry in app.store.audit().of_subject(ada.id, 100).await.unwrap() {
        let details = json!(entry.details).to_string();
        assert!(!details.contains('@') && !details.contains("password\":"), "{details}");
    }
}
