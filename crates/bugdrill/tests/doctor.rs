//! `bugdrill doctor`, as an operator sees it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    os::unix::fs::FileExt,
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
fn it_names_a_damaged_guest_and_what_is_mended_is_not_told_again() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache");
    let (code, said) = doctor(folder.path());
    assert_eq!(code, Some(0), "{said}");
    let guests = fs::read_dir(&cache).unwrap().map(|file| file.unwrap().path());
    // JavaScript's, which is compiled in no time.
    let guest = guests.min_by_key(|path| fs::metadata(path).unwrap().len()).unwrap();
    let middle = fs::metadata(&guest).unwrap().len() / 2;
    fs::OpenOptions::new().write(true).open(&guest).unwrap().write_all_at(&[0x5a; 4096], middle).unwrap();

    let (code, said) = doctor(folder.path());
    assert_eq!(code, Some(0), "{said}");
    let note = said.lines().find(|line| line.starts_with("note     guests")).unwrap();
    assert!(note.contains(guest.to_str().unwrap()) && note.contains("damaged"), "{note}");
    let (_, said) = doctor(folder.path());
    assert!(!said.contains("note     guests"), "{said}");
}

#[test]
fn it_fails_when_something_is_missing() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let (code, said) = doctor(file.path());
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("MISSING  data folder") && said.contains("MISSING  guests"), "{said}");
}
