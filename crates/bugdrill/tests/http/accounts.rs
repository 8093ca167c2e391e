//! Signing up, logging in, the profile.

use std::future::IntoFuture;

use futures::future::join_all;
use serde_json::{Value, json};

use crate::{
    fixtures::{SUM_FIXED, fillers},
    support::{Learner, Options, PASSWORD, TestApp, shared_app},
};

#[tokio::test]
async fn a_trial_that_signs_up_keeps_its_progress_and_is_a_trial_no_more() {
    let app = shared_app().await;
    let trial = app.trial().await;
    trial.submit("sum-1-python", SUM_FIXED).await.expect(200);
    let body = json!({"email": "Keeps@Example.com", "password": PASSWORD, "display_name": " Ada "});
    let session = trial.post("/auth/signup").json(&body).await.expect(201);
    let user = &session["user"];
    assert_eq!((&user["is_trial"], &user["trial_snippets_remaining"]), (&json!(false), &Value::Null));
    assert_eq!((&user["email"], &user["display_name"]), (&json!("keeps@example.com"), &json!("Ada")));
    let account = Learner::of(app, &session);
    assert_eq!(account.id, trial.id);
    let progress = account.get("/api/v1/users/progress").await.expect(200);
    assert_eq!(progress["snippets_solved"], 1);

    trial.get("/auth/me").await.expect_problem(401, "session_ended");
    trial.refresh().await.expect_problem(401, "refresh_token_invalid");
    let again = app.log_in("KEEPS@example.com", PASSWORD).await.expect(200);
    assert_eq!(again["user"]["id"], session["user"]["id"]);
}

#[tokio::test]
async fn a_used_up_trial_is_told_how_to_go_on_and_does_as_an_account() {
    let app = shared_app().await;
    let trial = app.trial().await;
    let slugs = fillers();
    for slug in &slugs[..5] {
        trial.execute(slug, SUM_FIXED).await.expect(200);
    }
    let refused = trial.execute(&slugs[5], SUM_FIXED).await.expect_problem(403, "trial_exhausted");
    assert!(refused["detail"].as_str().unwrap().contains("Create an account"), "{refused}");
    let body = json!({"email": "more@example.com", "password": PASSWORD});
    let account = Learner::of(app, &trial.post("/auth/signup").json(&body).await.expect(201));
    account.execute(&slugs[5], SUM_FIXED).await.expect(200);
}

#[tokio::test]
async fn a_trial_that_logs_in_brings_its_progress_along() {
    let app = shared_app().await;
    let account = app.account("merges@example.com").await;
    account.submit("sum-1-python", SUM_FIXED).await.expect(200);
    let trial = app.trial().await;
    trial.submit("sum-1-python", SUM_FIXED).await.expect(200);
    trial.submit(&fillers()[0], SUM_FIXED).await.expect(200);
    let request = app.log_in("merges@example.com", PASSWORD).token(&trial.token);
    let session = Learner::of(app, &request.await.expect(200));
    assert_eq!(session.id, account.id);
    let progress = session.get("/api/v1/users/progress").await.expect(200);
    assert_eq!((&progress["snippets_solved"], &progress["total_attempts"]), (&json!(2), &json!(3)));
    trial.get("/auth/me").await.expect_problem(401, "session_ended");
    // The same answer may be asked for again, when it was lost.
    app.log_in("merges@example.com", PASSWORD).await.expect(200);
}

#[tokio::test]
async fn an_address_has_one_account_however_it_is_written() {
    let app = shared_app().await;
    app.account("one@example.com").await;
    for email in ["one@example.com", "ONE@example.com", " one@EXAMPLE.com "] {
        let body = json!({"email": email, "password": PASSWORD});
        app.post("/auth/signup").json(&body).await.expect_problem(409, "email_taken");
    }
    for email in ["", "one", "one@", "\u{43e}ne@example.com", "one@example.com\r\nBcc: x@example.com"] {
        let body = json!({"email": email, "password": PASSWORD});
        app.post("/auth/signup").json(&body).await.expect_problem(422, "email_invalid");
    }
    let body = json!({"email": "many@example.com", "password": PASSWORD});
    let statuses = join_all((0..10).map(|_| app.post("/auth/signup").json(&body).into_future())).await;
    let mut statuses: Vec<u16> = statuses.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409, 409, 409]);
}

#[tokio::test]
async fn a_bad_password_is_refused_with_its_reason() {
    let app = shared_app().await;
    for (password, code) in [
        ("short", "password_too_short"),
        ("1234567", "password_too_short"),
        (&*"x".repeat(73), "password_too_long"),
        (&*"\u{e9}".repeat(37), "password_too_long"),
        ("password", "password_common"),
        ("PassWord", "password_common"),
        ("weak@example.com", "password_common"),
        ("zero\0zero", "invalid_request"),
    ] {
        let body = json!({"email": "weak@example.com", "password": password});
        app.post("/auth/signup").json(&body).await.expect_problem(422, code);
    }
    let longest = "\u{e9}".repeat(36);
    let body = json!({"email": "longest@example.com", "password": longest});
    app.post("/auth/signup").json(&body).await.expect(201);
    app.log_in("longest@example.com", &longest).await.expect(200);
    for other in [format!("{longest}x"), longest.to_uppercase(), format!(" {longest}")] {
        app.log_in("longest@example.com", &other).await.expect_problem(401, "credentials_invalid");
    }
}

