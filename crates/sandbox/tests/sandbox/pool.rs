//! Runner processes: queueing, dying, being replaced, being told to end.

use std::sync::Arc;

use bugdrill_model::run::Outcome;
use bugdrill_sandbox::{Sandbox, SandboxError};
use nix::{
    sys::{
        signal::{Signal, kill},
        wait::{Id, WaitPidFlag, waitid},
    },
    unistd::Pid,
};
use serde_json::json;

use crate::support::{JavaScript, Python, config, returned, run, sandbox};

fn quick() -> bugdrill_model::run::RunRequest {
    run(JavaScript, "f() int", "function f() { return 1; }").test(json!([])).0
}

fn endless() -> bugdrill_model::run::RunRequest {
    let limits = |limits: &mut bugdrill_model::run::Limits| {
        (limits.test_cpu_ms, limits.run_cpu_ms, limits.wall_ms) = (60_000, 60_000, 60_000);
    };
    run(JavaScript, "f() int", "function f() { for (;;); }").test(json!([])).limits(limits).0
}

fn kill_all(sandbox: &Sandbox) {
    for id in sandbox.runner_ids() {
        // It may have died of the kill before.
        let _ = kill(Pid::from_raw(id.cast_signed()), Signal::SIGKILL);
    }
}

async fn start(slots: usize) -> Sandbox {
    // Compiled once for all tests.
    sandbox().await;
    let mut config = config();
    config.slots = slots;
    config.runs_of_a_runner = 3;
    Sandbox::start(config).await.unwrap()
}

#[tokio::test]
async fn a_killed_runner_is_replaced_and_its_run_tried_again() {
    let sandbox = start(1).await;
    let before = sandbox.runner_ids();
    // While it is idle …
    kill_all(&sandbox);
    assert_eq!(sandbox.run(quick()).await.unwrap().tests[0].outcome, returned(json!(1)));
    assert_ne!(sandbox.runner_ids(), before);
    assert_eq!(sandbox.counts().replaced_runners, 1);

    // … and while it runs, as often as it likes: twice is once too often for the run, not for the sandbox.
    let run = sandbox.run(endless());
    tokio::pin!(run);
    let outcome = loop {
        tokio::select! {
            report = &mut run => break report.unwrap().tests[0].outcome.clone(),
            () = tokio::task::yield_now() => kill_all(&sandbox),
        }
    };
    assert_eq!(outcome, Outcome::InternalError);
    // The slot may be starting yet another runner that the loop above still killed.
    let report = sandbox.run(quick()).await.unwrap();
    assert!(matches!(report.tests[0].outcome, Outcome::Returned(_) | Outcome::InternalError));
    assert_eq!(sandbox.run(quick()).await.unwrap().tests[0].outcome, returned(json!(1)));
    sandbox.close().await;
}

#[tokio::test]
async fn a_runner_that_does_not_answer_is_replaced() {
    let sandbox = start(1).await;
    let id = Pid::from_raw(sandbox.runner_ids()[0].cast_signed());
    kill(id, Signal::SIGSTOP).unwrap();
    // It stops when one of its threads gets to run; another might do the run before that.
    waitid(Id::Pid(id), WaitPidFlag::WSTOPPED | WaitPidFlag::WNOWAIT).unwrap();
    let mut request = quick();
    request.limits.wall_ms = 0;
    // Tried again in a fresh runner, which finds the wall time of zero used up.
    let report = sandbox.run(request).await.unwrap();
    assert!(matches!(report.tests[0].outcome, Outcome::Returned(_) | Outcome::InternalError));
    assert_ne!(sandbox.runner_ids(), [id.as_raw().cast_unsigned()]);
    assert_eq!(sandbox.run(quick()).await.unwrap().tests[0].outcome, returned(json!(1)));
    sandbox.close().await;
}

#[tokio::test]
async fn runners_are_replaced_when_they_are_worn_out() {
    let sandbox = start(1).await;
    let before = sandbox.runner_ids();
    for _ in 0..4 {
        assert_eq!(sandbox.run(quick()).await.unwrap().tests[0].outcome, returned(json!(1)));
    }
    assert_ne!(sandbox.runner_ids(), before);
    sandbox.close().await;
}

#[tokio::test]
async fn runs_wait_for_a_free_runner() {
    let sandbox = Arc::new(start(2).await);
    let runs: Vec<_> = (0..10)
        .map(|n| {
            let request = run(Python, "f() int", &format!("def f():\n    return {n}")).test(json!([])).0;
            let sandbox = Arc::clone(&sandbox);
            tokio::spawn(async move { sandbox.run(request).await })
        })
        .collect();
    for (n, run) in runs.into_iter().enumerate() {
        assert_eq!(run.await.unwrap().unwrap().tests[0].outcome, returned(json!(n)));
    }
    sandbox.close().await;
}

#[tokio::test]
async fn a_dropped_run_does_not_disturb_the_next() {
    let sandbox = start(1).await;
    for n in 0..5 {
        let request = |n: i32| run(JavaScript, "f() int", &format!("function f() {{ return {n}; }}")).test(json!([])).0;
        tokio::select! {
            biased;
            _ = sandbox.run(request(-1)) => {}
            () = std::future::ready(()) => {}
        }
        assert_eq!(sandbox.run(request(n)).await.unwrap().tests[0].outcome, returned(json!(n)));
    }
    sandbox.close().await;
}

