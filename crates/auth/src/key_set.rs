//! `GET /.well-known/jwks.json`: the keys to verify access tokens with.

use axum::{extract::State, http::header, response::IntoResponse};
use bugdrill_web::{Gate, Json, problem::PublicProblems, tokens::PublicKey};
use serde::Serialize;
use utoipa::ToSchema;

/// A JSON Web Key Set (RFC 7517).
#[derive(Serialize, ToSchema)]
pub(crate) struct KeySet {
    /// The keys of all access tokens that hold, and the one that signs next.
    keys: Vec<Key>,
}

/// A public key (RFC 8037).
#[derive(Serialize, ToSchema)]
#[schema(as = PublicKey)]
struct Key {
    /// Always `OKP`.
    kty: &'static str,
    /// Always `Ed25519`.
    crv: &'static str,
    /// The key, as base64url.
    x: String,
    /// The `kid` of its tokens.
    kid: String,
    /// Always `sig`.
    #[serde(rename = "use")]
    usage: &'static str,
    /// Always `EdDSA`.
    alg: &'static str,
}

impl From<PublicKey> for Key {
    fn from(PublicKey { id, x }: PublicKey) -> Self {
        Self { kty: "OKP", crv: "Ed25519", x, kid: id, usage: "sig", alg: "EdDSA" }
    }
}

/// Lists the public keys of access tokens. A key is here a day before it signs.
#[utoipa::path(
    get,
    path = "/.well-known/jwks.json",
    tag = "auth",
    operation_id = "list_keys",
    responses((status = 200, description = "The keys", body = KeySet), PublicProblems),
)]
pub(crate) async fn handle(State(gate): State<Gate>) -> impl IntoResponse {
    let keys = gate.tokens().public_keys().into_iter().map(Key::from).collect();
    ([(header::CACHE_CONTROL, "public, max-age=300")], Json(KeySet { keys }))
}
