//! The database: the only crate that knows SQL.
//!
//! One repository for each aggregate, reached through [`Store`]. The clock is passed in as `now`; times are UTC
//! with milliseconds. The same code works on SQLite and on PostgreSQL.
//!
//! **Locks.** What is read and then written is locked first, in the same transaction: what belongs to a user by
//! [`Store::begin_write_of`], the content by [`ContentRepository::import`]. Under SQLite, any write transaction takes
//! the one lock of the file when it begins (one that starts by reading cannot wait for a writer, it fails). Under
//! PostgreSQL, the row of the user or the table of snippets is locked, and what is read after that is what others
//! have committed. A user's row comes before all else, and of two users the row of the smaller id, so that no two
//! transactions wait for each other. One statement that tests what it changes needs no such lock; unique indexes are
//! what is left when all this fails.
//!
//! **Values.** JSON is kept as text: it comes back as it went, and may hold an escaped NUL, which PostgreSQL's own
//! type refuses. Where a learner's text is stored or sought as it is, U+FFFD stands for NUL on both databases.
//!
//! To add a table: an entity in `entities`, a new migration beside the others (migrations only add, and servers of the
//! previous release must be able to go on with the new schema), and the methods on the repository whose aggregate it
//! belongs to. Of rows that must not come back to life with a backup, tell `backup`.
#![forbid(unsafe_code)]

mod audit;
mod backup;
mod changes;
mod content;
mod database;
mod durability;
mod entities;
mod fitting;
#[cfg(test)]
mod fixtures;
mod identities;
mod leaderboards;
mod learning;
mod mailed_tokens;
mod merging;
mod migrations;
mod oauth_flows;
mod privacy;
#[cfg(test)]
mod query_plans;
mod retention;
mod roles;
mod second_factor;
mod session_cache;
mod sessions;
mod signing_keys;
mod steps;
mod submissions;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod users;
mod writing;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{LockType, OnConflict},
};
use uuid::Uuid;

pub use audit::{AuditEntry, AuditEvent, AuditRepository, AuditStamp};
pub use backup::{Backup, BackupError, BackupTarget, Backups, Restore, Restored, SealedKey};
pub use content::{ActiveContent, ContentRepository, DailyChallenge, ImportSummary, StoredPattern, StoredSnippet};
pub use database::{DatabaseUrl, StoreOptions, UnusableUrl};
pub use fitting::Reviewer;
pub use identities::{IdentityRepository, ProviderIdentity, Recognition};
pub use leaderboards::{LeaderboardRepository, League, Place, Ranked};
pub use learning::{
    ActiveDay, BadgeStanding, LearningError, LearningRepository, PatternCounts, PatternProgress, SnippetState,
};
pub use mailed_tokens::{MailedTokenPurpose, MailedTokenRepository, NewMailedToken};
pub use merging::TrialMerge;
pub use oauth_flows::{NewOauthFlow, OauthFlowRepository, RedeemedFlow, ReturnedFlow};
pub use privacy::Export;
pub use retention::{BATCH, RetentionRepository};
pub use roles::RoleChange;
pub use second_factor::{LoginChallenge, MAX_WRONG_CODES, SecondFactor, SecondFactorRepository};
pub use sessions::{ActiveSession, NewRefreshToken, NewSession, RefreshError, Session, SessionRepository};
pub use signing_keys::{SigningKey, SigningKeyRepository};
pub use submissions::{
    Claim, Completion, CreatedSubmission, NewSubmission, Submission, SubmissionError, SubmissionRepository,
};
pub use users::{AccountError, Identity, NewAccount, Profile, ProfileChange, Settings, User, UserRepository};

use changes::Changes;
use entities::{session, user, write_trial};
use migrations::History;
use users::Credentials;
use writing::{Transaction, Writer};

/// A failure of the database itself.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, is busy or gave up waiting: the same call may succeed a little later.
    #[error("the database is not available")]
    Unavailable(#[source] DbErr),
    /// The database answered with an error.
    #[error("the database failed")]
    Database(#[source] DbErr),
    /// A row holds what this release cannot read.
    #[error("a row of the database cannot be read")]
    Row(#[from] serde_json::Error),
    /// The schema lacks migrations of this release.
    #[error("the schema of the database is behind this release: run `bugdrill migrate`")]
    SchemaBehind,
    /// The schema has a migration that this release does not know.
    #[error(
        "the database was last used by a newer bugdrill (migration {0}): use that version, or restore a backup from \
         before by `bugdrill restore`"
    )]
    SchemaAhead(String),
    /// What was there before a migration could not be kept, so nothing was migrated.
    #[error("the database is not brought up to date, because it cannot be backed up before")]
    NotBackedUp(#[source] Box<BackupError>),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if database::is_passing(&error) { Self::Unavailable(error) } else { Self::Database(error) }
    }
}

