//! What happens when the disk is full, at every step of writing. SQLite alone: PostgreSQL has a disk of its own.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use bugdrill_platform::{Ambient, ambient::testing::manual_ambient};
use bugdrill_store::{
    Backup, BackupTarget, Backups, CreatedSubmission, DatabaseUrl, NewSubmission, Store, StoreError, StoreOptions,
};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Database};
use uuid::Uuid;

use crate::support::{id_of, pack};

/// Where the small disk is, in the process that has one.
const SMALL_DISK: &str = "BUGDRILL_TEST_SMALL_DISK";

/// The size of the small disk, in bytes.
const DISK_SIZE: usize = 1 << 20;

/// A database, and who submits.
struct Filled {
    options: StoreOptions,
    ambient: Ambient,
    user: Uuid,
    /// Submissions that were answered.
    answered: Vec<Uuid>,
    refused: usize,
}

impl Filled {
    async fn new(folder: &Path) -> Self {
        let options = StoreOptions::new(DatabaseUrl::sqlite(folder.join("full.db")));
        let (ambient, _) = manual_ambient();
        let store = Store::open(&options).await.unwrap();
        store.content().import(&pack(), ambient.now()).await.unwrap();
        let user = ambient.new_id();
        store.users().create_trial(user, 1_000, ambient.now()).await.unwrap();
        store.close().await.unwrap();
        Self { options, ambient, user, answered: Vec::new(), refused: 0 }
    }

    async fn submit(&mut self, store: &Store) {
        let (id, now) = (self.ambient.new_id(), self.ambient.now());
        let (user_id, snippet_id, code) = (self.user, id_of(1), "x".repeat(9_000));
        let new = NewSubmission { id, user_id, snippet_id, snippet_revision: 1, code, idempotency_key: None };
        match store.submissions().create(new, Some(TimeDelta::seconds(60)), now).await {
            Ok(CreatedSubmission::New(submission, claim)) => {
                self.answered.push(submission.id);
                // This may fail as well.
                let _ = store.submissions().give_back(claim.unwrap()).await;
            }
            Ok(other) => panic!("{other:?}"),
            Err(error) => {
                assert_eq!(error.to_string(), "the database is not available", "{error:?}");
                self.refused += 1;
            }
        }
    }

    /// What was answered is there, in the same server without a restart and in the next one, and nothing else is.
    async fn check(&self, store: &Store) {
        for id in &self.answered {
            assert!(store.submissions().find(*id).await.unwrap().is_some(), "{id} was answered, and is lost");
        }
        let all = store.submissions().unfinished(10_000, self.ambient.now() + TimeDelta::days(1)).await.unwrap();
        assert_eq!(all.len(), self.answered.len(), "what was refused is not there either");
    }
}

#[tokio::test]
async fn whatever_finds_no_page_is_refused_and_what_was_answered_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut filled = Filled::new(folder.path()).await;
    for pages in 0..40 {
        let store = Store::open(&filled.options).await.unwrap();
        store.limit_growth(pages).await;
        for _ in 0..20 {
            filled.submit(&store).await;
        }
        store.limit_growth(100_000).await;
        let refused = filled.refused;
        filled.submit(&store).await;
        assert_eq!(filled.refused, refused, "there is room again");
        filled.check(&store).await;
        store.close().await.unwrap();
    }
    // The connection that was refused is replaced by one without the limit, so it is once at each step.
    assert_eq!(filled.refused, 40);
    filled.check(&Store::open(&filled.options).await.unwrap()).await;
}

/// Runs `test` once more, in a process with a small disk of its own: a real file system that is full to the byte. There
/// it does `work` in the folder of that disk.
fn on_a_small_disk<F: Future<Output = ()>>(test: &str, work: impl FnOnce(PathBuf) -> F) {
    if let Some(folder) = env::var_os(SMALL_DISK) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        return runtime.block_on(work(PathBuf::from(folder)));
    }
    let folder = tempfile::tempdir().unwrap();
    let script = format!("mount -t tmpfs -o size={DISK_SIZE} tmpfs \"$1\" || exit 99; shift; exec \"$@\"");
    // With root's rights, or as root of a user namespace.
    for namespaces in [&["--mount"][..], &["--user", "--map-root-user", "--mount"]] {
        let mut command = Command::new("unshare");
        command.args(namespaces).args(["sh", "-c", &script, "sh"]).arg(folder.path());
        command.arg(env::current_exe().unwrap()).args(["--exact", &format!("full_disk::{test}"), "--nocapture"]);
        let Ok(output) = command.env(SMALL_DISK, folder.path()).output() else { break };
        let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        if told.contains("running 1 test") {
            assert!(output.status.success(), "{told}");
            return;
        }
    }
    assert!(env::var_os("CI").is_none(), "no file system can be mounted here");
    eprintln!("left out: no file system can be mounted here");
}

