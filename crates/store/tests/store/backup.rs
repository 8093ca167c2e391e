//! Backups and restores.

use std::{
    env, fs,
    os::unix::fs::{FileExt, PermissionsExt},
    path::Path,
    process::Command,
};

use bugdrill_model::{edit::EditSize, judge::JudgedRun};
use bugdrill_store::{
    AuditStamp, Backup, BackupError, BackupTarget, Backups, CreatedSubmission, MailedTokenPurpose, NewMailedToken,
    NewRefreshToken, NewSubmission, RefreshError, Restore, Restored, Store, StoreError, StoreOptions, StoredSnippet,
    testing::TestDatabase,
};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{
    support::{Fresh, id_of, pack, snippet},
    users::sign_up,
};

/// What the manual clock and randomness of `fresh` say, for a restore.
async fn restore(fresh: &Fresh, file: &Path, replace: bool) -> Result<Restored, BackupError> {
    restore_by(fresh, file, replace, fresh.stamp()).await
}

async fn restore_by(fresh: &Fresh, file: &Path, replace: bool, stamp: AuditStamp) -> Result<Restored, BackupError> {
    let backups = Backups { folder: file.parent().unwrap().join("backups"), now: stamp.now };
    let restore = Box::pin(Restore::prepare(&fresh.database.options(), file, replace)).await?;
    Box::pin(restore.put_in_place(&backups, stamp)).await
}

pub(crate) async fn back_up(options: &StoreOptions, file: &Path) -> Result<Backup, BackupError> {
    Box::pin(Backup::make(options, BackupTarget::File(file))).await
}

/// Whether the programs of PostgreSQL that backups take are missing here.
fn programs_are_missing(database: &TestDatabase) -> bool {
    let is_there = |program| Command::new(program).arg("--version").output().is_ok();
    if database.url().starts_with("sqlite") || ["pg_dump", "pg_restore", "psql"].into_iter().all(is_there) {
        return false;
    }
    assert!(env::var_os("CI").is_none(), "pg_dump is not installed here");
    eprintln!("left out: pg_dump is not installed here");
    true
}

/// A database, and a folder for its backups; `None` where there are no programs to make them with.
async fn begin() -> Option<(Fresh, TempDir)> {
    let fresh = Fresh::new().await;
    (!programs_are_missing(&fresh.database)).then(|| (fresh, tempfile::tempdir().unwrap()))
}

/// Solves snippet 1.
async fn solve(fresh: &Fresh, user_id: Uuid) {
    let (snippet_id, id) = (id_of(1), fresh.ambient.new_id());
    let code = "return 'é\u{1f41b}\t\\n'".into();
    let new = NewSubmission { id, user_id, snippet_id, snippet_revision: 1, code, idempotency_key: None };
    let submissions = fresh.store.submissions();
    let lease = Some(TimeDelta::seconds(60));
    let CreatedSubmission::New(_, claim) = submissions.create(new, lease, fresh.now()).await.unwrap() else { panic!() };
    let run: JudgedRun = serde_json::from_value(json!({
        "verdict": "accepted",
        "tests": [{
            "verdict": "accepted", "actual": 1, "error": null, "stdout": "\u{0}\\.\n", "stdout_truncated": false,
            "cpu_us": 1,
        }],
        "stderr": "", "stderr_truncated": false, "cpu_us": 1, "peak_memory_bytes": 1,
    }))
    .unwrap();
    let (judged_by, edit) = (StoredSnippet { snippet: snippet(1), revision: 1 }, EditSize { tokens: 1, lines: 1 });
    let review = fresh.ambient.new_id();
    submissions.complete(claim.unwrap(), &judged_by, &run, edit, review, fresh.now()).await.unwrap().unwrap();
}

/// All that is stored of a user but what a restore ends.
async fn what_stays(fresh: &Fresh, user: Uuid) -> Value {
    let mut export = fresh.export(user).await;
    for ended in ["sessions", "mailed_links"] {
        assert!(export.as_object_mut().unwrap().remove(ended).is_some(), "{export}");
    }
    export
}

