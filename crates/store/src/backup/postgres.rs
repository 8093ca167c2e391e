//! Backups of PostgreSQL: archives of `pg_dump`, by the programs that its client package brings.
//!
//! A password goes to them in their environment, never as an argument, which everybody on the machine could read.

use std::{
    env,
    fmt::Write as _,
    io,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    str::FromStr,
    time::Duration,
};

use percent_encoding::percent_decode_str;
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, Statement};
use sqlx::{
    ConnectOptions,
    postgres::{PgConnectOptions, PgSslMode},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, Command},
};

use super::{
    AUDIT_LOG, BackupError, Backups, ENDED, Found, MIGRATIONS, Reason, SIGNING_KEYS,
    archive::{self, Contents},
};
use crate::{
    AuditEvent, AuditStamp, MIGRATION_LOCK, StoreOptions, database::connection_error, migrations::History, text::Text,
};

pub(super) const EXTENSION: &str = "dump";

/// How every archive of `pg_dump` starts.
pub(super) const START: &[u8] = b"PGDMP";

/// How often, and after what time, it is looked whether others have gone: what has just stopped is seen for a moment.
const LOOKS: u32 = 20;
const LOOK_PERIOD: Duration = Duration::from_millis(100);

const PG_DUMP: &str = "pg_dump";
const PG_RESTORE: &str = "pg_restore";
const PSQL: &str = "psql";

/// What a restore takes away: all that its schema holds, but what extensions brought.
const EMPTY_SCHEMA: &str = r"
SET LOCAL client_min_messages = warning;
SET LOCAL lock_timeout = '5s';
DO $$
DECLARE
    kind text;
    name text;
BEGIN
    FOR kind, name IN
        SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
            oid::regclass::text
        FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
            AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
        ORDER BY relkind IN ('r', 'p') DESC
    LOOP
        -- A sequence or a view may have gone with its table.
        IF to_regclass(name) IS NOT NULL THEN
            EXECUTE format('DROP %s IF EXISTS %s CASCADE', kind, name);
        END IF;
    END LOOP;
END $$;
";

/// How the programs of PostgreSQL's clients reach the database: by their environment alone.
#[derive(Clone)]
struct Access(Vec<(&'static str, String)>);

impl std::fmt::Debug for Access {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Access(…)")
    }
}

impl Access {
    fn of(options: &StoreOptions) -> Result<Self, DbErr> {
        let url = options.url.postgres().unwrap_or_default();
        let options_of_url = PgConnectOptions::from_str(url).map_err(connection_error)?;
        let host = match options_of_url.get_socket() {
            Some(socket) => socket.display().to_string(),
            None => options_of_url.get_host().trim_matches(['[', ']']).to_owned(),
        };
        let user = options_of_url.get_username().to_owned();
        let mode = match options_of_url.get_ssl_mode() {
            PgSslMode::Disable => "disable",
            PgSslMode::Allow => "allow",
            PgSslMode::Prefer => "prefer",
            PgSslMode::Require => "require",
            PgSslMode::VerifyCa => "verify-ca",
            PgSslMode::VerifyFull => "verify-full",
        };
        let mut access = vec![
            ("PGHOST", host),
            ("PGPORT", options_of_url.get_port().to_string()),
            ("PGDATABASE", options_of_url.get_database().unwrap_or(&user).to_owned()),
            ("PGUSER", user),
            ("PGSSLMODE", mode.to_owned()),
            ("PGAPPNAME", options_of_url.get_application_name().unwrap_or("bugdrill").to_owned()),
            ("PGCONNECT_TIMEOUT", options.connect_timeout.as_secs().max(2).to_string()),
            ("PGCLIENTENCODING", "UTF8".to_owned()),
        ];
        access.extend(options_of_url.get_options().map(|settings| ("PGOPTIONS", settings.to_owned())));
        // The driver tells these by a URL alone, in which whatever else is unusual could stand in the way.
        let rest = options_of_url.host("localhost").username("user").database("database").to_url_lossy();
        if let Some(password) = rest.password() {
            let password = percent_decode_str(password).decode_utf8();
            access.push(("PGPASSWORD", password.map_err(|error| DbErr::Custom(error.to_string()))?.into_owned()));
        }
        for (key, value) in rest.query_pairs() {
            let name = match &*key {
                "sslrootcert" => "PGSSLROOTCERT",
                "sslcert" => "PGSSLCERT",
                "sslkey" => "PGSSLKEY",
                _ => continue,
            };
            // The driver writes beside it that it is a file's name.
            access.push((name, value.strip_prefix("file: ").unwrap_or(&value).to_owned()));
        }
        Ok(Self(access))
    }

    /// A program that works with the database.
    fn command(&self, program: &'static str) -> Command {
        let mut command = command(program);
        command.envs(self.0.iter().map(|(name, value)| (name, value))).arg("--no-password");
        command
    }
}

/// A program of PostgreSQL, which gets nothing of ours.
fn command(program: &'static str) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("LC_ALL", "C.UTF-8").stdin(Stdio::null()).kill_on_drop(true);
    // Where the programs, and the certificates of whoever calls them, are.
    for name in ["PATH", "HOME"] {
        command.envs(env::var_os(name).map(|value| (name, value)));
    }
    command
}

fn cannot_start(program: &'static str) -> impl FnOnce(io::Error) -> BackupError {
    move |error| match error.kind() {
        io::ErrorKind::NotFound => BackupError::NoProgram(program),
        _ => BackupError::Program { program, said: error.to_string() },
    }
}

/// What a program said of why it failed.
fn failure(program: &'static str, said: &[u8]) -> BackupError {
    BackupError::Program { program, said: String::from_utf8_lossy(said).trim().replace('\n', "; ") }
}

async fn run(program: &'static str, command: &mut Command) -> Result<Output, BackupError> {
    let output = command.output().await.map_err(cannot_start(program))?;
    if output.status.success() { Ok(output) } else { Err(failure(program, &output.stderr)) }
}

/// The first number of what a program says of its version: `pg_dump (PostgreSQL) 15.4`.
fn major_version(said: &str) -> Option<u32> {
    said.split_whitespace().find_map(|word| word.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok())
}

/// Reads an archive by `pg_restore`.
async fn read_archive(file: &Path, arguments: &[&str]) -> Result<String, BackupError> {
    let output = command(PG_RESTORE).args(arguments).arg(file).output().await.map_err(cannot_start(PG_RESTORE))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(BackupError::Damaged(said.trim().replace('\n', "; ")))
    }
}

