//! `bugdrill doctor`: what works here, and what is missing.

use std::{
    fs, io,
    path::Path,
    process::{self, ExitCode},
    thread::available_parallelism,
};

use anyhow::Result;
use bugdrill::{config::Config, data_dir::DataDir, server::sandbox_config};
use bugdrill_platform::Ambient;
use bugdrill_sandbox::{ProtectionState, Sandbox};
use bugdrill_store::{Backups, DatabaseReport, Store, StoreError};
use chrono::{DateTime, Utc};

/// A backup that is older than so many days is worth a note.
const OLD_BACKUP_DAYS: i64 = 7;

/// What is said of a finding.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Good,
    Note,
    Missing,
}

use Kind::{Good, Missing, Note};

/// Says what was found, line by line.
#[derive(Default)]
struct Findings {
    is_something_missing: bool,
}

impl Findings {
    fn add(&mut self, kind: Kind, what: &str, detail: &str) {
        self.is_something_missing |= kind == Missing;
        let mark = match kind {
            Good => "ok",
            Note => "note",
            Missing => "MISSING",
        };
        println!("{mark:<8} {what:<18} {detail}");
    }
}

pub(crate) async fn run(config: &Config) -> Result<ExitCode> {
    let mut findings = Findings::default();
    check_data_dir(&config.data_dir, &mut findings);
    if let Err(problem) = config.check_secret() {
        findings.add(Missing, "secret", &problem.to_string());
    }
    let now = Ambient::system().now();
    check_database(config, now, &mut findings).await;
    check_backups(&config.backups(now), &mut findings);
    check_sandbox(config, &mut findings).await;
    Ok(if findings.is_something_missing { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn check_data_dir(path: &Path, findings: &mut Findings) {
    let shown = path.display().to_string();
    match DataDir::open(path) {
        Ok(_) => {}
        // A server may be running. Whether the folder can be written to shows below.
        Err(_) if path.is_dir() => {}
        Err(problem) => return findings.add(Missing, "data folder", &format!("{problem:#}")),
    }
    match try_to_write(path) {
        Ok(()) => findings.add(Good, "data folder", &format!("{shown} is writable")),
        Err(problem) => findings.add(Missing, "data folder", &format!("{shown}: {problem}")),
    }
}

fn try_to_write(folder: &Path) -> io::Result<()> {
    let file = folder.join(format!(".doctor.{}", process::id()));
    fs::write(&file, "written")?;
    fs::remove_file(&file)
}

async fn check_database(config: &Config, now: DateTime<Utc>, findings: &mut Findings) {
    let options = config.store(now);
    let url = &options.url;
    if url.sqlite_file().is_some_and(|file| !file.exists()) {
        return findings.add(Good, "database", &format!("SQLite; a server makes {url} at its first start"));
    }
    match Store::inspect(&options).await {
        Ok(report) => {
            let DatabaseReport { version, newest_migration, pending_migrations, unknown_migration } = report;
            let schema =
                newest_migration.map_or_else(|| "an empty schema".to_owned(), |name| format!("the schema {name}"));
            let found = format!("{version} at {url}, {schema}");
            if let Some(name) = unknown_migration {
                let problem = StoreError::SchemaAhead(name);
                findings.add(Missing, "database", &format!("{found}: {problem}"));
            } else if pending_migrations > 0 {
                // A server brings SQLite up to date itself.
                let kind = if url.sqlite_file().is_some() { Note } else { Missing };
                let detail = format!("{found}, lacks {pending_migrations} migrations: run `bugdrill migrate`");
                findings.add(kind, "database", &detail);
            } else {
                findings.add(Good, "database", &found);
            }
        }
        Err(problem) => findings.add(Missing, "database", &format!("{url}: {:#}", anyhow::Error::from(problem))),
    }
}

/// How old the newest backup is, and whether there could be a new one.
fn check_backups(backups: &Backups, findings: &mut Findings) {
    let folder = &backups.folder;
    let shown = folder.display();
    if folder.exists()
        && let Err(problem) = try_to_write(folder)
    {
        return findings.add(Missing, "backups", &format!("{shown}: {problem}"));
    }
    match backups.newest() {
        Ok(Some(made_at)) => {
            let days = (backups.now - made_at).num_days();
            let detail =
                format!("the newest in {shown} is of {}, {days} days ago", made_at.format("%Y-%m-%d %H:%M UTC"));
            findings.add(if days > OLD_BACKUP_DAYS { Note } else { Good }, "backups", &detail);
        }
        Ok(None) => findings.add(Note, "backups", &format!("there is none in {shown}: `bugdrill backup` makes one")),
        Err(problem) => findings.add(Missing, "backups", &format!("{shown}: {problem}")),
    }
}

/// Starts a runner, which compiles the guests, runs each once, and tells what confines it.
async fn check_sandbox(config: &Config, findings: &mut Findings) {
    let cores = available_parallelism().map_or(1, usize::from);
    let mut sandbox = sandbox_config(&config.sandbox, config.data_dir.join("cache"));
    let slots = sandbox.slots;
    let detail = format!("{slots} runs at a time on {cores} cores");
    if slots > cores {
        findings.add(Note, "slots", &format!("{detail}: more than cores gain nothing"));
    } else {
        findings.add(Good, "slots", &detail);
    }
    sandbox.slots = 1;
    // No stranger's code is run, and what is missing shall be told in full.
    sandbox.allow_unconfined = true;
    let sandbox = match Sandbox::start(sandbox).await {
        Ok(sandbox) => sandbox,
        Err(problem) => return findings.add(Missing, "guests", &problem.to_string()),
    };
    for fault in sandbox.cache_faults() {
        findings.add(Note, "guests", &fault);
    }
    findings.add(Good, "guests", "compiled; Python and JavaScript run");
    for report in sandbox.protections() {
        let what = report.protection.to_string();
        match &report.state {
            ProtectionState::Active(detail) => findings.add(Good, &what, detail),
            ProtectionState::Missing(why) if config.sandbox.allow_unconfined => {
                findings.add(Note, &what, &format!("missing, and allowed to be by sandbox.allow_unconfined: {why}"));
            }
            ProtectionState::Missing(why) => findings.add(Missing, &what, why),
        }
    }
    sandbox.close().await;
}
