//! `POST /snippets/{id}/trace`.

use serde_json::{Value, json};

use crate::{
    fixtures::{PAIR, PAIR_FIXED, SUM, SUM_BUGGY, SUM_ENDLESS, SUM_FIXED, TALLY, TALLY_FIXED, fillers, id_of},
    support::{Options, Request, TestApp, code_body, shared_app, verdicts},
};

/// The events of a trace with their lines.
fn steps(result: &Value) -> Vec<(&str, u64)> {
    let steps = result["trace"]["steps"].as_array().unwrap();
    steps.iter().map(|step| (step["event"].as_str().unwrap(), step["line"].as_u64().unwrap())).collect()
}

#[tokio::test]
async fn a_trace_tells_the_steps_of_one_test_and_counts_for_nothing() {
    let ada = shared_app().await.trial().await;
    let result = ada.trace(SUM, SUM_BUGGY, 4).await.expect(200);
    assert_eq!((&result["status"], &result["verdict"]), (&json!("completed"), &json!("wrong_answer")));
    assert_eq!((&result["is_correct"], &result["passed"], &result["total"]), (&json!(false), &json!(0), &json!(1)));
    let test = &result["test_results"][0];
    assert_eq!((&test["test_case"], &test["actual"], &test["expected"]), (&json!(4), &json!(8), &json!(7)));
    assert_eq!(result["trace"]["is_truncated"], false);
    assert_eq!(
        steps(&result),
        [("call", 1), ("line", 2), ("line", 3), ("line", 4), ("line", 3), ("line", 5), ("return", 5)]
    );
    let all = result["trace"]["steps"].as_array().unwrap();
    let numbers = json!({"name": "numbers", "text": "[7]", "structure": {"kind": "list", "items": ["7"], "length": 1}});
    let call = json!({"event": "call", "line": 1, "depth": 1, "function": "sum_up", "changed": [numbers]});
    let end = json!({"event": "return", "line": 5, "depth": 1, "function": "sum_up", "text": "8"});
    assert_eq!((&all[0], &all[6]), (&call, &end));

    assert_eq!(ada.trace(SUM, SUM_FIXED, 2).await.expect(200)["is_correct"], true);
    assert_eq!(ada.state(SUM).await["status"], "started");
    assert_eq!(ada.progress().await["total_attempts"], 0);
    assert_eq!(ada.execute(SUM, SUM_FIXED).await.expect(200)["trace"], Value::Null);
    assert_eq!(ada.submit(SUM, SUM_FIXED).await.expect(200)["trace"], Value::Null);
}

#[tokio::test]
async fn classes_and_checkers_work() {
    let ada = shared_app().await.trial().await;
    let result = ada.trace(TALLY, TALLY_FIXED, 1).await.expect(200);
    assert_eq!(result["verdict"], "accepted");
    let functions: Vec<&str> = result["trace"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|step| step["event"] == "call")
        .map(|step| step["function"].as_str().unwrap())
        .collect();
    assert_eq!(functions, ["__init__", "add", "add", "total"]);
    assert_eq!(ada.trace(PAIR, PAIR_FIXED, 1).await.expect(200)["verdict"], "accepted");
}

#[tokio::test]
async fn a_trace_that_was_stopped_is_no_failure() {
    let ada = shared_app().await.trial().await;
    let result = ada.trace(SUM, SUM_ENDLESS, 2).await.expect(200);
    assert_eq!((&result["status"], &result["verdict"]), (&json!("completed"), &json!("not_run")));
    assert_eq!((&result["is_correct"], &result["trace"]["is_truncated"]), (&Value::Null, &json!(true)));
    assert_eq!(steps(&result).len(), 1_000);

    let code = "def sum_up(numbers):\n    numbers.sort()\n    return sum(iter(int, 1))\n";
    let started = ada.trace(SUM, code, 2).header("prefer", "respond-async").await.expect(202);
    let id = started["execution_id"].as_str().unwrap();
    ada.app.finished(id).await;
    let result = ada.execution(id).await.expect(200);
    assert_eq!((&result["verdict"], &result["is_correct"]), (&json!("time_limit"), &json!(false)));
    assert_eq!(steps(&result), [("call", 1), ("line", 2), ("line", 3)], "what happened before is told");

    let result = ada.trace(SUM, "def sum_up(:", 2).await.expect(200);
    assert_eq!((&result["verdict"], steps(&result).len()), (&json!("compile_error"), 0));
}

