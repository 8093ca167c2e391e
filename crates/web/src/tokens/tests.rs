use std::sync::Arc;

use bugdrill_platform::ambient::testing::{ManualClock, manual_ambient};
use bugdrill_store::testing::TestDatabase;
use futures::future::join_all;

use super::*;

const SECRET: RootSecret = RootSecret::new([7; 32]);

/// A database, and a clock for all servers that work on it.
struct Shared {
    store: Store,
    ambient: Ambient,
    clock: Arc<ManualClock>,
    _database: TestDatabase,
}

impl Shared {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let (ambient, clock) = manual_ambient();
        Self { store: database.open().await, ambient, clock, _database: database }
    }

    fn server(&self, secret: RootSecret) -> Tokens {
        Tokens::new(self.store.clone(), secret, DEFAULT_KEY_DAYS, self.ambient.clone())
    }

    async fn started(&self) -> Tokens {
        let tokens = self.server(SECRET);
        tokens.reload().await.unwrap();
        tokens
    }

    fn token(&self, of: &Tokens) -> String {
        of.issue(self.ambient.new_id(), self.ambient.new_id(), Role::User, true)
    }
}

fn key_of(token: &str) -> String {
    jsonwebtoken::decode_header(token).unwrap().kid.unwrap()
}

/// `token`, said to be signed with the key `id`.
fn with_key(token: &str, id: &str) -> String {
    let header = Header { kid: Some(id.into()), ..Header::new(Algorithm::EdDSA) };
    let header = URL_SAFE_NO_PAD.encode(serde_json::to_string(&header).unwrap());
    format!("{header}.{}", token.split_once('.').unwrap().1)
}

#[tokio::test]
async fn a_token_holds_for_fifteen_minutes() {
    let shared = Shared::new().await;
    let tokens = shared.started().await;
    let (user, session) = (shared.ambient.new_id(), shared.ambient.new_id());
    let token = tokens.issue(user, session, Role::User, true);
    let claims = tokens.verify(&token).await.unwrap();
    assert_eq!((claims.sub, claims.sid, claims.role, claims.trial), (user, session, Role::User, true));
    shared.clock.advance(TimeDelta::minutes(15) - TimeDelta::seconds(1));
    tokens.verify(&token).await.unwrap();
    shared.clock.advance(TimeDelta::seconds(1));
    assert_eq!(tokens.verify(&token).await, Err(TokenError::Expired));
    shared.clock.advance(TimeDelta::minutes(-17));
    assert_eq!(tokens.verify(&token).await, Err(TokenError::Invalid));
}

#[tokio::test]
async fn servers_that_start_at_once_have_one_key() {
    let shared = Shared::new().await;
    let servers = join_all((0..8).map(|_| shared.started())).await;
    let token = shared.token(&servers[0]);
    for server in &servers {
        assert_eq!(server.public_keys().len(), 1);
        server.verify(&token).await.unwrap();
    }
}

