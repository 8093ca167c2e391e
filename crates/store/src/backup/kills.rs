//! What a restore leaves that is killed at any of its steps.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use bugdrill_platform::{Ambient, ambient::testing::manual_ambient};
use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use tokio::runtime::Runtime;

use super::{Backup, BackupTarget, Backups, Restore, Restored, files::with_end};
use crate::{AuditStamp, DatabaseUrl, Store, StoreOptions};

/// The step at which the process ends that has this in its environment, and the folder in which it restores.
const ENDS_AT: &str = "BUGDRILL_TEST_ENDS_AT";
const FOLDER: &str = "BUGDRILL_TEST_RESTORES_IN";

pub(super) fn reached(step: &str) {
    if env::var(ENDS_AT).is_ok_and(|end| end == step) {
        std::process::abort();
    }
}

fn options(folder: &Path) -> StoreOptions {
    StoreOptions::new(DatabaseUrl::sqlite(folder.join("drill.db")))
}

/// A database with two trials, as a killed server leaves it, with its log; and its backup, which knows of one.
async fn fill(folder: &Path) {
    let elsewhere = tempfile::tempdir().unwrap();
    let (ambient, _) = manual_ambient();
    let store = Store::open(&options(elsewhere.path())).await.unwrap();
    store.users().create_trial(ambient.new_id(), 5, ambient.now()).await.unwrap();
    let (of, file) = (options(elsewhere.path()), folder.join("backup"));
    Box::pin(Backup::make(&of, BackupTarget::File(&file))).await.unwrap();
    store.writer_connection.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
    store.users().create_trial(ambient.new_id(), 5, ambient.now()).await.unwrap();
    for end in ["", "-wal"] {
        fs::copy(elsewhere.path().join(format!("drill.db{end}")), folder.join(format!("drill.db{end}"))).unwrap();
    }
    assert!(fs::metadata(folder.join("drill.db-wal")).unwrap().len() > 0, "the second trial is in the log");
    store.close().await.unwrap();
}

async fn restore(folder: &Path, after: TimeDelta) -> Restored {
    let ambient = Ambient::system();
    let now = manual_ambient().0.now() + after;
    let backups = Backups { folder: folder.join("backups"), now };
    let restore = Box::pin(Restore::prepare(&options(folder), &folder.join("backup"), true)).await.unwrap();
    Box::pin(restore.put_in_place(&backups, AuditStamp { entry_id: ambient.new_id(), now })).await.unwrap()
}

/// How many trials there are, opened as a server does.
async fn trials(folder: &Path) -> usize {
    let store = Store::open(&options(folder)).await.unwrap();
    let (ambient, _) = manual_ambient();
    let mut trials = 0;
    // Those of the manual randomness, which gives the same ids each time.
    for _ in 0..2 {
        trials += usize::from(store.users().find(ambient.new_id()).await.unwrap().is_some());
    }
    store.close().await.unwrap();
    trials
}

/// Runs this test anew in a process that ends at `step`.
fn kill_at(step: &str, test: &str, folder: &Path) {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", &format!("backup::kills::{test}"), "--nocapture"]);
    let output = command.env(ENDS_AT, step).env(FOLDER, folder).output().unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("running 1 test") && output.status.code().is_none(), "it does not end at {step}: {told}");
}

/// All files of the folder and of its backups that were not finished.
fn unfinished(folder: &Path) -> Vec<PathBuf> {
    let folders = [folder.to_owned(), folder.join("backups")].into_iter().filter(|folder| folder.exists());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap());
    files.map(|file| file.unwrap().path()).filter(|path| path.to_str().unwrap().contains("/.bugdrill-")).collect()
}

#[test]
fn the_one_database_is_there_or_the_other() {
    let runtime = Runtime::new().unwrap();
    if let Some(folder) = env::var_os(FOLDER) {
        runtime.block_on(restore(Path::new(&folder), TimeDelta::zero()));
        return;
    }
    for step in ["copied", "sessions ended", "log folded", "kept", "synced", "replaced"] {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        runtime.block_on(fill(folder));
        kill_at(step, "the_one_database_is_there_or_the_other", folder);
        let expected = if step == "replaced" { 1 } else { 2 };
        assert_eq!(runtime.block_on(trials(folder)), expected, "{step}");

        let restored = runtime.block_on(restore(folder, TimeDelta::seconds(1)));
        assert!(!restored.was_damaged, "{step}");
        assert_eq!(runtime.block_on(trials(folder)), 1, "{step}");
        assert_eq!(unfinished(folder), [""; 0].map(PathBuf::from), "{step}");
        // What is kept can be restored in its turn.
        let kept = restored.kept.unwrap();
        for end in ["", ".sha256"] {
            fs::rename(with_end(&kept, end), with_end(&folder.join("backup"), end)).unwrap();
        }
        runtime.block_on(restore(folder, TimeDelta::seconds(2)));
        assert_eq!(runtime.block_on(trials(folder)), expected, "{step}");
    }
}

#[test]
fn a_damaged_database_is_kept() {
    let runtime = Runtime::new().unwrap();
    if let Some(folder) = env::var_os(FOLDER) {
        runtime.block_on(restore(Path::new(&folder), TimeDelta::zero()));
        return;
    }
    for step in ["copied", "linked", "log removed", "synced", "replaced"] {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        runtime.block_on(fill(folder));
        fs::write(folder.join("drill.db"), vec![0x5a; 400_000]).unwrap();
        kill_at(step, "a_damaged_database_is_kept", folder);
        let restored = runtime.block_on(restore(folder, TimeDelta::seconds(1)));
        assert_eq!(restored.was_damaged, step != "replaced", "{step}");
        assert_eq!(runtime.block_on(trials(folder)), 1, "{step}");
        assert_eq!(unfinished(folder), [""; 0].map(PathBuf::from), "{step}");
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let mut kept = files.filter(|path| path.to_str().unwrap().contains(".db.damaged-"));
        // SQLite may have moved what the log held into the database, whose log is kept beside it.
        let is_damage = |file: PathBuf| fs::read(file).unwrap().windows(1_000).any(|bytes| bytes == [0x5a; 1_000]);
        assert!(kept.any(is_damage), "{step}");
    }
}