#[tokio::test]
async fn a_failed_log_in_tells_nothing_about_the_account() {
    let app = TestApp::start(Options::default()).await;
    app.account("known@example.com").await;
    let mut answers = Vec::new();
    for (email, password) in [
        ("known@example.com", "wrong password"),
        ("unknown@example.com", "wrong password"),
        ("no address", "wrong password"),
        ("known@example.com", ""),
        ("unknown@example.com", &*"x".repeat(1000)),
        ("known@example.com", &*"x".repeat(1000)),
    ] {
        let before = app.passwords.computations();
        let answer = app.log_in(email, password).await;
        assert_eq!(app.passwords.computations(), before + 1, "{email}");
        assert_eq!(answer.header("set-cookie"), "");
        answers.push(answer.expect_problem(401, "credentials_invalid"));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    // Nor does what is written of it.
    assert_eq!(app.database.number("SELECT count(*) FROM audit_log WHERE event = 'log_in_failed'").await, 6);
}

#[tokio::test]
async fn guessing_is_stopped_before_anything_is_computed() {
    let defaults = bugdrill_web::gate::RateLimits::default();
    let limits = bugdrill_web::gate::RateLimits { attempts: defaults.attempts, ..Options::default().limits };
    let app = TestApp::start(Options { limits, ..Options::default() }).await;
    app.account("ada@example.com").await;
    let before = app.passwords.computations();
    let mut refused = 0;
    for guess in 0..1_000 {
        // From ever new addresses, in ever new letters.
        let email = if guess % 2 == 0 { "ada@example.com" } else { "ADA@Example.com" };
        let from = format!("198.51.{}.{}", guess / 200, guess % 200);
        let answer = app.log_in(email, &format!("guess {guess}")).from(&from).await;
        if answer.status == 429 {
            assert!(answer.header("retry-after").parse::<u64>().unwrap() <= 15 * 60);
            answer.expect_problem(429, "rate_limited");
            refused += 1;
        }
    }
    assert_eq!((refused, app.passwords.computations() - before), (900, 100));
    app.log_in("ada@example.com", PASSWORD).await.expect_problem(429, "rate_limited");
    app.log_in("other@example.com", PASSWORD).await.expect_problem(401, "credentials_invalid");
    app.clock.advance(chrono::TimeDelta::minutes(15));
    app.log_in("ada@example.com", PASSWORD).await.expect(200);
}

#[tokio::test]
async fn one_address_has_ten_attempts_at_an_account_and_others_have_theirs() {
    let limits = bugdrill_web::gate::RateLimits { attempts: 10, ..Options::default().limits };
    let app = TestApp::start(Options { limits, ..Options::default() }).await;
    app.account("ada@example.com").await;
    let guess = |from: &'static str| app.log_in("ada@example.com", "guess").from(from);
    for _ in 0..10 {
        guess("203.0.113.1").await.expect_problem(401, "credentials_invalid");
    }
    guess("203.0.113.1").await.expect_problem(429, "rate_limited");
    app.log_in("ada@example.com", PASSWORD).from("203.0.113.2").await.expect(200);
}

#[tokio::test]
async fn a_profile_is_read_and_changed() {
    let app = shared_app().await;
    let ada = app.account("profile@example.com").await;
    let profile = ada.get("/auth/me").await.expect(200);
    let expected = json!({
        "id": ada.id, "email": "profile@example.com", "email_verified": false, "display_name": null, "role": "user",
        "is_trial": false, "trial_snippets_remaining": null, "preferred_language": null, "time_zone": null,
        "shows_streak": true, "is_on_leaderboards": true, "is_in_leagues": false,
        "has_password": true, "second_factor": false, "identities": [], "created_at": profile["created_at"],
    });
    assert_eq!(profile, expected);
    let change = json!({"display_name": " Ada L. ", "preferred_language": "python", "time_zone": "Europe/Paris"});
    let profile = ada.patch("/auth/me").json(&change).await.expect(200);
    assert_eq!((&profile["display_name"], &profile["time_zone"]), (&json!("Ada L."), &json!("Europe/Paris")));
    let profile = ada.patch("/auth/me").json(&json!({"display_name": null})).await.expect(200);
    assert_eq!((&profile["display_name"], &profile["preferred_language"]), (&Value::Null, &json!("python")));
    for bad in [
        json!({"display_name": ""}),
        json!({"display_name": " "}),
        json!({"display_name": "a\nb"}),
        json!({"display_name": "x".repeat(101)}),
        json!({"preferred_language": "cobol"}),
        json!({"time_zone": "Europe/Atlantis"}),
        json!({"email": "other@example.com"}),
        json!({"role": "admin"}),
        json!(["display_name"]),
    ] {
        ada.patch("/auth/me").json(&bad).await.expect_problem(422, "invalid_request");
    }
    let trial = app.trial().await;
    assert_eq!(trial.get("/auth/me").await.expect(200)["trial_snippets_remaining"], 5);
}
