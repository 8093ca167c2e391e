//! What is kept of SQLite before a migration, and what is taken for a backup.

use std::{fs, path::PathBuf};

use bugdrill_store::{
    AuditStamp, Backup, BackupError, BackupTarget, Backups, Restore, Store, StoreError, StoreOptions,
    testing::TestDatabase,
};
use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;
use uuid::Uuid;

use crate::backup::{back_up, execute};

/// A database on SQLite, with a folder for backups.
struct Kept {
    database: TestDatabase,
    folder: TempDir,
}

impl Kept {
    fn new() -> Self {
        Self { database: TestDatabase::sqlite(), folder: tempfile::tempdir().unwrap() }
    }

    /// Its options, at minute `minute` of the tests.
    fn options(&self, minute: i64) -> StoreOptions {
        let now = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::minutes(minute);
        let folder = self.folder.path().join("backups");
        StoreOptions { backups: Some(Backups { folder, now }), ..self.database.options() }
    }

    fn backups(&self) -> Vec<PathBuf> {
        let Ok(files) = fs::read_dir(self.folder.path().join("backups")) else { return Vec::new() };
        let files = files.map(|file| file.unwrap().path());
        let mut files: Vec<_> = files.filter(|path| path.extension().is_none_or(|end| end != "sha256")).collect();
        files.sort();
        files
    }

    /// Makes it anew as the first release left it.
    async fn fill_by_first_release(&self) {
        let file = self.options(0).url.sqlite_file().unwrap().to_owned();
        let _ = fs::remove_file(&file);
        execute(&file, include_str!("upgrade/0001.sqlite.sql")).await;
    }
}

#[tokio::test]
async fn sqlite_is_kept_before_a_migration_the_last_three_times() {
    let kept = Kept::new();
    for minute in 1..=5 {
        kept.fill_by_first_release().await;
        let store = Store::open(&kept.options(minute)).await.unwrap();
        store.close().await.unwrap();
        assert_eq!(kept.backups().len(), usize::try_from(minute).unwrap().min(3));
        // Up to date by now: nothing to keep.
        assert_eq!(Store::migrate(&kept.options(minute + 100)).await.unwrap(), 0);
        assert_eq!(kept.backups().len(), usize::try_from(minute).unwrap().min(3));
    }
    let names: Vec<_> = kept.backups().iter().map(|path| path.file_name().unwrap().to_owned()).collect();
    let expected = |minute| format!("bugdrill-19700101T000{minute}00.000Z-before-migration-m0001_main_job.db");
    assert_eq!(names, [3, 4, 5].map(|minute| std::ffi::OsString::from(expected(minute))));
    let newest = kept.options(0).backups.unwrap().newest().unwrap();
    assert_eq!(newest, None, "nobody asked for one of these");

    assert_eq!(fs::read_dir(kept.folder.path().join("backups")).unwrap().count(), 6, "each has its checksum");

    // It is of the schema before, and is brought up to date at the next start.
    let restore = Box::pin(Restore::prepare(&kept.options(7), &kept.backups()[2], true)).await.unwrap();
    assert!(restore.has_checksum() && restore.signing_keys().is_empty());
    let stamp = AuditStamp { entry_id: Uuid::from_u128(1), now: DateTime::UNIX_EPOCH };
    let restored = Box::pin(restore.put_in_place(&kept.options(7).backups.unwrap(), stamp)).await.unwrap();
    assert!(restored.migration == "m0001_main_job" && restored.pending_migrations > 0, "{restored:?}");
    let store = Store::open(&kept.options(8)).await.unwrap();
    let solved = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0002);
    let user = store.submissions().find(solved).await.unwrap().unwrap().user_id;
    assert!(store.users().find(user).await.unwrap().is_some_and(|user| user.is_trial));
    assert_eq!(store.content().active().await.unwrap().snippets.len(), 6);
}

#[tokio::test]
async fn a_new_database_is_not_kept() {
    let kept = Kept::new();
    Store::open(&kept.options(1)).await.unwrap().close().await.unwrap();
    assert_eq!(kept.backups(), [""; 0].map(PathBuf::from));
}

#[tokio::test]
async fn what_cannot_be_kept_is_not_migrated() {
    let kept = Kept::new();
    kept.fill_by_first_release().await;
    // A file where the folder should be.
    fs::write(kept.folder.path().join("backups"), "").unwrap();
    for migrated in [Store::open(&kept.options(1)).await.map(drop), Store::migrate(&kept.options(1)).await.map(drop)] {
        let error = migrated.unwrap_err();
        assert!(matches!(error, StoreError::NotBackedUp(_)), "{error:?}");
    }
    assert_eq!(Store::inspect(&kept.options(1)).await.unwrap().newest_migration.as_deref(), Some("m0001_main_job"));
    fs::remove_file(kept.folder.path().join("backups")).unwrap();
    assert!(Store::migrate(&kept.options(1)).await.unwrap() > 0);
    assert_eq!(kept.backups().len(), 1);
}

#[tokio::test]
async fn what_others_left_half_made_is_taken_away_and_what_they_work_on_stays() {
    let kept = Kept::new();
    Store::open(&kept.options(1)).await.unwrap().close().await.unwrap();
    let folder = kept.folder.path().join("backups");
    fs::create_dir(&folder).unwrap();
    for name in [".bugdrill-dead.new", ".bugdrill-dead.new-journal", ".bugdrill-alive.new", "mine.new"] {
        fs::write(folder.join(name), "half").unwrap();
    }
    let alive = fs::File::open(folder.join(".bugdrill-alive.new")).unwrap();
    alive.lock().unwrap();
    let options = kept.options(2);
    let made = Box::pin(Backup::make(&options, BackupTarget::Folder(options.backups.as_ref().unwrap()))).await.unwrap();
    let name = format!("bugdrill-19700101T000200.000Z-backup-{}.db", made.migration);
    let names: Vec<_> = kept.backups().iter().map(|path| path.file_name().unwrap().to_owned()).collect();
    let expected = [".bugdrill-alive.new", &name, "mine.new"];
    assert_eq!(names, expected.map(std::ffi::OsString::from));
}

#[tokio::test]
async fn a_part_of_a_database_in_use_is_no_backup() {
    let kept = Kept::new();
    let store = Store::open(&kept.options(1)).await.unwrap();
    let live = kept.options(1).url.sqlite_file().unwrap().to_owned();
    let other = TestDatabase::sqlite();
    let error = Box::pin(Restore::prepare(&other.options(), &live, false)).await.unwrap_err();
    assert!(matches!(error, BackupError::InUseItself(_)), "{error:?}");
    store.close().await.unwrap();
    // That of a server that was stopped is whole.
    Box::pin(Restore::prepare(&other.options(), &live, false)).await.unwrap();
}

#[tokio::test]
async fn another_programs_database_is_no_backup() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("another");
    execute(&file, "CREATE TABLE users (id integer PRIMARY KEY)").await;
    let other = TestDatabase::sqlite();
    let error = Box::pin(Restore::prepare(&other.options(), &file, false)).await.unwrap_err();
    assert!(matches!(error, BackupError::NotABackup), "{error:?}");
    assert!(matches!(back_up(&other.options(), &file).await, Err(BackupError::NoDatabase)));
}
