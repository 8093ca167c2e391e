//! What becomes of a submission when the server is killed at any step from its acceptance to its result.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    thread,
};

use bugdrill_model::{ExecutionStatus, edit::EditSize, judge::JudgedRun};
use bugdrill_platform::{Ambient, ambient::testing::manual_ambient};
use chrono::TimeDelta;
use serde_json::json;
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::{Claim, CreatedSubmission, NewSubmission};
use crate::{DatabaseUrl, Store, StoreOptions, StoredSnippet, fixtures::pack, testing::TestDatabase};

/// The step at which the process waits to be killed that has this in its environment, and the database it works on.
const STOPS_AT: &str = "BUGDRILL_TEST_STOPS_AT";
const WORKS_ON: &str = "BUGDRILL_TEST_WORKS_ON";

const USER: Uuid = Uuid::from_u128(7);
const LEASE: TimeDelta = TimeDelta::seconds(60);

pub(crate) fn reached(step: &str) {
    if env::var(STOPS_AT).is_ok_and(|stop| stop == step) {
        println!("\nreached {step}");
        loop {
            thread::park();
        }
    }
}

/// What a client sends, until it has an answer.
fn submission(ambient: &Ambient) -> NewSubmission {
    NewSubmission {
        id: ambient.new_id(),
        user_id: USER,
        snippet_id: pack().snippets[0].id,
        snippet_revision: 1,
        code: "right".into(),
        idempotency_key: Some("key".into()),
    }
}

async fn complete(store: &Store, claim: Claim, ambient: &Ambient) {
    let run: JudgedRun = serde_json::from_value(json!({
        "verdict": "accepted", "tests": [], "stderr": "", "stderr_truncated": false, "cpu_us": 0,
        "peak_memory_bytes": 0,
    }))
    .unwrap();
    let judged_by = StoredSnippet { snippet: pack().snippets.remove(0), revision: 1 };
    let (edit, now) = (EditSize { tokens: 1, lines: 1 }, ambient.now());
    let submissions = store.submissions();
    submissions.complete(claim, &judged_by, &run, edit, ambient.new_id(), now).await.unwrap().unwrap();
}

/// A server that takes a submission and judges it.
async fn serve(url: String) {
    let store = Store::open(&StoreOptions::new(DatabaseUrl::try_from(url).unwrap())).await.unwrap();
    let (ambient, _) = manual_ambient();
    let created = store.submissions().create(submission(&ambient), Some(LEASE), ambient.now()).await.unwrap();
    let CreatedSubmission::New(_, Some(claim)) = created else { panic!("it is new") };
    complete(&store, claim, &ambient).await;
    reached("completed");
}

/// Runs this test anew in a process that is killed at `step`.
fn kill_at(step: &str, url: &str) {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "submissions::kills::each_submission_ends_once", "--nocapture"]);
    let mut child = command.env(STOPS_AT, step).env(WORKS_ON, url).stdout(Stdio::piped()).spawn().unwrap();
    let mut told = BufReader::new(child.stdout.take().unwrap()).lines();
    let is_there = told.any(|line| line.unwrap() == format!("reached {step}"));
    // On Unix this is SIGKILL.
    child.kill().unwrap();
    let end = child.wait().unwrap();
    assert!(is_there && end.code().is_none(), "it does not come to {step}: {end}");
}

/// The server comes back, the client asks again, and what waits is judged.
async fn come_back(database: &TestDatabase, step: &str) {
    let store = database.open().await;
    let (ambient, _) = manual_ambient();
    // Ids that the killed server did not give.
    ambient.random_bytes::<4_096>();
    store.submissions().give_back_all().await.unwrap();
    let asked = store.submissions().create(submission(&ambient), None, ambient.now()).await.unwrap();
    let is_known = matches!(asked, CreatedSubmission::Existing(_));
    assert_eq!(is_known, step != "accepting", "{step}: what was accepted is known");
    let waiting = store.submissions().unfinished(10, ambient.now()).await.unwrap();
    assert_eq!(waiting.len(), usize::from(step != "completed"), "{step}");
    for id in waiting {
        let claim = store.submissions().claim(id, LEASE, ambient.now()).await.unwrap().unwrap();
        complete(&store, claim, &ambient).await;
    }
    assert!(store.submissions().unfinished(10, ambient.now()).await.unwrap().is_empty(), "{step}");
    let ended = store.submissions().by_key(USER, "key").await.unwrap().unwrap();
    assert_eq!(ended.status, ExecutionStatus::Completed, "{step}");
    assert_eq!(store.users().find(USER).await.unwrap().unwrap().trial_remaining(), Some(4), "{step}");
    assert!(!store.learning().recount(USER, true).await.unwrap(), "{step}");
    let days = store.learning().activity(USER).await.unwrap();
    assert_eq!(days.iter().map(|day| (day.solved, day.points)).collect::<Vec<_>>(), [(1, 20)], "{step}");
    store.close().await.unwrap();
    for once in [
        "SELECT count(*) FROM submissions",
        "SELECT count(*) FROM user_snippet_attempts",
        "SELECT count(*) FROM reviews",
        "SELECT attempts FROM user_snippets",
        "SELECT snippets_solved FROM user_pattern_progress",
        "SELECT skill_observations FROM user_pattern_progress",
        "SELECT observations FROM snippet_difficulties",
        "SELECT count(*) FROM user_badges WHERE badge = 'first_fix'",
    ] {
        let sql = format!("SELECT CAST(({once}) AS BIGINT)");
        assert_eq!(database.number(&sql).await, 1, "{step}: {once}");
    }
}

#[test]
fn each_submission_ends_once() {
    let runtime = Runtime::new().unwrap();
    if let Ok(url) = env::var(WORKS_ON) {
        return runtime.block_on(serve(url));
    }
    let steps = [
        "accepting",
        "accepted",
        "completing",
        "attempted",
        "counted",
        "reviewed",
        "planned",
        "given out",
        "ranked",
        "followed",
        "finished",
        "completed",
    ];
    for step in steps {
        let database = runtime.block_on(async {
            let database = TestDatabase::new().await;
            let (store, (ambient, _)) = (database.open().await, manual_ambient());
            store.content().import(&pack(), ambient.now()).await.unwrap();
            store.users().create_trial(USER, 5, ambient.now()).await.unwrap();
            store.close().await.unwrap();
            database
        });
        kill_at(step, database.url());
        runtime.block_on(come_back(&database, step));
        drop(database);
    }
}
