//! Which database, and how it is reached: the one place where SQLite and PostgreSQL differ in more than their SQL.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, RuntimeErr, Statement};
use serde::Deserialize;
use sqlx::{
    ConnectOptions, Connection, SqliteConnection,
    postgres::{PgConnectOptions, PgDatabaseError, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{backup::Backups, durability::Log};

/// How long a statement waits for another writer: for the file under SQLite, for a row or table under PostgreSQL.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a statement may take under PostgreSQL, waiting included: less than a request.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(20);

/// The address of a database: `sqlite://` and the path of a file, or a URL of PostgreSQL (`postgres://…`). Neither
/// printing nor an error shows a password.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct DatabaseUrl(Address);

#[derive(Clone, PartialEq, Eq)]
enum Address {
    Sqlite(PathBuf),
    Postgres(String),
}

/// The text is no address of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the URL of the database is neither sqlite:// with a path nor a postgres:// URL")]
pub struct UnusableUrl;

impl TryFrom<String> for DatabaseUrl {
    type Error = UnusableUrl;

    fn try_from(url: String) -> Result<Self, UnusableUrl> {
        if let Some(path) = url.strip_prefix("sqlite://").filter(|path| !path.is_empty()) {
            return Ok(Self::sqlite(path));
        }
        let is_postgres = url.starts_with("postgres://") || url.starts_with("postgresql://");
        if is_postgres && PgConnectOptions::from_str(&url).is_ok() {
            return Ok(Self(Address::Postgres(url)));
        }
        Err(UnusableUrl)
    }
}

impl DatabaseUrl {
    /// That of PostgreSQL, if it is one.
    pub(crate) fn postgres(&self) -> Option<&str> {
        match &self.0 {
            Address::Sqlite(_) => None,
            Address::Postgres(url) => Some(url),
        }
    }

    /// That of a SQLite file.
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self(Address::Sqlite(path.into()))
    }

    /// The SQLite file, if it is one.
    pub fn sqlite_file(&self) -> Option<&Path> {
        match &self.0 {
            Address::Sqlite(path) => Some(path),
            Address::Postgres(_) => None,
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Address::Sqlite(path) => write!(formatter, "sqlite://{}", path.display()),
            Address::Postgres(url) => {
                let options = PgConnectOptions::from_str(url).map_err(|_| fmt::Error)?;
                let database = options.get_database().unwrap_or(options.get_username());
                write!(formatter, "postgres://{}:{}/{database}", options.get_host(), options.get_port())
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DatabaseUrl({self})")
    }
}

/// How to reach the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreOptions {
    /// Where it is.
    pub url: DatabaseUrl,
    /// How many connections are open at the most.
    pub max_connections: u32,
    /// How long to wait for a connection.
    pub connect_timeout: Duration,
    /// Where a SQLite database is kept before a migration changes it.
    pub backups: Option<Backups>,
}

impl StoreOptions {
    /// The defaults, for the database at `url`.
    pub fn new(url: DatabaseUrl) -> Self {
        Self { url, max_connections: 8, connect_timeout: Duration::from_secs(5), backups: None }
    }

    /// Opens connections that read and write, with time limits for their statements unless they are `unlimited`. A
    /// SQLite file is created where there is none.
    ///
    /// The pools are made here, not by `sea_orm`, whose tracing would show the URL with its password.
    pub(crate) async fn connect(&self, unlimited: bool) -> Result<Connections, DbErr> {
        match &self.url.0 {
            Address::Sqlite(file) => {
                // One writer at a time is all that the file allows: whoever waits here is served in turn, and does not
                // ask the file again and again. The log is synced for many at once by `durability`.
                let options = sqlite(file).create_if_missing(true).synchronous(SqliteSynchronous::Normal);
                let writer = self.sqlite_pool(1, options).await?;
                let log = Log::of(file).map_err(|error| connection_error(sqlx::Error::Io(error)))?;
                Ok(Connections { reader: self.read_sqlite(file).await?, writer, log: Some(log) })
            }
            Address::Postgres(url) => {
                let pool = self.postgres_pool(url, unlimited).await?;
                Ok(Connections { reader: pool.clone(), writer: pool, log: None })
            }
        }
    }

    /// Opens connections to an existing database for reading alone.
    pub(crate) async fn read(&self) -> Result<DatabaseConnection, DbErr> {
        match &self.url.0 {
            Address::Sqlite(file) => self.read_sqlite(file).await,
            Address::Postgres(url) => self.postgres_pool(url, false).await,
        }
    }

    async fn read_sqlite(&self, file: &Path) -> Result<DatabaseConnection, DbErr> {
        // Not `read_only`, which could not read a log that a killed server left.
        self.sqlite_pool(self.max_connections, sqlite(file).pragma("query_only", "on")).await
    }

    pub(crate) async fn sqlite_pool(
        &self,
        connections: u32,
        options: SqliteConnectOptions,
    ) -> Result<DatabaseConnection, DbErr> {
        let pool = SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(self.connect_timeout)
            // There is nothing between us and the file that could break, nor grow old; and a connection may hold a lock.
            .test_before_acquire(false)
            .max_lifetime(None)
            .idle_timeout(None)
            .after_release(|connection, _| Box::pin(is_between_transactions(connection)))
            .connect_with(options);
        Ok(pool.await.map_err(connection_error)?.into())
    }

    async fn postgres_pool(&self, url: &str, unlimited: bool) -> Result<DatabaseConnection, DbErr> {
        let milliseconds = |limit: Duration| if unlimited { 0 } else { limit.as_millis() }.to_string();
        let mut options = PgConnectOptions::from_str(url).map_err(connection_error)?;
        if options.get_application_name().is_none() {
            options = options.application_name("bugdrill");
        }
        let options = options
            .options([
                // Locks are taken first, and what is read after them has to be new.
                ("default_transaction_isolation", "read committed".to_owned()),
                ("lock_timeout", milliseconds(LOCK_TIMEOUT)),
                ("statement_timeout", milliseconds(STATEMENT_TIMEOUT)),
                // For a server that stalls in the middle of a transaction, others shall not have to wait.
                ("idle_in_transaction_session_timeout", milliseconds(STATEMENT_TIMEOUT)),
            ])
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(self.max_connections)
            .acquire_timeout(self.connect_timeout)
            .connect_with(options);
        Ok(pool.await.map_err(connection_error)?.into())
    }
}

/// Open connections.
pub(crate) struct Connections {
    pub(crate) reader: DatabaseConnection,
    pub(crate) writer: DatabaseConnection,
    /// SQLite's log, which what was written has to reach.
    pub(crate) log: Option<Log>,
}

pub(crate) fn sqlite(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        .foreign_keys(true)
        .busy_timeout(LOCK_TIMEOUT)
        .disable_statement_logging()
}

/// Whether a connection that comes back to the pool has ended its transaction. When the disk is full, SQLite may refuse
/// to end one, or end it by itself: what the driver believes of it is wrong then, and whoever used it next would write
/// into a transaction that nobody ever commits. Such a connection is closed, which ends the transaction.
async fn is_between_transactions(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // Every transaction waits for this one's connection to come back: this look costs nothing, the other a way to the
    // connection's thread and back. What was given up while it began is settled by the pool itself, which asks the thread
    // before it hands the connection on.
    if !connection.is_in_transaction() {
        return Ok(true);
    }
    // A rollback of a transaction that was dropped may still be on its way there.
    connection.ping().await?;
    let is_between = !connection.is_in_transaction();
    if !is_between {
        tracing::warn!("a transaction could not be ended: its connection is closed");
    }
    Ok(is_between)
}

pub(crate) fn connection_error(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}

/// The product and its version.
pub(crate) async fn version(connection: &impl ConnectionTrait) -> Result<String, DbErr> {
    let backend = connection.get_database_backend();
    let (product, sql) = if backend == DatabaseBackend::Postgres {
        ("PostgreSQL", "SELECT current_setting('server_version')")
    } else {
        ("SQLite", "SELECT sqlite_version()")
    };
    let row = connection.query_one_raw(Statement::from_string(backend, sql)).await?;
    let version: String = row.ok_or_else(|| DbErr::RecordNotFound(sql.to_owned()))?.try_get_by_index(0)?;
    Ok(format!("{product} {version}"))
}

/// Whether the same call may succeed a little later: the database cannot be reached, is busy or gave up waiting.
pub(crate) fn is_passing(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return matches!(error, DbErr::ConnectionAcquire(_));
    };
    match &**error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => {
            let code = error.code().unwrap_or_default();
            if error.try_downcast_ref::<PgDatabaseError>().is_some() {
                // Lost connections, deadlocks, exhausted resources, locks and statements that took too long.
                return ["08", "40", "53", "55P03", "57"].iter().any(|class| code.starts_with(class));
            }
            // SQLite: the low byte of its code tells a busy and a locked database, a failing and a full disk.
            code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 10 | 13))
        }
        _ => false,
    }
}