/// Reads an archive to its end, and what it is of.
async fn look_through(file: &Path) -> Result<Contents, BackupError> {
    let contents = Contents::of_list(&read_archive(file, &["--list"]).await?).ok_or(BackupError::NotABackup)?;
    let mut reading = command(PG_RESTORE);
    let reading = reading.args(["--file=-"]).arg(file).stdout(Stdio::null()).stderr(Stdio::piped());
    let output = reading.spawn().map_err(cannot_start(PG_RESTORE))?.wait_with_output().await;
    let output = output.map_err(cannot_start(PG_RESTORE))?;
    if output.status.success() {
        Ok(contents)
    } else {
        Err(BackupError::Damaged(String::from_utf8_lossy(&output.stderr).trim().replace('\n', "; ")))
    }
}

/// What one number or text of the database is.
async fn ask<T: sea_orm::TryGetable>(connection: &DatabaseConnection, sql: &str) -> Result<Option<T>, DbErr> {
    let row = connection.query_one_raw(Statement::from_string(DatabaseBackend::Postgres, sql)).await?;
    row.map(|row| row.try_get_by_index(0)).transpose()
}

/// Fails if somebody else still works with the database after a while.
async fn wait_until_alone(connection: &DatabaseConnection) -> Result<(), BackupError> {
    let others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
        AND pid <> pg_backend_pid() AND application_name = current_setting('application_name')";
    for look in 0.. {
        if ask::<i64>(connection, others).await? == Some(0) {
            break;
        }
        if look == LOOKS {
            return Err(BackupError::InUse);
        }
        tokio::time::sleep(LOOK_PERIOD).await;
    }
    Ok(())
}

async fn current_schema(connection: &DatabaseConnection) -> Result<String, BackupError> {
    let schema = ask::<Option<String>>(connection, "SELECT current_schema()::text").await?.flatten();
    schema.ok_or(BackupError::NoDatabase)
}

/// A dump to be made of a database.
#[derive(Debug)]
pub(super) struct Dump {
    access: Access,
    schema: String,
}

impl Dump {
    pub(super) async fn of(options: &StoreOptions, connection: &DatabaseConnection) -> Result<Self, BackupError> {
        let said = run(PG_DUMP, command(PG_DUMP).arg("--version")).await?.stdout;
        let said = String::from_utf8_lossy(&said).into_owned();
        let version = major_version(&said).ok_or_else(|| failure(PG_DUMP, said.as_bytes()))?;
        let sql = "SELECT current_setting('server_version_num')::integer / 10000";
        let server =
            ask::<i32>(connection, sql).await?.and_then(|server| u32::try_from(server).ok()).unwrap_or_default();
        if version < server {
            return Err(BackupError::OldProgram { program: PG_DUMP, version, server });
        }
        Ok(Self { access: Access::of(options)?, schema: current_schema(connection).await? })
    }

