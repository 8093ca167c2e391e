//! Submissions: claims, leases, fencing, and what a result brings about.

use bugdrill_model::{ExecutionStatus, SnippetStatus, edit::EditSize, judge::JudgedRun, rating::Rating};
use bugdrill_store::{Claim, Completion, CreatedSubmission, NewSubmission, StoredSnippet, SubmissionError};
use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::json;
use uuid::Uuid;

use crate::support::{Fresh, id_of, snippet};

const LEASE: TimeDelta = TimeDelta::seconds(60);

fn new(fresh: &Fresh, user: Uuid, key: Option<&str>) -> NewSubmission {
    NewSubmission {
        id: fresh.ambient.new_id(),
        user_id: user,
        snippet_id: id_of(1),
        snippet_revision: 1,
        code: "code".into(),
        idempotency_key: key.map(str::to_owned),
    }
}

/// Stores a submission of snippet 1.
async fn submit(fresh: &Fresh, user: Uuid) -> Uuid {
    match fresh.store.submissions().create(new(fresh, user, None), None, fresh.now()).await.unwrap() {
        CreatedSubmission::New(submission, _) => submission.id,
        CreatedSubmission::Existing(_) => panic!("it has no key"),
    }
}

async fn claim(fresh: &Fresh, id: Uuid) -> Option<Claim> {
    fresh.store.submissions().claim(id, LEASE, fresh.now()).await.unwrap()
}

fn run(verdict: &str) -> JudgedRun {
    serde_json::from_value(json!({
        "verdict": verdict,
        "tests": [{
            "verdict": verdict, "actual": 1, "error": null, "stdout": "", "stdout_truncated": false, "cpu_us": 1_500,
        }],
        "stderr": "", "stderr_truncated": false, "cpu_us": 2_500, "peak_memory_bytes": 1,
    }))
    .unwrap()
}

async fn complete(fresh: &Fresh, claim: Claim, verdict: &str) -> Option<Completion> {
    let edit = EditSize { tokens: 1, lines: 1 };
    let review = fresh.ambient.new_id();
    let submissions = fresh.store.submissions();
    let judged_by = StoredSnippet { snippet: snippet(1), revision: 1 };
    submissions.complete(claim, &judged_by, &run(verdict), edit, review, fresh.now()).await.unwrap()
}

#[tokio::test]
async fn of_ten_claims_at_once_one_holds() {
    let fresh = Fresh::new().await;
    let id = submit(&fresh, fresh.trial(5).await).await;
    let claims = join_all((0..10).map(|_| claim(&fresh, id))).await;
    assert_eq!(claims.iter().flatten().count(), 1);
    assert_eq!(fresh.store.submissions().find(id).await.unwrap().unwrap().status, ExecutionStatus::Running);
    assert!(fresh.store.submissions().unfinished(10, fresh.now()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_lease_that_ran_out_lets_another_claim_and_the_lost_claim_writes_nothing() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let id = submit(&fresh, user).await;
    let lost = claim(&fresh, id).await.unwrap();
    fresh.clock.advance(LEASE - TimeDelta::milliseconds(1));
    assert!(claim(&fresh, id).await.is_none());
    fresh.clock.advance(TimeDelta::milliseconds(1));
    assert_eq!(fresh.store.submissions().unfinished(10, fresh.now()).await.unwrap(), [id]);
    let holding = claim(&fresh, id).await.unwrap();
    assert_eq!((lost.number(), holding.number()), (1, 2));

    assert!(complete(&fresh, lost, "wrong_answer").await.is_none());
    fresh.store.submissions().fail(lost, &run("internal_error"), fresh.now()).await.unwrap();
    fresh.store.submissions().give_back(lost).await.unwrap();
    let submission = fresh.store.submissions().find(id).await.unwrap().unwrap();
    assert_eq!((submission.status, submission.result), (ExecutionStatus::Running, None));
    assert_eq!(fresh.number("SELECT count(*) FROM user_snippet_attempts").await, 0);

    assert!(complete(&fresh, holding, "accepted").await.is_some());
    assert_eq!(fresh.number("SELECT count(*) FROM user_snippet_attempts WHERE is_correct").await, 1);
}

#[tokio::test]
async fn a_late_result_counts_while_nobody_else_has_claimed() {
    let fresh = Fresh::new().await;
    let id = submit(&fresh, fresh.trial(5).await).await;
    let late = claim(&fresh, id).await.unwrap();
    fresh.clock.advance(LEASE * 2);
    assert!(complete(&fresh, late, "accepted").await.is_some());
    assert!(claim(&fresh, id).await.is_none());
}

#[tokio::test]
async fn a_submission_is_completed_once() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let id = submit(&fresh, user).await;
    let held = claim(&fresh, id).await.unwrap();
    let completions = join_all((0..5).map(|_| complete(&fresh, held, "accepted"))).await;
    assert_eq!(completions.iter().flatten().count(), 1);
    for table in ["user_snippet_attempts", "reviews"] {
        assert_eq!(fresh.number(&format!("SELECT count(*) FROM {table}")).await, 1, "{table}");
    }
    let progress = fresh.store.learning().progress(user).await.unwrap();
    assert_eq!((progress[0].total_attempts, progress[0].snippets_solved), (1, 1));
    assert!(claim(&fresh, id).await.is_none());
}

#[tokio::test]
async fn submissions_of_one_snippet_that_end_at_once_are_counted_one_after_the_other() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let mut held = Vec::new();
    for _ in 0..8 {
        held.push(claim(&fresh, submit(&fresh, user).await).await.unwrap());
    }
    let completions = join_all(held.into_iter().map(|claim| complete(&fresh, claim, "accepted"))).await;
    let rated =
        completions.iter().filter(|completion| completion.as_ref().is_some_and(|one| one.rating.is_some())).count();
    assert_eq!(rated, 1);
    assert_eq!(fresh.number("SELECT count(*) FROM reviews").await, 1);
    assert_eq!(fresh.number("SELECT count(DISTINCT attempt_number) FROM user_snippet_attempts").await, 8);
    assert_eq!(fresh.number("SELECT count(*) FROM user_snippets WHERE attempts = 8").await, 1);
    let progress = fresh.store.learning().progress(user).await.unwrap();
    assert_eq!((progress[0].total_attempts, progress[0].snippets_solved), (8, 1));
}

