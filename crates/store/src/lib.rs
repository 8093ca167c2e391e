//! The database: the only crate that knows SQL.
//!
//! One repository for each aggregate, reached through [`Store`]. The clock is passed in as `now`; times are UTC
//! with milliseconds. Read-then-write happens in one transaction that takes the write lock first
//! ([`Store::begin_write`]): under SQLite a transaction that starts by reading cannot wait for a writer, it fails.
//!
//! To add a table: an entity in `entities`, a new migration beside the others (migrations only add, and the
//! previous release must run on the new schema), and the methods on the repository whose aggregate it belongs to.
#![forbid(unsafe_code)]

mod content;
mod entities;
mod learning;
mod migrations;
#[cfg(test)]
mod query_plans;
mod sessions;
mod submissions;
mod users;

use std::{path::Path, time::Duration};

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

pub use content::{
    ContentRepository, ImportSummary, Neighbours, Page, PatternSummary, SnippetCount, SnippetFilter, SnippetSummary,
    StoredSnippet,
};
pub use learning::{LearningError, LearningRepository, PatternCounts, PatternProgress, SnippetState, SnippetStatus};
pub use sessions::{NewRefreshToken, RefreshError, SessionRepository};
pub use submissions::{
    Claim, Completion, CreatedSubmission, NewSubmission, Submission, SubmissionError, SubmissionRepository,
};
pub use users::{User, UserRepository};

/// A failure of the database itself.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database answered with an error, or not at all.
    #[error("the database failed")]
    Database(#[from] DbErr),
    /// A row holds what this release cannot read.
    #[error("a row of the database cannot be read")]
    Row(#[from] serde_json::Error),
}

/// How long a statement waits for another writer.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const MAX_CONNECTIONS: u32 = 8;

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    connection: DatabaseConnection,
}

impl Store {
    /// Opens the SQLite file, creating it where there is none, and brings its schema up to date.
    pub async fn open_sqlite(path: &Path) -> Result<Self, StoreError> {
        let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", path.display()));
        options.max_connections(MAX_CONNECTIONS).sqlx_logging(false).map_sqlx_sqlite_opts(|options| {
            options
                .journal_mode(sea_orm::sqlx::sqlite::SqliteJournalMode::Wal)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
        });
        let connection = Database::connect(options).await?;
        migrations::Migrator::up(&connection, None).await?;
        Ok(Self { connection })
    }

    /// Patterns and snippets.
    pub fn content(&self) -> ContentRepository<'_> {
        ContentRepository { store: self }
    }

    /// Users.
    pub fn users(&self) -> UserRepository<'_> {
        UserRepository { store: self }
    }

    /// Refresh tokens.
    pub fn sessions(&self) -> SessionRepository<'_> {
        SessionRepository { store: self }
    }

    /// What learners did with snippets, short of submissions.
    pub fn learning(&self) -> LearningRepository<'_> {
        LearningRepository { store: self }
    }

    /// Submissions, from acceptance to verdict.
    pub fn submissions(&self) -> SubmissionRepository<'_> {
        SubmissionRepository { store: self }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.connection.ping().await?)
    }

    /// Starts a transaction that holds the write lock from its first moment. Dropping it rolls back.
    async fn begin_write(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.connection.begin_with_options(options).await
    }
}
