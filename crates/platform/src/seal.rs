//! Sealing: small secrets, such as private keys, are kept encrypted, so that a copy of the database does not tell them.
//!
//! What is sealed is a version byte, a nonce, and what AES-256-GCM made of the secret. Its purpose and the id of its
//! row are authenticated along with it: it opens in no other place than its own.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::{Engine, engine::general_purpose::STANDARD};

use crate::Ambient;

const VERSION: u8 = 1;

/// The secret under which others are sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct RootSecret([u8; 32]);

/// The text is no root secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not 32 bytes as base64: `openssl rand -base64 32` makes such a secret")]
pub struct UnusableSecret;

/// What is sealed does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it was changed, or sealed under another secret or for another place")]
pub struct CannotOpen;

impl fmt::Debug for RootSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RootSecret(…)")
    }
}

impl RootSecret {
    /// The secret of these bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret that this text gives.
    pub fn from_base64(text: &str) -> Result<Self, UnusableSecret> {
        let bytes = STANDARD.decode(text.trim()).map_err(|_| UnusableSecret)?;
        bytes.try_into().map(Self).map_err(|_| UnusableSecret)
    }

    /// The text that gives this secret.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Seals `secret`, which belongs to the row `id` and serves this purpose.
    pub fn seal(&self, purpose: &str, id: &[u8], secret: &[u8], ambient: &Ambient) -> Vec<u8> {
        let nonce = ambient.random_bytes::<NONCE_LEN>();
        let mut sealed = secret.to_vec();
        self.key()
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), place(purpose, id), &mut sealed)
            .expect("a small secret can be encrypted");
        [&[VERSION], &nonce[..], &sealed].concat()
    }

    /// What [`RootSecret::seal`] sealed for the same purpose and row.
    pub fn open(&self, purpose: &str, id: &[u8], sealed: &[u8]) -> Result<Vec<u8>, CannotOpen> {
        let (nonce, sealed) =
            sealed.strip_prefix(&[VERSION]).and_then(|rest| rest.split_first_chunk::<NONCE_LEN>()).ok_or(CannotOpen)?;
        let mut secret = sealed.to_vec();
        let length = self
            .key()
            .open_in_place(Nonce::assume_unique_for_key(*nonce), place(purpose, id), &mut secret)
            .map_err(|_| CannotOpen)?
            .len();
        secret.truncate(length);
        Ok(secret)
    }

    fn key(&self) -> LessSafeKey {
        LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &self.0).expect("a key of AES-256 has 32 bytes"))
    }
}

/// Where something sealed belongs. No purpose holds a NUL, so no two places look alike.
fn place(purpose: &str, id: &[u8]) -> Aad<Vec<u8>> {
    Aad::from([&[VERSION], purpose.as_bytes(), &[0], id].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ambient::testing::manual_ambient;

    const SECRET: RootSecret = RootSecret::new([7; 32]);

    #[test]
    fn a_secret_opens_in_its_own_place_only() {
        let (ambient, _) = manual_ambient();
        let sealed = SECRET.seal("purpose", b"id", b"private", &ambient);
        assert_eq!(SECRET.open("purpose", b"id", &sealed).unwrap(), b"private");
        for (purpose, id) in [("purpose", &b"other"[..]), ("other", b"id"), ("purposei", b"d"), ("", b"")] {
            assert_eq!(SECRET.open(purpose, id, &sealed), Err(CannotOpen), "{purpose}");
        }
        assert_eq!(RootSecret::new([8; 32]).open("purpose", b"id", &sealed), Err(CannotOpen));
    }

    #[test]
    fn what_was_changed_or_cut_does_not_open() {
        let (ambient, _) = manual_ambient();
        let sealed = SECRET.seal("purpose", b"id", b"private", &ambient);
        for position in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[position] ^= 1;
            assert_eq!(SECRET.open("purpose", b"id", &changed), Err(CannotOpen), "{position}");
            assert_eq!(SECRET.open("purpose", b"id", &sealed[..position]), Err(CannotOpen), "{position}");
        }
    }

    #[test]
    fn what_is_sealed_twice_looks_different_and_tells_nothing() {
        let (ambient, _) = manual_ambient();
        let sealed = [(); 2].map(|()| SECRET.seal("purpose", b"id", b"private", &ambient));
        assert_ne!(sealed[0], sealed[1]);
        assert!(!sealed[0].windows(7).any(|window| window == b"private"));
    }

    #[test]
    fn a_root_secret_is_32_bytes_of_base64_and_never_shown() {
        let text = SECRET.to_base64();
        assert_eq!(RootSecret::from_base64(&format!("{text}\n")), Ok(SECRET));
        for unusable in ["", "secret", &text[1..], &format!("{text}{text}"), &"7".repeat(64)] {
            assert_eq!(RootSecret::from_base64(unusable), Err(UnusableSecret), "{unusable}");
        }
        assert_eq!(format!("{SECRET:?}"), "RootSecret(…)");
    }
}
