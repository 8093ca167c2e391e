//! Passwords and addresses: changing, forgetting, verifying; the links that are mailed.

use axum::http::Method;
use bugdrill_auth::PasswordOptions;
use bugdrill_store::AuditStamp;
use bugdrill_web::gate::RateLimits;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{Answer, Learner, Options, PASSWORD, PUBLIC_URL, TestApp, shared_app};

const NEW: &str = "the new password";

/// The token in the link to `page` in the newest mail to this address.
async fn token(app: &TestApp, email: &str, page: &str) -> String {
    let link = format!("{PUBLIC_URL}/{page}#token=");
    let mails = app.mails_to(&email.trim().to_lowercase()).await;
    let newest = mails.iter().rev().find_map(|mail| mail.split_once(&link));
    let (_, rest) = newest.unwrap_or_else(|| panic!("no link to {page}: {mails:#?}"));
    rest.split_whitespace().next().unwrap().to_owned()
}

async fn forgot(app: &TestApp, email: &str) -> Answer {
    app.post("/auth/password/forgot").json(&json!({ "email": email })).await
}

/// The token of a mail to set a new password.
async fn reset_token(app: &TestApp, email: &str) -> String {
    forgot(app, email).await.expect(202);
    token(app, email, "reset-password").await
}

async fn reset(app: &TestApp, token: &str, password: &str) -> Answer {
    app.post("/auth/password/reset").json(&json!({ "token": token, "password": password })).await
}

async fn verify(app: &TestApp, token: &str) -> Answer {
    app.post("/auth/email/verify").json(&json!({ "token": token })).await
}

async fn change(learner: &Learner<'_>, current: Option<&str>, new: &str) -> Answer {
    learner.post("/auth/password").json(&json!({ "current_password": current, "new_password": new })).await
}

async fn is_verified(learner: &Learner<'_>) -> Value {
    learner.get("/auth/me").await.expect(200)["email_verified"].clone()
}

#[tokio::test]
async fn who_signs_up_gets_a_link_that_verifies_the_address() {
    let app = shared_app().await;
    let ada = app.account("Verified@Example.com").await;
    assert_eq!(is_verified(&ada).await, false);
    let token = token(app, "verified@example.com", "verify-email").await;
    assert_eq!(token.len(), 43, "256 bits");
    verify(app, &token).await.expect(204);
    assert_eq!(is_verified(&ada).await, true);
    verify(app, &token).await.expect_problem(422, "token_invalid");
    verify(app, "rubbish").await.expect_problem(422, "token_invalid");
    // There is no need for another one.
    let mails = app.mails_to("verified@example.com").await.len();
    ada.post("/auth/email/verification").await.expect(202);
    assert_eq!(app.mails_to("verified@example.com").await.len(), mails);
}

