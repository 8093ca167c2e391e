//! `bugdrill backup`, `restore` and `migrate`, as an operator sees them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use bugdrill::data_dir::DataDir;
use bugdrill_platform::{Ambient, RootSecret};
use bugdrill_store::{DatabaseUrl, Store, StoreOptions, testing::TestDatabase};
use bugdrill_web::tokens::{DEFAULT_KEY_DAYS, Tokens};
use uuid::Uuid;

/// `bugdrill` on this data folder: whether it succeeds, and all that it says.
fn bugdrill(data: &Path, arguments: &[&str]) -> (bool, String) {
    said(command(data, arguments))
}

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bugdrill"));
    command.args(arguments).arg("--data-dir").arg(data).current_dir(data.parent().unwrap()).env_clear();
    command
}

fn said(mut command: Command) -> (bool, String) {
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
    (output.status.success(), said)
}

fn options(data: &Path) -> StoreOptions {
    StoreOptions::new(DatabaseUrl::sqlite(data.join("bugdrill.db")))
}

/// What a server has: its folder, its secret, its database with keys and a user.
struct Server {
    data: DataDir,
    secret: RootSecret,
    store: Store,
    user: Uuid,
}

impl Server {
    async fn start(path: &Path) -> Self {
        let ambient = Ambient::system();
        let data = DataDir::open(path).unwrap();
        let secret = data.root_secret(&ambient).unwrap();
        let store = Store::open(&options(path)).await.unwrap();
        read_keys(&store, &secret).await.unwrap();
        let user = ambient.new_id();
        store.users().create_trial(user, 5, ambient.now()).await.unwrap();
        Self { data, secret, store, user }
    }
}

/// Reads the keys that sign tokens as a server does, which makes the first one.
async fn read_keys(store: &Store, secret: &RootSecret) -> Result<(), bugdrill_web::tokens::KeysError> {
    Tokens::new(store.clone(), secret.clone(), DEFAULT_KEY_DAYS, Ambient::system()).reload().await
}

/// The files of a folder but checksums.
fn files(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().map(|file| file.unwrap().path());
    files.filter(|path| path.extension().is_none_or(|end| end != "sha256")).collect()
}

#[tokio::test]
async fn a_backup_of_a_running_server_is_restored_elsewhere_by_its_own_secret_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    let server = Server::start(&here).await;
    let (done, told) = bugdrill(&here, &["backup"]);
    assert!(done && told.contains("The root secret is not in it"), "{told}");
    let backup = files(&here.join("backups")).pop().unwrap();
    assert!(told.contains(backup.to_str().unwrap()), "{told}");
    let secret = fs::read_to_string(here.join("secret.key")).unwrap();
    let is_in_backup = |text: &[u8]| fs::read(&backup).unwrap().windows(text.len()).any(|bytes| bytes == text);
    assert!(!is_in_backup(secret.trim().as_bytes()) && is_in_backup(server.user.as_bytes()));

    let backup = backup.to_str().unwrap();
    let (done, told) = bugdrill(&there, &["restore", backup]);
    assert!(!done && told.contains("there is no root secret here") && told.contains("secret.key"), "{told}");
    let another = RootSecret::new([8; 32]).to_base64();
    let mut by_another = command(&there, &["restore", backup]);
    by_another.env("BUGDRILL_SECRETS__KEY", &another);
    let (done, told) = said(by_another);
    assert!(!done && told.contains("under another root secret") && !told.contains(&another), "{told}");
    assert_eq!(files(&there), [there.join("lock")], "nothing is made, and nothing left");

    fs::write(there.join("secret.key"), secret).unwrap();
    let (done, told) = bugdrill(&there, &["restore", backup]);
    assert!(done && told.contains("logged out"), "{told}");
    let restored = Store::open(&options(&there)).await.unwrap();
    assert!(restored.users().find(server.user).await.unwrap().is_some());
    read_keys(&restored, &server.secret).await.unwrap();
    restored.close().await.unwrap();

    let (done, told) = bugdrill(&there, &["restore", backup]);
    assert!(!done && told.contains("--replace"), "{told}");
    let (done, told) = bugdrill(&there, &["restore", backup, "--replace"]);
    let kept = files(&there.join("backups")).pop().unwrap();
    assert!(done && told.contains(kept.to_str().unwrap()), "{told}");
    drop(server.data);
    server.store.close().await.unwrap();
}

#[tokio::test]
async fn nothing_is_restored_while_a_server_has_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let server = Server::start(&path).await;
    let backup = folder.path().join("backup");
    let (done, told) = bugdrill(&path, &["backup", "--output", backup.to_str().unwrap()]);
    assert!(done, "{told}");
    let (done, told) = bugdrill(&path, &["restore", "--replace", backup.to_str().unwrap()]);
    assert!(!done && told.contains("another server uses the data folder"), "{told}");
    server.store.users().find(server.user).await.unwrap().unwrap();
}

#[test]
fn where_there_is_no_database_there_is_nothing_to_back_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let (done, told) = bugdrill(&path, &["backup"]);
    assert!(!done && told.contains("there is no database of bugdrill yet"), "{told}");
    assert!(!path.exists());
}

#[tokio::test]
async fn every_command_refuses_a_database_of_a_newer_release_and_writes_nothing() {
    let database = TestDatabase::sqlite();
    database.open().await.close().await.unwrap();
    let ahead = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_of_the_next_release', 1)";
    database.execute(ahead).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let count = "SELECT count(*) FROM users";
    for arguments in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["migrate"],
        &["backup"],
        &["admin", "create", "--email", "ada@example.com"],
        &["admin", "end-sessions", "--email", "ada@example.com"],
    ] {
        let mut command = command(&path, arguments);
        command.env("BUGDRILL_DATABASE__URL", database.url());
        let (done, told) = said(command);
        assert!(
            !done && told.contains("newer bugdrill (migration m9999_of_the_next_release)"),
            "{arguments:?}: {told}"
        );
        assert_eq!((database.number(count).await, files(&path.join("backups")).len()), (0, 0), "{arguments:?}");
    }
}

#[test]
fn migrating_keeps_what_was_there_before() {
    let database = TestDatabase::sqlite();
    // With the runtime all connections go: a restore is refused while there is one.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(database.execute(include_str!("../../store/tests/store/upgrade/0001.sqlite.sql")));
    drop(runtime);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let mut migrate = command(&path, &["migrate"]);
    migrate.env("BUGDRILL_DATABASE__URL", database.url());
    let (done, told) = said(migrate);
    assert!(done && told.contains("migrations applied") && !told.contains(" 0 migrations"), "{told}");
    let kept = files(&path.join("backups"));
    assert!(kept[0].to_str().unwrap().ends_with("before-migration-m0001_main_job.db") && kept.len() == 1, "{kept:?}");
    let mut back = command(&path, &["restore", "--replace", kept[0].to_str().unwrap()]);
    back.env("BUGDRILL_DATABASE__URL", database.url());
    let (done, told) = said(back);
    assert!(done && told.contains("of an earlier release"), "{told}");
    assert!(told.contains("Nothing in the backup tells which root secret"), "{told}");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let report = runtime.block_on(Store::inspect(&database.options())).unwrap();
    assert_eq!(report.newest_migration.as_deref(), Some("m0001_main_job"));
}
