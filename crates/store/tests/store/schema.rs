//! The schema: made, upgraded, behind, ahead.
//!
//! `upgrade/` holds a small database for each release that brought a migration, as that release left it: its dump, by
//! `sqlite3 FILE .dump` and `pg_dump --inserts --schema SCHEMA`, without the names of schema and owner. Every later
//! release has to open it.

use bugdrill_model::{ExecutionStatus, SnippetStatus, Verdict};
use bugdrill_store::{Store, StoreError, testing::TestDatabase};
use futures::future::try_join_all;
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement, TransactionOptions, TransactionTrait};
use uuid::Uuid;

use crate::support::{Fresh, id_of, snippet};

const TABLES: [&str; 10] = [
    "users",
    "refresh_tokens",
    "pattern_categories",
    "snippets",
    "user_snippets",
    "user_snippet_attempts",
    "user_pattern_progress",
    "reviews",
    "submissions",
    "reports",
];

/// Table, column and whether it may be null, of every column; and every index.
async fn shape(database: &TestDatabase) -> Vec<String> {
    let raw = database.raw().await;
    let backend = raw.get_database_backend();
    let sql = if backend == DatabaseBackend::Postgres {
        "SELECT concat_ws(' ', table_name, column_name, is_nullable, data_type) FROM information_schema.columns \
         WHERE table_schema = current_schema() \
         UNION SELECT concat_ws(' ', tablename, indexname) FROM pg_indexes WHERE schemaname = current_schema() \
         ORDER BY 1"
    } else {
        "SELECT concat_ws(' ', t.name, c.name, c.\"notnull\") FROM sqlite_master t, pragma_table_info(t.name) c \
         WHERE t.type = 'table' \
         UNION SELECT concat_ws(' ', tbl_name, name) FROM sqlite_master WHERE type = 'index' ORDER BY 1"
    };
    let rows = raw.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
    rows.into_iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// Opens what a release left of the first one's database, and looks at everything in it.
async fn upgrade(database: TestDatabase, dump: &str, fresh: TestDatabase) {
    database.raw().await.execute_unprepared(dump).await.unwrap();
    let store = database.open().await;
    fresh.open().await;
    assert_eq!(shape(&database).await, shape(&fresh).await, "the same schema as a new one");

    let raw = database.raw().await;
    let mut counts = Vec::new();
    for table in TABLES {
        let count = Statement::from_string(raw.get_database_backend(), format!("SELECT count(*) FROM {table}"));
        counts.push(raw.query_one_raw(count).await.unwrap().unwrap().try_get_by_index::<i64>(0).unwrap());
    }
    assert_eq!(counts, [2, 3, 2, 6, 2, 2, 1, 2, 3, 1], "{TABLES:?}");

    let stored = store.content().snippet("snippet-1").await.unwrap().unwrap();
    assert_eq!((stored.snippet, stored.revision), (snippet(1), 1));
    assert_eq!(store.content().active().await.unwrap().patterns.len(), 2);
    let submission_of = |number: u128| Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number);
    let solving = store.submissions().find(submission_of(2)).await.unwrap().unwrap();
    let run = solving.result.unwrap();
    assert_eq!((solving.status, run.verdict), (ExecutionStatus::Completed, Verdict::Accepted));
    assert_eq!(run.tests[0].stdout, "\u{0}é\n");
    let user = solving.user_id;
    assert_eq!(store.users().find(user).await.unwrap().unwrap().trial_remaining(), Some(3));
    let state = store.learning().state(user, id_of(1)).await.unwrap().unwrap();
    assert_eq!((state.status, state.attempts, state.hints_revealed), (SnippetStatus::Solved, 2, 1));
    assert_eq!(state.last_code.as_deref(), Some("def f():\n    return '2 é'\n"));
    assert_eq!(state.solved_at, Some(solving.created_at));
    let utc = bugdrill_model::calendar::Calendar::of(None);
    assert_eq!(state.reviewed_on, Some(utc.day(solving.created_at)), "the day of a solve is found out");
    let learning = store.learning();
    assert!(learning.recount(user, false).await.unwrap(), "what earlier releases did not plan");
    assert!(!learning.recount(user, true).await.unwrap());
    let progress = &learning.progress(user).await.unwrap()[0];
    assert_eq!((progress.total_attempts, progress.mastery_level), (2, 1));
    assert!(progress.next_review_at.is_some());
    assert_eq!(learning.activity(user).await.unwrap().len(), 1);
    let sessions = store.sessions().of_user(user, solving.created_at).await.unwrap();
    assert_eq!(sessions.len(), 1, "the families of refresh tokens are sessions");
    let waiting = store.submissions().find(submission_of(3)).await.unwrap().unwrap();
    assert_eq!((waiting.status, waiting.result), (ExecutionStatus::Running, None));
}

