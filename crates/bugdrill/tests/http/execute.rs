//! `POST /snippets/{id}/execute`, `GET /executions/{id}`, and verdicts.

use bugdrill_execution::ExecutionConfig;
use serde_json::{Value, json};

use crate::{
    fixtures::{PAIR, PAIR_FIXED, SUM, SUM_BUGGY, SUM_ENDLESS, SUM_FIXED, SUM_JS, SUM_JS_FIXED, TALLY, TALLY_FIXED},
    support::{Options, TestApp, shared_app, verdicts},
};

#[tokio::test]
async fn a_run_uses_the_visible_tests_and_counts_for_nothing() {
    let ada = shared_app().await.trial().await;
    let result = ada.execute(SUM, SUM_FIXED).await.expect(200);
    assert_eq!(result["status"], "completed");
    assert_eq!(result["verdict"], "accepted");
    assert_eq!(result["is_correct"], true);
    assert_eq!((&result["passed"], &result["total"]), (&json!(2), &json!(2)));
    let test = &result["test_results"][0];
    assert_eq!(test["test_case"], 2);
    assert_eq!(test["input"], json!({"numbers": [1, 2, 3]}));
    assert_eq!((&test["expected"], &test["actual"]), (&json!(6), &json!(6)));
    assert_eq!(ada.state(SUM).await["status"], "started");
    assert_eq!(ada.progress().await["total_attempts"], 0);
}

#[tokio::test]
async fn both_languages_checkers_and_classes_work() {
    let ada = shared_app().await.trial().await;
    for (slug, right) in [(SUM, SUM_FIXED), (SUM_JS, SUM_JS_FIXED), (PAIR, PAIR_FIXED), (TALLY, TALLY_FIXED)] {
        let snippet = ada.app.get(&format!("/api/v1/snippets/{slug}")).await.expect(200);
        let buggy = snippet["buggy_code"].as_str().unwrap();
        assert_eq!(ada.execute(slug, buggy).await.expect(200)["verdict"], "wrong_answer", "{slug}");
        assert_eq!(ada.execute(slug, right).await.expect(200)["verdict"], "accepted", "{slug}");
        assert_eq!(ada.submit(slug, right).await.expect(200)["verdict"], "accepted", "{slug}");
    }
    let calls = &ada.execute(TALLY, TALLY_FIXED).await.expect(200)["test_results"][0]["calls"];
    assert_eq!(calls[1], json!(["add", 1]));
}

#[tokio::test]
async fn the_same_code_of_two_learners_is_run_once_and_each_has_a_result_of_his_own() {
    let app = TestApp::start(Options { execution: ExecutionConfig::default(), ..Options::default() }).await;
    let (ada, bob) = (app.trial().await, app.trial().await);
    let first = ada.execute(SUM, SUM_BUGGY).await.expect(200);
    let solved = ada.submit(SUM, SUM_FIXED).await.expect(200);
    let runs = || app.executions.sandbox().counts().runs;
    assert_eq!(runs(), 2);
    for (of_ada, answer) in [(first, bob.execute(SUM, SUM_BUGGY).await), (solved, bob.submit(SUM, SUM_FIXED).await)] {
        let mut of_bob = answer.expect(200);
        let id = of_bob["execution_id"].as_str().unwrap().to_owned();
        ada.execution(&id).await.expect_problem(404, "not_found");
        assert_eq!(bob.execution(&id).await.expect(200)["execution_id"], id.as_str());
        assert_ne!(of_bob["execution_id"], of_ada["execution_id"]);
        of_bob["execution_id"] = of_ada["execution_id"].clone();
        assert_eq!(of_bob, of_ada);
    }
    assert_eq!(runs(), 2);
    assert_eq!(bob.everything().await, ada.everything().await);
}

/// Runs `code`, wants this verdict, and wants a right run afterwards to work. Gives the first test's result.
async fn ends_as(slug: &str, code: &str, verdict: &str) -> Value {
    let ada = shared_app().await.trial().await;
    let result = ada.run(slug, code).await;
    assert_eq!(result["verdict"], verdict, "{result}");
    assert_eq!(result["is_correct"], false);
    let right = if slug == SUM { SUM_FIXED } else { SUM_JS_FIXED };
    assert_eq!(ada.run(slug, right).await["verdict"], "accepted");
    result["test_results"][0].clone()
}