#[tokio::test]
async fn another_verification_link_comes_after_a_while_and_holds_beside_the_first() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.account("ada@example.com").await;
    let first = token(&app, "ada@example.com", "verify-email").await;
    ada.post("/auth/email/verification").await.expect(202);
    assert_eq!(app.mails_to("ada@example.com").await.len(), 1, "the first has only just gone");
    app.clock.advance(TimeDelta::minutes(3));
    ada.post("/auth/email/verification").await.expect(202);
    let second = token(&app, "ada@example.com", "verify-email").await;
    assert_ne!(first, second);
    for mails in [3, 3, 3] {
        app.clock.advance(TimeDelta::minutes(3));
        ada.post("/auth/email/verification").await.expect(202);
        assert_eq!(app.mails_to("ada@example.com").await.len(), mails, "no more in an hour");
    }
    app.clock.advance(TimeDelta::days(3));
    for old in [&first, &second] {
        verify(&app, old).await.expect_problem(422, "token_invalid");
    }
    ada.post("/auth/email/verification").await.expect_problem(401, "token_expired");
    let ada = Learner::of(&app, &app.log_in("ada@example.com", PASSWORD).await.expect(200));
    ada.post("/auth/email/verification").await.expect(202);
    let third = token(&app, "ada@example.com", "verify-email").await;
    app.clock.advance(TimeDelta::minutes(3));
    ada.post("/auth/email/verification").await.expect(202);
    verify(&app, &third).await.expect(204);
    app.trial().await.post("/auth/email/verification").await.expect_problem(403, "account_required");
    app.post("/auth/email/verification").await.expect_problem(401, "token_missing");
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_a_mailed_link() {
    let app = shared_app().await;
    let ada = app.account("forgetful@example.com").await;
    let token = reset_token(app, "  Forgetful@example.COM ").await;
    reset(app, &token, NEW).await.expect(204);
    app.log_in("forgetful@example.com", PASSWORD).await.expect_problem(401, "credentials_invalid");
    let again = Learner::of(app, &app.log_in("forgetful@example.com", NEW).await.expect(200));
    assert_eq!(again.id, ada.id);
    assert_eq!(is_verified(&again).await, true, "who reads the mail has the address");
    // Whoever had a session has none any more.
    ada.get("/auth/me").await.expect_problem(401, "session_ended");
    let refresh = json!({ "refresh_token": ada.refresh_token });
    app.post("/auth/refresh").json(&refresh).await.expect_problem(401, "refresh_token_invalid");
    let notice = app.mails_to("forgetful@example.com").await.pop().unwrap();
    assert!(notice.contains("password of your bugdrill account was changed"), "{notice}");
    assert!(!notice.contains(NEW) && !notice.contains("#token="), "{notice}");
    reset(app, &token, "yet another one").await.expect_problem(422, "token_invalid");
}

#[tokio::test]
async fn an_answer_does_not_tell_whether_there_is_an_account() {
    let app = TestApp::start(Options::default()).await;
    app.account("ada@example.com").await;
    app.clock.advance(TimeDelta::minutes(3));
    let mut answers = Vec::new();
    for email in ["ada@example.com", "nobody@example.com", "not an address", ""] {
        let before = app.passwords.computations();
        let answer = forgot(&app, email).await;
        let headers: Vec<_> = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
        answers.push((answer.status, headers, answer.text, app.passwords.computations() - before));
    }
    assert_eq!(answers[0].0, 202);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(answers[0].3, 0);
    assert_eq!(app.mails_to("ada@example.com").await.len(), 2, "the first is of the sign-up");
    assert_eq!(app.mails().await.len(), 2, "and nobody else gets one");
}

#[tokio::test]
async fn a_link_for_a_new_password_ends_with_its_time_its_address_and_its_account() {
    let app = TestApp::start(Options::default()).await;
    app.account("ada@example.com").await;
    let verification = token(&app, "ada@example.com", "verify-email").await;
    let first = reset_token(&app, "ada@example.com").await;
    for (token, why) in [("", "empty"), ("rubbish", "unknown"), (verification.as_str(), "of another purpose")] {
        let answer = reset(&app, token, NEW).await;
        assert_eq!(answer.body["code"], "token_invalid", "{why}");
    }
    verify(&app, &first).await.expect_problem(422, "token_invalid");

    app.clock.advance(TimeDelta::minutes(3));
    let second = reset_token(&app, "ada@example.com").await;
    assert_ne!(first, second);
    app.clock.advance(TimeDelta::hours(1));
    for old in [&first, &second] {
        reset(&app, old, NEW).await.expect_problem(422, "token_invalid");
    }

    let third = reset_token(&app, "ada@example.com").await;
    app.execute_sql("UPDATE users SET email = 'ada@example.org'").await;
    reset(&app, &third, NEW).await.expect_problem(422, "token_invalid");
    verify(&app, &verification).await.expect_problem(422, "token_invalid");

    let fourth = reset_token(&app, "ada@example.org").await;
    app.execute_sql("DELETE FROM users").await;
    reset(&app, &fourth, NEW).await.expect_problem(422, "token_invalid");
    forgot(&app, "ada@example.org").await.expect(202);
}

