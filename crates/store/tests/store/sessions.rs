//! Sessions and refresh tokens.

use bugdrill_store::{AuditEvent, NewRefreshToken, NewSession, RefreshError, User};
use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use serde_json::json;
use uuid::Uuid;

use crate::{support::Fresh, users::sign_up};

/// A session: its token is `hash` one after the other.
async fn start(fresh: &Fresh, user: Uuid, hash: u8) -> Uuid {
    fresh.session(user, &[hash; 32]).await
}

async fn start_until(fresh: &Fresh, user: Uuid, hash: u8, end: DateTime<Utc>) -> Uuid {
    let session = NewSession { expires_at: end, ..fresh.new_session(&[hash; 32]) };
    let user = fresh.user(user).await;
    fresh.store.sessions().start(&user, session, fresh.now()).await.unwrap().unwrap().0.id
}

fn token(fresh: &Fresh, hash: u8) -> NewRefreshToken {
    NewRefreshToken { token_hash: vec![hash; 32], expires_at: fresh.now() + TimeDelta::days(7) }
}

async fn exchange(fresh: &Fresh, presented: u8, replacement: u8) -> Result<Uuid, RefreshError> {
    let replacement = token(fresh, replacement);
    let exchanged = fresh.store.sessions().exchange(&[presented; 32], |_| replacement, fresh.stamp()).await;
    exchanged.map(|(session, _)| session.id)
}

#[tokio::test]
async fn reuse_ends_its_own_session_and_no_other() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let family = start(&fresh, user, 1).await;
    let other = start(&fresh, user, 100).await;
    assert_eq!(exchange(&fresh, 1, 2).await.unwrap(), family);
    assert_eq!(exchange(&fresh, 2, 3).await.unwrap(), family);
    let reused = exchange(&fresh, 1, 4).await;
    assert!(matches!(reused, Err(RefreshError::Reused { user_id }) if user_id == user));
    assert_eq!(fresh.audit_log(user).await, [(AuditEvent::RefreshTokenReused, json!({}))]);
    assert!(matches!(exchange(&fresh, 3, 5).await, Err(RefreshError::Invalid)));
    assert_eq!(exchange(&fresh, 100, 101).await.unwrap(), other);
}

#[tokio::test]
async fn the_retry_of_a_lost_answer_leaves_one_chain() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let family = start(&fresh, user, 1).await;
    exchange(&fresh, 1, 2).await.unwrap();
    assert_eq!(exchange(&fresh, 1, 3).await.unwrap(), family);
    assert_eq!(exchange(&fresh, 3, 4).await.unwrap(), family);
    assert!(matches!(exchange(&fresh, 2, 5).await, Err(RefreshError::Reused { .. })));
    assert!(matches!(exchange(&fresh, 4, 6).await, Err(RefreshError::Invalid)));
}

#[tokio::test]
async fn a_token_never_outlives_its_family() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let end = fresh.now() + TimeDelta::days(1);
    start_until(&fresh, user, 1, end).await;
    exchange(&fresh, 1, 2).await.unwrap();
    fresh.clock.advance(TimeDelta::days(1));
    assert!(matches!(exchange(&fresh, 2, 3).await, Err(RefreshError::Invalid)));
    assert_eq!(fresh.store.retention().forget_refresh_tokens(fresh.now()).await.unwrap(), 2);
}

#[tokio::test]
async fn a_token_exchanged_ten_times_at_once_leaves_one_chain() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    start(&fresh, user, 1).await;
    for exchanged in join_all((2..12).map(|replacement| exchange(&fresh, 1, replacement))).await {
        exchanged.unwrap();
    }
    let open = "SELECT count(*) FROM refresh_tokens WHERE used_at IS NULL AND revoked_at IS NULL";
    assert_eq!(fresh.number(open).await, 1);
}

