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
    let own = AuditEntry::own(fresh.stamp(), AuditEvent::LoggedIn, user);
    audit.record(own.clone()).await.unwrap();
    fresh.clock.advance(TimeDelta::seconds(1));
    let failed = AuditEntry::of(fresh.stamp(), AuditEvent::LogInFailed, user);
    audit.record(failed.clone()).await.unwrap();
    fresh.clock.advance(TimeDelta::seconds(1));
    let role = AuditEntry::own(fresh.stamp(), AuditEvent::RoleChanged, user);
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
    let entry = AuditEntry::own(fresh.stamp(), AuditEvent::LoggedIn, user).with("client", "phone");
    audit.record(entry.clone()).await.unwrap();
    assert_eq!(audit.of_subject(user, 10).await.unwrap()[0].details.get("client"), Some(&json!("phone")));
    fresh.clock.advance(TimeDelta::seconds(1));
    let session = fresh.session(user, &[1]).await;
    assert!(fresh.store.users().delete(user, session, fresh.stamp()).await.unwrap());
    let left = AuditEntry { details: serde_json::Map::new(), ..entry };
    let [deleted, kept] = &audit.of_subject(user, 10).await.unwrap()[..] else { panic!("two entries") };
    assert_eq!((deleted.event, kept), (AuditEvent::Deleted, &left));
}
