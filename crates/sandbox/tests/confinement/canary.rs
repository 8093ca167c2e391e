//! After an internal error a runner has to prove that it is in order.

use std::fs;

use bugdrill_model::run::{Outcome, RunRequest};
use bugdrill_sandbox::Sandbox;
use serde_json::json;

use crate::{PROBE, config};

fn request() -> RunRequest {
    serde_json::from_value(json!({
        "language": "python",
        "code": "def f():\n    return 1",
        "signature": {"function": "f", "parameters": [], "returns": "int"},
        "tests": [{"calls": [{"operation": "f", "arguments": []}], "sequence": false, "observe": "return"}],
        "limits": {},
    }))
    .unwrap()
}

/// Lets a runner end its first run in an internal error, and be `how` afterwards. Answers what the runners were asked
/// for, and whether the first of them was replaced.
async fn after_an_internal_error(how: &str) -> (String, bool) {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(config(&[PROBE, "fake", how, folder.path().to_str().unwrap()])).await.unwrap();
    let before = sandbox.runner_ids();
    // Not the learner's fault, so it is tried again, and then goes well.
    let report = sandbox.run(request()).await.unwrap();
    assert_eq!(report.tests[0].outcome, Outcome::Returned(serde_json::from_value(json!(1)).unwrap()));
    let is_replaced = sandbox.runner_ids() != before;
    sandbox.close().await;
    (fs::read_to_string(folder.path().join("log")).unwrap(), is_replaced)
}

#[tokio::test]
async fn a_runner_that_passes_its_canaries_stays() {
    let expected = "failure\ncanary\ncanary\nrun\n".to_owned();
    assert_eq!(after_an_internal_error("healthy").await, (expected, false));
}

#[tokio::test]
async fn a_runner_that_fails_a_canary_is_replaced_before_it_takes_work() {
    let expected = "failure\ncanary\nrun\n".to_owned();
    assert_eq!(after_an_internal_error("wrong").await, (expected, true));
}

#[tokio::test]
async fn a_runner_that_does_not_survive_a_canary_is_replaced() {
    let expected = "failure\ncanary\nrun\n".to_owned();
    assert_eq!(after_an_internal_error("dies").await, (expected, true));
}