#[tokio::test]
async fn a_client_that_prefers_not_to_wait_asks_later() {
    let app = shared_app().await;
    let (ada, bob) = (app.trial().await, app.trial().await);
    ada.keep_busy().await;
    let pending = ada.trace(SUM, SUM_FIXED, 2).header("prefer", "respond-async").await.expect(202);
    assert_eq!((&pending["verdict"], &pending["trace"]), (&Value::Null, &Value::Null));
    let id = pending["execution_id"].as_str().unwrap();
    app.finished(id).await;
    let result = ada.execution(id).await.expect(200);
    assert_eq!(verdicts(&result), ["accepted"]);
    assert_eq!(steps(&result).len(), 11);
    bob.execution(id).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn runs_and_traces_take_each_others_place() {
    let ada = shared_app().await.trial().await;
    ada.keep_busy().await;
    let later = |request: Request<'static>| async move {
        let pending = request.header("prefer", "respond-async").await.expect(202);
        pending["execution_id"].as_str().unwrap().to_owned()
    };
    let run = later(ada.execute(SUM, SUM_FIXED)).await;
    let trace = later(ada.trace(SUM, SUM_FIXED, 2)).await;
    ada.execution(&run).await.expect_problem(409, "execution_superseded");
    let run = later(ada.execute(SUM, SUM_FIXED)).await;
    ada.execution(&trace).await.expect_problem(409, "execution_superseded");
    ada.app.finished(&run).await;
    assert_eq!(ada.execution(&run).await.expect(200)["verdict"], "accepted");
}

#[tokio::test]
async fn only_visible_tests_are_traced() {
    let ada = shared_app().await.trial().await;
    for test_case in [0, 1, 3, 5, usize::MAX] {
        let refused = ada.trace(SUM, SUM_FIXED, test_case).await;
        assert!(!refused.text.contains("918273"), "{}", refused.text);
        refused.expect_problem(422, "unknown_test");
    }
    assert_eq!(ada.remaining().await, 5, "what is refused starts nothing");
    // Nor are hidden inputs anywhere in the guest: what is found is what the code looks for.
    let code = "import gc, itertools\ndef sum_up(numbers):\n    return sum(map(str.count, map(str, gc.get_objects()), itertools.repeat('918' + '273')))\n";
    let found = ada.trace(SUM, code, 2).await;
    assert!(!found.text.contains("918273") && !found.text.contains("SECRET"), "{}", found.text);
    assert_eq!(found.expect(200)["test_results"][0]["actual"], 1);
}

#[tokio::test]
async fn what_execute_refuses_is_refused() {
    let ada = shared_app().await.trial().await;
    let path = format!("/api/v1/snippets/{SUM}/trace");
    let body = |change: &dyn Fn(&mut Value)| {
        let mut body = code_body(SUM, SUM_FIXED);
        body["test_case"] = json!(2);
        change(&mut body);
        body
    };
    let valid = body(&|_| {});
    ada.app.post(&path).json(&valid).await.expect_problem(401, "token_missing");
    ada.trace("no-such-python", SUM_FIXED, 1).await.expect_problem(404, "not_found");
    ada.post(&path).text("{").header("content-type", "application/json").await.expect_problem(400, "malformed_json");
    for (change, status, code) in [
        (body(&|body| body["test_case"] = json!(-1)), 422, "invalid_request"),
        (body(&|body| body["test_case"] = json!("2")), 422, "invalid_request"),
        (code_body(SUM, SUM_FIXED), 422, "invalid_request"),
        (body(&|body| body["more"] = json!(1)), 422, "invalid_request"),
        (body(&|body| body["code"] = json!("x".repeat(10_001))), 422, "code_too_long"),
        (body(&|body| body["language"] = json!("javascript")), 422, "wrong_language"),
        (body(&|body| body["revision"] = json!(99)), 409, "snippet_changed"),
        (body(&|body| body["code"] = json!("x".repeat(200_000))), 413, "body_too_large"),
    ] {
        ada.post(&path).json(&change).await.expect_problem(status, code);
    }
    assert_eq!(ada.remaining().await, 5);
    ada.post(&format!("/api/v1/snippets/{}/trace", id_of(SUM))).json(&valid).await.expect(200);
    assert_eq!(ada.remaining().await, 4);
}

#[tokio::test]
async fn a_trace_starts_a_snippet_as_a_run_does() {
    let ada = shared_app().await.trial().await;
    let snippets = fillers();
    for slug in &snippets[..5] {
        ada.trace(slug, SUM_FIXED, 2).await.expect(200);
    }
    assert_eq!(ada.remaining().await, 0);
    ada.trace(&snippets[5], SUM_FIXED, 2).await.expect_problem(403, "trial_exhausted");
    ada.trace(&snippets[0], SUM_FIXED, 2).await.expect(200);
}

#[tokio::test]
async fn traces_are_limited_like_runs() {
    let limits = bugdrill_web::gate::RateLimits { execute: 2, ..Options::default().limits };
    let app = TestApp::start(Options { limits, ..Options::default() }).await;
    let ada = app.trial().await;
    for _ in 0..2 {
        ada.trace(SUM, SUM_FIXED, 2).await.expect(200);
    }
    ada.trace(SUM, SUM_FIXED, 2).await.expect_problem(429, "rate_limited");
    ada.execute(SUM, SUM_FIXED).await.expect(200);
}
