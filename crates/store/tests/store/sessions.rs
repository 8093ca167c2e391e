//! Refresh tokens.

use bugdrill_store::{NewRefreshToken, RefreshError};
use chrono::TimeDelta;
use futures::future::join_all;
use uuid::Uuid;

use crate::support::Fresh;

/// A session: its token is `hash` one after the other.
async fn start(fresh: &Fresh, user: Uuid, hash: u8) -> Uuid {
    let family = fresh.ambient.new_id();
    let end = fresh.now() + TimeDelta::days(90);
    fresh.store.sessions().start(user, family, token(fresh, hash), end, fresh.now()).await.unwrap();
    family
}

fn token(fresh: &Fresh, hash: u8) -> NewRefreshToken {
    NewRefreshToken { token_hash: vec![hash; 32], expires_at: fresh.now() + TimeDelta::days(7) }
}

async fn exchange(fresh: &Fresh, presented: u8, replacement: u8) -> Result<Uuid, RefreshError> {
    let exchanged = fresh.store.sessions().exchange(&[presented; 32], token(fresh, replacement), fresh.now()).await;
    exchanged.map(|(_, family)| family)
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
    let family = fresh.ambient.new_id();
    fresh.store.sessions().start(user, family, token(&fresh, 1), end, fresh.now()).await.unwrap();
    exchange(&fresh, 1, 2).await.unwrap();
    fresh.clock.advance(TimeDelta::days(1));
    assert!(matches!(exchange(&fresh, 2, 3).await, Err(RefreshError::Invalid)));
    assert_eq!(fresh.store.sessions().purge_expired(fresh.now()).await.unwrap(), 2);
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
