//! The second factor.

use bugdrill_store::{LoginChallenge, MAX_WRONG_CODES};
use chrono::TimeDelta;
use futures::future::join_all;
use uuid::Uuid;

use crate::support::Fresh;

/// An account with a confirmed second factor, the recovery codes 1 and 2, and its session.
async fn protected(fresh: &Fresh) -> (Uuid, Uuid) {
    let user = fresh.account().await;
    let session = fresh.session(user, &[1]).await;
    let factors = fresh.store.second_factors();
    assert!(factors.offer(user, vec![7]).await.unwrap());
    assert!(factors.confirm(user, session, &[7], 100, vec![vec![1], vec![2]], fresh.stamp()).await.unwrap());
    (user, session)
}

#[tokio::test]
async fn a_second_factor_counts_once_it_is_confirmed_and_ends_other_sessions() {
    let fresh = Fresh::new().await;
    let (user, factors) = (fresh.account().await, fresh.store.second_factors());
    let (mine, other) = (fresh.session(user, &[1]).await, fresh.session(user, &[2]).await);
    assert_eq!(factors.find(user).await.unwrap(), None);
    for secret in [6, 7] {
        assert!(factors.offer(user, vec![secret]).await.unwrap(), "an offer replaces the one before");
    }
    let offered = factors.find(user).await.unwrap().unwrap();
    assert_eq!((offered.sealed_secret.as_slice(), offered.is_confirmed), (&[7][..], false));
    assert!(!factors.use_step(user, 100).await.unwrap(), "it does not count yet");
    assert!(!factors.confirm(user, mine, &[6], 100, vec![vec![1]], fresh.stamp()).await.unwrap());

    let confirm = || factors.confirm(user, mine, &[7], 100, vec![vec![1]], fresh.stamp());
    let confirmed = join_all((0..3).map(|_| confirm())).await;
    assert_eq!(confirmed.into_iter().filter(|done| *done.as_ref().unwrap()).count(), 1);
    assert!(factors.find(user).await.unwrap().unwrap().is_confirmed);
    assert!(!factors.offer(user, vec![8]).await.unwrap(), "what counts is not replaced");
    let sessions = fresh.store.sessions();
    assert!(sessions.find(user, mine, fresh.now()).await.unwrap().unwrap().session.second_factor);
    assert!(sessions.find(user, other, fresh.now()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_step_works_once_and_none_before_it() {
    let fresh = Fresh::new().await;
    let (user, _) = protected(&fresh).await;
    let factors = fresh.store.second_factors();
    assert!(!factors.use_step(user, 100).await.unwrap(), "the one that confirmed it");
    let tries = join_all((0..10).map(|_| factors.use_step(user, 101))).await;
    assert_eq!(tries.into_iter().filter(|used| *used.as_ref().unwrap()).count(), 1);
    assert!(!factors.use_step(user, 100).await.unwrap());
    assert!(factors.use_step(user, 102).await.unwrap());
}

#[tokio::test]
async fn a_recovery_code_works_once_and_for_its_user() {
    let fresh = Fresh::new().await;
    let (user, session) = protected(&fresh).await;
    let stranger = fresh.account().await;
    let factors = fresh.store.second_factors();
    assert!(!factors.use_recovery_code(stranger, vec![1], fresh.stamp()).await.unwrap());
    let tries = join_all((0..10).map(|_| factors.use_recovery_code(user, vec![1], fresh.stamp()))).await;
    assert_eq!(tries.into_iter().filter(|used| *used.as_ref().unwrap()).count(), 1);
    assert_eq!(factors.recovery_codes_left(user).await.unwrap(), 1);
    assert!(factors.renew_recovery_codes(user, session, vec![vec![3], vec![4], vec![5]], fresh.stamp()).await.unwrap());
    assert!(!factors.use_recovery_code(user, vec![2], fresh.stamp()).await.unwrap());
    assert_eq!(factors.recovery_codes_left(user).await.unwrap(), 3);
    assert!(!factors.renew_recovery_codes(stranger, session, vec![vec![3]], fresh.stamp()).await.unwrap());
}

#[tokio::test]
async fn without_it_nothing_of_it_is_left() {
    let fresh = Fresh::new().await;
    let (user, session) = protected(&fresh).await;
    let factors = fresh.store.second_factors();
    assert!(factors.disable(user, session, fresh.stamp()).await.unwrap());
    assert!(!factors.disable(user, session, fresh.stamp()).await.unwrap());
    assert_eq!(factors.find(user).await.unwrap(), None);
    assert_eq!(factors.recovery_codes_left(user).await.unwrap(), 0);
    assert!(!fresh.store.sessions().find(user, session, fresh.now()).await.unwrap().unwrap().session.second_factor);
}

#[tokio::test]
async fn a_log_in_waits_for_its_second_factor_for_some_time_and_tries() {
    let fresh = Fresh::new().await;
    let (user, trial) = (fresh.account().await, fresh.trial(5).await);
    let factors = fresh.store.second_factors();
    let challenge = LoginChallenge {
        trial_user_id: Some(trial),
        client: Some("phone".into()),
        expires_at: fresh.now() + TimeDelta::minutes(5),
    };
    let user = fresh.user(user).await;
    for token in 1..=4 {
        assert!(factors.challenge(&user, vec![token], challenge.clone(), fresh.now()).await.unwrap());
    }
    let tries = join_all((0..10).map(|_| factors.try_challenge(&[1], fresh.now()))).await;
    let found: Vec<_> = tries.into_iter().filter_map(Result::unwrap).collect();
    assert!(found.iter().all(|found| *found == (user.clone(), challenge.clone())));
    assert_eq!(found.len(), usize::try_from(MAX_WRONG_CODES).unwrap());

    assert!(factors.try_challenge(&[2], fresh.now()).await.unwrap().is_some());
    assert!(factors.end_challenge(&[2]).await.unwrap());
    assert!(!factors.end_challenge(&[2]).await.unwrap());
    assert!(factors.try_challenge(&[2], fresh.now()).await.unwrap().is_none());

    fresh.store.sessions().end_all(user.id, None, fresh.stamp()).await.unwrap();
    assert!(factors.try_challenge(&[4], fresh.now()).await.unwrap().is_none(), "logged out everywhere");

    assert!(factors.challenge(&user, vec![3], challenge.clone(), fresh.now()).await.unwrap());
    assert!(factors.try_challenge(&[9], fresh.now()).await.unwrap().is_none());
    fresh.clock.advance(TimeDelta::minutes(5));
    assert!(factors.try_challenge(&[3], fresh.now()).await.unwrap().is_none());
    fresh.execute("UPDATE users SET password_hash = 'another'").await;
    assert!(!factors.challenge(&user, vec![5], challenge, fresh.now()).await.unwrap(), "the password has changed");
}

#[tokio::test]
async fn a_session_that_has_ended_changes_nothing_of_it() {
    let fresh = Fresh::new().await;
    let (user, session) = protected(&fresh).await;
    let (newcomer, factors) = (fresh.account().await, fresh.store.second_factors());
    let theirs = fresh.session(newcomer, &[2]).await;
    factors.offer(newcomer, vec![7]).await.unwrap();
    for user in [user, newcomer] {
        fresh.store.sessions().end_all(user, None, fresh.stamp()).await.unwrap();
    }
    assert!(!factors.confirm(newcomer, theirs, &[7], 1, vec![vec![1]], fresh.stamp()).await.unwrap());
    assert!(!factors.renew_recovery_codes(user, session, vec![vec![9]], fresh.stamp()).await.unwrap());
    assert!(!factors.disable(user, session, fresh.stamp()).await.unwrap());
    let strangers = fresh.session(newcomer, &[3]).await;
    assert!(!factors.disable(user, strangers, fresh.stamp()).await.unwrap());
    assert_eq!(factors.recovery_codes_left(user).await.unwrap(), 2);
    assert!(!fresh.user(newcomer).await.has_second_factor());
}

#[tokio::test]
async fn a_log_in_goes_on_without_the_trial_that_is_gone() {
    let fresh = Fresh::new().await;
    let user = fresh.account().await;
    let user = fresh.user(user).await;
    let trial_user_id = Some(fresh.ambient.new_id());
    let challenge = LoginChallenge { trial_user_id, client: None, expires_at: fresh.now() + TimeDelta::minutes(5) };
    let factors = fresh.store.second_factors();
    assert!(factors.challenge(&user, vec![1], challenge, fresh.now()).await.unwrap());
    let (_, kept) = factors.try_challenge(&[1], fresh.now()).await.unwrap().unwrap();
    assert_eq!(kept.trial_user_id, None);
}