#[tokio::test]
async fn a_wrong_answer_is_shown_beside_the_right_one() {
    let test = ends_as(SUM, SUM_BUGGY, "wrong_answer").await;
    assert_eq!((&test["expected"], &test["actual"]), (&json!(6), &json!(7)));
    assert_eq!(test["note"], "Adds all of them.");
}

#[tokio::test]
async fn a_syntax_error_names_its_line() {
    let error = &ends_as(SUM, "def sum_up(numbers):\n    result = = 0\n", "compile_error").await["error"];
    assert_eq!((&error["type"], &error["line"]), (&json!("SyntaxError"), &json!(2)));
    let error = &ends_as(SUM_JS, "function sumUp(numbers) {\n\n  return ;;)\n}", "compile_error").await["error"];
    assert_eq!((&error["type"], &error["line"]), (&json!("SyntaxError"), &json!(3)));
}

#[tokio::test]
async fn a_missing_function_is_a_compile_error() {
    ends_as(SUM, "", "compile_error").await;
    ends_as(SUM_JS, "const other = 1;", "compile_error").await;
}

#[tokio::test]
async fn an_exception_names_its_line() {
    let code = "def sum_up(numbers):\n    print('before')\n    return numbers[10]\n";
    let test = ends_as(SUM, code, "runtime_error").await;
    assert_eq!((&test["error"]["type"], &test["error"]["line"]), (&json!("IndexError"), &json!(3)));
    assert_eq!(test["stdout"], "before\n");
    let test = ends_as(SUM_JS, "function sumUp(numbers) {\n  return numbers.nothing.more;\n}", "runtime_error").await;
    assert_eq!((&test["error"]["type"], &test["error"]["line"]), (&json!("TypeError"), &json!(2)));
}

#[tokio::test]
async fn an_endless_loop_is_stopped() {
    ends_as(SUM, SUM_ENDLESS, "time_limit").await;
    ends_as(SUM_JS, "function sumUp(numbers) { for (;;); }", "time_limit").await;
}

#[tokio::test]
async fn a_memory_bomb_is_stopped() {
    ends_as(SUM, "def sum_up(numbers):\n    return len(bytearray(1 << 30))\n", "memory_limit").await;
    ends_as(SUM_JS, "function sumUp() { const all = []; for (;;) all.push(new Uint8Array(1 << 24)); }", "memory_limit")
        .await;
}

#[tokio::test]
async fn an_output_flood_is_stopped() {
    let code = "def sum_up(numbers):\n    while True:\n        print('x' * 1000)\n";
    let test = ends_as(SUM, code, "output_limit").await;
    assert_eq!(test["stdout_truncated"], true);
    assert!(test["stdout"].as_str().unwrap().len() <= 64 << 10);
    ends_as(SUM_JS, "function sumUp() { for (;;) console.log('x'.repeat(1000)); }", "output_limit").await;
}

#[tokio::test]
async fn a_result_over_four_kilobytes_is_shown_by_its_beginning() {
    let ada = shared_app().await.trial().await;
    let code = "def sum_up(numbers):\n    return 'é' * 100_000\n";
    for result in [ada.execute(SUM, code).await.expect(200), ada.submit(SUM, code).await.expect(200)] {
        let visible = result["test_results"].as_array().unwrap().iter().filter(|test| test["hidden"] == false);
        for test in visible {
            assert_eq!(test["verdict"], "wrong_answer");
            assert!(test.get("actual").is_none());
            let text = test["actual_text"].as_str().unwrap();
            assert!((4_000..=4 << 10).contains(&text.len()), "{}", text.len());
        }
    }
    let short = ada.execute(SUM, "def sum_up(numbers):\n    return 'e' * 4_000\n").await.expect(200);
    assert_eq!(short["test_results"][0]["actual"].as_str().unwrap().len(), 4_000);
}

