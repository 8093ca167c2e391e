//! Access tokens, on every route that wants one.

use axum::http::Method;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bugdrill_platform::ambient::testing::manual_ambient;
use bugdrill_web::tokens::Tokens;
use chrono::TimeDelta;
use serde_json::json;

use crate::{
    fixtures::{SUM, SUM_FIXED},
    support::{Options, Request, SIGNING_SEED, TestApp, code_body, shared_app},
};

/// A good request, but for the token, to each route that wants one.
fn protected(app: &TestApp) -> Vec<Request<'_>> {
    let routes = [
        (Method::POST, "snippets/sum-1-python/execute"),
        (Method::POST, "snippets/sum-1-python/trace"),
        (Method::POST, "snippets/sum-1-python/submit"),
        (Method::POST, "snippets/sum-1-python/hints/1"),
        (Method::POST, "snippets/sum-1-python/give-up"),
        (Method::POST, "snippets/sum-1-python/report"),
        (Method::GET, "executions/exec_00000000000000000000000000000000"),
        (Method::GET, "users/progress"),
        (Method::GET, "users/progress/snippets"),
        (Method::GET, "users/progress/snippets/sum-1-python"),
    ];
    let requests = routes.into_iter().map(|(method, path)| {
        let mut body = if path.ends_with("report") { json!({"reason": "other"}) } else { code_body(SUM, SUM_FIXED) };
        if path.ends_with("trace") {
            body["test_case"] = json!(2);
        }
        app.request(method, &format!("/api/v1/{path}")).json(&body)
    });
    requests.collect()
}

#[tokio::test]
async fn the_list_of_protected_routes_is_complete() {
    let document = serde_json::to_value(bugdrill::server::document()).unwrap();
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let secured = operations.filter(|operation| operation.get("security").is_some()).count();
    assert_eq!(secured, protected(shared_app().await).len());
}

#[tokio::test]
async fn without_a_token_nothing_of_a_learner_is_done() {
    for request in protected(shared_app().await) {
        request.await.expect_problem(401, "token_missing");
    }
}

#[tokio::test]
async fn a_token_that_is_not_ours_is_refused_everywhere() {
    let app = shared_app().await;
    let ada = app.trial().await;
    let (head, rest) = ada.token.split_once('.').unwrap();
    let (claims, signature) = rest.split_once('.').unwrap();
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let decoded = String::from_utf8(URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    let stranger = Tokens::new(&[8; 32], app.ambient.clone());
    let bad = [
        stranger.issue(ada.id, ada.id, "user", true),
        format!("{}.{claims}.", encode(r#"{"alg":"none","typ":"JWT"}"#)),
        format!("{}.{claims}.{signature}", encode(r#"{"alg":"none","typ":"JWT"}"#)),
        format!("{}.{claims}.{signature}", encode(r#"{"alg":"HS256","typ":"JWT"}"#)),
        format!("{head}.{}.{signature}", encode(&decoded.replace("\"user\"", "\"admin\""))),
        format!("{head}.{claims}"),
        ada.refresh_token.clone(),
        "rubbish".into(),
    ];
    for token in &bad {
        for request in protected(app) {
            request.token(token).await.expect_problem(401, "token_invalid");
        }
    }
    for header in ["Basic YWRhOmFkYQ==", "Bearer", "Bearer ", &ada.token] {
        for request in protected(app) {
            request.header("authorization", header).await.expect_problem(401, "token_invalid");
        }
    }
    assert_eq!(ada.remaining().await, 5);
}

#[tokio::test]
async fn an_expired_token_is_named_so_and_a_refreshed_one_works() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.trial().await;
    app.clock.advance(TimeDelta::minutes(15));
    for request in protected(&app) {
        request.token(&ada.token).await.expect_problem(401, "token_expired");
    }
    let refreshed = app.post("/auth/refresh").json(&json!({"refresh_token": ada.refresh_token})).await.expect(200);
    let token = refreshed["access_token"].as_str().unwrap();
    app.get("/api/v1/users/progress").token(token).await.expect(200);
}

#[tokio::test]
async fn a_token_from_the_future_is_refused() {
    let (ambient, clock) = manual_ambient();
    clock.advance(TimeDelta::hours(1));
    let app = shared_app().await;
    let ada = app.trial().await;
    let token = Tokens::new(&SIGNING_SEED, ambient).issue(ada.id, ada.id, "user", true);
    app.get("/api/v1/users/progress").token(&token).await.expect_problem(401, "token_invalid");
}

#[tokio::test]
async fn the_token_of_a_user_who_is_gone_is_refused() {
    let app = shared_app().await;
    let token = app.tokens.issue(app.ambient.new_id(), app.ambient.new_id(), "user", true);
    for request in protected(app) {
        let answer = request.token(&token).await;
        // That somebody else's execution exists is told to nobody.
        if answer.status != 404 {
            answer.expect_problem(401, "token_invalid");
        }
    }
}

#[tokio::test]
async fn the_scheme_is_read_in_any_case() {
    let ada = shared_app().await.trial().await;
    let header = format!("bearer {}", ada.token);
    ada.app.get("/api/v1/users/progress").header("authorization", &header).await.expect(200);
}

#[tokio::test]
async fn public_content_needs_no_token_and_does_not_mind_a_bad_one() {
    let app = shared_app().await;
    app.get("/api/v1/patterns").token("rubbish").await.expect(200);
}
