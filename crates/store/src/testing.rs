//! Databases for tests, each with one of its own: a SQLite file or, when `BUGDRILL_TEST_POSTGRES_URL` names a
//! PostgreSQL database, a schema in that. `scripts/test-on-postgres` runs the tests so.

use std::{
    env,
    sync::atomic::{AtomicBool, Ordering},
};

use bugdrill_platform::Ambient;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseConnection, FromQueryResult, Statement};
use tempfile::TempDir;
use tokio::runtime;
use uuid::Uuid;

use crate::{
    ContentRepository, DatabaseUrl, NewSession, Session, SessionRepository, Store, StoreError, StoreOptions,
    StoredSnippet, User, UserRepository, steps,
};

const SERVER: &str = "BUGDRILL_TEST_POSTGRES_URL";
const PREFIX: &str = "bugdrill_test_";

/// An empty database, gone with this.
#[derive(Debug)]
pub struct TestDatabase {
    url: String,
    /// The schema, under PostgreSQL.
    schema: Option<String>,
    /// The folder, under SQLite.
    _folder: Option<TempDir>,
}

#[derive(FromQueryResult)]
struct SchemaName {
    name: String,
}

impl TestDatabase {
    /// Makes one.
    pub async fn new() -> Self {
        static SWEPT: AtomicBool = AtomicBool::new(false);
        let Ok(server) = env::var(SERVER) else { return Self::sqlite() };
        let ambient = Ambient::system();
        // Named by the time, so that what a killed test left behind is told from what others use.
        let name = |id: Uuid| format!("{PREFIX}{}", id.simple());
        let schema = name(ambient.new_id());
        let raw = server_connection().await;
        if !SWEPT.swap(true, Ordering::Relaxed) {
            let old = u64::try_from((ambient.now() - TimeDelta::hours(1)).timestamp_millis()).unwrap_or_default();
            let old = name(uuid::Builder::from_unix_timestamp_millis(old, &[0; 10]).into_uuid());
            let sql = format!(
                "SELECT nspname::text AS name FROM pg_namespace \
                 WHERE starts_with(nspname, '{PREFIX}') AND nspname < '{old}'"
            );
            let statement = Statement::from_string(raw.get_database_backend(), sql);
            for SchemaName { name } in SchemaName::find_by_statement(statement).all(&raw).await.expect("it is listed") {
                // Another process may be faster.
                let _ = raw.execute_unprepared(&format!("DROP SCHEMA IF EXISTS {name} CASCADE")).await;
            }
        }
        raw.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await.expect("the schema is made");
        raw.close().await.expect("the connection closes");
        let separator = if server.contains('?') { '&' } else { '?' };
        // No test cares what a crash of PostgreSQL would lose.
        let settings = format!("-c%20search_path%3D{schema}%20-c%20synchronous_commit%3Doff");
        let url = format!("{server}{separator}options={settings}&application_name={schema}");
        Self { url, schema: Some(schema), _folder: None }
    }

