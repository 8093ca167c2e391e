//! Access tokens: EdDSA-signed JWTs that live for 15 minutes.
//!
//! Their keys are in the database, so that all servers that work on it agree. A key's successor is made a day before it
//! takes over, and published at once; a key is deleted when no token of it can live any more. Private keys are sealed,
//! and public ones are made of them: who can write to the database, but has not the root secret, brings in no key.

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bugdrill_model::Role;
use bugdrill_platform::{Ambient, RootSecret};
use bugdrill_store::{SigningKey, Store, StoreError};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use moka::sync::Cache;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::{sync::Mutex, time::interval};
use uuid::Uuid;

/// How long an access token lives.
pub const ACCESS_TOKEN_LIFETIME: Duration = Duration::from_mins(15);

/// For how many days a key signs, unless configured otherwise.
pub const DEFAULT_KEY_DAYS: u32 = 30;

/// What private keys are sealed for.
pub const SEALED_FOR: &str = "signing key";

/// How long a key is published before it signs.
const PUBLISHED_AHEAD: TimeDelta = TimeDelta::days(1);

/// How long a key is kept when its successor signs: as long as its last token lives, and more for clocks that differ.
const KEPT: TimeDelta = TimeDelta::hours(1);

/// How often the keys are read anew.
const RELOAD_PERIOD: Duration = Duration::from_mins(1);

/// How long unknown keys are taken for made up after the keys were read.
const RELOAD_PAUSE: TimeDelta = TimeDelta::seconds(5);

/// How many tokens are remembered.
const MAX_VERIFIED: u64 = 100_000;

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
    /// The role in this session.
    pub role: Role,
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
    /// It names a key that this server does not know, and cannot ask for.
    #[error("the keys cannot be read")]
    Unavailable,
}

/// Why there are no keys to work with.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The root secret does not open them.
    #[error(
        "the keys in the database were sealed under another secret than this server has: give it the one from before, \
         as secrets.key or as secret.key in its data folder"
    )]
    OtherSecret,
}

/// The public half of a key, for others to verify tokens with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// The `kid` of its tokens.
    pub id: String,
    /// The Ed25519 key, as base64url.
    pub x: String,
}

struct Key {
    public: PublicKey,
    generation: i32,
    signs_from: DateTime<Utc>,
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl Key {
    /// The key of this private one, which is an Ed25519 key as PKCS #8.
    fn new(private: &[u8], generation: i32, signs_from: DateTime<Utc>) -> Option<Self> {
        let pair = Ed25519KeyPair::from_pkcs8(private).ok()?;
        let public = pair.public_key().as_ref();
        Some(Self {
            public: PublicKey {
                id: URL_SAFE_NO_PAD.encode(&Sha256::digest(public)[..12]),
                x: URL_SAFE_NO_PAD.encode(public),
            },
            generation,
            signs_from,
            encoding: EncodingKey::from_ed_der(private),
            decoding: DecodingKey::from_ed_der(public),
        })
    }
}

/// Signs and checks access tokens.
pub struct Tokens {
    store: Store,
    secret: RootSecret,
    /// For how long a key signs.
    key_lifetime: TimeDelta,
    ambient: Ambient,
    /// The newest last.
    keys: RwLock<Vec<Key>>,
    last_reading: Mutex<Reading>,
    /// What tokens say whose signature was found right, by their SHA-256.
    verified: Cache<[u8; 32], Arc<Claims>>,
}

/// A reading of the keys.
#[derive(Default)]
struct Reading {
    at: DateTime<Utc>,
    is_done: bool,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Tokens").field("keys", &self.public_keys()).finish_non_exhaustive()
    }
}

impl Tokens {
    /// Works with the keys in this database, sealed under this secret. [`Tokens::reload`] has to read them before the
    /// first token is issued.
    pub fn new(store: Store, secret: RootSecret, key_days: u32, ambient: Ambient) -> Self {
        Self {
            store,
            secret,
            key_lifetime: TimeDelta::days(key_days.into()),
            ambient,
            keys: RwLock::default(),
            last_reading: Mutex::default(),
            verified: Cache::builder().max_capacity(MAX_VERIFIED).time_to_live(ACCESS_TOKEN_LIFETIME).build(),
        }
    }

    /// Reads the keys, makes the next when it is time, and deletes the old ones.
    pub async fn reload(&self) -> Result<(), KeysError> {
        self.read_anew(&mut *self.last_reading.lock().await).await
    }

    /// Reloads each minute, until it is aborted.
    pub async fn keep_reloading(&self) {
        let mut minutes = interval(RELOAD_PERIOD);
        loop {
            minutes.tick().await;
            if let Err(error) = self.reload().await {
                tracing::error!(%error, "cannot read the signing keys");
            }
        }
    }

    /// The public keys of all tokens that hold, now or within a day.
    pub fn public_keys(&self) -> Vec<PublicKey> {
        self.with_keys(|keys| keys.iter().map(|key| key.public.clone()).collect())
    }