async fn mail(fresh: &Fresh, user: Uuid, hash: u8) {
    let token_hash = vec![hash; 32];
    let expires_at = fresh.now() + TimeDelta::hours(1);
    let token = NewMailedToken { token_hash, purpose: MailedTokenPurpose::ResetPassword, expires_at };
    fresh.store.mailed_tokens().add(user, token, fresh.now()).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_restored_database_is_what_it_was_but_accounts_are_logged_out() {
    let Some((mut fresh, folder)) = begin().await else { return };
    let options = fresh.database.options();
    let account = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    let session = fresh.session(account, &[1; 32]).await;
    let trial = fresh.trial(5).await;
    let trial_session = fresh.session(trial, &[2; 32]).await;
    for user in [account, trial] {
        solve(&fresh, user).await;
    }
    mail(&fresh, account, 3).await;
    let before = [what_stays(&fresh, account).await, what_stays(&fresh, trial).await];
    assert!(before[0].to_string().contains("é\u{1f41b}"), "{}", before[0]);

    let file = folder.path().join("of the day's.backup");
    let made = back_up(&options, &file).await.unwrap();
    assert_eq!((made.path.as_path(), made.bytes), (file.as_path(), fs::metadata(&file).unwrap().len()));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "it is its owner's alone");
    let mut sums = Command::new("sha256sum");
    sums.args(["--check", "--quiet", "of the day's.backup.sha256"]);
    assert!(sums.current_dir(folder.path()).status().unwrap().success());
    let again = back_up(&options, &file).await.unwrap_err();
    assert!(matches!(again, BackupError::File { .. }), "no file is overwritten: {again:?}");

    // What comes after the backup goes.
    solve(&fresh, account).await;
    let later = sign_up(&fresh, "eve@example.com", None).await.unwrap().id;
    fresh.store.sessions().end_all(account, None, fresh.stamp()).await.unwrap();
    let mut changed = pack();
    changed.snippets.pop();
    changed.snippets[0].title = "Another".into();
    fresh.store.content().import(&changed, fresh.now()).await.unwrap();

    close(&mut fresh).await;
    let refused = restore(&fresh, &file, false).await.unwrap_err();
    assert!(matches!(refused, BackupError::WouldReplace), "{refused:?}");
    let restored = restore(&fresh, &file, true).await.unwrap();
    assert_eq!((restored.migration, restored.pending_migrations), (made.migration, 0));

    fresh.store = Store::open(&options).await.unwrap();
    assert_eq!([what_stays(&fresh, account).await, what_stays(&fresh, trial).await], before);
    assert!(fresh.store.users().find(later).await.unwrap().is_none());
    assert_eq!(fresh.store.content().active().await.unwrap().snippets.len(), 6);
    assert_eq!(fresh.store.content().snippet("snippet-1").await.unwrap().unwrap().snippet, snippet(1));

    let sessions = fresh.store.sessions();
    assert!(sessions.find(account, session, fresh.now()).await.unwrap().is_none());
    let new = |hash| NewRefreshToken { token_hash: vec![hash; 32], expires_at: fresh.now() + TimeDelta::days(7) };
    let refreshed = sessions.exchange(&[1; 32], |_| new(11), fresh.stamp()).await;
    assert!(matches!(refreshed, Err(RefreshError::Invalid)), "{refreshed:?}");
    let purpose = MailedTokenPurpose::ResetPassword;
    assert!(fresh.store.mailed_tokens().find(&[3; 32], purpose, fresh.now()).await.unwrap().is_none());
    let user = fresh.store.users().by_email("ada@example.com").await.unwrap().unwrap();
    assert_eq!(user.password_hash(), Some("hash"));
    assert!(sessions.log_in(&user, fresh.new_session(&[4; 32]), "password", fresh.stamp()).await.unwrap().is_some());
    let (of_trial, _) = sessions.exchange(&[2; 32], |_| new(12), fresh.stamp()).await.unwrap();
    assert_eq!(of_trial.id, trial_session, "a trial has no other key");
    assert_eq!(fresh.number("SELECT count(*) FROM audit_log WHERE event = 'restored'").await, 1);

    // What was replaced is a backup too.
    let kept = folder.path().join("kept");
    fs::rename(restored.kept.unwrap(), &kept).unwrap();
    close(&mut fresh).await;
    restore(&fresh, &kept, true).await.unwrap();
    fresh.store = Store::open(&options).await.unwrap();
    assert!(fresh.store.users().find(later).await.unwrap().is_some());
}

