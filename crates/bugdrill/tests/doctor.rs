//! `bugdrill doctor`, as an operator sees it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    path::{Path, PathBuf},
    process::Command,
};

fn doctor(data_dir: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_bugdrill"))
        .args(["doctor", "--data-dir"])
        .arg(data_dir)
        .env_clear()
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn it_tells_what_is_active() {
    // Kept, with the compiled guests, from one test run to the next.
    let (code, said) = doctor(&PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("doctor"));
    assert_eq!(code, Some(0), "{said}");
    for what in
        ["data folder", "database", "slots", "guests", "no new privileges", "not dumpable", "Landlock", "seccomp"]
    {
        assert!(said.lines().any(|line| line.starts_with(&format!("ok       {what}"))), "{what}: {said}");
    }
}

#[test]
fn it_fails_when_something_is_missing() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let (code, said) = doctor(file.path());
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("MISSING  data folder") && said.contains("MISSING  guests"), "{said}");
}