#[tokio::test]
async fn a_closed_sandbox_takes_no_runs_and_leaves_no_process() {
    let sandbox = start(2).await;
    let ids = sandbox.runner_ids();
    assert_eq!(ids.len(), 2);
    sandbox.close().await;
    assert!(matches!(sandbox.run(quick()).await, Err(SandboxError::Closed)));
    for id in ids {
        assert!(kill(Pid::from_raw(id.cast_signed()), None).is_err(), "runner {id} is still there");
    }
}

#[tokio::test]
async fn a_runner_dies_with_its_host() {
    sandbox().await;
    // For the kernel, the parent is the thread; the pipes stay open here.
    let host = std::thread::spawn(|| {
        let mut runner = std::process::Command::new(&config().runner_command[0])
            .arg("--cache-dir")
            .arg(config().cache_dir)
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        // A frame: it is ready.
        std::io::Read::read_exact(runner.stdout.as_mut().unwrap(), &mut [0; 4]).unwrap();
        runner
    });
    let mut runner = host.join().unwrap();
    // `wait` would close the pipe.
    let _requests = runner.stdin.take();
    let status = runner.wait().unwrap();
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(Signal::SIGKILL as i32));
}

#[tokio::test]
async fn a_runner_that_cannot_start_is_told_of() {
    let mut wrong = config();
    wrong.runner_command = vec!["/does/not/exist".into()];
    assert!(matches!(Sandbox::start(wrong).await, Err(SandboxError::Start(_))));
    let mut wrong = config();
    wrong.runner_command = vec!["/bin/true".into()];
    assert!(matches!(Sandbox::start(wrong).await, Err(SandboxError::Start(_))));
    // Compiled guests are native code: a folder that others can write to is refused.
    let folder = tempfile::tempdir().unwrap();
    let everyone = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    std::fs::set_permissions(folder.path(), everyone).unwrap();
    let mut wrong = config();
    wrong.cache_dir = folder.path().to_owned();
    let problem = Sandbox::start(wrong).await.unwrap_err();
    assert!(problem.to_string().contains("writable by nobody else"), "{problem}");
}

#[tokio::test]
async fn requests_that_contradict_themselves_are_refused() {
    let sandbox = sandbox().await;
    let mut too_long = quick();
    too_long.code = "x".repeat(10_001);
    let mut wrong_name = quick();
    wrong_name.tests[0].calls[0].operation = "g".into();
    let mut no_tests = quick();
    no_tests.tests.clear();
    let mut no_argument = quick();
    no_argument.tests[0].observe = bugdrill_model::run::Observe::Argument(0);
    let mut large_results = quick();
    large_results.limits.result_bytes = u32::MAX;
    let same = |kind: &str, argument: serde_json::Value| {
        run(Python, &format!("f({kind}) any"), "def f(x): return x").test(json!([argument])).0
    };
    let no_graph = same("GraphNode", json!([[1, [1]]]));
    let too_deep = same("any", (0..102).fold(json!(1), |inner, _| json!([inner])));
    for request in [too_long, wrong_name, no_tests, no_argument, large_results, no_graph, too_deep] {
        assert!(matches!(sandbox.run(request).await, Err(SandboxError::Request(_))));
    }
}

/// Which instance waits for a run must not be told by what came before it.
#[tokio::test]
async fn limits_and_use_are_those_of_the_run_whatever_ran_before() {
    let sandbox = start(1).await;
    let hungry = |memory: u32| {
        let code = "def f():\n    print('x' * 100)\n    return len(bytearray(60_000_000))";
        run(Python, "f() int", code).test(json!([])).limits(|limits| {
            limits.memory_bytes = memory;
            limits.stdout_bytes = memory >> 20;
        })
    };
    let frugal = || run(Python, "f() int", "def f():\n    return 1").test(json!([]));
    for _ in 0..2 {
        let report = sandbox.run(hungry(128 << 20).0).await.unwrap();
        assert_eq!(report.tests[0].outcome, returned(json!(60_000_000)));
        assert_eq!((report.tests[0].stdout.len(), report.tests[0].stdout_truncated), (101, false));
        assert!(report.peak_memory_bytes >= 60_000_000);

        // In the other language, then in the same again.
        let quick = sandbox.run(quick()).await.unwrap();
        assert_eq!(quick.tests[0].outcome, returned(json!(1)));
        let report = sandbox.run(frugal().0).await.unwrap();
        assert_eq!((report.tests[0].stdout.as_str(), report.stderr.as_str()), ("", ""));
        assert!((1..60_000_000).contains(&report.peak_memory_bytes), "{}", report.peak_memory_bytes);
        assert!((1..report.peak_memory_bytes).contains(&quick.peak_memory_bytes), "{}", quick.peak_memory_bytes);

        let report = sandbox.run(hungry(64 << 20).0).await.unwrap();
        assert_eq!(report.tests[0].outcome, Outcome::MemoryLimit);
        assert_eq!((report.tests[0].stdout.len(), report.tests[0].stdout_truncated), (64, true));
    }
    sandbox.close().await;
}