/// Closes the store, and whatever else has the database open.
async fn close(fresh: &mut Fresh) {
    fresh.store.clone().close().await.unwrap();
    fresh.database.disconnect().await;
}

#[tokio::test]
async fn a_restore_that_fails_at_its_end_leaves_everything_as_it_was() {
    let Some((mut fresh, folder)) = begin().await else { return };
    let file = folder.path().join("backup");
    let taken = AuditStamp { entry_id: Uuid::from_u128(7), now: fresh.now() };
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap();
    fresh.store.sessions().end_all(user.id, None, taken).await.unwrap();
    back_up(&fresh.database.options(), &file).await.unwrap();
    let later = sign_up(&fresh, "eve@example.com", None).await.unwrap().id;
    close(&mut fresh).await;

    // The last thing that is written has the id of something that is there.
    restore_by(&fresh, &file, true, taken).await.unwrap_err();
    fresh.store = Store::open(&fresh.database.options()).await.unwrap();
    assert!(fresh.store.users().find(later).await.unwrap().is_some());
    assert_eq!(fresh.store.sessions().of_user(later, fresh.now()).await.unwrap().len(), 1);
    close(&mut fresh).await;
    // What the first one kept has its name.
    fresh.clock.advance(TimeDelta::minutes(1));
    restore(&fresh, &file, true).await.unwrap();
    fresh.store = Store::open(&fresh.database.options()).await.unwrap();
    assert!(fresh.store.users().find(later).await.unwrap().is_none());
}

#[tokio::test]
async fn what_is_no_whole_backup_is_refused_and_changes_nothing() {
    let Some((mut fresh, folder)) = begin().await else { return };
    let file = folder.path().join("backup");
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    back_up(&fresh.database.options(), &file).await.unwrap();
    let good = fs::read(&file).unwrap();
    close(&mut fresh).await;

    let bad = folder.path().join("bad");
    let quarters = |count: usize| good[..good.len() / 4 * count].to_vec();
    for cut in [quarters(1), quarters(2), quarters(3), good[..good.len() - 1].to_vec()] {
        fs::write(&bad, &cut).unwrap();
        let error = restore(&fresh, &bad, true).await.unwrap_err();
        assert!(matches!(error, BackupError::Damaged(_)), "{} of {}: {error:?}", cut.len(), good.len());
    }
    // Whatever is not as it was written, where there is the checksum to tell: other users' passwords, for one.
    fs::copy(folder.path().join("backup.sha256"), folder.path().join("bad.sha256")).unwrap();
    for bit in 0..8 {
        let mut flipped = good.clone();
        flipped[good.len() / 8 * bit] ^= 1 << bit;
        fs::write(&bad, &flipped).unwrap();
        let error = restore(&fresh, &bad, true).await.unwrap_err();
        assert!(matches!(error, BackupError::Damaged(_) | BackupError::NotABackup), "{bit}: {error:?}");
    }
    fs::remove_file(folder.path().join("bad.sha256")).unwrap();
    fs::write(&bad, &good).unwrap();
    let damaging = fs::OpenOptions::new().write(true).open(&bad).unwrap();
    for quarter in 1..4 {
        damaging.write_all_at(&[0x5a; 8_192], (good.len() / 4 * quarter) as u64).unwrap();
    }
    let error = restore(&fresh, &bad, true).await.unwrap_err();
    assert!(matches!(error, BackupError::Damaged(_)), "{error:?}");
    for other in [&b""[..], b"SQLite", b"a letter\n", b"PK\x03\x04"] {
        fs::write(&bad, other).unwrap();
        let error = restore(&fresh, &bad, true).await.unwrap_err();
        assert!(matches!(error, BackupError::NotABackup), "{error:?}");
    }
    fs::write(&bad, if good.starts_with(b"PGDMP") { &b"SQLite format 3\0"[..] } else { b"PGDMP\x01\x0e\0" }).unwrap();
    let error = restore(&fresh, &bad, true).await.unwrap_err();
    assert!(matches!(error, BackupError::OtherProduct { .. }), "{error:?}");
    let missing = restore(&fresh, &folder.path().join("missing"), true).await.unwrap_err();
    assert!(matches!(missing, BackupError::File { .. }), "{missing:?}");

    fresh.store = Store::open(&fresh.database.options()).await.unwrap();
    assert_eq!(fresh.store.sessions().of_user(user, fresh.now()).await.unwrap().len(), 1, "nothing has ended");
}