    /// Makes one on SQLite, wherever the other tests run.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder is made");
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        Self { url, schema: None, _folder: Some(folder) }
    }

    /// Its URL, for another process.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How to reach it.
    pub fn options(&self) -> StoreOptions {
        options(&self.url)
    }

    /// Opens it, with its schema up to date.
    pub async fn open(&self) -> Store {
        Store::migrate(&self.options()).await.expect("the schema is made");
        Store::open(&self.options()).await.expect("the database opens")
    }

    /// A connection for SQL that no repository has a method for.
    pub async fn raw(&self) -> DatabaseConnection {
        self.options().connect(false).await.expect("the database can be reached").writer
    }

    /// Keeps everybody else from writing, until this connection is closed. Only under SQLite.
    pub async fn block_writing(&self) -> DatabaseConnection {
        let raw = self.raw().await;
        raw.execute_unprepared("BEGIN IMMEDIATE").await.expect("nobody writes");
        raw
    }

    /// Executes SQL that no repository has a method for.
    pub async fn execute(&self, sql: &str) {
        self.raw().await.execute_unprepared(sql).await.expect("the statement is executed");
    }

    /// The number that this SQL gives.
    pub async fn number(&self, sql: &str) -> i64 {
        let raw = self.raw().await;
        let row = raw.query_one_raw(Statement::from_string(raw.get_database_backend(), sql)).await;
        let row = row.expect("the query is executed").expect("there is a row");
        row.try_get_by_index(0).expect("it is a number")
    }

    /// Ends the connections to it, as a server that stops does. Only under PostgreSQL.
    pub async fn disconnect(&self) {
        if let Some(schema) = &self.schema {
            disconnect(&server_connection().await, schema).await;
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Some(schema) = &self.schema else { return };
        // The test's own runtime cannot be waited for here.
        let work = async {
            let raw = server_connection().await;
            // A transaction that the test gave up may hold locks yet.
            disconnect(&raw, schema).await;
            raw.execute_unprepared(&format!("DROP SCHEMA {schema} CASCADE")).await.expect("the schema goes");
        };
        let dropped = std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
                runtime.block_on(work);
            });
            thread.join()
        });
        assert!(dropped.is_ok() || std::thread::panicking(), "the schema is left behind");
    }
}

impl Store {
    /// Lets the SQLite file grow by so many pages, and no more.
    pub async fn limit_growth(&self, pages: i64) {
        let writer = &self.writer.connection;
        let query = |sql: String| writer.query_one_raw(Statement::from_string(writer.get_database_backend(), sql));
        let row = query("PRAGMA page_count".into()).await.expect("pages are counted").expect("there is a number");
        let count: i64 = row.try_get_by_index(0).expect("it is a number");
        query(format!("PRAGMA max_page_count = {}", count + pages)).await.expect("the limit is set");
    }

    /// Forgets what is remembered of the database, after SQL that the store knows nothing of.
    pub fn forget_everything(&self) {
        self.changes.apply_all();
    }
}

/// What tests do step by step, and the server at once.
impl UserRepository<'_> {
    /// Creates an anonymous user, who has no session.
    pub async fn create_trial(&self, id: Uuid, snippets: u32, now: DateTime<Utc>) -> Result<User, StoreError> {
        Ok(steps::users::trial(id, snippets, now).insert(&self.store.writer).await?.into())
    }
}

impl SessionRepository<'_> {
    /// Starts a session of this user, whoever they are; `None` when they are gone.
    pub async fn start(
        &self,
        user: &User,
        new: NewSession,
        now: DateTime<Utc>,
    ) -> Result<Option<(Session, User)>, StoreError> {
        let Some((transaction, row)) = self.store.begin_write_of(user.id).await? else { return Ok(None) };
        let started = steps::sessions::start(&transaction, row, new, now).await?;
        transaction.commit().await?;
        Ok(Some(started))
    }
}

impl ContentRepository<'_> {
    /// The active snippet of this id or slug.
    pub async fn snippet(&self, id_or_slug: &str) -> Result<Option<StoredSnippet>, StoreError> {
        let snippets = self.active().await?.snippets;
        Ok(snippets.into_iter().find(|stored| stored.snippet.is_named(id_or_slug)))
    }
}

fn options(url: &str) -> StoreOptions {
    StoreOptions::new(DatabaseUrl::try_from(url.to_owned()).expect("it is the URL of a database"))
}

async fn server_connection() -> DatabaseConnection {
    options(&env::var(SERVER).expect("it was set before")).read().await.expect("PostgreSQL can be reached")
}

async fn disconnect(raw: &DatabaseConnection, schema: &str) {
    // Those that wait for a lock first: else they might have it, and be done, before it is their turn.
    let sql = format!(
        "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE application_name = '{schema}' \
         ORDER BY coalesce(wait_event_type, '') <> 'Lock') AS ended"
    );
    raw.execute_unprepared(&sql).await.expect("the connections end");
}