/// What [`Store::inspect`] finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseReport {
    /// The product and its version.
    pub version: String,
    /// The last migration that was applied to its schema; None while it is empty.
    pub newest_migration: Option<String>,
    /// How many migrations of this release the schema lacks.
    pub pending_migrations: usize,
    /// A migration that this release does not know: it works with no such database.
    pub unknown_migration: Option<String>,
}

/// Under PostgreSQL one at a time changes the schema.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(hashtext('bugdrill migrate'))";

fn refuse_unknown(history: &History) -> Result<(), StoreError> {
    history.unknown().map_or(Ok(()), |name| Err(StoreError::SchemaAhead(name.to_owned())))
}

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    /// For reading.
    reader: DatabaseConnection,
    /// For writing, by transactions and by statements.
    writer: Writer,
    /// What `writer` writes by.
    writer_connection: DatabaseConnection,
    changes: Changes,
}

impl Store {
    /// A store that fails whatever it is asked: for what needs one to be described.
    pub fn disconnected() -> Self {
        Self::new(DatabaseConnection::default(), DatabaseConnection::default(), None)
    }

    /// Opens the database. A SQLite file is created where there is none, and its schema is brought up to date; a
    /// PostgreSQL database whose schema is behind is refused, because other servers may work on it. One whose schema is
    /// ahead of this release is refused always, and nothing is written.
    pub async fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        let store = Self::connect(options, false).await?;
        match store.bring_up_to_date(options).await {
            Ok(()) => Ok(store),
            Err(error) => {
                // The error says more than whatever this may say.
                let _ = store.close().await;
                Err(error)
            }
        }
    }

    /// Brings the schema up to date, and tells how many migrations that took. Refuses one that is ahead of this release.
    pub async fn migrate(options: &StoreOptions) -> Result<usize, StoreError> {
        // However long it takes: an index on a large table, or another server that migrates.
        let store = Self::connect(options, true).await?;
        let migrated = store.migrate_schema(options).await;
        store.close().await?;
        migrated
    }

    /// Asks an existing database what it is, and changes nothing.
    pub async fn inspect(options: &StoreOptions) -> Result<DatabaseReport, StoreError> {
        let connection = options.read().await?;
        let version = database::version(&connection).await?;
        let history = History::read(&connection).await?;
        Ok(DatabaseReport {
            version,
            newest_migration: history.newest().map(str::to_owned),
            pending_migrations: history.pending(),
            unknown_migration: history.unknown().map(str::to_owned),
        })
    }

    fn new(reader: DatabaseConnection, writer: DatabaseConnection, log: Option<durability::Log>) -> Self {
        let changes = Changes::default();
        Self { reader, writer: Writer::new(writer.clone(), log, changes.clone()), writer_connection: writer, changes }
    }

    async fn connect(options: &StoreOptions, unlimited: bool) -> Result<Self, StoreError> {
        let database::Connections { reader, writer, log } = options.connect(unlimited).await?;
        Ok(Self::new(reader, writer, log))
    }

    /// Closes all connections, once what uses them has ended.
    pub async fn close(self) -> Result<(), StoreError> {
        self.reader.close().await?;
        self.writer_connection.close().await?;
        Ok(())
    }

    async fn bring_up_to_date(&self, options: &StoreOptions) -> Result<(), StoreError> {
        let history = History::read(&self.reader).await?;
        refuse_unknown(&history)?;
        if history.pending() > 0 {
            if self.is_shared() {
                return Err(StoreError::SchemaBehind);
            }
            self.migrate_schema(options).await?;
        }
        Ok(())
    }

    async fn migrate_schema(&self, options: &StoreOptions) -> Result<usize, StoreError> {
        let transaction = self.begin_write().await?;
        if self.is_shared() {
            transaction.execute_unprepared(MIGRATION_LOCK).await?;
        }
        // Asked anew, behind the lock.
        let history = History::read(transaction.as_inner()).await?;
        refuse_unknown(&history)?;
        let pending = history.pending();
        if pending > 0 {
            // Behind the lock too: what is kept is what the migrations find.
            if let Some(newest) = history.newest() {
                let kept = Box::pin(backup::before_migration(options, newest)).await;
                kept.map_err(|error| StoreError::NotBackedUp(Box::new(error)))?;
            }
            migrations::run(transaction.as_inner()).await?;
        }
        transaction.commit().await?;
        Ok(pending)
    }

    /// Whether other servers may work on the same database: then neither its schema nor what is claimed is ours alone.
    pub fn is_shared(&self) -> bool {
        self.reader.get_database_backend() == DatabaseBackend::Postgres
    }

    /// Patterns and snippets.
    pub fn content(&self) -> ContentRepository<'_> {
        ContentRepository { store: self }
    }

    /// Users.
    pub fn users(&self) -> UserRepository<'_> {
        UserRepository { store: self }
    }

    /// Sessions and their refresh tokens.
    pub fn sessions(&self) -> SessionRepository<'_> {
        SessionRepository { store: self }
    }

    /// Tokens in mailed links.
    pub fn mailed_tokens(&self) -> MailedTokenRepository<'_> {
        MailedTokenRepository { store: self }
    }

    /// The keys that sign access tokens.
    pub fn signing_keys(&self) -> SigningKeyRepository<'_> {
        SigningKeyRepository { store: self }
    }

    /// Who users are at other providers.
    pub fn identities(&self) -> IdentityRepository<'_> {
        IdentityRepository { store: self }
    }

    /// Log-ins by other providers, under way.
    pub fn oauth_flows(&self) -> OauthFlowRepository<'_> {
        OauthFlowRepository { store: self }
    }

    /// What learners did with snippets, short of submissions.
    pub fn learning(&self) -> LearningRepository<'_> {
        LearningRepository { store: self }
    }

    /// How learners stand beside others.
    pub fn leaderboards(&self) -> LeaderboardRepository<'_> {
        LeaderboardRepository { store: self }
    }

    /// Submissions, from acceptance to verdict.
    pub fn submissions(&self) -> SubmissionRepository<'_> {
        SubmissionRepository { store: self }
    }

    /// Second factors, and log-ins that wait for them.
    pub fn second_factors(&self) -> SecondFactorRepository<'_> {
        SecondFactorRepository { store: self }
    }

    /// What happened to accounts.
    pub fn audit(&self) -> AuditRepository<'_> {
        AuditRepository { store: self }
    }

    /// What is forgotten when its time is over.
    pub fn retention(&self) -> RetentionRepository<'_> {
        RetentionRepository { store: self }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.reader.ping().await?)
    }

    /// Whether what is written is kept.
    pub async fn try_writing(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let row = write_trial::ActiveModel { id: Set(1), tried_at: Set(now) };
        let again = OnConflict::column(write_trial::Column::Id).update_column(write_trial::Column::TriedAt).to_owned();
        write_trial::Entity::insert(row).on_conflict(again).exec_without_returning(&self.writer).await?;
        Ok(())
    }

    /// Starts a transaction that writes; under SQLite it holds the write lock. Dropping it rolls back.
    async fn begin_write(&self) -> Result<Transaction, DbErr> {
        self.writer.begin().await
    }

    /// Starts a transaction that may change this user and their sessions, in which nobody else writes what belongs to
    /// the user, who comes with it. `None` when there is no such user.
    async fn begin_write_of(&self, user_id: Uuid) -> Result<Option<(Transaction, user::Model)>, DbErr> {
        let mut found = self.begin_learning_of(user_id).await?;
        if let Some((transaction, _)) = &mut found {
            transaction.changes_user(user_id);
        }
        Ok(found)
    }

    /// As [`Store::begin_write_of`], for what changes nothing that is remembered of sessions: what learners do with
    /// snippets.
    async fn begin_learning_of(&self, user_id: Uuid) -> Result<Option<(Transaction, user::Model)>, DbErr> {
        let transaction = self.begin_write().await?;
        // Deleting the user waits for this lock; a row that only refers to the user does not.
        let user = user::Entity::find_by_id(user_id).lock(LockType::NoKeyUpdate).one(&transaction).await?;
        Ok(user.map(|user| (transaction, user)))
    }

    /// As [`Store::begin_write_of`], unless the user proves who they are by something else than `user` by now.
    async fn begin_write_as(&self, user: &User) -> Result<Option<(Transaction, user::Model)>, DbErr> {
        let found = self.begin_write_of(user.id).await?;
        Ok(found.filter(|(_, row)| Credentials::from(row) == user.credentials))
    }

    /// As [`Store::begin_write_of`], while this session of the user goes on: it may have ended while the rest of the
    /// request was on its way.
    async fn begin_write_in(
        &self,
        user_id: Uuid,
        session_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<(Transaction, user::Model)>, DbErr> {
        let Some((transaction, user)) = self.begin_write_of(user_id).await? else { return Ok(None) };
        let goes_on =
            steps::sessions::find(session_id, now).filter(session::Column::UserId.eq(user_id)).one(&transaction);
        Ok(goes_on.await?.map(|_| (transaction, user)))
    }

    /// As [`Store::begin_write_of`], for two users at once, in this order.
    async fn begin_write_of_both(
        &self,
        one: Uuid,
        other: Uuid,
    ) -> Result<(Transaction, Option<user::Model>, Option<user::Model>), DbErr> {
        let mut transaction = self.begin_write().await?;
        transaction.changes_user(one);
        transaction.changes_user(other);
        let lock = |id| user::Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(&transaction);
        // In an order of its own, so that no two transactions wait for each other.
        let (first, second) = (lock(one.min(other)).await?, lock(one.max(other)).await?);
        Ok(if one <= other { (transaction, first, second) } else { (transaction, second, first) })
    }
}
