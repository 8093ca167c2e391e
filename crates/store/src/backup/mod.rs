//! Backups: made while a server runs, made before a migration, looked through, and put in the place of the database.
//!
//! A backup is what the database's own tools understand: a SQLite file, or an archive of `pg_dump`. It holds everything
//! but the root secret; the keys that sign tokens are in it, sealed, so that it can be told whether a secret is theirs.
//! A file gets its name when it is whole and on the disk, and not before: what is half written is never taken for a
//! backup or for the database.
//!
//! A restore undoes whatever came after the backup, log-outs and used links included. So it ends the sessions of
//! accounts, and what may become one ([`ENDED`]). A trial's session stays, as it was: it is the
//! only key to what the trial did, unless its app has refreshed it since.

mod archive;
mod files;
#[cfg(test)]
mod kills;
mod postgres;
mod sqlite;

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDateTime, Utc};
use sea_orm::DbErr;

use crate::{AuditStamp, StoreOptions, migrations::History};

/// How many backups of each kind that nobody asked for are kept.
const KEPT: usize = 3;

/// The tables of which a restore takes rows away, and which rows.
const ENDED: [(&str, &str); 5] = [
    ("sessions", "user_id IN (SELECT id FROM users WHERE NOT is_trial)"),
    ("refresh_tokens", "user_id IN (SELECT id FROM users WHERE NOT is_trial)"),
    ("login_challenges", "TRUE"),
    ("oauth_flows", "TRUE"),
    ("mailed_tokens", "TRUE"),
];

const AUDIT_LOG: &str = "audit_log";
const SIGNING_KEYS: &str = "signing_keys";
const MIGRATIONS: &str = "seaql_migrations";

/// Where backups are kept that nobody has named a file for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backups {
    /// The folder, which is made where there is none.
    pub folder: PathBuf,
    /// The present time, which their names tell.
    pub now: DateTime<Utc>,
}

/// Where a backup goes.
#[derive(Clone, Copy, Debug)]
pub enum BackupTarget<'a> {
    /// Into this folder, by a name that tells when it was made and of which schema.
    Folder(&'a Backups),
    /// Into this file, which there must not be yet.
    File(&'a Path),
}

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// The last migration that was applied to the schema.
    pub migration: String,
    /// The file's size, in bytes.
    pub bytes: u64,
}

/// Why a backup is not made, or not restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file or folder cannot be read or written.
    #[error("{}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A database failed.
    #[error("the database failed")]
    Database(#[from] DbErr),
    /// There is nothing to back up.
    #[error("there is no database of bugdrill yet")]
    NoDatabase,
    /// The database has a migration that this release does not know.
    #[error("the database was last used by a newer bugdrill (migration {0}): use that version")]
    SchemaAhead(String),
    /// The file is something else.
    #[error("this is no backup of bugdrill")]
    NotABackup,
    /// The file is of the other product.
    #[error("this is a backup of {backup}, and the database is {database}")]
    OtherProduct {
        /// What it is of.
        backup: &'static str,
        /// What the configuration names.
        database: &'static str,
    },
    /// The file is not as it was written.
    #[error("the backup is damaged: {0}")]
    Damaged(String),
    /// The file is a database that somebody works with, or that was copied while somebody did.
    #[error("beside it lies {}, so it is a part of a database in use: `bugdrill backup` makes a whole one", .0.display())]
    InUseItself(PathBuf),
    /// This release cannot work with what is in the file.
    #[error("the backup was made by a newer bugdrill (migration {0}): use that version")]
    Newer(String),
    /// Something would be lost.
    #[error("there is a database already: --replace puts the backup in its place")]
    WouldReplace,
    /// Somebody works with the database.
    #[error("something else works with the database: stop all servers, and whatever has it open")]
    InUse,
    /// The schema of PostgreSQL holds what is not ours.
    #[error("the schema {0:?} of the database holds tables, and they are not bugdrill's: name another database")]
    NotOurs(String),
    /// The backup belongs into another schema of PostgreSQL.
    #[error("the backup is of the schema {backup:?}, and this database is used by the schema {database:?}")]
    OtherSchema {
        /// That of the backup.
        backup: String,
        /// The one that the configuration names.
        database: String,
    },
    /// A program of PostgreSQL is missing.
    #[error("{0} is not installed: install PostgreSQL's client programs (Debian and Ubuntu: postgresql-client)")]
    NoProgram(&'static str),
    /// A program of PostgreSQL is older than the server.
    #[error(
        "{program} is of version {version}, and the server of {server}: install postgresql-client-{server} or newer"
    )]
    OldProgram {
        /// Which.
        program: &'static str,
        /// Its version.
        version: u32,
        /// The server's version.
        server: u32,
    },
    /// A program of PostgreSQL failed.
    #[error("{program} failed: {said}")]
    Program {
        /// Which.
        program: &'static str,
        /// What it said of that.
        said: String,
    },
}

