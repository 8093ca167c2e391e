//! Tokens in mailed links.

use bugdrill_store::{
    MailedTokenPurpose::{self, ResetPassword, VerifyEmail},
    NewMailedToken,
};
use chrono::TimeDelta;
use futures::future::join_all;
use uuid::Uuid;

use crate::{support::Fresh, users::sign_up};

const PURPOSES: [MailedTokenPurpose; 2] = [ResetPassword, VerifyEmail];

/// Keeps a token of this hash, which holds for an hour, and tells the address to mail it to.
async fn mail(fresh: &Fresh, user: Uuid, hash: u8, purpose: MailedTokenPurpose) -> Option<String> {
    let token = NewMailedToken { token_hash: vec![hash], purpose, expires_at: fresh.now() + TimeDelta::hours(1) };
    fresh.store.mailed_tokens().replace(user, token, fresh.now()).await.unwrap()
}

/// Whether the token of this hash holds. It is not used up.
async fn holds(fresh: &Fresh, hash: u8, purpose: MailedTokenPurpose) -> bool {
    fresh.store.mailed_tokens().find(&[hash], purpose, fresh.now()).await.unwrap().is_some()
}

/// Whether the token of this hash was good for a new password.
async fn reset(fresh: &Fresh, hash: u8) -> bool {
    fresh.store.mailed_tokens().reset_password(&[hash], "new".into(), fresh.now()).await.unwrap().is_some()
}

/// Whether the token of this hash verified an address.
async fn verify(fresh: &Fresh, hash: u8) -> bool {
    fresh.store.mailed_tokens().verify_email(&[hash], fresh.now()).await.unwrap().is_some()
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
    let (user, hash) = fresh.store.users().by_email("ada@example.com").await.unwrap().unwrap();
    assert_eq!((hash.as_deref(), user.email_verified_at), (Some("new"), Some(fresh.now())));
    let (_, hash) = fresh.store.users().by_email("eve@example.com").await.unwrap().unwrap();
    assert_eq!(hash.as_deref(), Some("hash"));
}

#[tokio::test]
async fn a_new_token_takes_the_place_of_the_old_one_but_not_at_once() {
    let fresh = Fresh::new().await;
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    for (index, purpose) in (10..).step_by(10).zip(PURPOSES) {
        mail(&fresh, user, index, purpose).await.unwrap();
        assert_eq!(mail(&fresh, user, index + 1, purpose).await, None, "the last one has only just gone");
        assert!(holds(&fresh, index, purpose).await);
        fresh.clock.advance(TimeDelta::minutes(2));
        mail(&fresh, user, index + 1, purpose).await.unwrap();
        assert!(!holds(&fresh, index, purpose).await && holds(&fresh, index + 1, purpose).await);
    }
    assert!(holds(&fresh, 11, ResetPassword).await, "of the other purpose");
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
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    let sessions = || async { fresh.store.sessions().of_user(user, fresh.now()).await.unwrap() };
    let current = sessions().await[0].id;
    mail(&fresh, user, 1, ResetPassword).await.unwrap();
    let change = |old: Option<&'static str>, new: &str, keep| {
        let new = new.to_owned();
        let fresh = &fresh;
        async move { fresh.store.users().change_password(user, old, new, keep).await.unwrap() }
    };
    assert!(!change(Some("other"), "new", None).await && !change(None, "new", None).await);
    assert_eq!(sessions().await.len(), 1);
    assert!(change(Some("hash"), "new", Some(current)).await);
    assert_eq!(sessions().await[0].id, current, "the session that it was changed in goes on");
    assert!(!reset(&fresh, 1).await, "a link that was mailed before is worth nothing");
    assert!(!change(Some("hash"), "newer", None).await);
    assert!(change(Some("new"), "newer", None).await);
    assert!(sessions().await.is_empty());
}
