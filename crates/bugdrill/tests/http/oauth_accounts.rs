//! Whose account a log-in by a provider is.

use futures::future::join_all;
use serde_json::{Value, json};

use crate::{
    fixtures::{PAIR, PAIR_FIXED, SUM, SUM_FIXED},
    oauth::{PROVIDERS, exchange, has_account, log_in, profile, shared},
    oauth_provider::LogIn,
    second_factor::{code_at, device},
    support::{Learner, PASSWORD, TestApp},
};

/// Sets a column of an account.
async fn set(app: &TestApp, email: &str, column: &str) {
    app.database.execute(&format!("UPDATE users SET {column} WHERE email = '{email}'")).await;
}

#[tokio::test]
async fn an_address_that_the_provider_has_not_verified_is_nobodys() {
    let Some((app, provider)) = shared().await else { return };
    app.account("taken@example.com").await;
    set(app, "taken@example.com", "email_verified_at = created_at").await;
    for (number, name) in (109..).zip(PROVIDERS) {
        for email in ["taken@example.com", "free@example.com", "\"odd one\"@example.com"] {
            let is_verified = email.contains(' ');
            provider.user("unverified", number, email, is_verified).await;
            assert_eq!(LogIn::start(app, name, "unverified").await.error().await, "email_unverified");
        }
    }
    assert!(!has_account(app, "free@example.com").await);
    let owner = Learner::of(app, &app.log_in("taken@example.com", PASSWORD).await.expect(200));
    assert_eq!(profile(&owner).await["identities"], json!([]));
}

#[tokio::test]
async fn a_verified_account_with_the_same_address_is_linked_and_stays_as_it_is() {
    let Some((app, provider)) = shared().await else { return };
    let ada = app.account("linked@example.com").await;
    set(app, "linked@example.com", "email_verified_at = created_at").await;
    provider.user("linked", 111, "Linked@example.com", true).await;
    for name in PROVIDERS {
        assert_eq!(log_in(app, name, "linked").await.id, ada.id);
    }
    let profile = profile(&ada).await;
    let identity = |name: &str| json!({"provider": name, "email": "linked@example.com"});
    assert_eq!(profile["identities"], json!([identity("github"), identity("google")]));
    app.log_in("linked@example.com", PASSWORD).await.expect(200);
    ada.refresh().await.expect(200);
}

#[tokio::test]
async fn whoever_made_an_account_with_somebody_elses_address_loses_it_to_the_owner() {
    let Some((app, provider)) = shared().await else { return };
    let eve = app.account("owner@example.com").await;
    eve.submit(SUM, SUM_FIXED).await.expect(200);
    provider.user("owner", 112, "owner@example.com", true).await;
    let owner = log_in(app, "google", "owner").await;
    assert_eq!(owner.id, eve.id);
    eve.get("/auth/me").await.expect_problem(401, "session_ended");
    eve.refresh().await.expect_problem(401, "refresh_token_invalid");
    app.log_in("owner@example.com", PASSWORD).await.expect_problem(401, "credentials_invalid");
    let profile = profile(&owner).await;
    assert_eq!((&profile["email_verified"], &profile["has_password"]), (&json!(true), &json!(false)));
    assert_eq!(owner.progress().await["snippets_solved"], 1, "what was done there is kept");
    assert_eq!(log_in(app, "github", "owner").await.id, owner.id, "it is verified now");
    owner.get("/auth/me").await.expect(200);
}

