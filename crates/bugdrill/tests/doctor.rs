//! `bugdrill doctor`, as an operator sees it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    os::unix::fs::{FileExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

use bugdrill_platform::Ambient;
use bugdrill_store::{Backup, BackupTarget, Backups, DatabaseUrl, Store, StoreOptions, testing::TestDatabase};
use chrono::TimeDelta;

fn doctor(data_dir: &Path) -> (Option<i32>, String) {
    doctor_of(data_dir, None)
}

fn doctor_of(data_dir: &Path, database: Option<&str>) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bugdrill"));
    command.args(["doctor", "--data-dir"]).arg(data_dir).env_clear();
    command.envs(database.map(|url| ("BUGDRILL_DATABASE__URL", url)));
    let output = command.output().unwrap();
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

#[tokio::test]
async fn it_tells_of_the_schema_and_of_the_backups() {
    let folder = tempfile::tempdir().unwrap();
    // The guests that the first test compiles, or has compiled.
    let cache = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("doctor/cache");
    fs::create_dir_all(&cache).unwrap();
    symlink(&cache, folder.path().join("cache")).unwrap();
    let options = StoreOptions::new(DatabaseUrl::sqlite(folder.path().join("bugdrill.db")));
    Store::open(&options).await.unwrap().close().await.unwrap();
    let line = |said: &str, start: &str| said.lines().find(|line| line.starts_with(start)).map(str::to_owned);
    let (_, said) = doctor(folder.path());
    let found = line(&said, "ok       database").unwrap_or_else(|| panic!("{said}"));
    assert!(found.contains("the schema m0"), "{found}");
    assert!(line(&said, "note     backups").is_some_and(|line| line.contains("`bugdrill backup` makes one")), "{said}");

    let back_up = |now| {
        let backups = Backups { folder: folder.path().join("backups"), now };
        let options = &options;
        async move { Box::pin(Backup::make(options, BackupTarget::Folder(&backups))).await.unwrap() }
    };
    let now = Ambient::system().now();
    back_up(now - TimeDelta::days(30)).await;
    let (_, said) = doctor(folder.path());
    assert!(line(&said, "note     backups").is_some_and(|line| line.contains("30 days ago")), "{said}");
    back_up(now - TimeDelta::hours(1)).await;
    let (code, said) = doctor(folder.path());
    assert!(line(&said, "ok       backups").is_some_and(|line| line.contains("0 days ago")), "{said}");
    assert_eq!(code, Some(0), "{said}");

    let database = TestDatabase::sqlite();
    database.open().await.close().await.unwrap();
    database
        .execute("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_of_the_next_release', 1)")
        .await;
    let (code, said) = doctor_of(folder.path(), Some(database.url()));
    assert_eq!(code, Some(1), "{said}");
    let found = line(&said, "MISSING  database").unwrap_or_else(|| panic!("{said}"));
    assert!(found.contains("newer bugdrill (migration m9999_of_the_next_release)"), "{found}");
}

#[test]
fn it_fails_when_something_is_missing() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let (code, said) = doctor(file.path());
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("MISSING  data folder") && said.contains("MISSING  guests"), "{said}");
}
