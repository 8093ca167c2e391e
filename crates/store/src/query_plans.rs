//! That no query's time grows with the number of users: every statement that the repositories send is recorded
//! here, and explained by the database.

use std::sync::{Arc, Mutex};

use bugdrill_model::{Language, ReportReason, edit::EditSize, judge::JudgedRun};
use bugdrill_platform::ambient::testing::manual_ambient;
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{CreatedSubmission, NewRefreshToken, NewSubmission, Store, StoredSnippet, testing::TestDatabase};

/// The tables that grow with users.
const GROWING: [&str; 8] = [
    "users",
    "refresh_tokens",
    "user_snippets",
    "user_snippet_attempts",
    "user_pattern_progress",
    "reviews",
    "submissions",
    "reports",
];

/// Calls every method that works on those tables.
async fn use_everything(store: &Store) {
    let (ambient, clock) = manual_ambient();
    let now = ambient.now();
    let snippet = serde_json::from_value(json!({
        "id": Uuid::from_u128(1), "slug": "snippet", "exercise_id": "", "bug_id": "", "pattern_id": 1, "position": 1,
        "language": "python", "title": "", "description": "", "difficulty": "medium", "correct_code": "",
        "buggy_code": "", "bug_type": "off_by_one", "explanation": "", "hints": ["", "", ""],
        "why_question": {"question": "", "choices": ["", "", ""]},
        "task": {"signature": {"function": "f", "parameters": [], "returns": "int"}, "tests": []},
        "edit_budget": 1, "time_estimate_minutes": 1,
    }));
    let pattern = serde_json::from_value(json!({
        "id": 1, "slug": "pattern", "name": "", "order": 1, "description": "", "introduction": "",
        "template": {"python": "", "javascript": ""},
    }));
    let snippet: bugdrill_model::content::Snippet = snippet.unwrap();
    let pack = bugdrill_model::content::Pack { patterns: vec![pattern.unwrap()], snippets: vec![snippet.clone()] };
    store.content().import(&pack, now).await.unwrap();

    let user = ambient.new_id();
    store.users().create_trial(user, 5, now).await.unwrap();
    store.users().find(user).await.unwrap();

    let token = |hash: u8| NewRefreshToken { token_hash: vec![hash], expires_at: now + TimeDelta::days(7) };
    let sessions = store.sessions();
    sessions.start(user, ambient.new_id(), token(1), now + TimeDelta::days(90), now).await.unwrap();
    for replacement in 2..=3 {
        sessions.exchange(&[1], token(replacement), now).await.unwrap();
    }
    sessions.exchange(&[3], token(4), now).await.unwrap();
    sessions.exchange(&[1], token(5), now).await.unwrap_err();
    sessions.purge_expired(now).await.unwrap();

    let learning = store.learning();
    learning.start(user, snippet.id, now).await.unwrap();
    learning.start(user, snippet.id, now).await.unwrap();
    learning.reveal_hint(user, snippet.id, 1, now).await.unwrap();
    learning.state(user, snippet.id).await.unwrap();
    learning.states(user, None).await.unwrap();
    learning.states(user, Some(1)).await.unwrap();
    learning.progress(user).await.unwrap();
    learning.counts_in(user, snippet.language).await.unwrap();
    let (report, reason) = (ambient.new_id(), ReportReason::Other);
    learning.report(report, user, snippet.id, 1, reason, String::new(), now).await.unwrap();

    let submissions = store.submissions();
    let new = NewSubmission {
        id: ambient.new_id(),
        user_id: user,
        snippet_id: snippet.id,
        snippet_revision: 1,
        code: String::new(),
        idempotency_key: Some("key".into()),
    };
    let CreatedSubmission::New(submission) = submissions.create(new.clone(), now).await.unwrap() else {
        panic!("it is new")
    };
    submissions.create(new, now).await.unwrap();
    let id = submission.id;
    let lease = TimeDelta::seconds(60);
    let claim = submissions.claim(id, lease, now).await.unwrap().unwrap();
    submissions.give_back(claim).await.unwrap();
    submissions.give_back_all().await.unwrap();
    submissions.unfinished(10, now).await.unwrap();
    submissions.find(id).await.unwrap();
    let run: JudgedRun = serde_json::from_value(json!({
        "verdict": "accepted", "tests": [], "stderr": "", "stderr_truncated": false, "cpu_us": 0,
        "peak_memory_bytes": 0,
    }))
    .unwrap();
    submissions.fail(claim, &run, now).await.unwrap();
    let claim = submissions.claim(id, lease, now).await.unwrap().unwrap();
    let edit = EditSize { tokens: 1, lines: 1 };
    let judged_by = StoredSnippet { snippet: snippet.clone(), revision: 1 };
    submissions.complete(claim, &judged_by, &run, edit, ambient.new_id(), now).await.unwrap().unwrap();
    learning.counts_in(user, Language::Python).await.unwrap();
    store.users().purge_idle_trials(now - TimeDelta::days(30)).await.unwrap();
    clock.advance(TimeDelta::days(1));
    learning.give_up(ambient.new_id(), user, snippet.id, 1, ambient.now()).await.unwrap();
}

