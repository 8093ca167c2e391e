//! `POST /snippets/{id}/submit`: what counts, and that nothing is ever lost.

use std::{future::IntoFuture, time::Duration};

use bugdrill_execution::{ExecutionConfig, Executions};
use bugdrill_store::{CreatedSubmission, NewSubmission};
use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};

use crate::{
    fixtures::{
        HIDDEN, PAIR, PAIR_FIXED, SUM, SUM_BUGGY, SUM_ENDLESS, SUM_FIXED, SUM_JS, SUM_JS_FIXED, SUM_REWRITTEN, TALLY,
        TALLY_FIXED, fillers, id_of, pack,
    },
    support::{Learner, Options, TestApp, shared_app, start_sandbox, uuid_of, verdicts},
};

#[tokio::test]
async fn a_submission_is_judged_on_all_tests_and_shows_the_solution_once_right() {
    let ada = shared_app().await.trial().await;
    let wrong = ada.submit(SUM, SUM_BUGGY).await.expect(200);
    assert_eq!(verdicts(&wrong), ["wrong_answer"; 4]);
    for member in ["explanation", "why_question", "correct_code", "edit", "rating"] {
        assert_eq!(wrong[member], Value::Null, "{member}");
    }
    let right = ada.submit(SUM, SUM_FIXED).await.expect(200);
    assert_eq!(verdicts(&right), ["accepted"; 4]);
    assert_eq!(right["explanation"], "SECRET-EXPLANATION");
    assert_eq!(right["correct_code"], "# SECRET-CORRECT-CODE");
    assert_eq!(right["why_question"]["question"], "SECRET-QUESTION");
    assert_eq!(right["edit"], json!({"tokens": 1, "lines": 1, "budget": 4, "within_budget": true}));
    assert_eq!(right["trial_snippets_remaining"], 4);
}

#[tokio::test]
async fn code_that_passes_the_visible_tests_only_is_wrong() {
    let ada = shared_app().await.trial().await;
    let code = "def sum_up(numbers):\n    return {3: 6, 1: 7}.get(len(numbers), 0)\n";
    assert_eq!(ada.execute(SUM, code).await.expect(200)["verdict"], "accepted");
    let result = ada.submit(SUM, code).await.expect(200);
    assert_eq!(verdicts(&result), ["wrong_answer", "accepted", "wrong_answer", "accepted"]);
    assert_eq!(result["is_correct"], false);
    assert_eq!((&result["passed"], &result["total"]), (&json!(2), &json!(4)));
}

#[tokio::test]
async fn a_solve_counts_once_however_often_it_is_submitted() {
    let ada = shared_app().await.trial().await;
    ada.submit(SUM, SUM_FIXED).await.expect(200);
    let again = ada.submit(SUM, SUM_FIXED).await.expect(200);
    assert_eq!(again["rating"], Value::Null, "rated once");
    assert_eq!(again["explanation"], "SECRET-EXPLANATION");
    let progress = ada.progress().await;
    let counts = ["snippets_attempted", "snippets_solved", "total_attempts"].map(|name| progress[name].clone());
    assert_eq!(counts, [1, 1, 2]);
}

/// How a submission of `code` is rated.
async fn rating(learner: &Learner<'_>, slug: &str, code: &str) -> Value {
    learner.submit(slug, code).await.expect(200)["rating"].clone()
}

#[tokio::test]
async fn the_first_solve_of_a_pattern_is_good_and_the_next_easy() {
    let ada = shared_app().await.trial().await;
    assert_eq!(rating(&ada, SUM, SUM_FIXED).await, "good");
    assert_eq!(rating(&ada, PAIR, PAIR_FIXED).await, "easy");
    assert_eq!(rating(&ada, SUM_JS, SUM_JS_FIXED).await, "good", "the right code was seen, in another language");
    assert_eq!(rating(&ada, TALLY, TALLY_FIXED).await, "good", "another pattern");
}

