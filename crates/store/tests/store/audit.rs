//! The audit log.

use bugdrill_store::{AuditEntry, AuditEvent};
use chrono::TimeDelta;
use serde_json::json;

use crate::support::Fresh;

#[tokio::test]
async fn the_log_tells_what_happened_to_whom_newest_first() {
    let fresh = Fresh::new().await;
    let (user, admin) = (fresh.account().await, fresh.account().await);
    let audit = fresh.store.audit();
    let own = AuditEntry::own(fresh.ambient.new_id(), AuditEvent::LoggedIn, user, fresh.now());
    audit.record(own.clone()).await.unwrap();
    fresh.clock.advance(TimeDelta::seconds(1));
    let failed = AuditEntry::of(fresh.ambient.new_id(), AuditEvent::LogInFailed, user, fresh.now());
    audit.record(failed.clone()).await.unwrap();
    fresh.clock.advance(TimeDelta::seconds(1));
    let role = AuditEntry::own(fresh.ambient.new_id(), AuditEvent::RoleChanged, user, fresh.now());
    let role = AuditEntry { actor_id: Some(admin), ..role.with("role", "editor") };
    audit.record(role.clone()).await.unwrap();

    assert_eq!(audit.of_subject(user, 10).await.unwrap(), [role.clone(), failed, own]);
    assert_eq!(audit.of_subject(user, 1).await.unwrap(), [role]);
    assert_eq!(audit.of_subject(admin, 10).await.unwrap(), []);
}

#[tokio::test]
async fn the_log_outlives_its_users_without_the_details() {
    let fresh = Fresh::new().await;
    let user = fresh.account().await;
    let audit = fresh.store.audit();
    let entry =
        AuditEntry::own(fresh.ambient.new_id(), AuditEvent::LoggedIn, user, fresh.now()).with("client", "phone");
    audit.record(entry.clone()).await.unwrap();
    assert_eq!(audit.of_subject(user, 10).await.unwrap()[0].details.get("client"), Some(&json!("phone")));
    fresh.store.users().delete(user).await.unwrap();
    let left = AuditEntry { details: serde_json::Map::new(), ..entry };
    assert_eq!(audit.of_subject(user, 10).await.unwrap(), [left]);
}
