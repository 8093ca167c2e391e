//! Where a user is logged in: listing and ending sessions, and those that a browser keeps in a cookie.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{Answer, Learner, Options, PASSWORD, PUBLIC_URL, Request, TestApp, shared_app};

const COOKIE: &str = "__Host-bugdrill_refresh";

/// The request as a page of this server sends it, whose browser keeps the session.
fn by_page(request: Request<'_>) -> Request<'_> {
    request.header("bugdrill-session", "cookie").header("origin", PUBLIC_URL)
}

/// The refresh token that the browser is told to keep.
fn kept(answer: &Answer) -> String {
    let cookie = answer.header("set-cookie");
    let value =
        cookie.strip_prefix(COOKIE).and_then(|rest| rest.strip_prefix('=')).unwrap_or_else(|| panic!("{cookie}"));
    let (token, attributes) = value.split_once(';').unwrap();
    assert!(attributes.starts_with(" HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age="), "{cookie}");
    token.to_owned()
}

#[tokio::test]
async fn a_session_ends_at_once_and_alone() {
    let app = shared_app().await;
    let phone = app.account("ends@example.com").await;
    let laptop = app.log_in("ends@example.com", PASSWORD).header("user-agent", "Laptop/1.0").await.expect(200);
    let laptop = Learner::of(app, &laptop);
    let listed = phone.get("/auth/sessions").await.expect(200);
    let sessions = listed["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|session| session["current"] == json!(false)).unwrap();
    assert_eq!(other["client"], "Laptop/1.0");

    let eve = app.account("eve-ends@example.com").await;
    let path = format!("/auth/sessions/{}", other["id"].as_str().unwrap());
    eve.delete(&path).await.expect_problem(404, "not_found");
    phone.delete(&path).await.expect(204);
    phone.delete(&path).await.expect_problem(404, "not_found");
    laptop.get("/api/v1/users/progress").await.expect_problem(401, "session_ended");
    laptop.refresh().await.expect_problem(401, "refresh_token_invalid");
    phone.get("/api/v1/users/progress").await.expect(200);
}

#[tokio::test]
async fn all_sessions_or_all_others_end() {
    let app = shared_app().await;
    let phone = app.account("all@example.com").await;
    let laptop = Learner::of(app, &app.log_in("all@example.com", PASSWORD).await.expect(200));
    phone.delete("/auth/sessions?keep_current=true").await.expect(204);
    laptop.get("/auth/me").await.expect_problem(401, "session_ended");
    phone.get("/auth/me").await.expect(200);
    phone.delete("/auth/sessions?keep_current=maybe").await.expect_problem(400, "invalid_query");
    phone.delete("/auth/sessions").await.expect(204);
    phone.get("/auth/me").await.expect_problem(401, "session_ended");
    phone.refresh().await.expect_problem(401, "refresh_token_invalid");
}

#[tokio::test]
async fn logging_out_ends_the_session_by_either_token_and_says_no_more() {
    let app = shared_app().await;
    let by_access = app.account("out@example.com").await;
    by_access.post("/auth/logout").json(&json!({})).await.expect(204);
    by_access.get("/auth/me").await.expect_problem(401, "session_ended");
    by_access.refresh().await.expect_problem(401, "refresh_token_invalid");

    let by_refresh = Learner::of(app, &app.log_in("out@example.com", PASSWORD).await.expect(200));
    let log_out = |token: &str| app.post("/auth/logout").json(&json!({"refresh_token": token}));
    log_out(&by_refresh.refresh_token).await.expect(204);
    by_refresh.get("/auth/me").await.expect_problem(401, "session_ended");
    for token in [by_refresh.refresh_token.as_str(), "", "rubbish"] {
        log_out(token).await.expect(204);
    }
    app.post("/auth/logout").token("rubbish").json(&json!({})).await.expect(204);
}

#[tokio::test]
async fn an_account_stays_for_a_week_without_use_and_for_ninety_days_at_the_most() {
    let app = TestApp::start(Options::default()).await;
    let mut ada = app.account("ada@example.com").await;
    for _ in 0..14 {
        app.clock.advance(TimeDelta::days(6));
        ada = Learner::of(&app, &ada.refresh().await.expect(200));
    }
    app.clock.advance(TimeDelta::days(6));
    ada.refresh().await.expect_problem(401, "refresh_token_invalid");

    let idle = Learner::of(&app, &app.log_in("ada@example.com", PASSWORD).await.expect(200));
    app.clock.advance(TimeDelta::days(7));
    idle.refresh().await.expect_problem(401, "refresh_token_invalid");
}

#[tokio::test]
async fn a_stolen_refresh_token_ends_the_session_of_both_and_their_access() {
    let app = shared_app().await;
    let ada = app.account("stolen@example.com").await;
    let thief = Learner::of(app, &ada.refresh().await.expect(200));
    let thief = Learner::of(app, &thief.refresh().await.expect(200));
    ada.refresh().await.expect_problem(401, "refresh_token_invalid");
    for token in [&ada.token, &thief.token] {
        app.get("/auth/me").token(token).await.expect_problem(401, "session_ended");
    }
    thief.refresh().await.expect_problem(401, "refresh_token_invalid");
}

#[tokio::test]
async fn a_browser_keeps_the_refresh_token_where_no_script_reads_it() {
    let app = shared_app().await;
    let body = json!({"email": "cookie@example.com", "password": PASSWORD});
    let signed_up = by_page(app.post("/auth/signup").json(&body)).await;
    let token = kept(&signed_up);
    assert_eq!(signed_up.body["refresh_token"], Value::Null);
    assert!(!signed_up.text.contains(&token));

    let refresh = |token: &str| {
        let request = by_page(app.post("/auth/refresh").json(&json!({})));
        request.header("cookie", &format!("theme=dark; {COOKIE}={token}"))
    };
    let refreshed = refresh(&token).await;
    let next = kept(&refreshed);
    assert_ne!(next, token);
    let access = refreshed.expect(200)["access_token"].as_str().unwrap().to_owned();
    by_page(app.post("/auth/refresh").json(&json!({}))).await.expect_problem(401, "refresh_token_missing");

    let out = by_page(app.post("/auth/logout").json(&json!({}))).header("cookie", &format!("{COOKIE}={next}")).await;
    let forgotten = out.header("set-cookie");
    assert!(forgotten.starts_with(&format!("{COOKIE}=;")) && forgotten.ends_with("; Max-Age=0"), "{forgotten}");
    out.expect(204);
    app.get("/auth/me").token(&access).await.expect_problem(401, "session_ended");
    refresh(&next).await.expect_problem(401, "refresh_token_invalid");
}

#[tokio::test]
async fn a_browser_that_logs_in_once_more_has_one_session() {
    let app = shared_app().await;
    let body = json!({"email": "again@example.com", "password": PASSWORD});
    let first = by_page(app.post("/auth/signup").json(&body)).await;
    let cookie = format!("{COOKIE}={}", kept(&first));
    let phone = Learner::of(app, &app.log_in("again@example.com", PASSWORD).await.expect(200));
    let log_in = |body: &Value| by_page(app.post("/auth/login").json(body)).header("cookie", &cookie);
    let wrong = json!({"email": "again@example.com", "password": "wrong password"});
    log_in(&wrong).await.expect_problem(401, "credentials_invalid");
    let access = first.body["access_token"].as_str().unwrap().to_owned();
    app.get("/auth/me").token(&access).await.expect(200);
    log_in(&body).await.expect(200);
    app.get("/auth/me").token(&access).await.expect_problem(401, "session_ended");
    let sessions = phone.get("/auth/sessions").await.expect(200);
    assert_eq!(sessions["sessions"].as_array().unwrap().len(), 2, "the phone's goes on");
}

#[tokio::test]
async fn a_session_that_a_page_held_itself_moves_into_the_cookie() {
    let app = shared_app().await;
    let trial = app.trial().await;
    let moved = by_page(app.post("/auth/refresh").json(&json!({"refresh_token": trial.refresh_token}))).await;
    kept(&moved);
    assert_eq!(moved.expect(200)["user"]["id"], json!(trial.id));
}

#[tokio::test]
async fn the_cookie_is_for_pages_of_this_server_alone() {
    let app = shared_app().await;
    let trial = app.trial().await;
    let cookie = format!("{COOKIE}={}", trial.refresh_token);
    let refresh = || app.post("/auth/refresh").json(&json!({})).header("cookie", &cookie);
    refresh().await.expect_problem(401, "refresh_token_missing");
    for origin in ["https://evil.example", "null", "http://drill.example.com", "https://drill.example.com.evil.example"]
    {
        let request = refresh().header("bugdrill-session", "cookie").header("origin", origin);
        request.await.expect_problem(403, "origin_not_allowed");
    }
    refresh().header("bugdrill-session", "cookie").await.expect_problem(403, "origin_not_allowed");
    refresh()
        .header("bugdrill-session", "yes")
        .header("origin", PUBLIC_URL)
        .await
        .expect_problem(422, "invalid_request");
    by_page(refresh()).await.expect(200);
}

#[tokio::test]
async fn over_plain_http_the_cookie_has_its_plain_name() {
    let app = shared_app().await;
    let request = app.post("/auth/anonymous").header("bugdrill-session", "cookie");
    let answer = request.header("origin", "http://localhost:8080").header("host", "localhost:8080").await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("bugdrill_refresh=") && !cookie.contains("Secure"), "{cookie}");
}