#[tokio::test]
async fn a_key_signs_for_thirty_days_and_its_successor_is_published_a_day_before() {
    let shared = Shared::new().await;
    let tokens = shared.started().await;
    let first = key_of(&shared.token(&tokens));
    shared.clock.advance(TimeDelta::days(29) - TimeDelta::seconds(1));
    tokens.reload().await.unwrap();
    assert_eq!(tokens.public_keys().len(), 1);
    shared.clock.advance(TimeDelta::seconds(1));
    tokens.reload().await.unwrap();
    let published = tokens.public_keys();
    assert_eq!(published.len(), 2);
    shared.clock.advance(TimeDelta::days(1) - TimeDelta::seconds(1));
    let last = shared.token(&tokens);
    assert_eq!(key_of(&last), first);
    shared.clock.advance(TimeDelta::seconds(1));
    assert_eq!(key_of(&shared.token(&tokens)), published[1].id);

    // Until the last token of the old key is long dead.
    shared.clock.advance(TimeDelta::minutes(14));
    tokens.reload().await.unwrap();
    tokens.verify(&last).await.unwrap();
    shared.clock.advance(TimeDelta::minutes(46));
    tokens.reload().await.unwrap();
    assert_eq!(tokens.public_keys(), published[1..]);
    assert_eq!(shared.store.signing_keys().list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn every_token_holds_on_every_server_whatever_the_day() {
    let shared = Shared::new().await;
    let servers = [shared.started().await, shared.started().await];
    let mut signed = Vec::new();
    for hour in 0..24 * 100 {
        shared.clock.advance(TimeDelta::hours(1));
        // They take turns, so that each is behind the other by an hour.
        servers[hour % 2].reload().await.unwrap();
        for server in &servers {
            let token = shared.token(server);
            signed.push(key_of(&token));
            for server in &servers {
                server.verify(&token).await.unwrap();
                assert!(server.public_keys().len() <= 2);
            }
        }
    }
    signed.dedup();
    assert_eq!(signed.len(), 4, "one after the other: {signed:?}");
}

#[tokio::test]
async fn after_a_long_sleep_the_old_key_signs_until_others_can_know_the_next() {
    let shared = Shared::new().await;
    let first = key_of(&shared.token(&shared.started().await));
    shared.clock.advance(TimeDelta::days(1_000));
    let tokens = shared.started().await;
    assert_eq!(key_of(&shared.token(&tokens)), first);
    shared.clock.advance(TimeDelta::days(1));
    assert_ne!(key_of(&shared.token(&tokens)), first);
    // A clock set back to before all keys stops nobody.
    tokens.reload().await.unwrap();
    shared.clock.advance(TimeDelta::days(-2_000));
    tokens.verify(&shared.token(&tokens)).await.unwrap();
}

#[tokio::test]
async fn unknown_keys_are_sought_once_in_five_seconds() {
    let shared = Shared::new().await;
    let tokens = shared.started().await;
    let rubbish = with_key(&shared.token(&tokens), "made-up");
    let now = shared.ambient.now();
    // Another server, whose clock is ahead, has made a key and signs with it.
    shared.store.signing_keys().add(tokens.make(2, now, now)).await.unwrap();
    let token = shared.token(&shared.started().await);
    shared.clock.advance(TimeDelta::seconds(5) - TimeDelta::milliseconds(1));
    assert_eq!(tokens.verify(&token).await, Err(TokenError::Invalid), "they were read a moment ago");
    shared.clock.advance(TimeDelta::milliseconds(1));
    let asked = (0..20).map(|number| if number == 10 { &token } else { &rubbish });
    let holding = join_all(asked.map(|token| tokens.verify(token))).await.into_iter().flatten();
    assert_eq!(holding.count(), 1);

    shared.store.signing_keys().add(tokens.make(3, now, now)).await.unwrap();
    let token = shared.token(&shared.started().await);
    assert_eq!(tokens.verify(&token).await, Err(TokenError::Invalid), "rubbish has led to a reading");
    shared.clock.advance(TimeDelta::seconds(5));
    tokens.verify(&token).await.unwrap();
}

#[tokio::test]
async fn a_server_with_another_secret_reads_no_key_and_makes_none() {
    let shared = Shared::new().await;
    shared.started().await;
    shared.clock.advance(TimeDelta::days(100));
    let error = shared.server(RootSecret::new([8; 32])).reload().await.unwrap_err();
    assert!(matches!(error, KeysError::OtherSecret), "{error}");
    assert!(error.to_string().contains("sealed under another secret"));
    assert_eq!(shared.store.signing_keys().list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_can_only_write_to_the_database_brings_in_no_key() {
    let shared = Shared::new().await;
    let tokens = shared.started().await;
    let (public, token) = (tokens.public_keys(), shared.token(&tokens));
    let stranger = shared.server(RootSecret::new([8; 32]));
    let stored = shared.store.signing_keys().list().await.unwrap().remove(0);
    let foreign = stranger.make(2, shared.ambient.now(), shared.ambient.now());
    let moved = SigningKey { id: "another".into(), generation: 3, ..stored };
    for planted in [foreign, moved] {
        shared.store.signing_keys().add(planted).await.unwrap();
        assert!(matches!(tokens.reload().await, Err(KeysError::OtherSecret)));
        assert_eq!(tokens.public_keys(), public);
        // It might be the key of a true one: nobody is logged out by what is planted.
        assert_eq!(tokens.verify(&with_key(&token, "made-up")).await, Err(TokenError::Unavailable));
    }
    tokens.verify(&token).await.unwrap();
}
