//! Bad requests, and addresses that do not exist.

use axum::http::Method;
use serde_json::json;

use crate::{
    fixtures::{SUM, SUM_FIXED, SUM_JS},
    support::{code_body, shared_app},
};

#[tokio::test]
async fn unknown_snippets_patterns_and_executions_are_not_found_on_every_route() {
    let ada = shared_app().await.trial().await;
    let before = ada.everything().await;
    let long = "x".repeat(4_000);
    for unknown in ["nothing", "00000000-0000-0000-0000-000000000000", "%00", "%F0%9F%90%9B", "'--", &long] {
        for action in ["execute", "submit", "hints/1", "give-up", "report"] {
            let body = if action == "report" { json!({"reason": "other"}) } else { code_body(SUM, SUM_FIXED) };
            let request = ada.post(&format!("/api/v1/snippets/{unknown}/{action}")).json(&body);
            request.await.expect_problem(404, "not_found");
        }
        for path in [
            format!("snippets/{unknown}"),
            format!("patterns/{unknown}/snippets"),
            format!("snippets?pattern={unknown}"),
            format!("users/progress/snippets/{unknown}"),
            format!("users/progress/snippets?pattern={unknown}"),
            format!("executions/{unknown}"),
            format!("executions/exec_{unknown}"),
        ] {
            ada.get(&format!("/api/v1/{path}")).await.expect_problem(404, "not_found");
        }
    }
    assert_eq!(ada.everything().await, before);
}

#[tokio::test]
async fn a_path_that_is_not_text_is_a_problem_of_the_client() {
    let ada = shared_app().await.trial().await;
    let answer = ada.get("/api/v1/snippets/%FF").await;
    assert!((400..500).contains(&answer.status), "{}", answer.text);
}

#[tokio::test]
async fn unknown_addresses_of_the_service_answer_in_json() {
    let app = shared_app().await;
    for path in [
        "/api",
        "/api/",
        "/auth",
        "/admin/v1",
        "/api/v1/nothing",
        "/api/v2/snippets",
        "/auth/nothing",
        "/auth/login/x",
        "/admin/v1/users",
    ] {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            app.request(method, path).await.expect_problem(404, "not_found");
        }
    }
    app.post("/somewhere").await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_wrong_method_is_405() {
    let app = shared_app().await;
    for (method, path) in [
        (Method::POST, "/api/v1/patterns"),
        (Method::DELETE, "/api/v1/snippets/sum-1-python"),
        (Method::GET, "/api/v1/snippets/sum-1-python/execute"),
        (Method::PUT, "/api/v1/snippets/sum-1-python/submit"),
        (Method::GET, "/auth/anonymous"),
        (Method::GET, "/auth/refresh"),
        (Method::POST, "/api/v1/users/progress"),
    ] {
        let answer = app.request(method, path).await;
        assert!(!answer.header("allow").is_empty(), "{path}");
        answer.expect_problem(405, "method_not_allowed");
    }
}