#[tokio::test]
async fn a_second_factor_comes_after_the_provider_too() {
    let Some((app, provider)) = shared().await else { return };
    for (number, name) in (700..).zip(PROVIDERS) {
        let subject = format!("protected-{name}");
        provider.user(&subject, number, &format!("{subject}@example.com"), true).await;
        let learner = log_in(app, name, &subject).await;
        let device = device(&learner.post("/auth/totp").await.expect(200));
        let code = json!({"code": code_at(app, &device, 0)});
        learner.post("/auth/totp/confirm").json(&code).await.expect(200);

        let code = LogIn::start(app, name, &subject).await.code().await;
        let needed = exchange(app, name, &code).await.expect(202);
        assert_eq!((&needed["mfa_required"], &needed["access_token"]), (&json!(true), &Value::Null));
        let body = json!({"mfa_token": needed["mfa_token"], "code": code_at(app, &device, 1)});
        let session = app.post("/auth/login/second-factor").json(&body).await.expect(200);
        assert_eq!(session["user"]["id"], json!(learner.id));
        exchange(app, name, &code).await.expect_problem(401, "code_invalid");
    }
}

#[tokio::test]
async fn an_admin_without_a_verified_address_is_not_linked() {
    let Some((app, provider)) = shared().await else { return };
    let admin = app.account("admin@example.com").await;
    set(app, "admin@example.com", "role = 'admin'").await;
    provider.user("admin", 113, "admin@example.com", true).await;
    let code = LogIn::start(app, "google", "admin").await.code().await;
    exchange(app, "google", &code).await.expect_problem(403, "email_unverified");
    admin.get("/auth/me").await.expect(200);
    set(app, "admin@example.com", "email_verified_at = created_at").await;
    let linked = log_in(app, "google", "admin").await;
    assert_eq!(linked.id, admin.id);
    assert_eq!(profile(&linked).await["role"], "admin");
}

#[tokio::test]
async fn of_ten_who_come_at_once_as_the_same_somebody_all_get_one_account() {
    let Some((app, provider)) = shared().await else { return };
    provider.user("many", 114, "many-at-once@example.com", true).await;
    let learners = join_all((0..10).map(|number| log_in(app, PROVIDERS[number % 2], "many"))).await;
    assert!(learners.iter().all(|learner| learner.id == learners[0].id));
    assert_eq!(profile(&learners[0]).await["identities"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_trial_becomes_the_account_with_all_that_it_did() {
    let Some((app, provider)) = shared().await else { return };
    provider.user("trial", 115, "trial@example.com", true).await;
    let trial = app.trial().await;
    trial.submit(SUM, SUM_FIXED).await.expect(200);
    let start = trial.post("/auth/oauth/google/start");
    let code = LogIn::start_by(app, start, json!({})).await.with("login_hint", "trial").code().await;
    assert_eq!(trial.remaining().await, 4, "it is one until the client has shown who it is");
    let session = exchange(app, "google", &code).await.expect(200);
    let account = Learner::of(app, &session);
    assert_eq!((account.id, &session["user"]["trial_snippets_remaining"]), (trial.id, &Value::Null));
    assert_eq!(account.progress().await["snippets_solved"], 1);
    trial.get("/auth/me").await.expect_problem(401, "session_ended");
    trial.refresh().await.expect_problem(401, "refresh_token_invalid");

    // So it is kept in an account that there is.
    let second = app.trial().await;
    second.submit(PAIR, PAIR_FIXED).await.expect(200);
    let start = second.post("/auth/oauth/github/start");
    let code = LogIn::start_by(app, start, json!({})).await.with("login_hint", "trial").code().await;
    let session = exchange(app, "github", &code).await.expect(200);
    assert_eq!(Learner::of(app, &session).id, account.id);
    assert_eq!(account.progress().await["snippets_solved"], 2);
    second.get("/auth/me").await.expect_problem(401, "session_ended");

    // An account that starts a log-in is nobody's trial.
    provider.user("another", 116, "another@example.com", true).await;
    let start = account.post("/auth/oauth/google/start");
    let code = LogIn::start_by(app, start, json!({})).await.with("login_hint", "another").code().await;
    assert_ne!(Learner::of(app, &exchange(app, "google", &code).await.expect(200)).id, account.id);
    account.get("/auth/me").await.expect(200);
}