/// Executes SQL on a SQLite file, which is made where there is none.
pub(crate) async fn execute(file: &Path, sql: &str) {
    let connection = Box::pin(Database::connect(format!("sqlite://{}?mode=rwc", file.display()))).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_backup_is_of_one_moment_while_others_write() {
    let Some((fresh, folder)) = begin().await else { return };
    let user = fresh.trial(5).await;
    let mut answered = 0;
    // A backup may be made before anything else was written, but not each of them.
    let mut written_beside = Vec::new();
    for round in 0..100 {
        if written_beside.len() == 3 {
            break;
        }
        let file = folder.path().join(round.to_string());
        let (options, before) = (fresh.database.options(), answered);
        let mut making = Box::pin(back_up(&options, &file));
        loop {
            tokio::select! {
                biased;
                made = &mut making => break made.map(drop).unwrap(),
                () = solve(&fresh, user) => answered += 1,
            }
        }
        if answered > before {
            written_beside.push(file.clone());
        }
        // The last one may be cut off where it was.
        drop(making);
        let at_least = fresh.number("SELECT count(*) FROM user_snippet_attempts").await;
        assert!(at_least >= answered, "{at_least} of {answered}");
    }
    assert_eq!(written_beside.len(), 3);
    if fresh.database.url().starts_with("sqlite") {
        for file in written_beside {
            let other = TestDatabase::sqlite();
            let options = other.options();
            let restore = Box::pin(Restore::prepare(&options, &file, false)).await.unwrap();
            let backups = Backups { folder: folder.path().join("backups"), now: fresh.now() };
            Box::pin(restore.put_in_place(&backups, fresh.stamp())).await.unwrap();
            // Each was written with its attempt, review and progress, or not at all.
            let count = async |table: &str| other.number(&format!("SELECT count(*) FROM {table}")).await;
            let attempts = count("user_snippet_attempts").await;
            assert_eq!(attempts, count("submissions WHERE status = 'completed'").await);
            assert_eq!(
                attempts,
                other.number("SELECT coalesce(sum(total_attempts), 0) FROM user_pattern_progress").await
            );
        }
    }
}

#[tokio::test]
async fn a_backup_of_a_newer_release_is_refused() {
    let Some((fresh, folder)) = begin().await else { return };
    let file = folder.path().join("backup");
    let ahead = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_of_the_next_release', 1)";
    if fresh.database.url().starts_with("sqlite") {
        back_up(&fresh.database.options(), &file).await.unwrap();
        execute(&file, ahead).await;
        fs::remove_file(folder.path().join("backup.sha256")).unwrap();
    } else {
        fresh.execute(ahead).await;
        let mut command = Command::new("pg_dump");
        command.args(["--format=custom", "--schema=bugdrill_test_*", "--table=seaql_migrations", "--file"]).arg(&file);
        assert!(command.arg(fresh.database.url()).status().unwrap().success());
        fresh.execute("DELETE FROM seaql_migrations WHERE version LIKE 'm9999%'").await;
    }
    let error = restore(&fresh, &file, true).await.unwrap_err();
    assert!(matches!(&error, BackupError::Newer(name) if name == "m9999_of_the_next_release"), "{error:?}");
    assert!(error.to_string().contains("m9999_of_the_next_release"), "{error}");
    fresh.execute(ahead).await;
    let error = back_up(&fresh.database.options(), &folder.path().join("another")).await.unwrap_err();
    assert!(matches!(error, BackupError::SchemaAhead(_)), "{error:?}");
}

#[tokio::test]
async fn a_newer_database_gives_way_to_a_backup() {
    let Some((mut fresh, folder)) = begin().await else { return };
    let file = folder.path().join("backup");
    back_up(&fresh.database.options(), &file).await.unwrap();
    for sql in [
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_of_the_next_release', 1)",
        "CREATE TABLE teams (id integer PRIMARY KEY, pattern_id integer REFERENCES pattern_categories (id))",
    ] {
        fresh.execute(sql).await;
    }
    close(&mut fresh).await;
    assert!(matches!(Store::open(&fresh.database.options()).await, Err(StoreError::SchemaAhead(_))));
    let restored = restore(&fresh, &file, true).await.unwrap();
    assert!(restored.kept.unwrap().to_str().unwrap().contains("before-restore-m9999_of_the_next_release"));
    fresh.store = Store::open(&fresh.database.options()).await.unwrap();
    assert_eq!(fresh.store.content().active().await.unwrap().snippets.len(), 6);
    let teams = if fresh.database.url().starts_with("sqlite") {
        "SELECT count(*) FROM sqlite_master WHERE name = 'teams'"
    } else {
        "SELECT count(*) FROM pg_tables WHERE tablename = 'teams' AND schemaname = current_schema()"
    };
    assert_eq!(fresh.number(teams).await, 0, "the next release can make it anew");
}

#[tokio::test]
async fn a_database_in_use_stays() {
    let Some((fresh, folder)) = begin().await else { return };
    let file = folder.path().join("backup");
    back_up(&fresh.database.options(), &file).await.unwrap();
    let user = fresh.trial(5).await;
    let error = restore(&fresh, &file, true).await.unwrap_err();
    assert!(matches!(error, BackupError::InUse), "{error:?}");
    assert!(fresh.store.users().find(user).await.unwrap().is_some());
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn an_empty_postgresql_database_takes_a_backup_and_another_programs_stays() {
    let Some((mut fresh, folder)) = begin().await else { return };
    let file = folder.path().join("backup");
    let user = sign_up(&fresh, "ada@example.com", None).await.unwrap().id;
    back_up(&fresh.database.options(), &file).await.unwrap();
    close(&mut fresh).await;
    let drop_all = "DO $$ DECLARE t text; BEGIN \
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP \
            EXECUTE format('DROP TABLE %I CASCADE', t); \
        END LOOP; END $$";
    fresh.execute(drop_all).await;
    fresh.execute("CREATE TABLE theirs (id integer)").await;
    fresh.database.disconnect().await;
    let error = restore(&fresh, &file, true).await.unwrap_err();
    assert!(matches!(error, BackupError::NotOurs(_)), "{error:?}");
    fresh.execute("DROP TABLE theirs").await;
    fresh.database.disconnect().await;
    let restored = restore(&fresh, &file, false).await.unwrap();
    assert_eq!(restored.kept, None);
    fresh.store = Store::open(&fresh.database.options()).await.unwrap();
    assert_eq!(fresh.user(user).await.email.as_deref(), Some("ada@example.com"));
}
