//! What the service tells the audit log.

use bugdrill_store::{AuditEntry, AuditEvent};
use bugdrill_web::Problem;
use uuid::Uuid;

use crate::AuthState;

impl AuthState {
    /// An entry about what a user does to their own account.
    pub(crate) fn own(&self, event: AuditEvent, user_id: Uuid) -> AuditEntry {
        AuditEntry::own(self.ambient.new_id(), event, user_id, self.ambient.now())
    }

    /// An entry about what somebody unknown does to a user's account.
    pub(crate) fn of(&self, event: AuditEvent, user_id: Uuid) -> AuditEntry {
        AuditEntry::of(self.ambient.new_id(), event, user_id, self.ambient.now())
    }

    /// Adds an entry to the audit log.
    pub(crate) async fn record(&self, entry: AuditEntry) -> Result<(), Problem> {
        Ok(self.store.audit().record(entry).await?)
    }
}
