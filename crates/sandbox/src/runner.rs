//! A runner process: one run at a time, requests on standard input, reports on standard output.

use std::{
    env,
    ffi::OsString,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    thread,
};

use bugdrill_model::Language;

use crate::{
    canary,
    confine::{self, ProtectionReport},
    engine::{Engine, THREAD_STACK_BYTES},
    protocol::{self, FromRunner},
};

/// The flag in front of the folder of compiled guests.
pub(crate) const CACHE_DIR_FLAG: &str = "--cache-dir";

/// The flag that lets a runner start where the kernel lacks protections.
pub(crate) const ALLOW_UNCONFINED_FLAG: &str = "--allow-unconfined";

/// Runs this process as a runner, until its standard input ends.
///
/// The arguments, wherever they are among others: `--cache-dir <folder>` and, where protections that the kernel lacks
/// are dispensable, `--allow-unconfined`. It has to be the first thing that `main` does, with no other thread running:
/// all files but standard input, output and error are closed.
pub fn runner_main() -> ExitCode {
    become_runner(serve)
}

/// Detaches from all that was inherited and does `work` on a thread that can run WebAssembly.
pub(crate) fn become_runner(work: impl FnOnce(&Options) -> io::Result<()> + Send + 'static) -> ExitCode {
    let start = || {
        confine::detach()?;
        let options = Options::read(env::args_os().skip(1))?;
        // WebAssembly code runs on the stack of its thread, and needs a large one.
        let worker = thread::Builder::new()
            .name("sandbox-runner".into())
            .stack_size(THREAD_STACK_BYTES + (8 << 20))
            .spawn(move || within_a_runtime(|| work(&options)))?;
        worker.join().unwrap_or_else(|_| Err(io::Error::other("the runner panicked")))
    };
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // The host tells people; nothing else may be written to standard output.
            let _ = send(&FromRunner::Failed(problem.to_string()));
            ExitCode::FAILURE
        }
    }
}

/// WASI wants to be within a runtime, and would otherwise start one with threads of its own.
fn within_a_runtime(work: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let _entered = runtime.enter();
    work()
}

/// What a runner is told by its command line.
pub(crate) struct Options {
    /// Where compiled guests are kept.
    pub(crate) cache_dir: PathBuf,
    allow_unconfined: bool,
}

impl Options {
    fn read(arguments: impl Iterator<Item = OsString>) -> io::Result<Self> {
        let arguments: Vec<_> = arguments.collect();
        let position = arguments.iter().position(|argument| argument == CACHE_DIR_FLAG);
        let cache_dir = position
            .and_then(|position| arguments.get(position + 1))
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "a runner needs --cache-dir"))?;
        let allow_unconfined = arguments.iter().any(|argument| argument == ALLOW_UNCONFINED_FLAG);
        Ok(Self { cache_dir: cache_dir.into(), allow_unconfined })
    }
}

fn serve(options: &Options) -> io::Result<()> {
    let mut engine = load(options)?;
    let protections = confine(options)?;
    send(&FromRunner::Ready(protections))?;
    while let Some(request) = protocol::receive(&mut io::stdin().lock())? {
        send(&FromRunner::Report(engine.execute(&request)))?;
        engine.prepare();
    }
    Ok(())
}

/// The engine, with all of its threads, after a run in each language.
pub(crate) fn load(options: &Options) -> io::Result<Engine> {
    let mut tell = |notice| {
        let _ = send(&FromRunner::Notice(notice));
    };
    let mut engine = Engine::new(&options.cache_dir, &mut tell).map_err(io::Error::other)?;
    for language in Language::ALL {
        canary::check(&engine.execute(&canary::request(language)))
            .map_err(|outcome| io::Error::other(format!("{} does not work: {outcome}", language.as_str())))?;
    }
    engine.prepare();
    Ok(engine)
}

/// Confines this process; an error where that is incomplete and has to be complete.
pub(crate) fn confine(options: &Options) -> io::Result<Vec<ProtectionReport>> {
    let protections = confine::confine();
    let missing: Vec<_> = protections
        .iter()
        .filter_map(|report| Some(format!("{} ({})", report.protection, report.missing()?)))
        .collect();
    if missing.is_empty() || options.allow_unconfined {
        return Ok(protections);
    }
    Err(io::Error::other(format!(
        "this machine cannot confine learners' code: it lacks {}. \
         To run without, where no stranger's code is run, set sandbox.allow_unconfined",
        missing.join(", ")
    )))
}

fn send(message: &FromRunner) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(&protocol::encode(message)?)?;
    output.flush()
}
