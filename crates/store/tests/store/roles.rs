//! Roles.

use bugdrill_model::Role;
use bugdrill_store::{AuditEvent, NewAccount, RoleChange};
use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::json;

use crate::{support::Fresh, users::sign_up};

async fn give(fresh: &Fresh, role: Role) -> RoleChange {
    let new = NewAccount {
        id: fresh.ambient.new_id(),
        email: "ada@example.com".into(),
        password_hash: "hash".into(),
        display_name: None,
    };
    fresh.store.users().give_role(new, role, fresh.stamp()).await.unwrap()
}

#[tokio::test]
async fn a_role_makes_the_account_or_changes_it_and_ends_its_sessions() {
    let fresh = Fresh::new().await;
    let (users, sessions, now) = (fresh.store.users(), fresh.store.sessions(), fresh.now());
    assert_eq!(give(&fresh, Role::Editor).await, RoleChange::Created);
    let user = users.by_email("ada@example.com").await.unwrap().unwrap();
    assert_eq!((user.role, user.is_trial, user.password_hash()), (Role::Editor, false, Some("hash")));
    let id = fresh.session(user.id, &[1]).await;

    assert_eq!(give(&fresh, Role::Editor).await, RoleChange::Unchanged);
    assert!(sessions.find(user.id, id, now).await.unwrap().is_some());
    fresh.clock.advance(TimeDelta::seconds(1));
    assert_eq!(give(&fresh, Role::Admin).await, RoleChange::Changed { from: Role::Editor });
    assert!(sessions.find(user.id, id, now).await.unwrap().is_none());
    assert_eq!(users.find(user.id).await.unwrap().unwrap().role, Role::Admin);

    let changed = (AuditEvent::RoleChanged, json!({"from": "editor", "to": "admin"}));
    assert_eq!(fresh.audit_log(user.id).await, [changed, (AuditEvent::SignedUp, json!({"role": "editor"}))]);
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
        fresh.store.users().give_role(new, Role::Admin, fresh.stamp()).await
    };
    let answers = join_all((0..4).map(|_| make())).await;
    assert_eq!(answers.iter().filter(|answer| matches!(answer, Ok(RoleChange::Created))).count(), 1, "{answers:?}");
    assert_eq!(fresh.number("SELECT count(*) FROM users").await, 1);
    assert_eq!(fresh.number("SELECT count(*) FROM audit_log").await, 1);
}

#[tokio::test]
async fn whoever_made_an_account_with_an_address_that_nobody_verified_gets_no_role() {
    let fresh = Fresh::new().await;
    let stranger = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    fresh.execute("UPDATE users SET password_hash = 'strangers', totp_last_step = 1").await;
    fresh.execute("UPDATE users SET totp_confirmed_at = created_at").await;
    assert_eq!(give(&fresh, Role::Admin).await, RoleChange::Taken { from: Role::User });
    let user = fresh.user(stranger).await;
    assert_eq!((user.role, user.password_hash(), user.has_second_factor()), (Role::Admin, Some("hash"), false));
    assert_eq!(fresh.store.sessions().of_user(stranger, fresh.now()).await.unwrap(), []);

    // An operator gave the password now, and it stays.
    fresh.execute("UPDATE users SET password_hash = 'changed'").await;
    assert_eq!(give(&fresh, Role::Editor).await, RoleChange::Changed { from: Role::Admin });
    assert_eq!(fresh.user(stranger).await.password_hash(), Some("changed"));
}

#[tokio::test]
async fn an_account_whose_address_is_verified_keeps_its_password_with_a_role() {
    let fresh = Fresh::new().await;
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    fresh.execute("UPDATE users SET email_verified_at = created_at, password_hash = 'own'").await;
    assert_eq!(give(&fresh, Role::Admin).await, RoleChange::Changed { from: Role::User });
    assert_eq!(fresh.user(user).await.password_hash(), Some("own"));
}