#[tokio::test]
async fn hints_failures_rewrites_and_slowness_lower_the_rating() {
    let app = TestApp::start(Options::default()).await;
    let practised = async || {
        let learner = app.trial().await;
        learner.give_up(TALLY).await.expect(200);
        learner
    };
    let slug = &fillers()[0];

    let hinted = practised().await;
    hinted.hint(slug, "1").await.expect(200);
    assert_eq!(rating(&hinted, slug, SUM_FIXED).await, "good");

    let helped = practised().await;
    for tier in ["1", "2"] {
        helped.hint(slug, tier).await.expect(200);
    }
    assert_eq!(rating(&helped, slug, SUM_FIXED).await, "hard");

    let failing = practised().await;
    for _ in 0..2 {
        assert_eq!(rating(&failing, slug, SUM_BUGGY).await, Value::Null);
    }
    assert_eq!(rating(&failing, slug, SUM_FIXED).await, "good");

    let struggling = practised().await;
    for _ in 0..3 {
        rating(&struggling, slug, SUM_BUGGY).await;
    }
    assert_eq!(rating(&struggling, slug, SUM_FIXED).await, "hard");

    let rewriting = practised().await;
    let result = rewriting.submit(slug, SUM_REWRITTEN).await.expect(200);
    assert_eq!((&result["rating"], &result["edit"]["within_budget"]), (&json!("hard"), &json!(false)));

    let quick = practised().await;
    quick.execute(slug, SUM_BUGGY).await.expect(200);
    app.clock.advance(TimeDelta::minutes(3));
    assert_eq!(rating(&quick, slug, SUM_FIXED).await, "easy");

    let slow = practised().await;
    slow.execute(slug, SUM_BUGGY).await.expect(200);
    app.clock.advance(TimeDelta::minutes(4));
    assert_eq!(rating(&slow, slug, SUM_FIXED).await, "good");
}

#[tokio::test]
async fn a_repeated_request_is_one_submission() {
    let ada = shared_app().await.trial().await;
    let send = || ada.submit(SUM, SUM_FIXED).header("idempotency-key", "once");
    let first = send().await.expect(200);
    let second = send().await.expect(200);
    assert_eq!(first, second);
    assert_eq!(first["rating"], "good");
    assert_eq!(ada.progress().await["total_attempts"], 1);
}

#[tokio::test]
async fn ten_equal_requests_at_once_are_one_submission() {
    let ada = shared_app().await.trial().await;
    let send = || ada.submit(SUM, SUM_FIXED).header("idempotency-key", "at once").into_future();
    let answers = join_all((0..10).map(|_| send())).await;
    let mut ids: Vec<_> =
        answers.into_iter().map(|answer| answer.expect(200)["execution_id"].as_str().unwrap().to_owned()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 1);
    assert_eq!(ada.progress().await["total_attempts"], 1);
}

#[tokio::test]
async fn a_key_belongs_to_one_submission_of_one_learner() {
    let app = shared_app().await;
    let (ada, bob) = (app.trial().await, app.trial().await);
    let with_key = |learner: &Learner<'static>, slug: &str, code: &str| {
        learner.submit(slug, code).header("idempotency-key", "key")
    };
    let first = with_key(&ada, SUM, SUM_BUGGY).await.expect(200);
    let before = ada.everything().await;
    with_key(&ada, SUM, SUM_FIXED).await.expect_problem(409, "idempotency_key_reused");
    with_key(&ada, SUM_JS, SUM_BUGGY).await.expect_problem(409, "idempotency_key_reused");
    assert_eq!(ada.everything().await, before);
    let other = with_key(&bob, SUM, SUM_FIXED).await.expect(200);
    assert_ne!(first["execution_id"], other["execution_id"]);
    ada.submit(SUM, SUM_FIXED).header("idempotency-key", "another").await.expect(200);
}

#[tokio::test]
async fn a_client_that_does_not_wait_gets_the_same_result_later() {
    let ada = shared_app().await.trial().await;
    ada.keep_busy().await;
    let pending = ada.submit(SUM, SUM_FIXED).header("prefer", "respond-async").await.expect(202);
    assert_eq!(pending["explanation"], Value::Null);
    let id = pending["execution_id"].as_str().unwrap();
    ada.app.finished(id).await;
    let result = ada.execution(id).await.expect(200);
    assert_eq!(verdicts(&result), ["accepted"; 4]);
    assert_eq!(result["explanation"], "SECRET-EXPLANATION");
    assert_eq!(result["rating"], "good");
    assert_eq!(result["edit"], json!({"tokens": 1, "lines": 1, "budget": 4, "within_budget": true}));
    assert_eq!(ada.progress().await["snippets_solved"], 1);
}