#[tokio::test]
async fn a_learner_forgotten_while_a_submission_ends_is_forgotten_whole() {
    let fresh = Fresh::new().await;
    for _ in 0..20 {
        let user = fresh.trial(5).await;
        let held = claim(&fresh, submit(&fresh, user).await).await.unwrap();
        let all = fresh.now() + TimeDelta::seconds(1);
        let retention = fresh.store.retention();
        let (_, forgotten) = futures::join!(complete(&fresh, held, "accepted"), retention.forget_idle_trials(all));
        assert_eq!(forgotten.unwrap(), 1);
        for table in ["users", "user_snippets", "user_snippet_attempts", "user_pattern_progress", "submissions"] {
            assert_eq!(fresh.number(&format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
        }
    }
}

#[tokio::test]
async fn what_is_given_back_can_be_claimed_at_once() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let (one, other) = (submit(&fresh, user).await, submit(&fresh, user).await);
    let held = claim(&fresh, one).await.unwrap();
    fresh.store.submissions().give_back(held).await.unwrap();
    assert_eq!(claim(&fresh, one).await.unwrap().number(), 2);
    claim(&fresh, other).await.unwrap();
    assert_eq!(fresh.store.submissions().give_back_all().await.unwrap(), 2);
    assert_eq!(fresh.store.submissions().unfinished(10, fresh.now()).await.unwrap().len(), 2);
    assert!(complete(&fresh, held, "accepted").await.is_none());
}

#[tokio::test]
async fn unfinished_submissions_come_oldest_first() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let mut ids = Vec::new();
    for _ in 0..4 {
        ids.push(submit(&fresh, user).await);
        fresh.clock.advance(TimeDelta::seconds(1));
    }
    let held = claim(&fresh, ids[1]).await.unwrap();
    complete(&fresh, held, "accepted").await.unwrap();
    assert_eq!(fresh.store.submissions().unfinished(2, fresh.now()).await.unwrap(), [ids[0], ids[2]]);
}

#[tokio::test]
async fn a_submission_that_failed_by_our_fault_counts_for_nothing() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let id = submit(&fresh, user).await;
    let held = claim(&fresh, id).await.unwrap();
    fresh.store.submissions().fail(held, &run("internal_error"), fresh.now()).await.unwrap();
    let submission = fresh.store.submissions().find(id).await.unwrap().unwrap();
    assert_eq!((submission.status, submission.result), (ExecutionStatus::Failed, Some(run("internal_error"))));
    assert!(claim(&fresh, id).await.is_none());
    let state = fresh.store.learning().state(user, id_of(1)).await.unwrap().unwrap();
    assert_eq!((state.status, state.attempts), (SnippetStatus::Started, 0));
    assert_eq!(fresh.store.learning().progress(user).await.unwrap()[0].total_attempts, 0);
}

