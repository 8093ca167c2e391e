//! Log-ins by other providers, and who users are there.

use bugdrill_store::{AuditEvent, NewOauthFlow, ProviderIdentity, Recognition};
use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::json;
use uuid::Uuid;

use crate::{
    support::{Fresh, id_of},
    users::sign_up,
};

/// Starts a log-in by Google, whose state is `number`.
async fn start(fresh: &Fresh, number: u8, trial: Option<Uuid>) {
    let flow = NewOauthFlow {
        state_hash: vec![number; 32],
        provider: "google".into(),
        nonce: "SECRET-nonce".into(),
        pkce_verifier: "SECRET-verifier".into(),
        client_challenge: "challenge".into(),
        return_to: "bugdrill://oauth".into(),
        trial_user_id: trial,
        expires_at: fresh.now() + TimeDelta::minutes(10),
    };
    assert!(!format!("{flow:?}").contains("SECRET"));
    fresh.store.oauth_flows().start(flow, fresh.now()).await.unwrap();
}

fn identity(provider: &str, subject: &str, email: Option<&str>) -> ProviderIdentity {
    let identity = ProviderIdentity {
        provider: provider.into(),
        subject: subject.into(),
        verified_email: email.map(str::to_owned),
        display_name: Some("Ada \0".into()),
    };
    assert!(!format!("{identity:?}").contains("example.com"));
    identity
}

async fn recognise(fresh: &Fresh, identity: &ProviderIdentity, trial: Option<Uuid>) -> Option<(Uuid, Recognition)> {
    let identities = fresh.store.identities();
    let recognised = identities.recognise(identity, trial, fresh.ambient.new_id(), fresh.stamp()).await.unwrap();
    recognised.map(|(user, recognition)| (user.id, recognition))
}

#[tokio::test]
async fn every_step_of_a_log_in_works_once() {
    let fresh = Fresh::new().await;
    let (flows, now) = (fresh.store.oauth_flows(), fresh.now());
    let trial = fresh.trial(5).await;
    start(&fresh, 1, Some(trial)).await;
    assert!(flows.take(&[1; 32], "github", &[9; 32], now).await.unwrap().is_none(), "it is not GitHub's");
    let take = async |code: u8| flows.take(&[1; 32], "google", &[code; 32], now).await.unwrap();
    let taken = join_all((10..20).map(take)).await;
    let codes: Vec<u8> = (10..).zip(taken).filter_map(|(code, taken)| taken.map(|_| code)).collect();
    let [code] = codes[..] else { panic!("{codes:?}") };
    let ada = identity("google", "ada", Some("ada@example.com"));
    assert!(flows.redeem(&[99; 32], "google", now).await.unwrap().is_none());
    flows.succeed(&[code; 32], &ada, now + TimeDelta::minutes(1)).await.unwrap();
    let redeem = async |_: u8| flows.redeem(&[code; 32], "google", now).await.unwrap();
    let redeemed = join_all((0..10).map(redeem)).await;
    let redeemed: Vec<_> = redeemed.into_iter().flatten().collect();
    assert_eq!(redeemed.len(), 1);
    assert_eq!((&redeemed[0].identity, redeemed[0].trial_user_id), (&ada, Some(trial)));
    assert_eq!(redeemed[0].client_challenge, "challenge");
}

#[tokio::test]
async fn a_code_is_burnt_by_whatever_is_wrong_with_it() {
    let fresh = Fresh::new().await;
    let flows = fresh.store.oauth_flows();
    let ada = identity("google", "ada", None);
    for number in 1..=2 {
        start(&fresh, number, None).await;
        flows.take(&[number; 32], "google", &[number; 32], fresh.now()).await.unwrap().unwrap();
        flows.succeed(&[number; 32], &ada, fresh.now() + TimeDelta::minutes(1)).await.unwrap();
    }
    assert!(flows.redeem(&[1; 32], "github", fresh.now()).await.unwrap().is_none());
    assert!(flows.redeem(&[1; 32], "google", fresh.now()).await.unwrap().is_none());
    fresh.clock.advance(TimeDelta::minutes(1));
    assert!(flows.redeem(&[2; 32], "google", fresh.now()).await.unwrap().is_none());
    assert_eq!(fresh.number("SELECT count(*) FROM oauth_flows").await, 0);
}

