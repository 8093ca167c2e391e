//! `POST /auth/refresh`.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{Answer, Learner, Options, TestApp, shared_app};

async fn refresh(app: &TestApp, token: &str) -> Answer {
    app.post("/auth/refresh").json(&json!({ "refresh_token": token })).await
}

/// Refreshes with success, and gives the next token.
async fn next(app: &TestApp, token: &str) -> String {
    refresh(app, token).await.expect(200)["refresh_token"].as_str().unwrap().to_owned()
}

async fn is_refused(app: &TestApp, token: &str) {
    refresh(app, token).await.expect_problem(401, "refresh_token_invalid");
}

#[tokio::test]
async fn a_refresh_gives_new_tokens_of_the_same_user() {
    let app = shared_app().await;
    let ada = app.trial().await;
    ada.hint(crate::fixtures::SUM, "1").await.expect(200);
    let session = refresh(app, &ada.refresh_token).await.expect(200);
    let again = Learner::of(app, &session);
    assert_eq!(again.id, ada.id);
    assert_ne!(again.refresh_token, ada.refresh_token);
    assert_eq!(session["user"]["trial_snippets_remaining"], 4);
    assert_eq!(again.everything().await, ada.everything().await);
}

#[tokio::test]
async fn what_is_not_a_refresh_token_is_refused() {
    let app = shared_app().await;
    let ada = app.trial().await;
    for token in ["", "rubbish", &ada.token, &ada.refresh_token.to_uppercase()] {
        is_refused(app, token).await;
    }
    for (body, status, code) in [
        (r#"{"refresh_token": 1}"#, 422, "invalid_request"),
        (r#"{"refresh_token": "a", "more": 1}"#, 422, "invalid_request"),
        (r#"["a"]"#, 422, "invalid_request"),
        ("{}", 401, "refresh_token_missing"),
        ("{", 400, "malformed_json"),
    ] {
        let answer = app.post("/auth/refresh").text(body).header("content-type", "application/json").await;
        answer.expect_problem(status, code);
    }
    app.post("/auth/refresh").text("{}").await.expect_problem(415, "unsupported_media_type");
    next(app, &ada.refresh_token).await;
}

#[tokio::test]
async fn a_token_used_again_ends_the_session_for_both_holders() {
    let app = shared_app().await;
    let first = app.trial().await.refresh_token;
    let second = next(app, &first).await;
    let third = next(app, &second).await;
    is_refused(app, &first).await;
    is_refused(app, &third).await;
    is_refused(app, &second).await;
}

#[tokio::test]
async fn lost_answers_are_forgiven_until_one_arrives() {
    let app = shared_app().await;
    let first = app.trial().await.refresh_token;
    next(app, &first).await;
    next(app, &first).await;
    let second = next(app, &first).await;
    let third = next(app, &second).await;
    next(app, &third).await;

    // One has arrived: the first token has been copied.
    is_refused(app, &first).await;
    is_refused(app, &third).await;
}

#[tokio::test]
async fn the_token_of_a_lost_answer_that_turns_up_ends_the_session() {
    let app = shared_app().await;
    let first = app.trial().await.refresh_token;
    let lost = next(app, &first).await;
    let second = next(app, &first).await;
    is_refused(app, &lost).await;
    is_refused(app, &second).await;
}

#[tokio::test]
async fn of_two_refreshes_at_once_at_most_one_chain_goes_on() {
    let app = shared_app().await;
    let first = app.trial().await.refresh_token;
    let (one, other) = futures::join!(refresh(app, &first), refresh(app, &first));
    let tokens: Vec<Value> =
        [one, other].into_iter().map(|answer| answer.expect(200)["refresh_token"].clone()).collect();
    let mut passed = 0;
    for token in tokens {
        passed += u32::from(refresh(app, token.as_str().unwrap()).await.status == 200);
    }
    assert!(passed <= 1);
}

#[tokio::test]
async fn a_trial_ends_after_thirty_days_without_use() {
    let app = TestApp::start(Options::default()).await;
    let unused = app.trial().await.refresh_token;
    let used = app.trial().await.refresh_token;
    app.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
    let used = next(&app, &used).await;
    app.clock.advance(TimeDelta::seconds(1));
    is_refused(&app, &unused).await;
    app.clock.advance(TimeDelta::days(6));
    next(&app, &used).await;
}

#[tokio::test]
async fn a_session_ends_after_a_year_however_often_it_is_refreshed() {
    let app = TestApp::start(Options::default()).await;
    let mut token = app.trial().await.refresh_token;
    for _ in 0..13 {
        app.clock.advance(TimeDelta::days(28));
        token = next(&app, &token).await;
    }
    app.clock.advance(TimeDelta::days(1) - TimeDelta::seconds(1));
    token = next(&app, &token).await;
    app.clock.advance(TimeDelta::seconds(1));
    is_refused(&app, &token).await;
}
