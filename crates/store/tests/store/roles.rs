//! Roles.

use bugdrill_store::{AuditEvent, NewAccount, NewRefreshToken, NewSession, RoleChange};
use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::json;

use crate::support::Fresh;

async fn give(fresh: &Fresh, role: &str) -> RoleChange {
    let new = NewAccount {
        id: fresh.ambient.new_id(),
        email: "ada@example.com".into(),
        password_hash: "hash".into(),
        display_name: None,
    };
    fresh.store.users().give_role(new, role, fresh.ambient.new_id(), fresh.now()).await.unwrap()
}

#[tokio::test]
async fn a_role_makes_the_account_or_changes_it_and_ends_its_sessions() {
    let fresh = Fresh::new().await;
    let (users, sessions, now) = (fresh.store.users(), fresh.store.sessions(), fresh.now());
    assert_eq!(give(&fresh, "editor").await, RoleChange::Created);
    let (user, hash) = users.by_email("ada@example.com").await.unwrap().unwrap();
    assert_eq!((user.role.as_str(), user.is_trial, hash.as_deref()), ("editor", false, Some("hash")));
    let token = NewRefreshToken { token_hash: vec![1], expires_at: now + TimeDelta::days(1) };
    let (id, expires_at) = (fresh.ambient.new_id(), now + TimeDelta::days(1));
    let session = NewSession { id, client: None, token, expires_at, second_factor: true };
    sessions.start(user.id, session, now).await.unwrap().unwrap();

    assert_eq!(give(&fresh, "editor").await, RoleChange::Unchanged);
    assert!(sessions.find(id, now).await.unwrap().is_some());
    fresh.clock.advance(TimeDelta::seconds(1));
    assert_eq!(give(&fresh, "admin").await, RoleChange::Changed { from: "editor".into() });
    assert!(sessions.find(id, now).await.unwrap().is_none());
    assert_eq!(users.find(user.id).await.unwrap().unwrap().role, "admin");

    let log = fresh.store.audit().of_subject(user.id, 10).await.unwrap();
    let log: Vec<_> = log.into_iter().map(|entry| (entry.event, json!(entry.details))).collect();
    let changed = (AuditEvent::RoleChanged, json!({"from": "editor", "to": "admin"}));
    assert_eq!(log, [changed, (AuditEvent::SignedUp, json!({"role": "editor"}))]);
}

#[tokio::test]
async fn of_two_who_make_an_account_at_once_one_does() {
    let fresh = Fresh::new().await;
    let make = || async {
        let new = NewAccount {
            id: fresh.ambient.new_id(),
            email: "ada@example.com".into(),
            password_hash: "hash".into(),
            display_name: None,
        };
        fresh.store.users().give_role(new, "admin", fresh.ambient.new_id(), fresh.now()).await
    };
    let answers = join_all((0..4).map(|_| make())).await;
    assert_eq!(answers.iter().filter(|answer| matches!(answer, Ok(RoleChange::Created))).count(), 1, "{answers:?}");
    assert_eq!(fresh.number("SELECT count(*) FROM users").await, 1);
    assert_eq!(fresh.number("SELECT count(*) FROM audit_log").await, 1);
}