/// `text` as both databases can store it: PostgreSQL knows no NUL character, so U+FFFD stands for it. In JSON it is
/// escaped, and stays.
pub(crate) fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Result<DatabaseUrl, UnusableUrl> {
        text.to_owned().try_into()
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        for text in [
            "postgres://ada:secret@db.example:5433/drill?sslmode=require",
            "postgresql://ada@db.example:5433/drill?password=secret",
        ] {
            let url = url(text).unwrap();
            assert_eq!(url.to_string(), "postgres://db.example:5433/drill");
            let shown = format!("{:?}", StoreOptions::new(url));
            assert!(!shown.contains("secret"), "{shown}");
        }
        let file = url("sqlite://data/with % and ?.db").unwrap();
        assert_eq!(file.sqlite_file(), Some(Path::new("data/with % and ?.db")));
    }

    #[test]
    fn other_addresses_are_refused_and_not_repeated() {
        for text in ["", "sqlite://", "mysql://ada:secret@host/db", "postgres://ada:secret@host:port/db", "secret"] {
            let error = url(text).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("secret"), "{text}");
        }
    }

    #[tokio::test]
    async fn a_server_that_cannot_be_reached_is_unavailable_and_its_password_stays_secret() {
        // Nothing listens on port 1.
        let address = url("postgres://ada:secret@127.0.0.1:1/drill").unwrap();
        let options = StoreOptions { connect_timeout: Duration::from_millis(100), ..StoreOptions::new(address) };
        let error = crate::Store::open(&options).await.unwrap_err();
        assert!(matches!(error, crate::StoreError::Unavailable(_)), "{error:?}");
        assert!(!format!("{error:?}").contains("secret"));
    }
}
