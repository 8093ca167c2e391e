//! The keys of access tokens: published, and agreed on by all servers that work on one database.

use bugdrill_platform::RootSecret;
use bugdrill_web::tokens::SEALED_FOR;
use chrono::TimeDelta;
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation,
    jwk::{JwkSet, KeyAlgorithm, PublicKeyUse},
};
use serde_json::Value;

use crate::support::{Options, ROOT_SECRET, TestApp, shared_app};

/// The ids of the keys that `app` publishes.
async fn published(app: &TestApp) -> Vec<String> {
    let set = app.get("/.well-known/jwks.json").await.expect(200);
    set["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

fn key_of(token: &str) -> String {
    jsonwebtoken::decode_header(token).unwrap().kid.unwrap()
}

async fn holds(app: &TestApp, token: &str) {
    app.get("/api/v1/users/progress").token(token).await.expect(200);
}

#[tokio::test]
async fn a_library_verifies_tokens_with_what_is_published() {
    let app = shared_app().await;
    let ada = app.trial().await;
    let answer = app.get("/.well-known/jwks.json").await;
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
    assert_eq!(answer.header("content-type"), "application/json");
    let set: JwkSet = serde_json::from_str(&answer.text).unwrap();
    let key = set.find(&key_of(&ada.token)).unwrap();
    assert_eq!(key.common.public_key_use, Some(PublicKeyUse::Signature));
    assert_eq!(key.common.key_algorithm, Some(KeyAlgorithm::EdDSA));
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&["bugdrill"]);
    validation.set_audience(&["bugdrill"]);
    // The app's clock stands still.
    validation.validate_exp = false;
    let verified = jsonwebtoken::decode::<Value>(&ada.token, &DecodingKey::from_jwk(key).unwrap(), &validation);
    assert_eq!(verified.unwrap().claims["sub"], ada.id.to_string());

    // No more than that: above all, nothing private.
    for key in answer.expect(200)["keys"].as_array().unwrap() {
        let mut members: Vec<&str> = key.as_object().unwrap().keys().map(String::as_str).collect();
        members.sort_unstable();
        assert_eq!(members, ["alg", "crv", "kid", "kty", "use", "x"]);
    }
}

#[tokio::test]
async fn a_token_of_one_server_holds_on_the_other() {
    let one = TestApp::start(Options::default()).await;
    let other = one.beside(Options::default()).await;
    holds(&other, &one.trial().await.token).await;
    holds(&one, &other.trial().await.token).await;
    assert_eq!(published(&one).await, published(&other).await);
}

#[tokio::test]
async fn a_server_learns_the_next_key_from_its_first_token() {
    let one = TestApp::start(Options::default()).await;
    let other = one.beside(Options::default()).await;
    let old = one.trial().await.token;
    one.clock.advance(TimeDelta::days(29));
    one.tokens.reload().await.unwrap();
    let keys = published(&one).await;
    assert_eq!((keys.len(), key_of(&old)), (2, keys[0].clone()));
    one.clock.advance(TimeDelta::days(1));
    let new = one.trial().await.token;
    assert_eq!(key_of(&new), keys[1]);

    // It has slept through that day, and signs with the old key yet.
    assert_eq!(published(&other).await, keys[..1]);
    let late = other.trial().await.token;
    assert_eq!(key_of(&late), keys[0]);
    holds(&one, &late).await;
    holds(&other, &new).await;
    assert_eq!(published(&other).await, keys);
    assert_eq!(key_of(&other.trial().await.token), keys[1]);
}

#[tokio::test]
async fn servers_that_rotate_at_once_agree() {
    let one = TestApp::start(Options::default()).await;
    let other = one.beside(Options::default()).await;
    one.clock.advance(TimeDelta::days(29));
    let (here, there) = futures::join!(one.tokens.reload(), other.tokens.reload());
    here.and(there).unwrap();
    let keys = published(&one).await;
    assert_eq!((keys.len(), &keys), (2, &published(&other).await));
}

#[tokio::test]
async fn what_is_stored_of_a_key_is_of_no_use_without_the_secret() {
    let app = TestApp::start(Options::default()).await;
    let stored = app.store.signing_keys().list().await.unwrap().remove(0);
    let private = ROOT_SECRET.open(SEALED_FOR, stored.id.as_bytes(), &stored.private_key).unwrap();
    let part_of_key = &private[private.len() - 8..];
    assert!(!stored.private_key.windows(8).any(|part| part == part_of_key));
    RootSecret::new([8; 32]).open(SEALED_FOR, stored.id.as_bytes(), &stored.private_key).unwrap_err();
}