    /// Writes it into `to`, and reads it to its end.
    pub(super) async fn write(&self, to: &Path) -> Result<(), BackupError> {
        let mut command = self.access.command(PG_DUMP);
        command.args(["--format=custom", "--no-owner", "--no-privileges"]);
        // In quotes, the name is no pattern.
        command.arg(format!("--schema={}", quoted(&self.schema))).arg("--file").arg(to);
        run(PG_DUMP, &mut command).await?;
        look_through(to).await?;
        Ok(())
    }
}

/// `name` as an identifier of SQL.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// An archive that was looked through, and a database that it may go into.
#[derive(Debug)]
pub(super) struct Prepared {
    file: PathBuf,
    access: Access,
    contents: Contents,
    found: Found,
    /// What is in the database, if there is something.
    replaced: Option<(Dump, String)>,
}

impl Prepared {
    pub(super) async fn new(options: &StoreOptions, file: &Path, replace: bool) -> Result<Self, BackupError> {
        run(PSQL, command(PSQL).arg("--version")).await?;
        let contents = look_through(file).await?;
        let schema = format!("--schema={}", contents.schema);
        let rows = async |table: &str| {
            let table = format!("--table={table}");
            read_archive(file, &["--file=-", "--data-only", &schema, &table]).await
        };
        let history = archive::history(&rows(MIGRATIONS).await?);
        let keys = if contents.has_table(SIGNING_KEYS) {
            archive::signing_keys(&rows(SIGNING_KEYS).await?)
                .ok_or_else(|| BackupError::Damaged(format!("{SIGNING_KEYS} cannot be read")))?
        } else {
            Vec::new()
        };
        let found = Found::new(history, keys)?;

        let connection = StoreOptions { max_connections: 1, ..options.clone() }.read().await?;
        let database = current_schema(&connection).await?;
        if database != contents.schema {
            return Err(BackupError::OtherSchema { backup: contents.schema, database });
        }
        let tables = "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace \
            AND relkind IN ('r', 'p', 'v', 'm', 'S') \
            AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')";
        let is_empty = ask::<i64>(&connection, tables).await? == Some(0);
        let replaced = if is_empty {
            None
        } else {
            let history = History::read(&connection).await?;
            if !history.is_ours() {
                return Err(BackupError::NotOurs(database));
            }
            if !replace {
                return Err(BackupError::WouldReplace);
            }
            let migration = history.newest().unwrap_or_default().to_owned();
            Some((Dump::of(options, &connection).await?, migration))
        };
        wait_until_alone(&connection).await?;
        connection.close().await?;
        Ok(Self { file: file.to_owned(), access: Access::of(options)?, contents, found, replaced })
    }

    pub(super) fn found(&self) -> &Found {
        &self.found
    }

    /// In one transaction: whatever fails or is killed leaves the database as it was.
    pub(super) async fn put_in_place(
        self,
        options: &StoreOptions,
        backups: &Backups,
        stamp: AuditStamp,
    ) -> Result<Option<PathBuf>, BackupError> {
        let kept = match &self.replaced {
            None => None,
            Some((dump, migration)) => {
                let write = async |path: &Path| dump.write(path).await;
                Some(backups.add(Reason::Restore, migration, EXTENSION, write).await?)
            }
        };
        // A dump takes its time.
        let connection = StoreOptions { max_connections: 1, ..options.clone() }.read().await?;
        wait_until_alone(&connection).await?;
        self.execute(stamp).await?;
        let history = History::read(&connection).await?;
        connection.close().await?;
        if history == self.found.history {
            Ok(kept)
        } else {
            Err(failure(PSQL, b"the database is not what was restored"))
        }
    }

