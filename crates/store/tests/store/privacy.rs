//! What a user may ask for: all that is stored of them, and to be forgotten.

use bugdrill_model::{ReportReason, edit::EditSize, judge::JudgedRun};
use bugdrill_store::{CreatedSubmission, NewSubmission, StoredSnippet};
use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use crate::support::{Fresh, id_of, snippet};

/// Every table that holds something of users, but for the audit log.
const TABLES: [&str; 14] = [
    "users",
    "sessions",
    "refresh_tokens",
    "user_identities",
    "mailed_tokens",
    "login_challenges",
    "recovery_codes",
    "oauth_flows",
    "user_snippets",
    "user_snippet_attempts",
    "user_pattern_progress",
    "reviews",
    "submissions",
    "reports",
];

/// Does everything that leaves something behind. Texts that must not be given out hold `SECRET`.
async fn live(fresh: &Fresh) -> (Uuid, Uuid) {
    let (user, now) = (fresh.account().await, fresh.now());
    let session = fresh.session(user, b"SECRET").await;
    fresh
        .execute(
            "UPDATE users SET email = 'ada@example.com', display_name = 'Ada', password_hash = 'SECRET', \
             totp_secret = 'SECRET', totp_confirmed_at = created_at; \
             INSERT INTO user_identities SELECT 'github', '17', id, 'ada@example.com', created_at FROM users; \
             INSERT INTO mailed_tokens SELECT 'SECRET', id, 'reset_password', email, created_at, created_at FROM users; \
             INSERT INTO login_challenges SELECT 'SECRET', id, NULL, 'phone', 0, created_at, created_at FROM users; \
             INSERT INTO recovery_codes SELECT id, 'SECRET', created_at FROM users; \
             INSERT INTO oauth_flows SELECT 'SECRET', 'github', 'SECRET', 'SECRET', 'SECRET', '/', id, 'SECRET', \
             'SECRET', created_at, created_at FROM users; \
             INSERT INTO audit_log SELECT id, 'logged_in', id, id, '{\"client\":\"phone\"}', created_at FROM users",
        )
        .await;
    let learning = fresh.store.learning();
    let report = fresh.ambient.new_id();
    learning.report(report, user, id_of(1), 1, ReportReason::Other, "Why?".into(), now).await.unwrap();
    for number in 1..=6 {
        submit(fresh, user, number).await;
        fresh.clock.advance(TimeDelta::seconds(1));
    }
    (user, session)
}

async fn submit(fresh: &Fresh, user: Uuid, number: i32) {
    let submissions = fresh.store.submissions();
    let new = NewSubmission {
        id: fresh.ambient.new_id(),
        user_id: user,
        snippet_id: id_of(number),
        snippet_revision: 1,
        code: format!("code {number}"),
        idempotency_key: Some(format!("key {number}")),
    };
    let created = submissions.create(new, None, fresh.now()).await.unwrap();
    let CreatedSubmission::New(submission, _) = created else { panic!("it is new") };
    let claim = submissions.claim(submission.id, TimeDelta::seconds(60), fresh.now()).await.unwrap().unwrap();
    let run: JudgedRun = serde_json::from_value(json!({
        "verdict": "accepted", "tests": [], "stderr": "SECRET", "stderr_truncated": false, "cpu_us": 0,
        "peak_memory_bytes": 0,
    }))
    .unwrap();
    let judged_by = StoredSnippet { snippet: snippet(number), revision: 1 };
    let (edit, review) = (EditSize { tokens: 1, lines: 1 }, fresh.ambient.new_id());
    submissions.complete(claim, &judged_by, &run, edit, review, fresh.now()).await.unwrap().unwrap();
}

#[tokio::test]
async fn an_export_holds_everything_and_no_secret() {
    let fresh = Fresh::new().await;
    let (user, _) = live(&fresh).await;
    let stranger = fresh.account().await;
    submit(&fresh, stranger, 1).await;

    let export = fresh.export(user).await;
    let profile = &export["profile"];
    assert_eq!((&profile["id"], &profile["email"]), (&json!(user), &json!("ada@example.com")));
    assert_eq!((&profile["has_password"], &profile["recovery_codes_left"]), (&json!(true), &json!(1)));
    for (list, length) in [
        ("identities", 1),
        ("sessions", 1),
        ("mailed_links", 1),
        ("progress", 2),
        ("snippets", 6),
        ("attempts", 6),
        ("submissions", 6),
        ("reviews", 6),
        ("reports", 1),
        ("audit_log", 1),
    ] {
        assert_eq!(export[list].as_array().map(Vec::len), Some(length), "{list}");
    }
    assert_eq!(export["submissions"][0]["code"], "code 1");
    assert_eq!(export["submissions"][0]["result"]["verdict"], "accepted");
    assert_eq!(export["attempts"][5]["snippet"], "snippet-6");
    assert_eq!(export["audit_log"][0]["details"], json!({"client": "phone"}));
    // As text, as bytes, in hexadecimal.
    let text = export.to_string();
    for secret in ["SECRET", "83,69,67,82,69,84", "534543524554"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn an_export_is_whole_however_long() {
    let fresh = Fresh::new().await;
    let user = fresh.account().await;
    for round in 0..101 {
        let report = fresh.ambient.new_id();
        let comment = format!("{round}");
        let learning = fresh.store.learning();
        learning.report(report, user, id_of(1), 1, ReportReason::Other, comment, fresh.now()).await.unwrap();
        fresh.clock.advance(TimeDelta::seconds(1));
    }
    let export = fresh.export(user).await;
    let comments: Vec<_> = export["reports"].as_array().unwrap().iter().map(|report| &report["comment"]).collect();
    assert_eq!(
        comments,
        (0..101).map(|round| json!(format!("{round}"))).collect::<Vec<_>>().iter().collect::<Vec<_>>()
    );
    assert!(fresh.store.users().export(fresh.ambient.new_id()).await.unwrap().is_none());
}

#[tokio::test]
async fn whoever_is_forgotten_is_forgotten_whole() {
    let fresh = Fresh::new().await;
    let (user, session) = live(&fresh).await;
    let number_of_rows = |table: &'static str| format!("SELECT count(*) FROM {table}");
    for table in TABLES {
        assert!(fresh.number(&number_of_rows(table)).await > 0, "{table}");
    }
    assert!(fresh.store.users().delete(user, session, fresh.stamp()).await.unwrap());
    for table in TABLES {
        assert_eq!(fresh.number(&number_of_rows(table)).await, 0, "{table}");
    }
    assert_eq!(fresh.number("SELECT count(*) FROM audit_log WHERE details = '{}'").await, 2);
    assert!(!fresh.store.users().delete(user, session, fresh.stamp()).await.unwrap());
}
