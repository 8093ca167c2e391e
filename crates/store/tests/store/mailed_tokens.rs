//! Tokens in mailed links.

use bugdrill_store::{
    MailedTokenPurpose::{self, ResetPassword, VerifyEmail},
    NewMailedToken, User,
};
use chrono::TimeDelta;
use futures::future::join_all;
use uuid::Uuid;

use crate::{support::Fresh, users::sign_up};

const PURPOSES: [MailedTokenPurpose; 2] = [ResetPassword, VerifyEmail];

/// Keeps a token of this hash, which holds for an hour, and tells the address to mail it to.
async fn mail(fresh: &Fresh, user: Uuid, hash: u8, purpose: MailedTokenPurpose) -> Option<String> {
    let token = NewMailedToken { token_hash: vec![hash], purpose, expires_at: fresh.now() + TimeDelta::hours(1) };
    fresh.store.mailed_tokens().add(user, token, fresh.now()).await.unwrap()
}

/// Whether the token of this hash holds. It is not used up.
async fn holds(fresh: &Fresh, hash: u8, purpose: MailedTokenPurpose) -> bool {
    fresh.store.mailed_tokens().find(&[hash], purpose, fresh.now()).await.unwrap().is_some()
}

/// Whether the token of this hash was good for a new password.
async fn reset(fresh: &Fresh, hash: u8) -> bool {
    fresh.store.mailed_tokens().reset_password(&[hash], "new".into(), fresh.stamp()).await.unwrap().is_some()
}

/// Whether the token of this hash verified an address.
async fn verify(fresh: &Fresh, hash: u8) -> bool {
    fresh.store.mailed_tokens().verify_email(&[hash], fresh.stamp()).await.unwrap().is_some()
}

#[tokio::test]
async fn a_token_is_for_one_purpose_and_one_use() {
    let fresh = Fresh::new().await;
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    assert_eq!(mail(&fresh, user, 1, ResetPassword).await.as_deref(), Some("ada@example.com"));
    assert_eq!(mail(&fresh, user, 2, VerifyEmail).await.as_deref(), Some("ada@example.com"));
    assert!(holds(&fresh, 1, ResetPassword).await && holds(&fresh, 2, VerifyEmail).await);
    assert!(!holds(&fresh, 1, VerifyEmail).await && !holds(&fresh, 2, ResetPassword).await);
    assert!(!reset(&fresh, 2).await && !verify(&fresh, 1).await && !reset(&fresh, 9).await, "and are not used up");
    assert!(verify(&fresh, 2).await && reset(&fresh, 1).await);
    assert!(!verify(&fresh, 2).await && !reset(&fresh, 1).await);
    let verified = fresh.store.users().find(user).await.unwrap().unwrap().email_verified_at;
    assert_eq!(verified, Some(fresh.now()));
}

#[tokio::test]
async fn a_new_password_ends_all_sessions_and_verifies_the_address() {
    let fresh = Fresh::new().await;
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap();
    assert_eq!(user.email_verified_at, None);
    let eve = sign_up(&fresh, "eve@example.com", None).await.unwrap().id;
    mail(&fresh, user.id, 1, ResetPassword).await.unwrap();
    fresh.clock.advance(TimeDelta::minutes(5));
    assert!(reset(&fresh, 1).await);
    let (store, now) = (&fresh.store, fresh.now());
    let sessions = |user| async move { store.sessions().of_user(user, now).await.unwrap().len() };
    assert_eq!((sessions(user.id).await, sessions(eve).await), (0, 1));
    let user = fresh.user(user.id).await;
    assert_eq!((user.password_hash(), user.email_verified_at), (Some("new"), Some(fresh.now())));
    assert_eq!(fresh.user(eve).await.password_hash(), Some("hash"));
}

#[tokio::test]
async fn mails_come_at_intervals_and_their_links_hold_beside_each_other() {
    let fresh = Fresh::new().await;
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    for (index, purpose) in (10..).step_by(10).zip(PURPOSES) {
        mail(&fresh, user, index, purpose).await.unwrap();
        assert_eq!(mail(&fresh, user, index + 1, purpose).await, None, "the last one has only just gone");
        assert!(holds(&fresh, index, purpose).await);
        fresh.clock.advance(TimeDelta::minutes(2));
        mail(&fresh, user, index + 1, purpose).await.unwrap();
        fresh.clock.advance(TimeDelta::minutes(2));
        mail(&fresh, user, index + 2, purpose).await.unwrap();
        fresh.clock.advance(TimeDelta::minutes(2));
        assert_eq!(mail(&fresh, user, index + 3, purpose).await, None, "the fourth within an hour");
        for kept in index..index + 3 {
            assert!(holds(&fresh, kept, purpose).await, "no mail takes a link away");
        }
        fresh.clock.advance(TimeDelta::minutes(54));
        assert!(mail(&fresh, user, index + 3, purpose).await.is_some(), "an hour after the first");
    }
}

