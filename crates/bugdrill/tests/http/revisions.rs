//! Submissions and the revisions of snippets: what was judged is shown as it was judged, whatever changed since.

use bugdrill_model::content::Pack;
use serde_json::{Value, json};

use crate::{
    fixtures::{SUM, SUM_BUGGY, SUM_FIXED, pack},
    support::{Learner, Options, TestApp, verdicts},
};

/// The pack with other tests of [`SUM`]: one more in front, and answers that its right code does not give.
fn changed() -> Pack {
    let mut pack = pack();
    let tests = &mut pack.snippets.iter_mut().find(|snippet| snippet.slug == SUM).unwrap().task.tests;
    tests.remove(3);
    let first = json!({"id": "new", "input": {"numbers": [1]}, "expected": 5});
    tests.insert(0, serde_json::from_value(first.clone()).unwrap());
    tests.insert(0, serde_json::from_value(first).unwrap());
    pack
}

async fn change(app: &TestApp) {
    app.store.content().import(&changed(), app.ambient.now()).await.unwrap();
}

#[tokio::test]
async fn a_result_is_shown_with_the_tests_that_it_was_judged_by() {
    let app = TestApp::start(Options::default()).await;
    let other = app.beside(Options::default()).await;
    let session = app.post("/auth/anonymous").await.expect(201);
    let (here, there) = (Learner::of(&app, &session), Learner::of(&other, &session));
    let before = here.submit(SUM, SUM_FIXED).header("idempotency-key", "key").await.expect(200);
    change(&app).await;
    let id = before["execution_id"].as_str().unwrap();
    for learner in [&here, &there] {
        assert_eq!(learner.execution(id).await.expect(200), before);
        assert_eq!(learner.submit(SUM, SUM_FIXED).header("idempotency-key", "key").await.expect(200), before);
    }
    let now = here.submit(SUM, SUM_FIXED).await.expect(200);
    assert_eq!(verdicts(&now), ["wrong_answer", "wrong_answer", "accepted", "accepted", "accepted"]);
}

#[tokio::test]
async fn a_submission_is_judged_by_the_revision_that_it_was_made_for() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.trial().await;
    let id = crate::submit::store_only(&ada).await;
    change(&app).await;
    assert_eq!(app.executions.recover().await.unwrap(), 1);
    app.finished(&id).await;
    let result = ada.execution(&id).await.expect(200);
    assert_eq!(verdicts(&result), ["accepted"; 4]);
    let counted = "SELECT count(*) FROM user_snippet_attempts WHERE snippet_revision = 1 AND is_correct";
    assert_eq!(app.database.number(counted).await, 1);
}

#[tokio::test]
async fn one_whose_revision_was_not_kept_ends_and_does_not_count() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.trial().await;
    let id = crate::submit::store_only(&ada).await;
    app.execute_sql("DELETE FROM snippet_revisions").await;
    assert_eq!(app.executions.recover().await.unwrap(), 0);
    let result = ada.execution(&id).await.expect(200);
    assert_eq!((&result["status"], &result["verdict"]), (&json!("failed"), &json!("internal_error")));
    assert_eq!((&result["test_results"], &result["edit"]), (&json!([]), &Value::Null));
    assert_eq!(ada.progress().await["total_attempts"], 0);
}

#[tokio::test]
async fn a_retry_is_answered_whatever_became_of_the_snippet_or_the_queue() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.trial().await;
    let retry = |revision: i32| {
        let body = json!({"code": SUM_FIXED, "language": "python", "revision": revision});
        let request = app.post(&format!("/api/v1/snippets/{SUM}/submit")).token(&ada.token);
        request.header("idempotency-key", "key").json(&body)
    };
    let first = retry(1).await.expect(200);
    change(&app).await;
    assert_eq!(retry(1).await.expect(200), first, "the snippet has another revision");

    ada.keep_busy().await;
    for _ in 0..2 {
        ada.submit(SUM, SUM_BUGGY).header("prefer", "respond-async").await.expect(202);
    }
    ada.submit(SUM, SUM_BUGGY).await.expect_problem(429, "too_many_submissions");
    assert_eq!(retry(1).await.expect(200), first, "two others wait");

    let mut smaller = pack();
    smaller.snippets.retain(|snippet| snippet.slug != SUM);
    app.store.content().import(&smaller, app.ambient.now()).await.unwrap();
    ada.submit(SUM, SUM_BUGGY).await.expect_problem(404, "not_found");
    assert_eq!(retry(1).await.expect(200), first, "the snippet is archived");
    let reused = ada.submit(SUM, SUM_BUGGY).header("idempotency-key", "key").await;
    reused.expect_problem(409, "idempotency_key_reused");
}
