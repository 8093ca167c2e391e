//! The cache of compiled guests, damaged in all ways.

use std::{
    fs,
    os::unix::fs::{FileExt, symlink},
    path::{Path, PathBuf},
};

use bugdrill_model::Language;
use bugdrill_sandbox::{Sandbox, SandboxConfig};
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::support::{JavaScript, Python, config, returned, run};

/// A folder with both guests compiled.
async fn cache() -> TempDir {
    // Compiled once for these tests: the folder of the others may hold guests of other builds.
    static COMPILED: OnceCell<PathBuf> = OnceCell::const_new();
    let compile = || async {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guests-to-damage");
        let _ = fs::remove_dir_all(&folder);
        assert_eq!(faults(with_cache(&folder)).await, [""; 0]);
        folder
    };
    let folder = tempfile::tempdir().unwrap();
    for path in files(COMPILED.get_or_init(compile).await) {
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    folder
}

/// What is in a folder, the smallest first.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort_by_key(|path| fs::metadata(path).unwrap().len());
    files
}

/// The guest of this language in a folder where nothing else is: JavaScript's is smaller.
fn guest(folder: &TempDir, language: Language) -> PathBuf {
    let [javascript, python] = files(folder.path()).try_into().unwrap();
    if language == Python { python } else { javascript }
}

fn add(language: Language) -> bugdrill_model::run::RunRequest {
    let code = match language {
        Python => "def add(a, b):\n    return a + b",
        JavaScript => "function add(a, b) { return a + b; }",
    };
    run(language, "add(int, int) int", code).test(json!([1, 2])).0
}

fn with_cache(folder: &Path) -> SandboxConfig {
    let mut config = config();
    folder.clone_into(&mut config.cache_dir);
    config.slots = 1;
    config
}

/// Starts a sandbox that has to work, and answers what was wrong with its cache.
async fn faults(config: SandboxConfig) -> Vec<String> {
    let sandbox = Sandbox::start(config).await.unwrap();
    for language in Language::ALL {
        let report = sandbox.run(add(language)).await.unwrap();
        assert_eq!(report.tests[0].outcome, returned(json!(3)));
    }
    let faults = sandbox.cache_faults();
    sandbox.close().await;
    faults
}

fn overwrite(path: &Path) {
    let middle = fs::metadata(path).unwrap().len() / 2;
    fs::OpenOptions::new().write(true).open(path).unwrap().write_all_at(&[0x5a; 4096], middle).unwrap();
}

/// What the fault says, and how it comes about.
type Damage = (&'static str, fn(&Path));

#[tokio::test]
async fn a_damaged_guest_is_named_and_compiled_anew() {
    let folder = cache().await;
    let damages: [Damage; 7] = [
        ("its hash", overwrite),
        ("its hash", |path| fs::OpenOptions::new().write(true).open(path).unwrap().set_len(1000).unwrap()),
        ("its hash", |path| fs::write(path, "").unwrap()),
        ("No such file", |path| {
            fs::remove_file(path).unwrap();
            symlink("/nowhere", path).unwrap();
        }),
        ("it is no file", |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        }),
        ("it is no file", |path| {
            fs::remove_file(path).unwrap();
            nix::unistd::mkfifo(path, nix::sys::stat::Mode::S_IRUSR).unwrap();
        }),
        // As a release before kept it, without the hash.
        ("its hash", |path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            let (key, _) = name.split_once('.').unwrap();
            fs::rename(path, path.with_file_name(format!("{key}.cwasm"))).unwrap();
        }),
    ];
    for (why, damage) in damages {
        let javascript = guest(&folder, JavaScript);
        damage(&javascript);
        let said = faults(with_cache(folder.path())).await;
        let [fault] = &said[..] else { panic!("{why}: {said:?}") };
        let key = javascript.file_name().unwrap().to_str().unwrap().split('.').next().unwrap();
        assert!(fault.contains("JavaScript") && fault.contains(key) && fault.contains(why), "{why}: {fault}");
        assert_eq!(files(folder.path()).len(), 2, "{why}: nothing is left behind");
    }
    overwrite(&guest(&folder, Python));
    let said = faults(with_cache(folder.path())).await;
    assert!(said.len() == 1 && said[0].contains("Python"), "{said:?}");
    assert_eq!(faults(with_cache(folder.path())).await, [""; 0]);
}

#[tokio::test]
async fn what_is_somebody_elses_stays() {
    let folder = cache().await;
    let javascript = guest(&folder, JavaScript);
    fs::remove_file(&javascript).unwrap();
    fs::create_dir_all(javascript.join("precious")).unwrap();
    let said = faults(with_cache(folder.path())).await;
    assert!(said.len() == 1 && said[0].contains("it is no file"), "{said:?}");
    assert!(javascript.join("precious").is_dir());
}

#[tokio::test]
async fn a_guest_that_cannot_be_kept_runs_all_the_same() {
    let folder = cache().await;
    let python = guest(&folder, Python);
    // No file becomes as large as that one, as on a full disk.
    let limit = fs::metadata(&python).unwrap().len() / 1024 - 1;
    fs::remove_file(python).unwrap();
    let mut full = with_cache(folder.path());
    let limited = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" \"$@\"");
    full.runner_command = ["bash", "-c", &limited].map(Into::into).into_iter().chain(full.runner_command).collect();
    let said = faults(full).await;
    assert!(said.len() == 1 && said[0].contains("Python guest cannot be kept"), "{said:?}");
    assert_eq!(files(folder.path()).len(), 1, "no half a file stays");
    assert_eq!(faults(with_cache(folder.path())).await, [""; 0]);
}

#[tokio::test]
async fn two_starts_at_once_compile_and_keep_whole_guests() {
    let folder = cache().await;
    fs::remove_file(guest(&folder, JavaScript)).unwrap();
    let (one, other) = tokio::join!(faults(with_cache(folder.path())), faults(with_cache(folder.path())));
    assert_eq!((one.len(), other.len()), (0, 0), "{one:?} {other:?}");
    let kept = files(folder.path()).len();
    assert!((2..=3).contains(&kept), "one of each, or two that were compiled side by side: {kept}");
    assert_eq!(faults(with_cache(folder.path())).await, [""; 0]);
    assert_eq!(files(folder.path()).len(), kept, "nothing is compiled any more");
}