#[tokio::test]
async fn bodies_that_are_not_what_a_route_wants_change_nothing() {
    let ada = shared_app().await.trial().await;
    let before = ada.everything().await;
    let code = "\"code\": \"x\"";
    for action in ["execute", "submit"] {
        for (body, status, code) in [
            ("", 400, "malformed_json"),
            ("{", 400, "malformed_json"),
            ("\u{feff}{}", 400, "malformed_json"),
            (r#"{"code": "\ud800", "language": "python"}"#, 400, "malformed_json"),
            ("[]", 422, "invalid_request"),
            ("{}", 422, "invalid_request"),
            (&format!("{{{code}}}"), 422, "invalid_request"),
            (&format!(r#"{{{code}, "language": "ruby"}}"#), 422, "invalid_request"),
            (&format!(r#"{{{code}, "language": "python", "revision": "1"}}"#), 422, "invalid_request"),
            (&format!(r#"{{{code}, "language": "python", "more": 1}}"#), 422, "invalid_request"),
            (r#"{"code": 1, "language": "python"}"#, 422, "invalid_request"),
            (&format!(r#"{{{code}, "language": "javascript"}}"#), 422, "wrong_language"),
        ] {
            let request = ada.post(&format!("/api/v1/snippets/{SUM}/{action}")).text(body);
            request.header("content-type", "application/json").await.expect_problem(status, code);
        }
        let untyped = ada.post(&format!("/api/v1/snippets/{SUM}/{action}")).text(&code_body(SUM, "x").to_string());
        untyped.await.expect_problem(415, "unsupported_media_type");
        let form = ada.post(&format!("/api/v1/snippets/{SUM}/{action}")).text("code=x");
        form.header("content-type", "application/x-www-form-urlencoded")
            .await
            .expect_problem(415, "unsupported_media_type");
    }
    assert_eq!(ada.everything().await, before);
}

#[tokio::test]
async fn code_may_have_ten_thousand_characters_of_any_size_and_no_more() {
    let ada = shared_app().await.trial().await;
    let comment = |characters: usize| {
        let head = "function sumUp(n) { return n.reduce((a, b) => a + b, 0) } //";
        format!("{head}{}", "🐛".repeat(characters - head.chars().count()))
    };
    for action in ["execute", "submit"] {
        let path = format!("/api/v1/snippets/{SUM_JS}/{action}");
        let before = ada.everything().await;
        let body = code_body(SUM_JS, &comment(10_001));
        ada.post(&path).json(&body).await.expect_problem(422, "code_too_long");
        assert_eq!(ada.everything().await, before);
        let result = ada.post(&path).json(&code_body(SUM_JS, &comment(10_000))).await.expect(200);
        assert_eq!(result["verdict"], "accepted");
    }
}

#[tokio::test]
async fn a_body_over_the_limit_of_its_route_is_413() {
    let ada = shared_app().await.trial().await;
    let before = ada.everything().await;
    let large = |bytes: usize| code_body(SUM, &"x".repeat(bytes));
    for action in ["execute", "submit"] {
        let path = format!("/api/v1/snippets/{SUM}/{action}");
        ada.post(&path).json(&large(129 << 10)).await.expect_problem(413, "body_too_large");
        ada.post(&path).json(&large(120 << 10)).await.expect_problem(422, "code_too_long");
    }
    let comment = |bytes: usize| json!({"reason": "other", "comment": "x".repeat(bytes)});
    ada.report(SUM, &comment(17 << 10)).await.expect_problem(413, "body_too_large");
    ada.report(SUM, &comment(15 << 10)).await.expect_problem(422, "invalid_request");
    let token = json!({"refresh_token": "x".repeat(17 << 10)});
    ada.app.post("/auth/refresh").json(&token).await.expect_problem(413, "body_too_large");
    assert_eq!(ada.everything().await, before);
}

#[tokio::test]
async fn a_stale_revision_is_told_with_the_current_one() {
    let ada = shared_app().await.trial().await;
    let before = ada.everything().await;
    for action in ["execute", "submit"] {
        let path = format!("/api/v1/snippets/{SUM}/{action}");
        for revision in [0, 2, -1] {
            let mut body = code_body(SUM, SUM_FIXED);
            body["revision"] = revision.into();
            assert_eq!(ada.post(&path).json(&body).await.expect_problem(409, "snippet_changed")["revision"], 1);
        }
    }
    assert_eq!(ada.everything().await, before);
    let mut body = code_body(SUM, SUM_FIXED);
    body["revision"] = 1.into();
    ada.post(&format!("/api/v1/snippets/{SUM}/submit")).json(&body).await.expect(200);
}

#[tokio::test]
async fn an_unusable_idempotency_key_is_refused() {
    let ada = shared_app().await.trial().await;
    for key in ["", &"k".repeat(101), "schlüssel"] {
        let answer = ada.submit(SUM, SUM_FIXED).header("idempotency-key", key).await;
        answer.expect_problem(422, "invalid_request");
    }
    assert_eq!(ada.remaining().await, 5);
    ada.submit(SUM, SUM_FIXED).header("idempotency-key", &"k".repeat(100)).await.expect(200);
}

#[tokio::test]
async fn a_request_is_called_what_the_server_calls_it() {
    let app = shared_app().await;
    let name = |answer: &crate::support::Answer| uuid::Uuid::parse_str(answer.header("x-request-id")).unwrap();
    let mine = uuid::Uuid::from_u128(7);
    let answers = [
        app.get("/api/v1/patterns").header("x-request-id", &mine.to_string()).await,
        app.get("/api/v1/patterns").header("x-request-id", "of somebody else").await,
    ];
    assert_ne!(name(&answers[0]), mine);
    assert_ne!(name(&answers[0]), name(&answers[1]));
}