#[tokio::test]
async fn a_weak_password_is_refused_and_the_link_stays_good() {
    let app = shared_app().await;
    app.account("weakly@example.com").await;
    let token = reset_token(app, "weakly@example.com").await;
    for (weak, code) in [
        ("short", "password_too_short"),
        (&"long ".repeat(15), "password_too_long"),
        ("Password123", "password_common"),
        ("Weakly@Example.com", "password_common"),
        ("nul \0 nul", "invalid_request"),
    ] {
        reset(app, &token, weak).await.expect_problem(422, code);
    }
    reset(app, &token, NEW).await.expect(204);
}

#[tokio::test]
async fn of_two_who_bring_a_link_one_sets_the_password() {
    let app = shared_app().await;
    app.account("twice@example.com").await;
    let token = reset_token(app, "twice@example.com").await;
    let (one, other) = tokio::join!(reset(app, &token, NEW), reset(app, &token, "another new one"));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 422]);
}

#[tokio::test]
async fn changing_the_password_takes_the_old_one_and_ends_the_other_sessions() {
    let app = shared_app().await;
    let ada = app.account("changing@example.com").await;
    verify(app, &token(app, "changing@example.com", "verify-email").await).await.expect(204);
    let other = Learner::of(app, &app.log_in("changing@example.com", PASSWORD).await.expect(200));
    change(&ada, Some("wrong password"), NEW).await.expect_problem(401, "credentials_invalid");
    change(&ada, None, NEW).await.expect_problem(401, "credentials_invalid");
    change(&ada, Some(PASSWORD), "changing").await.expect_problem(422, "password_common");
    other.get("/auth/me").await.expect(200);

    change(&ada, Some(PASSWORD), NEW).await.expect(204);
    ada.get("/auth/me").await.expect(200);
    other.get("/auth/me").await.expect_problem(401, "session_ended");
    app.log_in("changing@example.com", PASSWORD).await.expect_problem(401, "credentials_invalid");
    app.log_in("changing@example.com", NEW).await.expect(200);
    let notice = app.mails_to("changing@example.com").await.pop().unwrap();
    assert!(notice.contains("was changed"), "{notice}");
    app.trial()
        .await
        .post("/auth/password")
        .json(&json!({ "new_password": NEW }))
        .await
        .expect_problem(403, "account_required");
    app.post("/auth/password").json(&json!({ "new_password": NEW })).await.expect_problem(401, "token_missing");
}

#[tokio::test]
async fn an_account_without_a_password_gets_its_first_one_right_after_log_in() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.account("ada@example.com").await;
    app.execute_sql("UPDATE users SET password_hash = NULL").await;
    app.clock.advance(TimeDelta::minutes(10));
    change(&ada, None, NEW).await.expect_problem(403, "fresh_login_required");
    app.clock.advance(TimeDelta::minutes(-1));
    change(&ada, None, NEW).await.expect(204);
    app.log_in("ada@example.com", NEW).await.expect(200);
    change(&ada, None, "a third password").await.expect_problem(401, "credentials_invalid");
}

#[tokio::test]
async fn links_and_guesses_are_limited_for_each_account_and_address() {
    let limits = RateLimits { attempts: 3, credentials: 8, ..Options::default().limits };
    let app = TestApp::start(Options { limits, ..Options::default() }).await;
    let ada = app.account("ada@example.com").await;
    for _ in 0..3 {
        forgot(&app, "ada@example.com").await.expect(202);
        forgot(&app, "nobody@example.com").await.expect(202);
        change(&ada, Some("wrong password"), NEW).await.expect_problem(401, "credentials_invalid");
        ada.post("/auth/email/verification").await.expect(202);
    }
    forgot(&app, "ADA@example.com").await.expect_problem(429, "rate_limited");
    forgot(&app, "nobody@example.com").await.expect_problem(429, "rate_limited");
    change(&ada, Some(PASSWORD), NEW).await.expect_problem(429, "rate_limited");
    ada.post("/auth/email/verification").await.expect_problem(429, "rate_limited");
    // That was the last request of this address, whatever the account.
    forgot(&app, "other@example.com").await.expect_problem(429, "rate_limited");
    let elsewhere = app.post("/auth/password/forgot").json(&json!({ "email": "ada@example.com" }));
    elsewhere.from("198.51.100.7").await.expect(202);
    for _ in 0..8 {
        verify(&app, "guessed").await.expect_problem(422, "token_invalid");
        reset(&app, "guessed", NEW).await.expect_problem(422, "token_invalid");
    }
    verify(&app, "guessed").await.expect_problem(429, "rate_limited");
    reset(&app, "guessed", NEW).await.expect_problem(429, "rate_limited");
}

