//! What others have to know when something changes: users whose sessions are remembered, and the content.
//!
//! On one server a commit tells it at once. Servers that share PostgreSQL are told by its `NOTIFY`, within the moment
//! that takes. Under SQLite only a command of this binary can write beside the server; the file tells that it did.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, Statement};
use sqlx::postgres::PgListener;
use uuid::Uuid;

use crate::{Store, StoreError, session_cache::SessionCache};

/// The channel of PostgreSQL's notifications.
const CHANNEL: &str = "bugdrill_changes";

/// How often a SQLite file is asked whether another process has written to it.
const POLL_PERIOD: Duration = Duration::from_millis(500);

/// How long to wait before listening anew.
const RETRY_PERIOD: Duration = Duration::from_secs(1);

/// Something that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A user, or their sessions.
    User(Uuid),
    /// The content.
    Content,
}

impl Change {
    fn to_payload(self) -> String {
        match self {
            Self::User(id) => id.to_string(),
            Self::Content => "content".into(),
        }
    }

    fn from_payload(payload: &str) -> Option<Self> {
        if payload == "content" { Some(Self::Content) } else { payload.parse().ok().map(Self::User) }
    }
}

/// What is remembered, and has to be forgotten.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    pub(crate) sessions: SessionCache,
    content_version: Arc<AtomicU64>,
}

impl Changes {
    /// Tells this server.
    pub(crate) fn apply(&self, changed: &[Change]) {
        for change in changed {
            match change {
                Change::User(id) => self.sessions.forget(*id),
                Change::Content => {
                    self.content_version.fetch_add(1, Ordering::Release);
                }
            }
        }
    }

    /// Anything may have changed.
    pub(crate) fn apply_all(&self) {
        self.sessions.forget_all();
        self.apply(&[Change::Content]);
    }

    /// Tells other servers, when the transaction is committed.
    pub(crate) async fn announce(&self, transaction: &DatabaseTransaction, changed: &[Change]) -> Result<(), DbErr> {
        for change in changed {
            let values = [CHANNEL.into(), change.to_payload().into()];
            let backend = transaction.get_database_backend();
            let notify = Statement::from_sql_and_values(backend, "SELECT pg_notify($1, $2)", values);
            transaction.query_one_raw(notify).await?;
        }
        Ok(())
    }

    /// A number that changes with the content.
    pub(crate) fn content_version(&self) -> u64 {
        self.content_version.load(Ordering::Acquire)
    }
}

impl Store {
    /// A number that changes with the content: with what this process writes at once, with what others write while
    /// [`Store::watch_changes`] runs.
    pub fn content_version(&self) -> u64 {
        self.changes.content_version()
    }

    /// Watches what other processes change, until it is aborted.
    pub async fn watch_changes(&self) {
        loop {
            let watched = if self.is_shared() { self.listen().await } else { self.poll().await };
            if let Err(error) = watched {
                tracing::warn!(%error, "cannot watch for changes; what is remembered holds for some seconds");
            }
            tokio::time::sleep(RETRY_PERIOD).await;
        }
    }

    /// Waits until a server that works on the same database has heard of what was changed here.
    pub async fn wait_until_heard(&self) {
        if !self.is_shared() {
            tokio::time::sleep(2 * POLL_PERIOD).await;
        }
    }

    async fn listen(&self) -> Result<(), StoreError> {
        let pool = self.writer_connection.get_postgres_connection_pool();
        let unavailable = |error: sqlx::Error| StoreError::from(crate::database::connection_error(error));
        let mut listener = PgListener::connect_with(pool).await.map_err(unavailable)?;
        listener.listen(CHANNEL).await.map_err(unavailable)?;
        // What was changed before is known to nobody here.
        self.changes.apply_all();
        while let Some(notification) = listener.try_recv().await.map_err(unavailable)? {
            match Change::from_payload(notification.payload()) {
                Some(change) => self.changes.apply(&[change]),
                // Another release may say more than this one knows.
                None => self.changes.apply_all(),
            }
        }
        // The connection was lost, and notifications with it.
        self.changes.apply_all();
        Ok(())
    }

    async fn poll(&self) -> Result<(), StoreError> {
        let mut known = None;
        loop {
            // Of the connection that writes: it counts the commits of all others.
            let backend = self.writer_connection.get_database_backend();
            let query = Statement::from_string(backend, "PRAGMA data_version");
            let row = self.writer_connection.query_one_raw(query).await?;
            let version: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?;
            if known.is_some() && known != version {
                self.changes.apply_all();
            }
            known = version;
            tokio::time::sleep(POLL_PERIOD).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_read_as_it_was_announced() {
        for change in [Change::Content, Change::User(Uuid::from_u128(7))] {
            assert_eq!(Change::from_payload(&change.to_payload()), Some(change));
        }
        assert_eq!(Change::from_payload("something else"), None);
    }
}