    async fn execute(&self, stamp: AuditStamp) -> Result<(), BackupError> {
        let mut psql = self.access.command(PSQL);
        psql.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]);
        let mut psql = piped(PSQL, psql.stdin(Stdio::piped()).stdout(Stdio::null()))?;
        let mut restore = command(PG_RESTORE);
        restore.args(["--file=-", "--no-owner", "--no-privileges"]);
        // So that only what is in the schema is made, and not the schema.
        restore.arg(format!("--schema={}", self.contents.schema)).arg(&self.file);
        let mut restore = piped(PG_RESTORE, restore.stdout(Stdio::piped()))?;

        let mut input = psql.child.stdin.take().ok_or_else(|| failure(PSQL, b"it takes no input"))?;
        let mut output = restore.child.stdout.take().ok_or_else(|| failure(PG_RESTORE, b"it has no output"))?;
        // What psql does not take any more tells nothing that it does not say itself.
        // What was empty when it was looked at stays as it is now: should somebody have made a table meanwhile, the first
        // one of the archive is refused.
        let empty = if self.replaced.is_some() { EMPTY_SCHEMA } else { "" };
        let begin = format!("BEGIN;\n{MIGRATION_LOCK};\n{empty}");
        let mut written = input.write_all(begin.as_bytes()).await;
        if written.is_ok() {
            written = tokio::io::copy(&mut output, &mut input).await.map(drop);
        }
        drop(output);
        let read = restore.end().await;
        // Without its last line psql ends the transaction by rolling it back.
        if written.is_ok() && read.is_ok() {
            written = input.write_all(self.end(stamp).as_bytes()).await;
        }
        drop(input);
        psql.end().await?;
        read?;
        written.map_err(cannot_start(PSQL))
    }

    /// What ends the sessions, and the transaction.
    fn end(&self, stamp: AuditStamp) -> String {
        let mut sql = format!("\nSET LOCAL search_path TO {};\n", quoted(&self.contents.schema));
        for (table, rows) in ENDED {
            if self.contents.has_table(table) {
                let _ = writeln!(sql, "DELETE FROM {table} WHERE {rows};");
            }
        }
        if self.contents.has_table(AUDIT_LOG) {
            let AuditStamp { entry_id, now } = stamp;
            let event = Text(AuditEvent::Restored).name();
            let _ = writeln!(
                sql,
                "INSERT INTO {AUDIT_LOG} (id, event, details, created_at) \
                 VALUES ('{entry_id}', '{event}', '{{}}', '{}');",
                now.to_rfc3339()
            );
        }
        // Whoever listens for all that forgets what they remember: it is no message that a release knows.
        sql + "SELECT pg_notify('bugdrill_changes', 'restored');\nCOMMIT;\n"
    }
}

/// A program at work, whose complaints are read meanwhile.
struct Piped {
    program: &'static str,
    child: Child,
    said: tokio::task::JoinHandle<Vec<u8>>,
}

fn piped(program: &'static str, command: &mut Command) -> Result<Piped, BackupError> {
    let mut child = command.stderr(Stdio::piped()).spawn().map_err(cannot_start(program))?;
    let stderr = child.stderr.take();
    let said = tokio::spawn(async move {
        let mut said = Vec::new();
        if let Some(mut stderr) = stderr {
            // What is missing of it is missing from an error's text alone.
            let _ = stderr.read_to_end(&mut said).await;
        }
        said
    });
    Ok(Piped { program, child, said })
}

impl Piped {
    async fn end(mut self) -> Result<(), BackupError> {
        let status = self.child.wait().await.map_err(cannot_start(self.program))?;
        let said = self.said.await.unwrap_or_default();
        if status.success() { Ok(()) } else { Err(failure(self.program, &said)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(url: &str) -> Vec<(&'static str, String)> {
        Access::of(&StoreOptions::new(url.to_owned().try_into().unwrap())).unwrap().0
    }

    #[test]
    fn everything_of_a_url_reaches_the_programs_by_their_environment() {
        let environment = environment(
            "postgres://ada%40home:s%2Fe%25c%20r%26t@db.example:5433/the%20drill?sslmode=verify-full\
             &sslrootcert=/etc/ca%20%26.pem&options=-c%20search_path%3Ddrill&application_name=mine",
        );
        for expected in [
            ("PGHOST", "db.example"),
            ("PGPORT", "5433"),
            ("PGUSER", "ada@home"),
            ("PGPASSWORD", "s/e%c r&t"),
            ("PGDATABASE", "the drill"),
            ("PGSSLMODE", "verify-full"),
            ("PGSSLROOTCERT", "/etc/ca &.pem"),
            ("PGOPTIONS", "-c search_path=drill"),
            ("PGAPPNAME", "mine"),
        ] {
            assert!(environment.contains(&(expected.0, expected.1.to_owned())), "{expected:?}: {environment:?}");
        }
    }

    #[test]
    fn no_password_is_an_argument_or_shown() {
        let options = StoreOptions::new("postgres://ada:hunter2@[::1]/drill".to_owned().try_into().unwrap());
        let access = Access::of(&options).unwrap();
        assert!(access.0.contains(&("PGHOST", "::1".to_owned())));
        let command = access.command(PG_DUMP);
        let arguments: Vec<_> = command.as_std().get_args().collect();
        assert_eq!(arguments, ["--no-password"]);
        assert!(!format!("{access:?}").contains("hunter2"));
    }

    #[test]
    fn versions_are_read() {
        for (said, version) in [
            ("pg_dump (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)\n", Some(15)),
            ("pg_dump (PostgreSQL) 18beta1", Some(18)),
            ("pg_dump (PostgreSQL) 17.0", Some(17)),
            ("what is this?", None),
        ] {
            assert_eq!(major_version(said), version, "{said}");
        }
    }

    #[test]
    fn a_program_that_is_missing_is_named_with_its_package() {
        let error = cannot_start(PG_DUMP)(io::ErrorKind::NotFound.into()).to_string();
        assert!(error.contains("pg_dump") && error.contains("postgresql-client"), "{error}");
    }
}