#[tokio::test]
async fn while_too_many_passwords_wait_others_are_asked_to_come_back() {
    let passwords = PasswordOptions { waiting: 0, ..Options::default().passwords };
    let app = TestApp::start(Options { passwords, ..Options::default() }).await;
    let ada = app.account("ada@example.com").await;
    let token = reset_token(&app, "ada@example.com").await;
    let occupied = app.passwords.occupy();
    change(&ada, Some(PASSWORD), NEW).await.expect_problem(503, "busy");
    reset(&app, &token, NEW).await.expect_problem(503, "busy");
    app.log_in("ada@example.com", PASSWORD).await.expect_problem(503, "busy");
    // What takes no password goes on.
    forgot(&app, "ada@example.com").await.expect(202);
    drop(occupied);
    reset(&app, &token, NEW).await.expect(204);
}

#[tokio::test]
async fn an_address_that_nobody_has_verified_gets_no_notices() {
    let app = shared_app().await;
    let ada = app.account("unverified@example.com").await;
    change(&ada, Some(PASSWORD), NEW).await.expect(204);
    assert_eq!(app.mails_to("unverified@example.com").await.len(), 1, "that of the sign-up");
}

#[tokio::test]
async fn who_asks_for_links_takes_none_from_the_owner() {
    let app = TestApp::start(Options::default()).await;
    app.account("ada@example.com").await;
    let first = reset_token(&app, "ada@example.com").await;
    for links in [2, 3, 3, 3, 3] {
        app.clock.advance(TimeDelta::minutes(3));
        forgot(&app, "ada@example.com").await.expect(202);
        assert_eq!(app.mails_to("ada@example.com").await.len(), 1 + links);
    }
    reset(&app, &first, NEW).await.expect(204);
}

#[tokio::test]
async fn a_session_that_ends_before_the_request_is_whole_changes_nothing() {
    let app = shared_app().await;
    for (method, path, body) in
        [(Method::POST, "/auth/password", json!({ "new_password": NEW })), (Method::DELETE, "/auth/me", json!({}))]
    {
        let email = format!("late-{}@example.com", method.as_str().to_lowercase());
        let ada = app.account(&email).await;
        // An account without a password asks for a session alone.
        app.execute_sql(&format!("UPDATE users SET password_hash = NULL WHERE email = '{email}'")).await;
        let (store, entry_id, now) = (app.store.clone(), app.ambient.new_id(), app.ambient.now());
        let end = async move {
            store.sessions().end_all(ada.id, None, AuditStamp { entry_id, now }).await.unwrap();
        };
        let answer = app.request(method, path).token(&ada.token).json(&body).with_body_after(end).await;
        assert_eq!(answer.status, 401, "{}", answer.text);
        let user = app.store.users().find(ada.id).await.unwrap().unwrap();
        assert_eq!(user.password_hash(), None);
    }
}

#[tokio::test]
async fn a_password_is_hashed_anew_when_that_shall_take_more_work() {
    let app = TestApp::start(Options::default()).await;
    let id = app.account("ada@example.com").await.id;
    let passwords = PasswordOptions { cost: 5, ..Options::default().passwords };
    let app = app.restart(Options { passwords, ..Options::default() }).await;
    for (computed, why) in [(2, "checked and hashed anew"), (1, "as it should be")] {
        let before = app.passwords.computations();
        app.log_in("ada@example.com", PASSWORD).await.expect(200);
        assert_eq!(app.passwords.computations() - before, computed, "{why}");
        let user = app.store.users().find(id).await.unwrap().unwrap();
        assert!(user.password_hash().unwrap().starts_with("$2b$05$"));
    }
    app.log_in("ada@example.com", "wrong password").await.expect_problem(401, "credentials_invalid");
}
