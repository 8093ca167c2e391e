//! Backups of SQLite: files of the same kind, of one moment, without a log.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, EntityTrait, QuerySelect, RuntimeErr, Statement,
    TransactionTrait,
};
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};

use super::{
    AUDIT_LOG, BackupError, Backups, ENDED, Found, Reason, SIGNING_KEYS, SealedKey,
    files::{COMPANIONS, NewFile, reached, remove_companions, sync_folder_of, with_end},
};
use crate::{AuditEvent, AuditStamp, StoreOptions, database, entities::signing_key, migrations::History, text::Text};

pub(super) const EXTENSION: &str = "db";

/// How every SQLite file starts.
pub(super) const START: &[u8] = b"SQLite format 3\0";

/// Writes what the database in `file` is at this moment into `to`, which is empty. Others may write meanwhile.
pub(super) async fn copy(options: &StoreOptions, file: &Path, to: &Path) -> Result<(), BackupError> {
    let connection = options.sqlite_pool(1, database::sqlite(file)).await?;
    let copied = copy_by(options, &connection, to).await;
    connection.close().await?;
    copied
}

async fn copy_by(options: &StoreOptions, connection: &DatabaseConnection, to: &Path) -> Result<(), BackupError> {
    let path = to.to_str().ok_or_else(|| BackupError::file(to)(io::ErrorKind::InvalidFilename.into()))?;
    let vacuum = Statement::from_sql_and_values(DatabaseBackend::Sqlite, "VACUUM INTO ?", [path.into()]);
    connection.execute_raw(vacuum).await?;
    // A backup that nobody could read is none.
    let copy = open_alone(options, to).await?;
    let checked = check(&copy).await;
    copy.close().await?;
    checked
}

/// Opens a file that nobody else has, with everything in the file itself.
async fn open_alone(options: &StoreOptions, file: &Path) -> Result<DatabaseConnection, DbErr> {
    let alone = database::sqlite(file).journal_mode(SqliteJournalMode::Delete).synchronous(SqliteSynchronous::Full);
    options.sqlite_pool(1, alone).await
}

fn query(sql: &'static str) -> Statement {
    Statement::from_string(DatabaseBackend::Sqlite, sql)
}

/// Whether everything in it can be read.
async fn check(connection: &DatabaseConnection) -> Result<(), BackupError> {
    let found = connection.query_one_raw(query("PRAGMA integrity_check(1)")).await.map_err(damage_or_failure)?;
    let found: String = found.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    if found == "ok" { Ok(()) } else { Err(BackupError::Damaged(found)) }
}

/// Whether the file has all of its pages: of a last one that is cut off, SQLite takes the rest for zeros.
async fn check_length(connection: &DatabaseConnection, length: u64) -> Result<(), BackupError> {
    let sql = "SELECT page_size * page_count FROM pragma_page_size, pragma_page_count";
    let row = connection.query_one_raw(query(sql)).await.map_err(damage_or_failure)?;
    let expected: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    if u64::try_from(expected).is_ok_and(|expected| expected <= length) {
        Ok(())
    } else {
        Err(BackupError::Damaged(format!("it has {length} of {expected} bytes")))
    }
}

/// Whether all rows are there that others refer to.
async fn check_references(connection: &DatabaseConnection) -> Result<(), BackupError> {
    let Some(row) = connection.query_one_raw(query("PRAGMA foreign_key_check")).await.map_err(damage_or_failure)?
    else {
        return Ok(());
    };
    let table: String = row.try_get_by_index(0)?;
    Err(BackupError::Damaged(format!("a row of {table} refers to one that is missing")))
}

/// The low byte of SQLite's code for this error.
fn code_of(error: &DbErr) -> Option<u32> {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return None;
    };
    error.as_database_error()?.code()?.parse::<u32>().ok().map(|code| code & 0xff)
}

/// Whether the file is malformed, or no database.
fn is_damage(error: &DbErr) -> bool {
    matches!(code_of(error), Some(11 | 26))
}

fn damage_or_failure(error: DbErr) -> BackupError {
    if is_damage(&error) { BackupError::Damaged(error.to_string()) } else { error.into() }
}

