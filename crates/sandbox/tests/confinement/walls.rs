//! The walls as a whole.

use std::{fs, path::Path};

use bugdrill_sandbox::{Protection, ProtectionReport, Sandbox, SandboxError};

use crate::{PROBE, config, probe};

const RUNNER: &str = env!("CARGO_BIN_EXE_bugdrill-sandbox-runner");

fn missing(reports: &[ProtectionReport]) -> Vec<Protection> {
    reports.iter().filter(|report| report.missing().is_some()).map(|report| report.protection).collect()
}

fn field(path: &Path, name: &str) -> String {
    let text = fs::read_to_string(path).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim_start_matches(':').split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn every_thread_of_a_runner_is_confined() {
    let sandbox = Sandbox::start(config(&[RUNNER])).await.unwrap();
    assert_eq!(sandbox.protections().len(), 6);
    assert_eq!(missing(&sandbox.protections()), []);
    let process = Path::new("/proc").join(sandbox.runner_ids()[0].to_string());
    let threads: Vec<_> = fs::read_dir(process.join("task")).unwrap().map(|thread| thread.unwrap().path()).collect();
    assert!(threads.len() > 1);
    for thread in threads {
        let status = thread.join("status");
        assert_eq!((field(&status, "NoNewPrivs").as_str(), field(&status, "Seccomp").as_str()), ("1", "2"));
    }
    for limit in ["Max open files", "Max core file size"] {
        let limit = field(&process.join("limits"), limit);
        assert!(limit.starts_with("0 0"), "{limit}");
    }
    sandbox.close().await;
}

#[test]
fn landlock_holds_by_itself_and_for_threads_that_were_there_before() {
    let output = std::process::Command::new(PROBE).arg("landlock").output().unwrap();
    let expected = "before: opened, after: permission denied, on another thread: permission denied\n";
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

#[tokio::test]
async fn a_runner_refuses_to_start_where_the_kernel_lacks_a_protection() {
    assert!(probe(&["unconfined", "time", "0"]).status.success());
    for (what, protection) in [("landlock", Protection::Landlock), ("seccomp", Protection::Seccomp)] {
        let mut config = config(&[PROBE, "lacking", what]);
        let problem = match Sandbox::start(config.clone()).await {
            Err(SandboxError::Start(problem)) => problem.to_string(),
            other => panic!("{other:?}"),
        };
        let says = [&protection.to_string(), "sandbox.allow_unconfined"].map(|text| problem.contains(text));
        assert_eq!(says, [true, true], "{problem}");

        config.allow_unconfined = true;
        let sandbox = Sandbox::start(config).await.unwrap();
        assert_eq!(missing(&sandbox.protections()), [protection]);
        sandbox.close().await;
    }
}
