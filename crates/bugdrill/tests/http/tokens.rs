//! Access tokens, on every route that wants one.

use axum::http::Method;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bugdrill_model::Role;
use bugdrill_store::SigningKey;
use bugdrill_web::tokens::SEALED_FOR;
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, jwk::Jwk};
use serde_json::{Value, json};

use crate::{
    fixtures::{SUM, SUM_FIXED},
    support::{Options, ROOT_SECRET, Request, TestApp, code_body, shared_app},
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
        (Method::POST, "snippets/sum-1-python/why"),
        (Method::GET, "executions/exec_00000000000000000000000000000000"),
        (Method::GET, "executions/exec_00000000000000000000000000000000/events"),
        (Method::GET, "users/next"),
        (Method::GET, "users/reviews/due"),
        (Method::GET, "users/progress"),
        (Method::GET, "users/progress/activity"),
        (Method::GET, "users/badges"),
        (Method::GET, "leaderboards/weekly"),
        (Method::GET, "leagues/current"),
        (Method::GET, "users/progress/patterns"),
        (Method::POST, "users/progress/sync"),
        (Method::GET, "users/progress/snippets"),
        (Method::GET, "users/progress/snippets/sum-1-python"),
    ];
    let accounts = [
        (Method::GET, "me"),
        (Method::PATCH, "me"),
        (Method::GET, "me/export"),
        (Method::DELETE, "me"),
        (Method::POST, "totp"),
        (Method::POST, "totp/confirm"),
        (Method::POST, "totp/recovery-codes"),
        (Method::DELETE, "totp"),
        (Method::POST, "password"),
        (Method::POST, "email/verification"),
        (Method::GET, "sessions"),
        (Method::DELETE, "sessions"),
        (Method::DELETE, "sessions/00000000-0000-0000-0000-000000000000"),
    ];
    let requests = routes.into_iter().map(|(method, path)| {
        let mut body = match path.rsplit_once('/') {
            Some((_, "report")) => json!({"reason": "other"}),
            Some((_, "why")) => json!({"choice": 0}),
            _ => code_body(SUM, SUM_FIXED),
        };
        if path.ends_with("trace") {
            body["test_case"] = json!(2);
        }
        app.request(method, &format!("/api/v1/{path}")).json(&body)
    });
    let accounts = accounts.into_iter().map(|(method, path)| {
        let request = app.request(method.clone(), &format!("/auth/{path}"));
        match path {
            "password" => request.json(&json!({"new_password": "correct horse battery"})),
            "me" if method != Method::GET => request.json(&json!({})),
            "totp/confirm" | "totp/recovery-codes" => request.json(&json!({"code": "123456"})),
            "totp" if method == Method::DELETE => request.json(&json!({"code": "123456"})),
            _ => request,
        }
    });
    requests.chain(accounts).collect()
}

#[tokio::test]
async fn the_list_of_protected_routes_is_complete() {
    let document = serde_json::to_value(bugdrill::server::document()).unwrap();
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let is_secured = |operation: &&serde_json::Value| {
        // An empty one says that a token may be left out.
        operation["security"].as_array().is_some_and(|ways| !ways.contains(&json!({})))
    };
    let secured = operations.filter(is_secured).count();
    assert_eq!(secured, protected(shared_app().await).len());
}

#[tokio::test]
async fn without_a_token_nothing_of_a_learner_is_done() {
    for request in protected(shared_app().await) {
        request.await.expect_problem(401, "token_missing");
    }
}

/// The key that `app` signs with, and its id.
async fn signing_key(app: &TestApp) -> (String, EncodingKey) {
    let SigningKey { id, private_key, .. } = app.store.signing_keys().list().await.unwrap().remove(0);
    let private = ROOT_SECRET.open(SEALED_FOR, id.as_bytes(), &private_key).unwrap();
    (id, EncodingKey::from_ed_der(&private))
}

