//! What a server forgets, once a day.

use std::time::Duration;

use bugdrill_platform::Ambient;
use bugdrill_store::{BATCH, Store, StoreError};
use chrono::TimeDelta;
use serde::Deserialize;

const PERIOD: Duration = Duration::from_hours(24);

/// For how many days things are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Submitted code.
    pub code_days: u32,
    /// The audit log.
    pub audit_days: u32,
    /// Trials that nobody comes back to.
    pub trial_days: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self { code_days: 365, audit_days: 365, trial_days: 30 }
    }
}

/// How many rows of each kind were forgotten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Idle trials, with all that they did.
    pub trials: u64,
    /// Submissions, attempts and states of snippets whose code is gone.
    pub codes: u64,
    /// Entries of the audit log.
    pub audit_entries: u64,
    /// What had expired: sessions, their refresh tokens, mailed links, log-ins that were not finished.
    pub expired: u64,
}

/// Forgets now, and then once a day, until it is aborted.
pub async fn keep(store: Store, ambient: Ambient, retention: Retention) {
    let mut days = tokio::time::interval(PERIOD);
    loop {
        days.tick().await;
        let Forgotten { trials, codes, audit_entries, expired } = forget(&store, &ambient, retention).await;
        if trials + codes + audit_entries + expired > 0 {
            tracing::info!(trials, codes, audit_entries, expired, "forgot what has had its time");
        }
    }
}

/// Forgets what has had its time, in batches, and tells how much. What cannot be forgotten now is tried again the next
/// time, and does not keep the rest.
pub async fn forget(store: &Store, ambient: &Ambient, retention: Retention) -> Forgotten {
    let (rows, now) = (store.retention(), ambient.now());
    let before = |days: u32| now - TimeDelta::days(days.into());
    let (code, audit, trial) =
        (before(retention.code_days), before(retention.audit_days), before(retention.trial_days));
    Forgotten {
        trials: all("idle trials", || rows.forget_idle_trials(trial)).await,
        codes: all("submissions", || rows.forget_submissions(code)).await
            + all("the code of attempts", || rows.forget_code_of_attempts(code)).await
            + all("the code of snippets", || rows.forget_code_of_snippets(code)).await,
        audit_entries: all("audit entries", || rows.forget_audit_entries(audit)).await,
        expired: all("refresh tokens", || rows.forget_refresh_tokens(now)).await
            + all("sessions", || rows.forget_sessions(now)).await
            + all("mailed links", || rows.forget_mailed_tokens(now)).await
            + all("log-ins without their second factor", || rows.forget_login_challenges(now)).await
            + all("log-ins at providers", || rows.forget_oauth_flows(now)).await,
    }
}

/// Forgets one batch after the other, until there are no more.
async fn all<F: Future<Output = Result<u64, StoreError>>>(what: &str, batch: impl Fn() -> F) -> u64 {
    let mut forgotten = 0;
    loop {
        match batch().await {
            Ok(rows) => {
                forgotten += rows;
                if rows < BATCH {
                    return forgotten;
                }
            }
            Err(error) => {
                tracing::error!(%error, "cannot forget {what}");
                return forgotten;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use bugdrill_platform::ambient::testing::manual_ambient;
    use bugdrill_store::{AuditEntry, AuditEvent, AuditStamp, testing::TestDatabase};

    use super::*;

    #[tokio::test]
    async fn a_trial_is_forgotten_a_month_after_its_last_visit() {
        let database = TestDatabase::new().await;
        let store = database.open().await;
        let (ambient, clock) = manual_ambient();
        let retention = Retention::default();
        let user = store.users().create_trial(ambient.new_id(), 5, ambient.now()).await.unwrap();
        clock.advance(TimeDelta::days(retention.trial_days.into()));
        assert_eq!(forget(&store, &ambient, retention).await, Forgotten::default());
        clock.advance(TimeDelta::seconds(1));
        assert_eq!(forget(&store, &ambient, retention).await, Forgotten { trials: 1, ..Forgotten::default() });
        assert_eq!(store.users().find(user.id).await.unwrap(), None);
    }

    #[tokio::test]
    async fn however_much_it_is_all_is_forgotten() {
        let database = TestDatabase::new().await;
        let store = database.open().await;
        let (ambient, clock) = manual_ambient();
        let retention = Retention { audit_days: 1, ..Retention::default() };
        for _ in 0..=2 * BATCH {
            let stamp = AuditStamp { entry_id: ambient.new_id(), now: ambient.now() };
            let entry = AuditEntry::own(stamp, AuditEvent::LoggedIn, ambient.new_id());
            store.audit().record(entry).await.unwrap();
        }
        clock.advance(TimeDelta::days(1) + TimeDelta::milliseconds(1));
        let forgotten = Forgotten { audit_entries: 2 * BATCH + 1, ..Forgotten::default() };
        assert_eq!(forget(&store, &ambient, retention).await, forgotten);
    }
}