async fn has_table(connection: &impl ConnectionTrait, table: &str) -> Result<bool, DbErr> {
    let sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?";
    let statement = Statement::from_sql_and_values(DatabaseBackend::Sqlite, sql, [table.into()]);
    Ok(connection.query_one_raw(statement).await?.is_some())
}

/// A copy of a backup beside the database whose place it is to take.
#[derive(Debug)]
pub(super) struct Prepared {
    database: PathBuf,
    copy: NewFile,
    connection: DatabaseConnection,
    found: Found,
}

impl Prepared {
    pub(super) async fn new(
        options: &StoreOptions,
        backup: &Path,
        database: &Path,
        replace: bool,
    ) -> Result<Self, BackupError> {
        if database.exists() && !replace {
            return Err(BackupError::WouldReplace);
        }
        for end in COMPANIONS {
            let companion = with_end(backup, end);
            if fs::metadata(&companion).is_ok_and(|file| file.len() > 0) {
                return Err(BackupError::InUseItself(companion));
            }
        }
        let mut copy = NewFile::beside(database).map_err(BackupError::file(database))?;
        let mut file = File::open(backup).map_err(BackupError::file(backup))?;
        let length = io::copy(&mut file, copy.as_file()).map_err(BackupError::file(copy.path()))?;
        reached("copied");
        let connection = open_alone(options, copy.path()).await.map_err(damage_or_failure)?;
        check(&connection).await?;
        check_length(&connection, length).await?;
        check_references(&connection).await?;
        let history = History::read(&connection).await?;
        let signing_keys = if has_table(&connection, SIGNING_KEYS).await? {
            // By these columns alone: a backup of an earlier release need not have those of this one.
            let keys = signing_key::Entity::find()
                .select_only()
                .columns([signing_key::Column::Id, signing_key::Column::PrivateKey])
                .into_tuple::<(String, Vec<u8>)>();
            let keys = keys.all(&connection).await?.into_iter();
            keys.map(|(id, private_key)| SealedKey { id, private_key }).collect()
        } else {
            Vec::new()
        };
        let found = Found::new(history, signing_keys)?;
        Ok(Self { database: database.to_owned(), copy, connection, found })
    }

    pub(super) fn found(&self) -> &Found {
        &self.found
    }

    /// Ends in the copy what a restore ends.
    async fn end_sessions(&self, stamp: AuditStamp) -> Result<(), DbErr> {
        let transaction = self.connection.begin_with_options(sea_orm::TransactionOptions::default()).await?;
        for (table, rows) in ENDED {
            if has_table(&transaction, table).await? {
                transaction.execute_unprepared(&format!("DELETE FROM {table} WHERE {rows}")).await?;
            }
        }
        if has_table(&transaction, AUDIT_LOG).await? {
            let sql = format!("INSERT INTO {AUDIT_LOG} (id, event, details, created_at) VALUES (?, ?, '{{}}', ?)");
            let values = [stamp.entry_id.into(), Text(AuditEvent::Restored).into(), stamp.now.into()];
            transaction.execute_raw(Statement::from_sql_and_values(DatabaseBackend::Sqlite, sql, values)).await?;
        }
        transaction.commit().await
    }

    /// Each step leaves the old database as it is, until the last puts the new one in its place.
    pub(super) async fn put_in_place(
        self,
        options: &StoreOptions,
        backups: &Backups,
        stamp: AuditStamp,
    ) -> Result<(Option<PathBuf>, bool), BackupError> {
        self.end_sessions(stamp).await?;
        let Self { database, copy, connection, .. } = self;
        connection.close().await?;
        reached("sessions ended");
        let mut held = None;
        let (kept, was_damaged) = if database.exists() {
            match set_aside(options, &database, backups).await {
                Err(BackupError::Database(error)) if is_damage(&error) => (damaged_aside(&database, backups)?, true),
                Err(BackupError::Damaged(_)) => (damaged_aside(&database, backups)?, true),
                set_aside => {
                    let (kept, alone) = set_aside?;
                    held = Some(alone);
                    (Some(kept), false)
                }
            }
        } else {
            // Of a database that was deleted something may lie here yet.
            remove_companions(&database).map_err(BackupError::file(&database))?;
            (None, false)
        };
        copy.sync().map_err(BackupError::file(copy.path()))?;
        reached("synced");
        copy.take_place_of(&database).map_err(BackupError::file(&database))?;
        reached("replaced");
        // Until here nobody could write what is replaced, nor leave a log beside what replaces it.
        if let Some(alone) = held {
            alone.close().await?;
        }
        Ok((kept, was_damaged))
    }
}

