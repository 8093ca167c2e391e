//! What the service tells the audit log.

use bugdrill_store::{AuditEntry, AuditEvent, AuditStamp};
use bugdrill_web::Problem;
use uuid::Uuid;

use crate::AuthState;

impl AuthState {
    /// The stamp of what is done now.
    pub(crate) fn stamp(&self) -> AuditStamp {
        AuditStamp { entry_id: self.ambient.new_id(), now: self.ambient.now() }
    }

    /// Adds that somebody unknown tried to be this user or, for `None`, one whom there is not: the time that it takes
    /// must not tell.
    pub(crate) async fn record_failed_log_in(&self, user_id: Option<Uuid>, with: &str) -> Result<(), Problem> {
        let entry = AuditEntry::of(self.stamp(), AuditEvent::LogInFailed, user_id).with("with", with);
        Ok(self.store.audit().record(entry).await?)
    }
}