#[tokio::test]
async fn a_result_is_read_from_the_database_after_a_restart() {
    let app = TestApp::start(Options::default()).await;
    let session = app.post("/auth/anonymous").await.expect(201);
    let before = Learner::of(&app, &session).submit(SUM, SUM_FIXED).await.expect(200);
    let app = app.restart(Options::default()).await;
    let ada = Learner::of(&app, &session);
    let after = ada.execution(before["execution_id"].as_str().unwrap()).await.expect(200);
    assert_eq!(after, before);
    assert_eq!(after["rating"], "good");
    let text = after.to_string();
    assert!(HIDDEN.iter().all(|secret| !text.contains(secret)), "{text}");
}

/// Stores a submission that nobody was told of, as a server leaves it that is killed at once.
pub(crate) async fn store_only(learner: &Learner<'_>) -> String {
    let new = NewSubmission {
        id: learner.app.ambient.new_id(),
        user_id: learner.id,
        snippet_id: id_of(SUM),
        snippet_revision: 1,
        code: SUM_FIXED.into(),
        idempotency_key: None,
    };
    match learner.app.store.submissions().create(new, None, learner.app.ambient.now()).await.unwrap() {
        CreatedSubmission::New(submission, _) => format!("exec_{}", submission.id.simple()),
        CreatedSubmission::Existing(_) => panic!("it is new"),
    }
}

#[tokio::test]
async fn a_submission_that_was_stored_and_never_run_is_taken_up() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.trial().await;
    let id = store_only(&ada).await;
    assert_eq!(ada.execution(&id).await.expect(200)["status"], "queued");
    assert_eq!(app.executions.recover().await.unwrap(), 1);
    app.finished(&id).await;
    let result = ada.execution(&id).await.expect(200);
    assert_eq!((&result["verdict"], &result["rating"]), (&json!("accepted"), &json!("good")));
    assert_eq!(ada.progress().await["total_attempts"], 1);
    assert_eq!(app.executions.recover().await.unwrap(), 0);
}

#[tokio::test]
async fn a_submission_whose_server_died_in_the_middle_is_taken_up_when_its_lease_ends() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.trial().await;
    let id = store_only(&ada).await;
    let lease = ExecutionConfig::default().lease;
    let submissions = app.store.submissions();
    submissions.claim(uuid_of(&id), lease, app.ambient.now()).await.unwrap().unwrap();
    assert_eq!(ada.execution(&id).await.expect(200)["status"], "running");
    assert_eq!(app.executions.recover().await.unwrap(), 0, "its server may be alive");
    app.clock.advance(lease);
    assert_eq!(app.executions.recover().await.unwrap(), 1);
    app.finished(&id).await;
    let result = app.get(&format!("/api/v1/executions/{id}")).token(&ada.token).await.expect(200);
    assert_eq!(result["verdict"], "accepted");
}

#[tokio::test]
async fn two_workers_on_one_database_judge_every_submission_once() {
    let app = TestApp::start(Options::default()).await;
    let sandbox = start_sandbox(1, "--for=the second worker").await;
    let other = Executions::start(
        ExecutionConfig::default(),
        sandbox,
        app.store.clone(),
        app.ambient.clone(),
        app.events.clone(),
    );
    let learners = join_all((0..4).map(|_| app.trial())).await;
    let mut ids = Vec::new();
    for learner in learners.iter().cycle().take(12) {
        ids.push(uuid_of(&store_only(learner).await));
    }
    let (here, there) = futures::join!(app.executions.recover(), other.recover());
    assert!(here.unwrap() + there.unwrap() >= 12);
    for id in ids {
        for worker in [&app.executions, &other] {
            if let Some(mut execution) = worker.find(id) {
                execution.wait(Duration::from_secs(30)).await;
            }
        }
    }
    for learner in &learners {
        assert_eq!(learner.progress().await["total_attempts"], 3);
    }
    other.close().await;
}