#[tokio::test]
async fn a_token_and_its_replacement_presented_at_once_never_leave_two_chains() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    for round in 0..10 {
        let first = round * 10 + 1;
        start(&fresh, user, first).await;
        exchange(&fresh, first, first + 1).await.unwrap();
        // Whichever comes first, the other one tells of a copy, and the session ends.
        let again = exchange(&fresh, first, first + 2);
        let (again, onward) = futures::join!(again, exchange(&fresh, first + 1, first + 3));
        let reused = [again, onward].iter().filter(|one| matches!(one, Err(RefreshError::Reused { .. }))).count();
        assert_eq!(reused, 1);
        assert_eq!(fresh.number("SELECT count(*) FROM refresh_tokens").await, 0);
    }
}

#[tokio::test]
async fn a_session_is_found_until_it_is_ended_or_over() {
    let fresh = Fresh::new().await;
    let (user, other) = (fresh.trial(5).await, fresh.trial(5).await);
    let sessions = fresh.store.sessions();
    let (first, second) = (start(&fresh, user, 1).await, start(&fresh, user, 2).await);
    let found = sessions.find(user, first, fresh.now()).await.unwrap().unwrap();
    assert_eq!((found.session.client.as_deref(), found.user_id, found.is_trial), (Some("phone"), user, true));
    assert_eq!(sessions.find(other, first, fresh.now()).await.unwrap(), None, "somebody else's");

    let end = |user| sessions.end(user, first, AuditEvent::LoggedOut, fresh.stamp());
    assert!(!end(other).await.unwrap(), "somebody else's");
    assert!(end(user).await.unwrap());
    assert!(!end(user).await.unwrap());
    assert_eq!(fresh.audit_log(user).await, [(AuditEvent::LoggedOut, json!({}))]);
    assert_eq!(sessions.find(user, first, fresh.now()).await.unwrap(), None);
    assert!(matches!(exchange(&fresh, 1, 3).await, Err(RefreshError::Invalid)));

    fresh.clock.advance(TimeDelta::days(90));
    assert_eq!(sessions.find(user, second, fresh.now()).await.unwrap(), None);
    assert_eq!(sessions.of_user(user, fresh.now()).await.unwrap(), []);
}

#[tokio::test]
async fn all_sessions_end_but_the_one_that_is_kept() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let kept = start(&fresh, user, 1).await;
    for hash in 2..5 {
        start(&fresh, user, hash).await;
    }
    let sessions = fresh.store.sessions();
    assert_eq!(sessions.end_all(user, Some(kept), fresh.stamp()).await.unwrap(), 3);
    let left: Vec<Uuid> = sessions.of_user(user, fresh.now()).await.unwrap().iter().map(|left| left.id).collect();
    assert_eq!(left, [kept]);
    assert_eq!(exchange(&fresh, 1, 10).await.unwrap(), kept);
    assert_eq!(sessions.end_all(user, None, fresh.stamp()).await.unwrap(), 1);
    assert_eq!(fresh.number("SELECT count(*) FROM refresh_tokens").await, 0);

    fresh.clock.advance(TimeDelta::seconds(1));
    start(&fresh, user, 20).await;
    assert_eq!(sessions.end_all_by_operator(user, fresh.stamp()).await.unwrap(), 1);
    let log = fresh.store.audit().of_subject(user, 1).await.unwrap();
    assert_eq!((log[0].event, log[0].actor_id), (AuditEvent::SessionEnded, None), "not the user's doing");
    assert_eq!(log[0].details.get("sessions"), Some(&json!(1)));
}

#[tokio::test]
async fn a_family_of_the_previous_release_becomes_a_session_when_it_is_used() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let family = start(&fresh, user, 1).await;
    fresh.execute("DELETE FROM sessions").await;
    assert_eq!(exchange(&fresh, 1, 2).await.unwrap(), family);
    assert!(fresh.store.sessions().find(user, family, fresh.now()).await.unwrap().is_some());
    fresh.execute("DELETE FROM sessions").await;
    assert!(fresh.store.sessions().end(user, family, AuditEvent::LoggedOut, fresh.stamp()).await.unwrap());
    assert!(matches!(exchange(&fresh, 2, 3).await, Err(RefreshError::Invalid)));
}