impl BackupError {
    fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        |source| Self::File { path: path.to_owned(), source }
    }
}

/// Why a backup is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    /// Somebody asked for it.
    Asked,
    /// The schema is about to change.
    Migration,
    /// Another backup is about to take the database's place.
    Restore,
}

impl Reason {
    /// Those for which nobody looks after the files.
    const AUTOMATIC: [Self; 2] = [Self::Migration, Self::Restore];

    fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "backup",
            Self::Migration => "before-migration",
            Self::Restore => "before-restore",
        }
    }

    /// Whether the rest of a name, as [`read_name`] gives it, tells this reason.
    fn is_of(self, rest: &str) -> bool {
        rest.strip_prefix(self.as_str()).is_some_and(|rest| rest.starts_with('-'))
    }
}

/// The form of the time in a file's name: names sort by it.
const TIME: &str = "%Y%m%dT%H%M%S%.3fZ";
const PREFIX: &str = "bugdrill-";

fn file_name(now: DateTime<Utc>, reason: Reason, migration: &str, extension: &str) -> String {
    format!("{PREFIX}{}-{}-{migration}.{extension}", now.format(TIME), reason.as_str())
}

/// When the backup of this name was made, and the rest of the name: why, and of which schema.
fn read_name(name: &str) -> Option<(DateTime<Utc>, &str)> {
    let (time, rest) = name.strip_prefix(PREFIX)?.split_once('-')?;
    Some((NaiveDateTime::parse_from_str(time, TIME).ok()?.and_utc(), rest))
}

impl Backups {
    /// When the newest backup in the folder was made that somebody asked for.
    pub fn newest(&self) -> io::Result<Option<DateTime<Utc>>> {
        let names = self.names()?;
        let read = names.iter().filter_map(|name| read_name(name));
        Ok(read.filter(|(_, rest)| Reason::Asked.is_of(rest)).map(|(made_at, _)| made_at).max())
    }