#[tokio::test]
async fn log_ins_that_are_given_up_are_forgotten() {
    let fresh = Fresh::new().await;
    let trial = fresh.trial(5).await;
    start(&fresh, 1, Some(trial)).await;
    fresh.clock.advance(TimeDelta::minutes(9));
    start(&fresh, 2, None).await;
    fresh.clock.advance(TimeDelta::minutes(1));
    assert!(fresh.store.oauth_flows().take(&[1; 32], "google", &[1; 32], fresh.now()).await.unwrap().is_none());
    assert_eq!(fresh.store.retention().forget_oauth_flows(fresh.now()).await.unwrap(), 1);
    assert!(fresh.store.oauth_flows().take(&[2; 32], "google", &[2; 32], fresh.now()).await.unwrap().is_some());
}

#[tokio::test]
async fn an_identity_is_one_accounts_and_an_address_leads_to_it() {
    let fresh = Fresh::new().await;
    let trial = fresh.trial(5).await;
    fresh.store.learning().start(trial, id_of(1), fresh.now()).await.unwrap();
    let google = identity("google", "1", Some("ada@example.com"));
    assert_eq!(recognise(&fresh, &identity("google", "1", None), Some(trial)).await, None);
    assert_eq!(recognise(&fresh, &google, Some(trial)).await, Some((trial, Recognition::Created)));
    let github = identity("github", "1", Some("ada@example.com"));
    assert_eq!(recognise(&fresh, &github, None).await, Some((trial, Recognition::Linked)));
    assert_eq!(recognise(&fresh, &identity("google", "1", None), None).await, Some((trial, Recognition::Known)));
    let moved = identity("google", "1", Some("bob@example.com"));
    assert_eq!(recognise(&fresh, &moved, None).await, Some((trial, Recognition::Known)));
    let (bob, recognition) =
        recognise(&fresh, &identity("google", "2", Some("bob@example.com")), Some(trial)).await.unwrap();
    assert_eq!(recognition, Recognition::Created);
    assert_ne!(bob, trial, "an account is nobody's trial");
    assert_eq!(fresh.number("SELECT count(*) FROM user_identities").await, 3);
    let log = fresh.audit_log(trial).await.into_iter().map(|(event, details)| (event, details["provider"].clone()));
    let linked = (AuditEvent::IdentityLinked, json!("github"));
    assert!(log.collect::<Vec<_>>().iter().rev().eq([&(AuditEvent::SignedUp, json!("google")), &linked]));
}

#[tokio::test]
async fn ten_new_identities_with_one_address_make_one_account() {
    let fresh = Fresh::new().await;
    let come = async |number: u8| {
        let subject = (number / 2).to_string();
        recognise(&fresh, &identity("google", &subject, Some("ada@example.com")), None).await.unwrap()
    };
    let recognised = join_all((0..10).map(come)).await;
    assert!(recognised.iter().all(|(user, _)| *user == recognised[0].0));
    let created = recognised.iter().filter(|(_, recognition)| *recognition == Recognition::Created);
    assert_eq!(created.count(), 1);
    assert_eq!(fresh.number("SELECT count(*) FROM users").await, 1);
    assert_eq!(fresh.number("SELECT count(*) FROM user_identities").await, 5);
}

#[tokio::test]
async fn nothing_that_lets_a_stranger_in_outlives_the_owners_coming() {
    let fresh = Fresh::new().await;
    let stranger = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    let now = "created_at FROM users";
    for sql in [
        "UPDATE users SET totp_confirmed_at = created_at, totp_last_step = 1".to_owned(),
        format!("INSERT INTO user_identities (provider, subject, user_id, created_at) SELECT 'github', '1', id, {now}"),
        format!("INSERT INTO recovery_codes (user_id, code_hash, created_at) SELECT id, email_hash, {now}"),
    ] {
        let sql = sql.replace("email_hash", if fresh.store.is_shared() { "'\\x01'::bytea" } else { "x'01'" });
        fresh.execute(&sql).await;
    }
    let google = identity("google", "1", Some("ada@example.com"));
    assert_eq!(recognise(&fresh, &google, None).await, Some((stranger, Recognition::Linked)));
    for rows in ["sessions", "refresh_tokens", "recovery_codes", "user_identities WHERE provider <> 'google'"] {
        assert_eq!(fresh.number(&format!("SELECT count(*) FROM {rows}")).await, 0, "{rows}");
    }
    let user = fresh.user(stranger).await;
    assert!(user.email_verified_at.is_some() && user.password_hash().is_none() && !user.has_second_factor());
}
