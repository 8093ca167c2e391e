//! What is forgotten when its time is over.

use bugdrill_model::{edit::EditSize, judge::JudgedRun};
use bugdrill_store::{AuditEntry, AuditEvent, BATCH, CreatedSubmission, NewSubmission, StoredSnippet};
use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use crate::support::{Fresh, id_of, snippet};

/// A year, after which code is forgotten here.
const YEAR: TimeDelta = TimeDelta::days(365);

async fn create(fresh: &Fresh, user: Uuid, number: i32) -> Uuid {
    let new = NewSubmission {
        id: fresh.ambient.new_id(),
        user_id: user,
        snippet_id: id_of(number),
        snippet_revision: 1,
        code: "code".into(),
        idempotency_key: None,
    };
    let created = fresh.store.submissions().create(new, None, fresh.now()).await.unwrap();
    let CreatedSubmission::New(submission, _) = created else { panic!("it has no key") };
    submission.id
}

async fn attempt(fresh: &Fresh, user: Uuid, number: i32) -> Uuid {
    let submissions = fresh.store.submissions();
    let id = create(fresh, user, number).await;
    let claim = submissions.claim(id, TimeDelta::seconds(60), fresh.now()).await.unwrap().unwrap();
    let run: JudgedRun = serde_json::from_value(json!({
        "verdict": "accepted", "tests": [], "stderr": "", "stderr_truncated": false, "cpu_us": 0,
        "peak_memory_bytes": 0,
    }))
    .unwrap();
    let judged_by = StoredSnippet { snippet: snippet(number), revision: 1 };
    let (edit, review) = (EditSize { tokens: 1, lines: 1 }, fresh.ambient.new_id());
    submissions.complete(claim, &judged_by, &run, edit, review, fresh.now()).await.unwrap().unwrap();
    id
}

/// Forgets code that is older than a year, and tells how many submissions, attempts and snippets that took.
async fn forget_code(fresh: &Fresh) -> (u64, u64, u64) {
    let (retention, before) = (fresh.store.retention(), fresh.now() - YEAR);
    (
        retention.forget_submissions(before).await.unwrap(),
        retention.forget_code_of_attempts(before).await.unwrap(),
        retention.forget_code_of_snippets(before).await.unwrap(),
    )
}

#[tokio::test]
async fn code_is_forgotten_after_its_time_and_what_counts_stays() {
    let fresh = Fresh::new().await;
    let user = fresh.account().await;
    let old = attempt(&fresh, user, 1).await;
    attempt(&fresh, user, 2).await;
    let unfinished = create(&fresh, user, 3).await;
    fresh.clock.advance(TimeDelta::days(1));
    let recent = attempt(&fresh, user, 1).await;
    fresh.clock.advance(YEAR - TimeDelta::days(1));
    assert_eq!(forget_code(&fresh).await, (0, 0, 0));
    fresh.clock.advance(TimeDelta::milliseconds(1));
    // Snippet 1 was touched again since.
    assert_eq!(forget_code(&fresh).await, (2, 2, 1));
    assert_eq!(forget_code(&fresh).await, (0, 0, 0));

    let submissions = fresh.store.submissions();
    assert!(submissions.find(old).await.unwrap().is_none());
    for kept in [recent, unfinished] {
        assert_eq!(submissions.find(kept).await.unwrap().unwrap().code, "code");
    }
    let learning = fresh.store.learning();
    let last_code = async |number: i32| learning.state(user, id_of(number)).await.unwrap().unwrap().last_code;
    assert_eq!((last_code(1).await, last_code(2).await), (Some("code".into()), None));
    assert_eq!(fresh.number("SELECT count(*) FROM user_snippet_attempts WHERE submitted_code = ''").await, 2);
    assert_eq!(fresh.number("SELECT count(*) FROM user_snippet_attempts").await, 3);
    assert_eq!(fresh.number("SELECT count(*) FROM reviews").await, 3);
    let progress = &learning.progress(user).await.unwrap()[0];
    assert_eq!((progress.snippets_solved, progress.total_attempts), (2, 3));
}

#[tokio::test]
async fn no_statement_forgets_more_than_a_batch() {
    let fresh = Fresh::new().await;
    let user = fresh.account().await;
    for _ in 0..=BATCH {
        let entry = AuditEntry::own(fresh.stamp(), AuditEvent::LoggedIn, user);
        fresh.store.audit().record(entry).await.unwrap();
    }
    let after = fresh.now() + TimeDelta::milliseconds(1);
    let retention = fresh.store.retention();
    assert_eq!(retention.forget_audit_entries(fresh.now()).await.unwrap(), 0);
    assert_eq!(retention.forget_audit_entries(after).await.unwrap(), BATCH);
    assert_eq!(retention.forget_audit_entries(after).await.unwrap(), 1);
    assert_eq!(retention.forget_audit_entries(after).await.unwrap(), 0);
}

#[tokio::test]
async fn what_has_expired_is_forgotten() {
    let fresh = Fresh::new().await;
    fresh.account().await;
    for insert in [
        "sessions SELECT id, id, 'phone', created_at, created_at, created_at, created_at, $1 IS NULL",
        "mailed_tokens SELECT $1, id, 'reset_password', 'ada@example.com', created_at, created_at",
        "login_challenges SELECT $1, id, NULL, 'phone', 0, created_at, created_at",
        "oauth_flows SELECT $1, 'github', '', '', '', '/', id, NULL, NULL, created_at, created_at",
    ] {
        fresh.execute_with(&format!("INSERT INTO {insert} FROM users"), b"hash").await;
    }
    for (now, forgotten) in [(fresh.now() - TimeDelta::milliseconds(1), 0), (fresh.now(), 1)] {
        let retention = fresh.store.retention();
        assert_eq!(retention.forget_sessions(now).await.unwrap(), forgotten);
        assert_eq!(retention.forget_mailed_tokens(now).await.unwrap(), forgotten);
        assert_eq!(retention.forget_login_challenges(now).await.unwrap(), forgotten);
        assert_eq!(retention.forget_oauth_flows(now).await.unwrap(), forgotten);
    }
}