    /// A token for this user and session.
    pub fn issue(&self, user: Uuid, session: Uuid, role: Role, trial: bool) -> String {
        let now = self.ambient.now();
        let lifetime = i64::try_from(ACCESS_TOKEN_LIFETIME.as_secs()).unwrap_or(i64::MAX);
        let claims = Claims {
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            sub: user,
            sid: session,
            role,
            trial,
            iat: now.timestamp(),
            exp: now.timestamp() + lifetime,
        };
        self.with_keys(|keys| {
            let current = keys.iter().rfind(|key| key.signs_from <= now);
            // A clock that was set back is before all of them.
            let key = current.or(keys.first()).expect("the keys were read before");
            let header = Header { kid: Some(key.public.id.clone()), ..Header::new(Algorithm::EdDSA) };
            jsonwebtoken::encode(&header, &claims, &key.encoding).expect("our own claims can be signed")
        })
    }

    /// What a token says, once its signature, issuer, audience and times are found right. The signature is checked the
    /// first time that the token comes; what is told of its times always.
    pub async fn verify(&self, token: &str) -> Result<Arc<Claims>, TokenError> {
        let hash = Sha256::digest(token).into();
        let claims = if let Some(claims) = self.verified.get(&hash) {
            claims
        } else {
            let claims = Arc::new(self.check_signature(token).await?);
            self.verified.insert(hash, Arc::clone(&claims));
            claims
        };
        let now = self.ambient.now().timestamp();
        if claims.iat > now + 60 {
            return Err(TokenError::Invalid);
        }
        if claims.exp <= now {
            return Err(TokenError::Expired);
        }
        Ok(claims)
    }

    async fn check_signature(&self, token: &str) -> Result<Claims, TokenError> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| TokenError::Invalid)?;
        let id = header.kid.filter(|_| header.alg == Algorithm::EdDSA).ok_or(TokenError::Invalid)?;
        let key = match self.find(&id) {
            Some(key) => key,
            None => self.look_for(&id).await?,
        };
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The library would ask the operating system for the time.
        validation.validate_exp = false;
        Ok(jsonwebtoken::decode::<Claims>(token, &key, &validation).map_err(|_| TokenError::Invalid)?.claims)
    }

    fn with_keys<T>(&self, work: impl FnOnce(&[Key]) -> T) -> T {
        work(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn find(&self, id: &str) -> Option<DecodingKey> {
        self.with_keys(|keys| keys.iter().find(|key| key.public.id == id).map(|key| key.decoding.clone()))
    }

    /// The key of this id, if another server has made it since the keys were last read. Ids that are made up lead to
    /// one reading in a few seconds, however many come at once.
    async fn look_for(&self, id: &str) -> Result<DecodingKey, TokenError> {
        let mut last = self.last_reading.lock().await;
        if self.ambient.now() - last.at >= RELOAD_PAUSE
            && let Err(error) = self.read_anew(&mut last).await
        {
            tracing::error!(%error, "cannot read the signing keys");
        }
        let unknown = if last.is_done { TokenError::Invalid } else { TokenError::Unavailable };
        self.find(id).ok_or(unknown)
    }

    async fn read_anew(&self, reading: &mut Reading) -> Result<(), KeysError> {
        let now = self.ambient.now();
        // Said first: a client that goes away ends the reading, and shall not make others begin it anew.
        *reading = Reading { at: now, is_done: false };
        let repository = self.store.signing_keys();
        let mut keys = self.read().await?;
        let next = match keys.last() {
            None => Some((1, now)),
            Some(newest) => (now - newest.signs_from >= self.key_lifetime - PUBLISHED_AHEAD)
                .then_some((newest.generation + 1, now + PUBLISHED_AHEAD)),
        };
        if let Some((generation, signs_from)) = next {
            // Of servers that do this at once one wins, and the others take its key.
            if repository.add(self.make(generation, signs_from, now)).await? {
                tracing::info!(generation, %signs_from, "made a signing key");
            }
            keys = self.read().await?;
        }
        if let Some(current) = keys.iter().rposition(|key| key.signs_from + KEPT <= now)
            && current > 0
        {
            repository.delete_before(keys[current].generation).await?;
            keys.drain(..current);
        }
        {
            let mut known = self.keys.write().unwrap_or_else(PoisonError::into_inner);
            // A key that an operator has deleted takes its tokens along.
            if known.iter().any(|old| keys.iter().all(|new| new.public.id != old.public.id)) {
                self.verified.invalidate_all();
            }
            *known = keys;
        }
        reading.is_done = true;
        Ok(())
    }

    async fn read(&self) -> Result<Vec<Key>, KeysError> {
        let open = |stored: SigningKey| {
            let private = self.secret.open(SEALED_FOR, stored.id.as_bytes(), &stored.private_key).ok()?;
            Key::new(&private, stored.generation, stored.signs_from)
        };
        let keys = self.store.signing_keys().list().await?.into_iter().map(open);
        keys.collect::<Option<_>>().ok_or(KeysError::OtherSecret)
    }

    /// A new key, as it is stored.
    fn make(&self, generation: i32, signs_from: DateTime<Utc>, now: DateTime<Utc>) -> SigningKey {
        let seed = self.ambient.random_bytes::<32>();
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).expect("any 32 bytes are a seed");
        let private = pair.to_pkcs8v1().expect("an Ed25519 key has a PKCS #8 form");
        let Key { public, .. } = Key::new(private.as_ref(), generation, signs_from).expect("it is that form");
        let private_key = self.secret.seal(SEALED_FOR, public.id.as_bytes(), private.as_ref(), &self.ambient);
        SigningKey { id: public.id, generation, private_key, signs_from, created_at: now }
    }
}

#[cfg(test)]
mod tests;
