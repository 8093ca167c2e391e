//! What learners write comes back as it went, on both databases.

use bugdrill_model::{ReportReason, edit::EditSize, judge::JudgedRun};
use bugdrill_store::{CreatedSubmission, NewSubmission, StoredSnippet};
use chrono::TimeDelta;
use serde_json::json;

use crate::support::{Fresh, id_of, snippet};

#[tokio::test]
async fn a_result_comes_back_to_the_letter() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let submissions = fresh.store.submissions();
    let new = NewSubmission {
        id: fresh.ambient.new_id(),
        user_id: user,
        snippet_id: id_of(1),
        snippet_revision: 1,
        code: "print('\\0')".into(),
        idempotency_key: None,
    };
    let id = new.id;
    submissions.create(new, None, fresh.now()).await.unwrap();
    let claim = submissions.claim(id, TimeDelta::seconds(60), fresh.now()).await.unwrap().unwrap();
    // The order of keys, numbers' own forms and characters are what a database could change.
    let run: JudgedRun = serde_json::from_value(json!({
        "verdict": "wrong_answer",
        "tests": [{
            "verdict": "wrong_answer", "actual": {"b": 1.0, "a": [-0.0, 1e300, 1], "\u{0}": "\u{0}\u{ffff}🐛"},
            "error": null, "stdout": "\u{0}\r\n", "stdout_truncated": false, "cpu_us": 1,
        }],
        "stderr": "\u{0}", "stderr_truncated": false, "cpu_us": 1, "peak_memory_bytes": 1,
    }))
    .unwrap();
    let judged_by = StoredSnippet { snippet: snippet(1), revision: 1 };
    let edit = EditSize { tokens: 1, lines: 1 };
    submissions.complete(claim, &judged_by, &run, edit, fresh.ambient.new_id(), fresh.now()).await.unwrap().unwrap();
    let stored = submissions.find(id).await.unwrap().unwrap().result.unwrap();
    assert_eq!(serde_json::to_string(&stored).unwrap(), serde_json::to_string(&run).unwrap());
}

#[tokio::test]
async fn nul_is_replaced_in_text_and_found_nowhere() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let new = NewSubmission {
        id: fresh.ambient.new_id(),
        user_id: user,
        snippet_id: id_of(1),
        snippet_revision: 1,
        code: "a\0b".into(),
        idempotency_key: Some("key".into()),
    };
    let created = fresh.store.submissions().create(new.clone(), None, fresh.now()).await.unwrap();
    assert!(matches!(created, CreatedSubmission::New(submission, _) if submission.code == "a\u{fffd}b"));
    let repeated = fresh.store.submissions().create(new, None, fresh.now()).await.unwrap();
    assert!(matches!(repeated, CreatedSubmission::Existing(submission) if submission.code == "a\u{fffd}b"));

    let (report, reason) = (fresh.ambient.new_id(), ReportReason::Other);
    fresh.store.learning().report(report, user, id_of(1), 1, reason, "\0".into(), fresh.now()).await.unwrap();
    assert_eq!(fresh.number("SELECT count(*) FROM reports WHERE comment = '\u{fffd}'").await, 1);
}
