//! How the database is written.
//!
//! SQLite has one writer at a time, so there is one connection for writing, for which transactions queue in fairness,
//! and others that only read. A commit writes the log without waiting for the disk; what waits is the answer, until
//! one call to the disk for all commits of that moment has ended ([`crate::durability`]). PostgreSQL does all this
//! itself: there both connections are of one pool.

use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, RuntimeErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use uuid::Uuid;

use crate::{
    changes::{Change, Changes},
    durability::Log,
};

/// The connection for writing, and what has to happen when something was written.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    pub(crate) connection: DatabaseConnection,
    log: Option<Log>,
    changes: Changes,
}

impl Writer {
    pub(crate) fn new(connection: DatabaseConnection, log: Option<Log>, changes: Changes) -> Self {
        Self { connection, log, changes }
    }

    /// Starts a transaction; under SQLite it holds the write lock. Dropping it rolls back.
    pub(crate) async fn begin(&self) -> Result<Transaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let inner = self.connection.begin_with_options(options).await?;
        Ok(Transaction { inner, log: self.log.clone(), changes: self.changes.clone(), changed: Vec::new() })
    }

    /// Waits until what was written is on the disk.
    async fn make_durable(&self) -> Result<(), DbErr> {
        match &self.log {
            Some(log) => log.sync().await.map_err(sync_error),
            None => Ok(()),
        }
    }
}

fn sync_error(error: std::io::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(sqlx::Error::Io(error).into()))
}

/// A statement by itself is a transaction.
#[async_trait::async_trait]
impl ConnectionTrait for Writer {
    fn get_database_backend(&self) -> DbBackend {
        self.connection.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let done = self.connection.execute_raw(statement).await?;
        self.make_durable().await?;
        Ok(done)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let done = self.connection.execute_unprepared(sql).await?;
        self.make_durable().await?;
        Ok(done)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let row = self.connection.query_one_raw(statement).await?;
        self.make_durable().await?;
        Ok(row)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let rows = self.connection.query_all_raw(statement).await?;
        self.make_durable().await?;
        Ok(rows)
    }
}

/// A transaction that writes.
#[derive(Debug)]
pub(crate) struct Transaction {
    inner: DatabaseTransaction,
    log: Option<Log>,
    changes: Changes,
    changed: Vec<Change>,
}

impl Transaction {
    /// Says that this transaction changes what is remembered of this user's sessions.
    pub(crate) fn changes_user(&mut self, id: Uuid) {
        self.changed.push(Change::User(id));
    }

    /// Says that this transaction changes what learners see of the content.
    pub(crate) fn changes_content(&mut self) {
        self.changed.push(Change::Content);
    }

    /// Makes what was written last: when this returns, it survives the machine's end, and nobody on this server
    /// remembers what was before. Goes on when the caller is gone.
    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        let committed = tokio::spawn(async move {
            let Self { inner, log, changes, changed } = self;
            if inner.get_database_backend() == DatabaseBackend::Postgres {
                changes.announce(&inner, &changed).await?;
            }
            inner.commit().await?;
            changes.apply(&changed);
            match log {
                Some(log) => log.sync().await.map_err(sync_error),
                None => Ok(()),
            }
        });
        committed.await.map_err(|error| DbErr::Custom(format!("a commit was not finished: {error}")))?
    }

    /// For migrations, which know only this.
    pub(crate) fn as_inner(&self) -> &DatabaseTransaction {
        &self.inner
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.inner.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.inner.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.inner.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.inner.query_all_raw(statement).await
    }
}