#[tokio::test]
async fn what_a_run_prints_is_shown_with_its_test() {
    let ada = shared_app().await.trial().await;
    let code = "import sys\ndef sum_up(numbers):\n    print(len(numbers))\n    print('to err', file=sys.stderr)\n    return sum(numbers)\n";
    let result = ada.execute(SUM, code).await.expect(200);
    assert_eq!(result["test_results"][0]["stdout"], "3\n");
    assert_eq!(result["stdout"], "3\n1\n");
    assert_eq!(result["stderr"], "to err\nto err\n");
}

#[tokio::test]
async fn a_client_that_prefers_not_to_wait_asks_later() {
    let ada = shared_app().await.trial().await;
    ada.keep_busy().await;
    let pending = ada.execute(SUM, SUM_FIXED).header("prefer", "wait=10, respond-async").await;
    let pending = pending.expect(202);
    assert_eq!(pending["verdict"], Value::Null);
    let id = pending["execution_id"].as_str().unwrap();
    ada.app.finished(id).await;
    let result = ada.execution(id).await.expect(200);
    assert_eq!(result["status"], "completed");
    assert_eq!(result["verdict"], "accepted");
    assert_eq!(verdicts(&result), ["accepted", "accepted"]);
    assert_eq!(result["edit"], Value::Null, "only submissions are measured");
}

#[tokio::test]
async fn another_learners_execution_is_not_found() {
    let app = shared_app().await;
    let (ada, bob) = (app.trial().await, app.trial().await);
    let run = ada.execute(SUM, SUM_FIXED).await.expect(200);
    let submission = ada.submit(SUM, SUM_FIXED).await.expect(200);
    for execution in [run, submission] {
        let id = execution["execution_id"].as_str().unwrap();
        ada.execution(id).await.expect(200);
        bob.execution(id).await.expect_problem(404, "not_found");
        app.get(&format!("/api/v1/executions/{id}")).await.expect_problem(401, "token_missing");
    }
}

#[tokio::test]
async fn a_newer_run_takes_the_place_of_the_one_that_waits() {
    let ada = shared_app().await.trial().await;
    let running = ada.keep_busy().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let waiting = ada.execute(SUM, SUM_FIXED).header("prefer", "respond-async").await.expect(202);
        ids.push(waiting["execution_id"].as_str().unwrap().to_owned());
    }
    for id in &ids[..2] {
        ada.execution(id).await.expect_problem(409, "execution_superseded");
    }
    for (id, verdict) in [(&running, "time_limit"), (&ids[2], "accepted")] {
        ada.app.finished(id).await;
        assert_eq!(ada.execution(id).await.expect(200)["verdict"], verdict);
    }
}

#[tokio::test]
async fn a_full_queue_refuses_runs_and_keeps_submissions() {
    let execution = bugdrill_execution::ExecutionConfig { queue_capacity: 1, ..Default::default() };
    let app = TestApp::start(Options { execution, ..Options::default() }).await;
    let learners = [app.trial().await, app.trial().await, app.trial().await, app.trial().await];
    learners[0].keep_busy().await;
    let start = |learner: usize| learners[learner].execute(SUM, SUM_ENDLESS).header("prefer", "respond-async");
    start(1).await.expect(202);
    start(2).await.expect_problem(503, "queue_full");
    let accepted = learners[3].submit(SUM, SUM_FIXED).header("prefer", "respond-async").await.expect(202);
    assert_eq!(accepted["status"], "queued");
    let id = accepted["execution_id"].as_str().unwrap();
    drain(&app).await;
    assert_eq!(app.executions.recover().await.unwrap(), 1);
    app.finished(id).await;
    assert_eq!(learners[3].execution(id).await.expect(200)["verdict"], "accepted");
}

/// Waits until everything that was queued so far is over, by queueing one more run behind it.
async fn drain(app: &TestApp) {
    let last = app.trial().await;
    loop {
        let answer = last.execute(SUM, SUM_FIXED).header("prefer", "respond-async").await;
        if let Some(id) = answer.body["execution_id"].as_str() {
            return app.finished(id).await;
        }
        answer.expect_problem(503, "queue_full");
        tokio::task::yield_now().await;
    }
}