#[tokio::test]
async fn a_token_ends_with_its_time_its_address_and_its_account() {
    let fresh = Fresh::new().await;
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    mail(&fresh, user, 1, ResetPassword).await.unwrap();
    fresh.clock.advance(TimeDelta::minutes(60));
    assert!(!holds(&fresh, 1, ResetPassword).await && !reset(&fresh, 1).await);

    for (hash, purpose) in [(2, ResetPassword), (3, VerifyEmail)] {
        mail(&fresh, user, hash, purpose).await.unwrap();
    }
    fresh.execute("UPDATE users SET email = 'ada@example.org'").await;
    assert!(!holds(&fresh, 2, ResetPassword).await && !reset(&fresh, 2).await && !verify(&fresh, 3).await);
    assert_eq!(mail(&fresh, user, 4, VerifyEmail).await.as_deref(), Some("ada@example.org"), "at once");

    fresh.execute("DELETE FROM users").await;
    assert!(!holds(&fresh, 4, VerifyEmail).await && !verify(&fresh, 4).await);
    assert_eq!(fresh.number("SELECT count(*) FROM mailed_tokens").await, 0);
}

#[tokio::test]
async fn nothing_is_mailed_to_those_without_an_address_or_need() {
    let fresh = Fresh::new().await;
    let trial = fresh.trial(5).await;
    for purpose in PURPOSES {
        assert_eq!(mail(&fresh, trial, 1, purpose).await, None);
        assert_eq!(mail(&fresh, fresh.ambient.new_id(), 1, purpose).await, None);
    }
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    mail(&fresh, user, 2, VerifyEmail).await.unwrap();
    assert!(verify(&fresh, 2).await);
    fresh.clock.advance(TimeDelta::minutes(2));
    assert_eq!(mail(&fresh, user, 3, VerifyEmail).await, None, "it is verified");
    assert!(mail(&fresh, user, 3, ResetPassword).await.is_some());
}

#[tokio::test]
async fn of_ten_who_bring_a_token_at_once_one_succeeds() {
    let fresh = Fresh::new().await;
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    mail(&fresh, user, 1, ResetPassword).await.unwrap();
    let resets = join_all((0..10).map(|_| reset(&fresh, 1))).await;
    assert_eq!(resets.iter().filter(|done| **done).count(), 1);
}

#[tokio::test]
async fn a_password_changes_only_while_it_is_the_one_that_was_checked() {
    let fresh = Fresh::new().await;
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap();
    let (store, id, now) = (&fresh.store, user.id, fresh.now());
    let sessions = async || {
        let open = store.sessions().of_user(id, now).await.unwrap();
        open.into_iter().map(|session| session.id).collect::<Vec<_>>()
    };
    let first = sessions().await[0];
    let second = fresh.session(id, &[1]).await;
    mail(&fresh, id, 1, ResetPassword).await.unwrap();
    let change = async |user: &User, new: &str, keep| {
        store.users().change_password(user, keep, new.to_owned(), fresh.stamp()).await.unwrap()
    };
    assert!(change(&user, "new", first).await);
    assert_eq!(sessions().await, [first], "the session that it was changed in goes on");
    assert!(!reset(&fresh, 1).await, "a link that was mailed before is worth nothing");
    assert!(!change(&user, "newer", second).await);
    assert_eq!(sessions().await, [first]);
    assert!(!change(&fresh.user(id).await, "newer", second).await, "in a session that has ended");
    assert_eq!(sessions().await, [first]);
    assert!(change(&fresh.user(id).await, "newer", first).await);
    assert_eq!(fresh.user(id).await.password_hash(), Some("newer"));
}

#[tokio::test]
async fn whoever_made_an_account_is_out_once_the_owner_of_the_address_sets_a_password() {
    let fresh = Fresh::new().await;
    let (store, user) = (&fresh.store, sign_up(&fresh, "ada@example.com", None).await.unwrap().id);
    let protect = async || {
        let session = fresh.session(user, &fresh.ambient.random_bytes::<32>()).await;
        store.second_factors().offer(user, vec![7]).await.unwrap();
        store.second_factors().confirm(user, session, &[7], 1, vec![vec![1]], fresh.stamp()).await.unwrap();
    };
    protect().await;
    mail(&fresh, user, 1, ResetPassword).await.unwrap();
    assert!(reset(&fresh, 1).await);
    assert!(!fresh.user(user).await.has_second_factor());
    assert_eq!(store.second_factors().recovery_codes_left(user).await.unwrap(), 0);

    // It is the owner's now.
    protect().await;
    fresh.clock.advance(TimeDelta::minutes(2));
    mail(&fresh, user, 2, ResetPassword).await.unwrap();
    assert!(reset(&fresh, 2).await);
    assert!(fresh.user(user).await.has_second_factor());
}

#[tokio::test]
async fn a_secret_that_was_only_offered_is_gone_with_the_password() {
    let fresh = Fresh::new().await;
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap();
    let session = fresh.store.sessions().of_user(user.id, fresh.now()).await.unwrap()[0].id;
    fresh.store.second_factors().offer(user.id, vec![7]).await.unwrap();
    assert!(fresh.store.users().change_password(&user, session, "new".into(), fresh.stamp()).await.unwrap());
    assert_eq!(fresh.store.second_factors().find(user.id).await.unwrap(), None);
}