#[tokio::test]
async fn a_fault_of_ours_is_tried_again_and_never_charged() {
    let app = TestApp::start(Options::default()).await;
    let mut content = pack();
    for snippet in &mut content.snippets {
        // A checker that fails is our fault.
        snippet.task.checker = snippet.task.checker.as_ref().map(|_| "def check(*_): raise ValueError".into());
    }
    app.store.content().import(&content, app.ambient.now()).await.unwrap();
    let ada = app.trial().await;
    let failed = ada.submit(PAIR, PAIR_FIXED).await.expect(200);
    assert_eq!((&failed["status"], &failed["verdict"]), (&json!("failed"), &json!("internal_error")));
    assert_eq!(failed["explanation"], Value::Null);
    assert_eq!(ada.state(PAIR).await["attempts"], 0);
    assert_eq!(ada.progress().await["total_attempts"], 0);
    let id = uuid_of(failed["execution_id"].as_str().unwrap());
    let lease = ExecutionConfig::default().lease;
    assert_eq!(app.store.submissions().claim(id, lease, app.ambient.now()).await.unwrap(), None, "it is over");
    assert_eq!(ada.submit(SUM, SUM_FIXED).await.expect(200)["verdict"], "accepted");
}

#[tokio::test]
async fn killed_runners_lose_nothing() {
    let app = TestApp::start(Options { slots: 2, ..Options::default() }).await;
    let ada = app.trial().await;
    assert_eq!(app.kill_runners(), 2);
    assert_eq!(ada.execute(SUM, SUM_FIXED).await.expect(200)["verdict"], "accepted");
    assert_eq!(ada.submit(SUM, SUM_FIXED).await.expect(200)["verdict"], "accepted");
    app.kill_runners();
    assert_eq!(ada.submit(SUM, SUM_FIXED).await.expect(200)["verdict"], "accepted");

    // In the middle of a run, too, which is tried again.
    let bob = app.trial().await;
    let running = bob.submit(SUM, SUM_ENDLESS).header("prefer", "respond-async").await.expect(202);
    let id = running["execution_id"].as_str().unwrap();
    app.kill_runners();
    app.finished(id).await;
    assert_eq!(bob.execution(id).await.expect(200)["verdict"], "time_limit");
    assert_eq!(bob.progress().await["total_attempts"], 1);
}

#[tokio::test]
async fn a_learner_with_submissions_that_wait_lets_them_finish_first() {
    let ada = shared_app().await.trial().await;
    ada.keep_busy().await;
    let submit = || ada.submit(SUM, SUM_FIXED).header("prefer", "respond-async");
    let mut ids = Vec::new();
    for _ in 0..2 {
        ids.push(submit().await.expect(202)["execution_id"].as_str().unwrap().to_owned());
    }
    submit().await.expect_problem(429, "too_many_submissions");
    for id in &ids {
        ada.app.finished(id).await;
    }
    assert_eq!(ada.progress().await["total_attempts"], 2, "what was refused is not stored");
    ada.submit(SUM, SUM_FIXED).await.expect(200);
}

#[tokio::test]
async fn a_closing_server_keeps_what_it_did_not_finish() {
    let app = TestApp::start(Options::default()).await;
    let session = app.post("/auth/anonymous").await.expect(201);
    let ada = Learner::of(&app, &session);
    let mut ids = Vec::new();
    for code in [SUM_ENDLESS, SUM_BUGGY] {
        let pending = ada.submit(SUM, code).header("prefer", "respond-async").await.expect(202);
        ids.push(pending["execution_id"].as_str().unwrap().to_owned());
        app.running(&ids[0]).await;
    }
    app.executions.close().await;
    let late = ada.submit(SUM, SUM_FIXED).await.expect(202);
    ids.push(late["execution_id"].as_str().unwrap().to_owned());
    ada.execute(SUM, SUM_FIXED).await.expect_problem(503, "unavailable");

    let app = app.restart(Options::default()).await;
    let ada = Learner::of(&app, &session);
    app.executions.recover().await.unwrap();
    for (id, verdict) in ids.iter().zip(["time_limit", "wrong_answer", "accepted"]) {
        app.finished(id).await;
        assert_eq!(ada.execution(id).await.expect(200)["verdict"], verdict);
    }
}
