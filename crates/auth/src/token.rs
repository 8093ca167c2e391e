//! Tokens that only who got them has: random, and stored hashed.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bugdrill_platform::Ambient;
use sha2::{Digest, Sha256};

/// A token of 256 random bits, as base64url.
pub(crate) fn new_token(ambient: &Ambient) -> String {
    URL_SAFE_NO_PAD.encode(ambient.random_bytes::<32>())
}

/// What is stored of a token: so many random bits make a fast hash enough.
pub(crate) fn hash_token(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}