/// Keeps a copy of the database among the backups, and leaves everything of the database in its one file: a log that
/// lay beside the next one would be read into that. Nobody else writes it while what comes with the copy is open.
async fn set_aside(
    options: &StoreOptions,
    database: &Path,
    backups: &Backups,
) -> Result<(PathBuf, DatabaseConnection), BackupError> {
    let connection = options.sqlite_pool(1, database::sqlite(database)).await?;
    let history = History::read(&connection).await;
    connection.close().await?;
    let history = history?;
    // Leaving the log takes the file for oneself, so this tells of whoever else has it open.
    let alone = open_alone(options, database).await.map_err(in_use)?;
    match set_aside_behind(options, database, backups, &alone, history.newest().unwrap_or("empty")).await {
        Ok(kept) => Ok((kept, alone)),
        Err(error) => {
            alone.close().await?;
            Err(error)
        }
    }
}

/// Takes the lock of a database that nobody else has open, by the connection `alone`, and keeps a copy of it.
async fn set_aside_behind(
    options: &StoreOptions,
    database: &Path,
    backups: &Backups,
    alone: &DatabaseConnection,
    migration: &str,
) -> Result<PathBuf, BackupError> {
    // Its next look at the file takes a lock that it keeps, behind which nobody else writes.
    alone.execute_raw(query("PRAGMA locking_mode = EXCLUSIVE")).await?;
    alone.query_one_raw(query("SELECT count(*) FROM sqlite_schema")).await.map_err(in_use)?;
    let mode = alone.query_one_raw(query("PRAGMA journal_mode")).await?;
    let mode: Option<String> = mode.map(|row| row.try_get_by_index(0)).transpose()?;
    if mode.as_deref() != Some("delete") || with_end(database, "-wal").exists() {
        return Err(BackupError::InUse);
    }
    reached("log folded");
    let write = async |path: &Path| copy_by(options, alone, path).await;
    let kept = backups.add(Reason::Restore, migration, EXTENSION, write).await?;
    reached("kept");
    Ok(kept)
}

/// Somebody else has the database open, or something else is wrong with it.
fn in_use(error: DbErr) -> BackupError {
    if matches!(code_of(&error), Some(5 | 6)) { BackupError::InUse } else { error.into() }
}

/// Keeps a database that cannot be read as it is, with its log, for whoever wants to save something of it.
fn damaged_aside(database: &Path, backups: &Backups) -> Result<Option<PathBuf>, BackupError> {
    let kept = with_end(database, &format!(".damaged-{}", backups.now.format(super::TIME)));
    for end in ["", "-wal", "-journal"] {
        let (from, to) = (with_end(database, end), with_end(&kept, end));
        if from.exists() {
            fs::hard_link(&from, &to).map_err(BackupError::file(&to))?;
        }
    }
    sync_folder_of(&kept).map_err(BackupError::file(&kept))?;
    reached("linked");
    remove_companions(database).map_err(BackupError::file(database))?;
    sync_folder_of(database).map_err(BackupError::file(database))?;
    reached("log removed");
    Ok(Some(kept))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{Store, testing::TestDatabase};

    #[tokio::test]
    async fn nobody_writes_a_database_that_is_set_aside() {
        let database = TestDatabase::sqlite();
        let options = database.options();
        Store::open(&options).await.unwrap().close().await.unwrap();
        let file = options.url.sqlite_file().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let backups = Backups { folder: folder.path().to_owned(), now: chrono::DateTime::UNIX_EPOCH };
        let (_, alone) = set_aside(&options, file, &backups).await.unwrap();
        let at_once = || database::sqlite(file).busy_timeout(Duration::ZERO);
        options.sqlite_pool(1, at_once()).await.unwrap_err();
        assert!(COMPANIONS.iter().all(|end| !with_end(file, end).exists()));
        alone.close().await.unwrap();
        options.sqlite_pool(1, at_once()).await.unwrap();
    }
}