#[tokio::test]
async fn an_attempt_keeps_what_was_known_at_its_time() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    fresh.store.learning().reveal_hint(user, id_of(1), 1, fresh.now()).await.unwrap();
    for (verdict, rating) in [("wrong_answer", None), ("accepted", Some(Rating::Good)), ("accepted", None)] {
        let id = submit(&fresh, user).await;
        let held = claim(&fresh, id).await.unwrap();
        assert_eq!(complete(&fresh, held, verdict).await.unwrap().rating, rating);
    }
    let matching = "SELECT count(*) FROM user_snippet_attempts WHERE attempt_number = 2 AND is_correct AND \
         verdict = 'accepted' AND hints_used = 1 AND test_cases_passed = 1 AND test_cases_total = 1 AND \
         execution_time_ms = 2 AND edit_tokens = 1 AND submitted_code = 'code' AND snippet_revision = 1";
    assert_eq!(fresh.number(matching).await, 1);
    assert_eq!(fresh.number("SELECT count(*) FROM reviews WHERE failed_submits = 1 AND hints_revealed = 1").await, 1);
    let progress = &fresh.store.learning().progress(user).await.unwrap()[0];
    let counts = (progress.snippets_attempted, progress.snippets_solved, progress.total_attempts);
    assert_eq!(counts, (1, 1, 3));
}

#[tokio::test]
async fn a_key_finds_its_submission_and_refuses_another() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let submissions = fresh.store.submissions();
    let created =
        join_all((0..10).map(|_| submissions.create(new(&fresh, user, Some("key")), None, fresh.now()))).await;
    let stored = created.iter().filter(|result| matches!(result, Ok(CreatedSubmission::New(_, _)))).count();
    let found = created.iter().filter(|result| matches!(result, Ok(CreatedSubmission::Existing(_)))).count();
    assert_eq!((stored, found), (1, 9));
    let other_code = NewSubmission { code: "other".into(), ..new(&fresh, user, Some("key")) };
    let other_snippet = NewSubmission { snippet_id: id_of(2), ..new(&fresh, user, Some("key")) };
    for different in [other_code, other_snippet] {
        let refused = submissions.create(different, None, fresh.now()).await;
        assert!(matches!(refused, Err(SubmissionError::KeyReused)));
    }
    let stranger = fresh.trial(5).await;
    let created = submissions.create(new(&fresh, stranger, Some("key")), None, fresh.now()).await.unwrap();
    assert!(matches!(created, CreatedSubmission::New(_, _)));
    assert_eq!(fresh.number("SELECT count(*) FROM submissions").await, 2);
}

#[tokio::test]
async fn a_refused_submission_is_not_stored() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(0).await;
    let refused = fresh.store.submissions().create(new(&fresh, user, None), None, fresh.now()).await;
    assert!(matches!(refused, Err(SubmissionError::Learning(bugdrill_store::LearningError::TrialExhausted(_)))));
    assert_eq!(fresh.number("SELECT count(*) FROM submissions").await, 0);
}

#[tokio::test]
async fn whoever_stores_a_submission_to_judge_it_holds_it_from_the_start() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let submissions = fresh.store.submissions();
    let created = submissions.create(new(&fresh, user, None), Some(LEASE), fresh.now()).await.unwrap();
    let CreatedSubmission::New(submission, Some(held)) = created else { panic!("it is claimed") };
    assert_eq!((submission.status, held.number()), (ExecutionStatus::Running, 1));
    assert!(submissions.unfinished(10, fresh.now()).await.unwrap().is_empty());
    assert_eq!(claim(&fresh, submission.id).await, None);

    fresh.clock.advance(LEASE / 2);
    let renewed = submissions.renew(held, LEASE, fresh.now()).await.unwrap().unwrap();
    fresh.clock.advance(LEASE / 2);
    assert_eq!(claim(&fresh, submission.id).await, None, "it was renewed");
    fresh.clock.advance(LEASE / 2);
    let other = claim(&fresh, submission.id).await.unwrap();
    assert_eq!(submissions.renew(renewed, LEASE, fresh.now()).await.unwrap(), None, "it is another's by now");
    assert_eq!(complete(&fresh, renewed, "accepted").await, None);
    let completion = complete(&fresh, other, "accepted").await.unwrap();
    assert_eq!((completion.is_revealed, completion.trial_remaining), (true, Some(4)));
    let stored = submissions.find(submission.id).await.unwrap().unwrap();
    assert_eq!(stored.rating, completion.rating, "it belongs to the submission");
    assert!(stored.rating.is_some());
}
