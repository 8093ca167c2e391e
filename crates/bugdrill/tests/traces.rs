//! Traces of the whole content: looking at code must not change what it does.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use bugdrill_content::Library;
use bugdrill_model::{
    Language,
    run::{Outcome, RunRequest},
};
use bugdrill_sandbox::{Sandbox, SandboxConfig};

/// The outcome of a run's only test, without the column of an error, and its output.
async fn behaviour(sandbox: &Sandbox, request: RunRequest) -> (Outcome, String, usize, bool) {
    let mut report = sandbox.run(request).await.unwrap();
    let mut test = report.tests.remove(0);
    if let Outcome::Raised(error) = &mut test.outcome {
        error.column = None;
    }
    let trace = report.trace.unwrap_or_default();
    (test.outcome, test.stdout, trace.steps.len(), trace.is_truncated)
}

#[tokio::test]
async fn javascript_does_the_same_with_a_trace() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut config = SandboxConfig::new(target.join("compiled-guests"));
    config.runner_command = vec![env!("CARGO_BIN_EXE_bugdrill").into(), "runner".into()];
    let sandbox = Sandbox::start(config).await.unwrap();

    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let library = Library::load(&content).unwrap();
    let language = Language::JavaScript;
    let mut complete = 0;
    for exercise in &library.exercises {
        let bugs = exercise.bugs.iter().map(|bug| (bug.id.as_str(), &bug.code[&language]));
        for (version, code) in bugs.chain([("reference", &exercise.references[&language])]) {
            let tests = exercise.task.request(language, code).unwrap();
            for (position, test) in exercise.task.tests.iter().enumerate().filter(|(_, test)| !test.hidden) {
                let plain = RunRequest { tests: vec![tests.tests[position].clone()], ..tests.clone() };
                let traced = RunRequest { trace: true, ..plain.clone() };
                let (outcome, stdout, ..) = behaviour(&sandbox, plain).await;
                let (traced_outcome, traced_stdout, steps, is_truncated) = behaviour(&sandbox, traced).await;
                let place = format!("{} {version} {}", exercise.id, test.id);
                assert!(steps > 1, "{place}");
                if !is_truncated {
                    assert_eq!((outcome, stdout), (traced_outcome, traced_stdout), "{place}");
                    complete += 1;
                }
            }
        }
    }
    sandbox.close().await;
    assert!(complete > 100, "{complete}");
}