#[tokio::test]
async fn a_token_that_is_not_ours_is_refused_everywhere() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.trial().await;
    let (id, key) = signing_key(&app).await;
    let (head, rest) = ada.token.split_once('.').unwrap();
    let (body, signature) = rest.split_once('.').unwrap();
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let decoded = String::from_utf8(URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap();
    let claims: Value = serde_json::from_str(&decoded).unwrap();
    let header = Header { kid: Some(id.clone()), ..Header::new(Algorithm::EdDSA) };
    let sign = |header: &Header, claims: &Value, key: &EncodingKey| jsonwebtoken::encode(header, claims, key).unwrap();
    // What is signed here holds, but for what is changed below.
    app.get("/api/v1/users/progress").token(&sign(&header, &claims, &key)).await.expect(200);

    let mut bad = vec![
        format!("{head}.{}.{signature}", encode(&decoded.replace("\"user\"", "\"admin\""))),
        format!("{head}.{body}"),
        format!("{head}.{body}."),
        format!("{head}.{body}.{signature}.{signature}"),
        ada.refresh_token.clone(),
        "rubbish".into(),
    ];
    for algorithm in ["none", "None", "HS256", "RS256", "ES256"] {
        let other = format!(r#"{{"alg":"{algorithm}","typ":"JWT","kid":"{id}"}}"#);
        bad.extend([format!("{}.{body}.", encode(&other)), format!("{}.{body}.{signature}", encode(&other))]);
    }
    // The public key, taken for a shared secret in each of its forms.
    let x = app.tokens.public_keys().remove(0).x;
    let public = URL_SAFE_NO_PAD.decode(&x).unwrap();
    let shared = Header { alg: Algorithm::HS256, ..header.clone() };
    bad.extend([&public[..], x.as_bytes()].map(|secret| sign(&shared, &claims, &EncodingKey::from_secret(secret))));
    // Another key, by our id or brought along.
    let stranger = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    let strange_key = EncodingKey::from_ed_der(&stranger.serialize_der());
    let brought = DecodingKey::from_ed_der(stranger.public_key_raw());
    let brought = Jwk::from_decoding_key(&brought, Some(Algorithm::EdDSA)).unwrap();
    for header in [header.clone(), Header { jwk: Some(brought), ..header.clone() }] {
        bad.push(sign(&header, &claims, &strange_key));
    }
    for id in
        [None, Some(""), Some("../../secret.key"), Some("/dev/null"), Some("' OR '1'='1"), Some("a\0b"), Some("*")]
    {
        bad.push(sign(&Header { kid: id.map(str::to_owned), ..header.clone() }, &claims, &key));
    }
    let now = app.ambient.now().timestamp();
    for (name, value) in [
        ("iss", json!("another")),
        ("iss", Value::Null),
        ("aud", json!("another")),
        ("aud", json!(["another"])),
        ("sub", json!("' OR '1'='1")),
        ("iat", json!(now + 61)),
        ("exp", Value::Null),
        ("exp", json!("tomorrow")),
    ] {
        let mut claims = claims.clone();
        claims[name] = value;
        bad.push(sign(&header, &claims, &key));
    }
    for name in ["iss", "aud", "sub", "sid", "iat", "exp"] {
        let mut claims = claims.clone();
        claims.as_object_mut().unwrap().remove(name);
        bad.push(sign(&header, &claims, &key));
    }
    for token in &bad {
        for request in protected(&app) {
            request.token(token).await.expect_problem(401, "token_invalid");
        }
    }
    for header in ["Basic YWRhOmFkYQ==", "Bearer", "Bearer ", &ada.token] {
        for request in protected(&app) {
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
async fn the_token_of_a_session_that_is_gone_is_refused() {
    let app = shared_app().await;
    let token = app.tokens.issue(app.ambient.new_id(), app.ambient.new_id(), Role::User, true);
    for request in protected(app) {
        request.token(&token).await.expect_problem(401, "session_ended");
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