#[tokio::test]
async fn an_answer_is_lost_ten_times_and_an_accounts_within_an_hour() {
    let fresh = Fresh::new().await;
    let (trial, account) = (fresh.trial(5).await, fresh.account().await);
    start(&fresh, trial, 1).await;
    for replacement in 2..=11 {
        exchange(&fresh, 1, replacement).await.unwrap();
    }
    assert!(matches!(exchange(&fresh, 1, 12).await, Err(RefreshError::Reused { .. })));

    start(&fresh, trial, 20).await;
    start(&fresh, account, 30).await;
    for first in [20, 30] {
        exchange(&fresh, first, first + 1).await.unwrap();
        fresh.clock.advance(TimeDelta::minutes(59));
        exchange(&fresh, first, first + 2).await.unwrap();
        fresh.clock.advance(TimeDelta::minutes(1));
    }
    // Counted from the first use.
    assert!(matches!(exchange(&fresh, 30, 33).await, Err(RefreshError::Reused { .. })));
    exchange(&fresh, 20, 23).await.unwrap();
}

#[tokio::test]
async fn the_session_unused_for_longest_gives_way_to_the_fifty_first() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let first = start(&fresh, user, 1).await;
    for hash in 2..=51 {
        fresh.clock.advance(TimeDelta::seconds(1));
        start(&fresh, user, hash).await;
    }
    assert_eq!(fresh.store.sessions().of_user(user, fresh.now()).await.unwrap().len(), 50);
    assert!(fresh.store.sessions().find(user, first, fresh.now()).await.unwrap().is_none());
}

#[tokio::test]
async fn what_was_proved_by_an_old_password_or_without_a_second_factor_starts_no_session() {
    let fresh = Fresh::new().await;
    let (users, sessions) = (fresh.store.users(), fresh.store.sessions());
    let ada = sign_up(&fresh, "ada@example.com", None).await.unwrap();
    let kept = sessions.of_user(ada.id, fresh.now()).await.unwrap()[0].id;
    let mut hash = 0..;
    let mut log_in = async |user: &User| {
        let session = fresh.new_session(&[hash.next().unwrap()]);
        sessions.log_in(user, session, "password", fresh.stamp()).await.unwrap().is_some()
    };
    assert!(log_in(&ada).await);
    assert!(users.change_password(&ada, kept, "new".into(), fresh.stamp()).await.unwrap());
    assert!(!log_in(&ada).await, "checked before the password was another one");
    let ada = fresh.user(ada.id).await;
    assert!(log_in(&ada).await);

    let factors = fresh.store.second_factors();
    factors.offer(ada.id, vec![7]).await.unwrap();
    assert!(log_in(&ada).await, "what is only offered does not count");
    assert!(factors.confirm(ada.id, kept, &[7], 1, vec![vec![1]], fresh.stamp()).await.unwrap());
    assert!(!log_in(&ada).await);
    let ada = fresh.user(ada.id).await;
    assert!(log_in(&ada).await);
    assert!(users.delete(ada.id, kept, fresh.stamp()).await.unwrap());
    assert!(!log_in(&ada).await);
    let log_ins = fresh.audit_log(ada.id).await.into_iter().filter(|(event, _)| *event == AuditEvent::LoggedIn);
    assert_eq!(log_ins.count(), 4, "those that are refused leave nothing");
}

#[tokio::test]
async fn a_password_that_is_hashed_anew_ends_nothing() {
    let fresh = Fresh::new().await;
    let users = fresh.store.users();
    let ada = sign_up(&fresh, "ada@example.com", None).await.unwrap();
    let rehashed = users.rehash_password(ada.clone(), "costly".into()).await.unwrap();
    assert_eq!(rehashed.password_hash(), Some("costly"));
    assert_eq!(rehashed, fresh.user(ada.id).await);
    assert_eq!(fresh.store.sessions().of_user(ada.id, fresh.now()).await.unwrap().len(), 1);
    // It was another password's already.
    let late = users.rehash_password(ada.clone(), "late".into()).await.unwrap();
    assert_eq!((late, fresh.user(ada.id).await), (ada, rehashed));
}