#[tokio::test]
async fn a_sqlite_database_of_an_earlier_release_is_upgraded() {
    for dump in [include_str!("upgrade/0001.sqlite.sql"), include_str!("upgrade/0002.sqlite.sql")] {
        Box::pin(upgrade(TestDatabase::sqlite(), dump, TestDatabase::sqlite())).await;
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn a_postgresql_database_of_an_earlier_release_is_upgraded() {
    for dump in [include_str!("upgrade/0001.postgres.sql"), include_str!("upgrade/0002.postgres.sql")] {
        Box::pin(upgrade(TestDatabase::new().await, dump, TestDatabase::new().await)).await;
    }
}

#[tokio::test]
async fn a_schema_that_is_ahead_is_refused_and_left_as_it_is() {
    let fresh = Fresh::new().await;
    fresh.execute("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_of_the_next_release', 1)").await;
    // As it is where a migration of ours is missing as well: by then somebody has to look.
    for missing in [0, 1] {
        let options = fresh.database.options();
        let before = shape(&fresh.database).await;
        for refused in [Store::open(&options).await.map(drop), Store::migrate(&options).await.map(drop)] {
            let error = refused.unwrap_err();
            assert!(
                matches!(&error, StoreError::SchemaAhead(name) if name == "m9999_of_the_next_release"),
                "{error:?}"
            );
            let said = error.to_string();
            assert!(said.contains("newer bugdrill (migration m9999_of_the_next_release)"), "{said}");
            assert!(said.contains("restore a backup"), "{said}");
        }
        let report = Store::inspect(&options).await.unwrap();
        assert_eq!(report.unknown_migration.as_deref(), Some("m9999_of_the_next_release"));
        assert_eq!(report.pending_migrations, missing);
        assert_eq!(shape(&fresh.database).await, before);
        fresh.execute("DELETE FROM seaql_migrations WHERE version = 'm0003_revisions'").await;
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn postgresql_is_refused_until_it_is_migrated_which_happens_once() {
    let database = TestDatabase::new().await;
    let options = database.options();
    assert!(matches!(Store::open(&options).await, Err(StoreError::SchemaBehind)));
    let report = Store::inspect(&options).await.unwrap();
    assert!(report.version.starts_with("PostgreSQL ") && report.pending_migrations > 0, "{report:?}");

    let migrated = try_join_all((0..4).map(|_| Store::migrate(&options))).await.unwrap();
    assert_eq!(migrated.iter().sum::<usize>(), report.pending_migrations, "{migrated:?}");
    Store::open(&options).await.unwrap().ping().await.unwrap();
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn a_connection_to_postgresql_has_limits_and_its_own_settings() {
    let database = TestDatabase::new().await;
    let raw = database.raw().await;
    for (setting, value) in [
        ("lock_timeout", "5s"),
        ("statement_timeout", "20s"),
        ("idle_in_transaction_session_timeout", "20s"),
        ("transaction_isolation", "read committed"),
        ("TimeZone", "UTC"),
    ] {
        let statement = Statement::from_string(raw.get_database_backend(), format!("SHOW {setting}"));
        let row = raw.query_one_raw(statement).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<String>(0).unwrap(), value, "{setting}");
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn a_lost_connection_is_unavailable_and_the_next_call_has_a_new_one() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let raw = fresh.database.raw().await;
    let holding = raw.begin_with_options(TransactionOptions::default()).await.unwrap();
    holding.execute_unprepared("SELECT FROM users FOR UPDATE").await.unwrap();
    let learning = fresh.store.learning();
    let start = learning.start(user, id_of(1), fresh.now());
    let disconnect = async {
        let waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' \
             AND application_name = current_setting('application_name')";
        let mut looks = 0;
        while fresh.number(waiting).await == 0 {
            looks += 1;
            assert!(looks < 1_000, "it does not wait for the lock");
        }
        fresh.database.disconnect().await;
    };
    let (started, ()) = futures::join!(start, disconnect);
    let Err(bugdrill_store::LearningError::Store(error)) = started else { panic!("{started:?}") };
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    drop(holding);
    learning.start(user, id_of(1), fresh.now()).await.unwrap();
}
