//! What a runner cannot do, tried from inside one: the probe makes one system call in a runner's place.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod canary;
mod system_calls;
mod walls;

use std::{
    path::PathBuf,
    process::{Command, Output},
    sync::Once,
};

use bugdrill_sandbox::SandboxConfig;

const PROBE: &str = env!("CARGO_BIN_EXE_bugdrill-sandbox-probe");

fn cache_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("compiled-guests")
}

/// What the probe says to these arguments.
fn probe(arguments: &[&str]) -> Output {
    static COMPILED: Once = Once::new();
    let run = |arguments: &[&str]| {
        Command::new(PROBE).args(arguments).arg("--cache-dir").arg(cache_dir()).env_clear().output().unwrap()
    };
    // One of the tests that start together compiles the guests.
    COMPILED.call_once(|| assert!(run(&["unconfined", "time", "0"]).status.success()));
    run(arguments)
}

/// A configuration whose runner is this command.
fn config(command: &[&str]) -> SandboxConfig {
    let mut config = SandboxConfig::new(cache_dir());
    config.runner_command = command.iter().map(Into::into).collect();
    config.slots = 1;
    config
}
