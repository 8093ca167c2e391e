//! Access tokens: EdDSA-signed JWTs that live for 15 minutes.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bugdrill_platform::Ambient;
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How long an access token lives.
pub const ACCESS_TOKEN_LIFETIME: Duration = Duration::from_mins(15);

const ISSUER: &str = "bugdrill";
const AUDIENCE: &str = "bugdrill";

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    aud: String,
    /// The user.
    pub sub: Uuid,
    /// The session: the family of refresh tokens.
    pub sid: Uuid,
    /// `user`, `editor` or `admin`.
    pub role: String,
    /// Whether this is an anonymous trial.
    pub trial: bool,
    /// When it was issued, in seconds since 1970.
    pub iat: i64,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
}

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It was valid once.
    #[error("the token has expired")]
    Expired,
    /// It is not ours, or not a token.
    #[error("the token is not valid")]
    Invalid,
}

/// Signs and checks access tokens.
pub struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    key_id: String,
    ambient: Ambient,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Tokens").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

impl Tokens {
    /// Signs with the Ed25519 key of this seed.
    pub fn new(seed: &[u8; 32], ambient: Ambient) -> Self {
        let key = SigningKey::from_bytes(seed);
        let public = key.verifying_key();
        let private = key.to_pkcs8_der().expect("an Ed25519 key has a PKCS #8 form");
        Self {
            encoding: EncodingKey::from_ed_der(private.as_bytes()),
            decoding: DecodingKey::from_ed_der(public.as_bytes()),
            key_id: URL_SAFE_NO_PAD.encode(&Sha256::digest(public.as_bytes())[..12]),
            ambient,
        }
    }

    /// A token for this user and session.
    pub fn issue(&self, user: Uuid, session: Uuid, role: &str, trial: bool) -> String {
        let now = self.ambient.now().timestamp();
        let lifetime = i64::try_from(ACCESS_TOKEN_LIFETIME.as_secs()).unwrap_or(i64::MAX);
        let claims = Claims {
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            sub: user,
            sid: session,
            role: role.into(),
            trial,
            iat: now,
            exp: now + lifetime,
        };
        let header = Header { kid: Some(self.key_id.clone()), ..Header::new(Algorithm::EdDSA) };
        jsonwebtoken::encode(&header, &claims, &self.encoding).expect("our own claims can be signed")
    }

    /// What a token says, once its signature, issuer, audience and times are found right.
    pub fn verify(&self, token: &str) -> Result<Claims, TokenError> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The library would ask the operating system for the time.
        validation.validate_exp = false;
        let claims =
            jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation).map_err(|_| TokenError::Invalid)?.claims;
        let now = self.ambient.now().timestamp();
        if claims.iat > now + 60 {
            return Err(TokenError::Invalid);
        }
        if claims.exp <= now {
            return Err(TokenError::Expired);
        }
        Ok(claims)
    }
}

#[cfg(test)]
mod tests {
    use bugdrill_platform::ambient::testing::manual_ambient;
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_token_holds_for_fifteen_minutes_and_only_under_its_key() {
        let (ambient, clock) = manual_ambient();
        let tokens = Tokens::new(&[7; 32], ambient.clone());
        let user = ambient.new_id();
        let token = tokens.issue(user, ambient.new_id(), "user", true);
        assert_eq!(tokens.verify(&token).unwrap().sub, user);

        assert_eq!(Tokens::new(&[8; 32], ambient).verify(&token), Err(TokenError::Invalid));
        let (head, rest) = token.split_once('.').unwrap();
        let (body, signature) = rest.split_once('.').unwrap();
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        assert_eq!(tokens.verify(&format!("{none}.{body}.")), Err(TokenError::Invalid));
        let other_body = URL_SAFE_NO_PAD
            .encode(String::from_utf8(URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap().replace("user", "admin"));
        assert_eq!(tokens.verify(&format!("{head}.{other_body}.{signature}")), Err(TokenError::Invalid));
        assert_eq!(tokens.verify("rubbish"), Err(TokenError::Invalid));

        clock.advance(TimeDelta::minutes(15));
        assert_eq!(tokens.verify(&token), Err(TokenError::Expired));
        clock.advance(TimeDelta::minutes(-30));
        assert_eq!(tokens.verify(&token), Err(TokenError::Invalid));
    }
}