#[test]
fn on_a_full_file_system_nothing_that_was_answered_is_lost_and_the_server_goes_on_when_there_is_room() {
    let test = "on_a_full_file_system_nothing_that_was_answered_is_lost_and_the_server_goes_on_when_there_is_room";
    on_a_small_disk(test, fill);
}

#[test]
fn a_backup_that_finds_no_room_leaves_nothing() {
    on_a_small_disk("a_backup_that_finds_no_room_leaves_nothing", async |folder| {
        let filled = Filled::new(&folder).await;
        let backups = Backups { folder: folder.join("backups"), now: filled.ambient.now() };
        fs::create_dir(&backups.folder).unwrap();
        let size = fs::metadata(folder.join("full.db")).unwrap().len();
        let mut refused = 0;
        for room in (0..10).map(|step| step * size / 8) {
            leave_room(&folder, usize::try_from(room).unwrap());
            match Box::pin(Backup::make(&filled.options, BackupTarget::Folder(&backups))).await {
                Ok(made) => {
                    fs::remove_file(&made.path).unwrap();
                    fs::remove_file(format!("{}.sha256", made.path.display())).unwrap();
                }
                Err(_) => refused += 1,
            }
            fs::remove_file(folder.join("ballast")).unwrap();
            assert_eq!(fs::read_dir(&backups.folder).unwrap().count(), 0, "{room} of {size}");
        }
        assert!((5..10).contains(&refused), "{refused} were refused");
        let store = Store::open(&filled.options).await.unwrap();
        store.try_writing(filled.ambient.now()).await.unwrap();
    });
}

#[test]
fn without_room_for_a_backup_nothing_is_migrated() {
    on_a_small_disk("without_room_for_a_backup_nothing_is_migrated", async |folder| {
        let database = DatabaseUrl::sqlite(folder.join("full.db"));
        let made = Box::pin(Database::connect(format!("{database}?mode=rwc"))).await.unwrap();
        made.execute_unprepared(include_str!("upgrade/0001.sqlite.sql")).await.unwrap();
        made.close().await.unwrap();
        let backups = Backups { folder: folder.join("backups"), now: manual_ambient().0.now() };
        fs::create_dir(&backups.folder).unwrap();
        let options = StoreOptions { backups: Some(backups.clone()), ..StoreOptions::new(database) };
        let size = fs::metadata(folder.join("full.db")).unwrap().len();
        let mut for_the_backup = 0;
        for room in (0..4).map(|step| step * size / 4) {
            leave_room(&folder, usize::try_from(room).unwrap());
            let error = Store::open(&options).await.map(drop).unwrap_err();
            for_the_backup += usize::from(matches!(error, StoreError::NotBackedUp(_)));
            fs::remove_file(folder.join("ballast")).unwrap();
            let report = Store::inspect(&options).await.unwrap();
            assert_eq!(report.newest_migration.as_deref(), Some("m0001_main_job"), "{error:?}");
            assert_eq!(fs::read_dir(&backups.folder).unwrap().count(), 0, "{error:?}");
        }
        assert!(for_the_backup > 0, "the others had no room to open the database");
        Store::open(&options).await.unwrap();
        assert_eq!(fs::read_dir(&backups.folder).unwrap().count(), 2, "the backup and its checksum");
    });
}

/// Fills the disk of this folder, and leaves `room` bytes.
fn leave_room(folder: &Path, room: usize) {
    let ballast = folder.join("ballast");
    let mut taken = 0;
    for size in [4_096, 1] {
        while fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&ballast)
            .and_then(|mut file| std::io::Write::write_all(&mut file, &vec![0; size]))
            .is_ok()
        {
            taken += size;
        }
    }
    fs::OpenOptions::new().write(true).open(&ballast).unwrap().set_len((taken.saturating_sub(room)) as u64).unwrap();
}

async fn fill(folder: PathBuf) {
    let folder = folder.as_path();
    let mut filled = Filled::new(folder).await;
    let ballast = folder.join("ballast");
    for room in (0..40).map(|step| step * 2_500) {
        let store = Store::open(&filled.options).await.unwrap();
        store.try_writing(filled.ambient.now()).await.unwrap();
        leave_room(folder, room);
        for _ in 0..4 {
            filled.submit(&store).await;
        }
        fs::remove_file(&ballast).unwrap();
        let refused = filled.refused;
        store.try_writing(filled.ambient.now()).await.expect("there is room again");
        filled.submit(&store).await;
        assert_eq!(filled.refused, refused, "there is room again");
        filled.check(&store).await;
        // So that the disk is full by the filler alone.
        filled.answered.clear();
        store.close().await.unwrap();
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(folder.join(format!("full.db{end}")));
        }
        let Filled { options, ambient, user, .. } = Filled::new(folder).await;
        filled = Filled { options, ambient, user, ..filled };
    }
    assert!(filled.refused > 20, "{} were refused", filled.refused);
}