/// The tables of which `statement` reads every row, in the eyes of the database.
async fn scanned(connection: &DatabaseTransaction, statement: &Statement) -> Vec<String> {
    let is_postgres = connection.get_database_backend() == DatabaseBackend::Postgres;
    let explain = if is_postgres { "EXPLAIN (FORMAT JSON)" } else { "EXPLAIN QUERY PLAN" };
    let explain = Statement { sql: format!("{explain} {}", statement.sql), ..statement.clone() };
    let mut tables = Vec::new();
    for row in connection.query_all_raw(explain).await.unwrap() {
        if is_postgres {
            let plans: Value = row.try_get_by_index(0).unwrap();
            collect_scanned(&plans[0]["Plan"], "", &mut tables);
        } else {
            let step: String = row.try_get("", "detail").unwrap();
            tables.extend(step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next()).map(str::to_owned));
        }
    }
    tables
}

/// Adds the tables that a plan of PostgreSQL reads whole: row by row, or by an index without a condition on it.
fn collect_scanned(plan: &Value, table: &str, tables: &mut Vec<String>) {
    let table = plan["Relation Name"].as_str().unwrap_or(table);
    let kind = plan["Node Type"].as_str().unwrap();
    let is_index_scan = matches!(kind, "Index Scan" | "Index Only Scan" | "Bitmap Index Scan");
    if kind == "Seq Scan" || (is_index_scan && plan.get("Index Cond").is_none()) {
        tables.push(table.to_owned());
    }
    for part in plan["Plans"].as_array().into_iter().flatten() {
        collect_scanned(part, table, tables);
    }
}

#[tokio::test]
async fn every_query_on_a_table_that_grows_with_users_uses_an_index() {
    let database = TestDatabase::new().await;
    let mut store = database.open().await;
    let sent = Arc::new(Mutex::new(Vec::<Statement>::new()));
    let record = Arc::clone(&sent);
    store.connection.set_metric_callback(move |info| record.lock().unwrap().push(info.statement.clone()));
    Box::pin(use_everything(&store)).await;

    let statements = std::mem::take(&mut *sent.lock().unwrap());
    for table in GROWING {
        assert!(
            statements.iter().any(|statement| statement.sql.contains(&format!("\"{table}\""))),
            "{table} is not used"
        );
    }
    let explaining = store.begin_write().await.unwrap();
    if store.is_shared() {
        // The tables are small: PostgreSQL would read them whole, whatever their indexes.
        explaining.execute_unprepared("SET LOCAL enable_seqscan = off").await.unwrap();
    }
    for statement in statements {
        for table in scanned(&explaining, &statement).await {
            assert!(!GROWING.contains(&table.as_str()), "{table} is read whole:\n{}", statement.sql);
        }
    }
}
