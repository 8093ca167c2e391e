//! Accounts and profiles.

use bugdrill_model::Language;
use bugdrill_store::{AccountError, NewAccount, ProfileChange, User};
use futures::future::join_all;
use uuid::Uuid;

use crate::support::{Fresh, id_of};

/// Creates an account of this address, out of `trial` where there is one.
pub(crate) async fn sign_up(fresh: &Fresh, email: &str, trial: Option<Uuid>) -> Result<User, AccountError> {
    let account = NewAccount {
        id: fresh.ambient.new_id(),
        email: email.into(),
        password_hash: "hash".into(),
        display_name: Some("Ada \0".into()),
    };
    let session = fresh.new_session(&fresh.ambient.random_bytes::<32>());
    let created = fresh.store.users().create_account(account, trial, session, fresh.stamp()).await;
    created.map(|(_, account)| account)
}

#[tokio::test]
async fn a_trial_that_signs_up_keeps_its_id_and_all_it_did_but_not_its_sessions() {
    let fresh = Fresh::new().await;
    let trial = fresh.trial(1).await;
    fresh.store.learning().start(trial, id_of(1), fresh.now()).await.unwrap();
    let account = sign_up(&fresh, "ada@example.com", Some(trial)).await.unwrap();
    assert_eq!((account.id, account.is_trial, account.trial_remaining()), (trial, false, None));
    assert_eq!(account.display_name.as_deref(), Some("Ada \u{fffd}"));
    assert!(fresh.store.learning().state(trial, id_of(1)).await.unwrap().is_some());
    fresh.store.learning().start(trial, id_of(2), fresh.now()).await.unwrap();
    assert_eq!(fresh.store.sessions().of_user(trial, fresh.now()).await.unwrap().len(), 1, "the new one");

    let other = sign_up(&fresh, "eve@example.com", Some(trial)).await.unwrap();
    assert_ne!(other.id, trial, "an account is nobody's trial");
}

#[tokio::test]
async fn of_ten_sign_ups_with_one_address_one_succeeds_and_the_others_leave_nothing() {
    let fresh = Fresh::new().await;
    let trial = fresh.trial(5).await;
    let sign_ups =
        join_all((0..10).map(|index| sign_up(&fresh, "ada@example.com", (index == 9).then_some(trial)))).await;
    let taken = sign_ups.iter().filter(|one| matches!(one, Err(AccountError::EmailTaken))).count();
    assert_eq!((taken, sign_ups.iter().filter(|one| one.is_ok()).count()), (9, 1));
    assert_eq!(fresh.number("SELECT count(*) FROM users WHERE email IS NULL AND NOT is_trial").await, 0);
    let found = fresh.store.users().by_email("ada@example.com").await.unwrap();
    assert_eq!(found.as_ref(), sign_ups.iter().flatten().next());
    assert_eq!(found.unwrap().password_hash(), Some("hash"));
    assert_eq!(fresh.number("SELECT count(*) FROM audit_log WHERE event = 'signed_up'").await, 1);
}

#[tokio::test]
async fn a_profile_changes_where_it_is_told_to() {
    let fresh = Fresh::new().await;
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    let users = fresh.store.users();
    let change = ProfileChange { preferred_language: Some(Some(Language::Python)), ..ProfileChange::default() };
    assert!(users.change_profile(user, change).await.unwrap());
    let change = ProfileChange {
        display_name: Some(None),
        time_zone: Some(Some("Europe/Paris".into())),
        ..ProfileChange::default()
    };
    assert!(users.change_profile(user, change).await.unwrap());
    let profile = users.profile(user).await.unwrap().unwrap();
    assert_eq!(profile.user.display_name, None);
    assert_eq!(
        (profile.preferred_language, profile.time_zone.as_deref()),
        (Some(Language::Python), Some("Europe/Paris"))
    );
    assert!(!users.change_profile(fresh.ambient.new_id(), ProfileChange::default()).await.unwrap());
}