    fn names(&self) -> io::Result<Vec<String>> {
        match fs::read_dir(&self.folder) {
            Ok(files) => {
                let names = files.map(|file| file.map(|file| file.file_name().into_string().ok()));
                Ok(names.collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Deletes the older ones of those that were made for this reason.
    fn forget_older(&self, reason: Reason) {
        let mut names = self.names().unwrap_or_default();
        names.retain(|name| read_name(name).is_some_and(|(_, rest)| reason.is_of(rest) && !rest.ends_with(files::SUM)));
        names.sort_unstable();
        for name in names.iter().rev().skip(KEPT) {
            let path = self.folder.join(name);
            if let Err(error) = files::remove(&path).and_then(|()| files::remove(&files::sum_of(&path))) {
                tracing::warn!(%error, "an old backup stays: {}", path.display());
            }
        }
    }

    /// A backup for this reason; `write` writes it into the file that it is given.
    async fn add(
        &self,
        reason: Reason,
        migration: &str,
        extension: &str,
        write: impl AsyncFnOnce(&Path) -> Result<(), BackupError>,
    ) -> Result<PathBuf, BackupError> {
        files::make_folder(&self.folder).map_err(BackupError::file(&self.folder))?;
        let path = self.folder.join(file_name(self.now, reason, migration, extension));
        add(&path, write).await?;
        if Reason::AUTOMATIC.contains(&reason) {
            self.forget_older(reason);
        }
        Ok(path)
    }
}

/// Makes the file `path`, which there must not be yet, and its checksum; `write` writes it into the file that it is
/// given.
async fn add(path: &Path, write: impl AsyncFnOnce(&Path) -> Result<(), BackupError>) -> Result<(), BackupError> {
    if path.exists() {
        return Err(BackupError::file(path)(io::ErrorKind::AlreadyExists.into()));
    }
    let new = files::NewFile::beside(path).map_err(BackupError::file(path))?;
    write(new.path()).await?;
    // Both are written before the first gets its name: on a full disk there is neither.
    let sum_of = files::sum_of(path);
    let mut sum = files::NewFile::beside(&sum_of).map_err(BackupError::file(&sum_of))?;
    let line = files::checksum(new.path(), path).map_err(BackupError::file(path))?;
    sum.as_file().write_all(line.as_bytes()).map_err(BackupError::file(&sum_of))?;
    // That of a backup that was deleted tells nothing of this one.
    files::remove(&sum_of).map_err(BackupError::file(&sum_of))?;
    new.keep_as(path).map_err(BackupError::file(path))?;
    sum.keep_as(&sum_of).map_err(BackupError::file(&sum_of))
}

/// Keeps what a database is before a migration changes it, whose last migration is `migration`.
pub(crate) async fn before_migration(options: &StoreOptions, migration: &str) -> Result<(), BackupError> {
    // Those of PostgreSQL are their operators' business: `bugdrill migrate` says so.
    let (Some(file), Some(backups)) = (options.url.sqlite_file(), &options.backups) else { return Ok(()) };
    let write = async |path: &Path| sqlite::copy(options, file, path).await;
    let kept = backups.add(Reason::Migration, migration, sqlite::EXTENSION, write).await?;
    tracing::info!("the database is kept as {} before its schema changes", kept.display());
    Ok(())
}

impl Backup {
    /// Makes one of the database, which may be in use; it is of one moment.
    pub async fn make(options: &StoreOptions, target: BackupTarget<'_>) -> Result<Self, BackupError> {
        if options.url.sqlite_file().is_some_and(|file| !file.exists()) {
            return Err(BackupError::NoDatabase);
        }
        let connection = options.read().await?;
        let history = History::read(&connection).await?;
        if let Some(name) = history.unknown() {
            return Err(BackupError::SchemaAhead(name.to_owned()));
        }
        let migration = history.newest().ok_or(BackupError::NoDatabase)?;
        let (extension, source) = match options.url.sqlite_file() {
            Some(file) => (sqlite::EXTENSION, Source::Sqlite(file)),
            None => (postgres::EXTENSION, Source::Postgres(postgres::Dump::of(options, &connection).await?)),
        };
        let write = async |path: &Path| match &source {
            Source::Sqlite(file) => sqlite::copy(options, file, path).await,
            Source::Postgres(dump) => dump.write(path).await,
        };
        let path = match target {
            BackupTarget::Folder(backups) => backups.add(Reason::Asked, migration, extension, write).await?,
            BackupTarget::File(path) => add(path, write).await.map(|()| path.to_owned())?,
        };
        connection.close().await?;
        let bytes = fs::metadata(&path).map_err(BackupError::file(&path))?.len();
        Ok(Self { path, migration: migration.to_owned(), bytes })
    }
}

enum Source<'a> {
    Sqlite(&'a Path),
    Postgres(postgres::Dump),
}

/// A backup that was looked through and found fit to take the place of the database. Nothing has happened to that yet.
#[derive(Debug)]
pub struct Restore {
    options: StoreOptions,
    has_checksum: bool,
    prepared: Prepared,
}

#[derive(Debug)]
enum Prepared {
    Sqlite(sqlite::Prepared),
    Postgres(postgres::Prepared),
}

/// A key in a backup that signs tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedKey {
    /// Its id.
    pub id: String,
    /// Its private part, sealed.
    pub private_key: Vec<u8>,
}

/// What was found in a backup.
#[derive(Debug)]
struct Found {
    history: History,
    signing_keys: Vec<SealedKey>,
}

impl Found {
    /// Refuses what this release cannot work with.
    fn new(history: History, signing_keys: Vec<SealedKey>) -> Result<Self, BackupError> {
        if !history.is_ours() {
            return Err(BackupError::NotABackup);
        }
        if let Some(name) = history.unknown() {
            return Err(BackupError::Newer(name.to_owned()));
        }
        Ok(Self { history, signing_keys })
    }
}

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where what was there before is kept.
    pub kept: Option<PathBuf>,
    /// Whether what was there before was damaged, and is kept as it was.
    pub was_damaged: bool,
    /// The last migration that was applied to the schema.
    pub migration: String,
    /// How many migrations of this release the schema lacks.
    pub pending_migrations: usize,
}

impl Restore {
    /// Looks a backup through. It is refused when this release cannot work with it, or when there is a database that it
    /// must not `replace`.
    pub async fn prepare(options: &StoreOptions, backup: &Path, replace: bool) -> Result<Self, BackupError> {
        let mut start = Vec::new();
        let read = File::open(backup).and_then(|file| file.take(16).read_to_end(&mut start));
        read.map_err(BackupError::file(backup))?;
        let is_sqlite = start == sqlite::START;
        if !is_sqlite && !start.starts_with(postgres::START) {
            return Err(BackupError::NotABackup);
        }
        let as_written = files::is_as_written(backup).map_err(BackupError::file(backup))?;
        if as_written == Some(false) {
            return Err(BackupError::Damaged("it is not what the checksum beside it says".into()));
        }
        let has_checksum = as_written.is_some();
        let product = |is_sqlite| if is_sqlite { "SQLite" } else { "PostgreSQL" };
        let prepared = match options.url.sqlite_file() {
            Some(file) if is_sqlite => {
                Prepared::Sqlite(Box::pin(sqlite::Prepared::new(options, backup, file, replace)).await?)
            }
            None if !is_sqlite => {
                Prepared::Postgres(Box::pin(postgres::Prepared::new(options, backup, replace)).await?)
            }
            _ => {
                return Err(BackupError::OtherProduct { backup: product(is_sqlite), database: product(!is_sqlite) });
            }
        };
        Ok(Self { options: options.clone(), has_checksum, prepared })
    }

    /// Whether the backup was found to be, to the bit, what was written: that it can be read tells less.
    pub fn has_checksum(&self) -> bool {
        self.has_checksum
    }

    /// The keys in the backup that sign tokens: they open by the root secret that the server had, and by no other.
    pub fn signing_keys(&self) -> &[SealedKey] {
        &self.found().signing_keys
    }

    fn found(&self) -> &Found {
        match &self.prepared {
            Prepared::Sqlite(prepared) => prepared.found(),
            Prepared::Postgres(prepared) => prepared.found(),
        }
    }

    /// Puts the backup in the place of the database, at once: whoever looks finds the one or the other. What was there
    /// before is kept in `backups`.
    pub async fn put_in_place(self, backups: &Backups, stamp: AuditStamp) -> Result<Restored, BackupError> {
        let migration = self.found().history.newest().unwrap_or_default().to_owned();
        let pending_migrations = self.found().history.pending();
        let (kept, was_damaged) = match self.prepared {
            Prepared::Sqlite(prepared) => Box::pin(prepared.put_in_place(&self.options, backups, stamp)).await?,
            Prepared::Postgres(prepared) => {
                (Box::pin(prepared.put_in_place(&self.options, backups, stamp)).await?, false)
            }
        };
        Ok(Restored { kept, was_damaged, migration, pending_migrations })
    }
}
