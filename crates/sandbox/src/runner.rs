//! A runner process: one run at a time, requests on standard input, reports on standard output.

use std::{
    env,
    ffi::OsString,
    io::{self, Read, Write},
    path::PathBuf,
    process::ExitCode,
    thread,
};

use bugdrill_model::{
    Language, Signature, Type, Value,
    run::{Call, Limits, Observe, Outcome, RunRequest, TestRun},
};

use crate::{
    confine,
    engine::{Engine, THREAD_STACK_BYTES},
    protocol::{self, FromRunner},
};

/// Runs this process as a runner, until its standard input ends.
///
/// The arguments, behind the last `runner` or else all: `--cache-dir <folder>`. It has to be the first thing that
/// `main` does, with no other thread running: all files but standard input, output and error are closed.
pub fn runner_main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // The host tells people; nothing else may be written to standard output.
            let _ = send(&FromRunner::Failed(problem.to_string()));
            ExitCode::FAILURE
        }
    }
}

fn start() -> io::Result<()> {
    confine::detach()?;
    let cache_dir = cache_dir(env::args_os().skip(1))?;
    // WebAssembly code runs on the stack of its thread, and needs a large one.
    let worker = thread::Builder::new()
        .name("sandbox-runner".into())
        .stack_size(THREAD_STACK_BYTES + (8 << 20))
        .spawn(move || serve(&cache_dir))?;
    worker.join().unwrap_or_else(|_| Err(io::Error::other("the runner panicked")))
}

fn cache_dir(mut arguments: impl Iterator<Item = OsString>) -> io::Result<PathBuf> {
    arguments
        .find(|argument| argument == "--cache-dir")
        .and_then(|_| arguments.next())
        .map(PathBuf::from)
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "a runner needs --cache-dir"))
}

fn serve(cache_dir: &std::path::Path) -> io::Result<()> {
    // WASI wants to be within a runtime, and would otherwise start one with threads of its own.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let _entered = runtime.enter();

    let mut progress = |message: &str| {
        let _ = send(&FromRunner::Progress(message.to_owned()));
    };
    let engine = Engine::new(cache_dir, &mut progress).map_err(io::Error::other)?;
    for language in Language::ALL {
        let report = engine.execute(&canary(language));
        match report.tests.first().map(|test| &test.outcome) {
            Some(Outcome::Returned(value)) if *value == Value::Integer(3.into()) => {}
            outcome => return Err(io::Error::other(format!("{} does not work: {outcome:?}", language.as_str()))),
        }
    }
    confine::confine()?;
    send(&FromRunner::Ready)?;
    while let Some(request) = receive()? {
        send(&FromRunner::Report(engine.execute(&request)))?;
    }
    Ok(())
}

/// A run of known outcome.
fn canary(language: Language) -> RunRequest {
    let code = match language {
        Language::Python => "def canary(numbers):\n    return sum(numbers)",
        Language::JavaScript => "function canary(numbers) { return numbers.reduce((a, b) => a + b); }",
    };
    let numbers = bugdrill_model::Parameter { name: "numbers".into(), kind: Type::List(Type::Int.into()) };
    RunRequest {
        language,
        code: code.into(),
        signature: Signature::Function { function: "canary".into(), parameters: vec![numbers], returns: Type::Int },
        tests: vec![TestRun {
            calls: vec![Call {
                operation: "canary".into(),
                arguments: vec![Value::List(vec![Value::Integer(1.into()), Value::Integer(2.into())])],
            }],
            sequence: false,
            observe: Observe::Return,
        }],
        // The machine may be busy starting other runners.
        limits: Limits { test_cpu_ms: 10_000, run_cpu_ms: 10_000, wall_ms: 60_000, ..Limits::default() },
    }
}

/// The next request; None when the host is gone.
fn receive() -> io::Result<Option<RunRequest>> {
    let mut input = io::stdin().lock();
    let mut header = [0; protocol::HEADER_BYTES];
    match input.read_exact(&mut header) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let mut frame = vec![0; protocol::length(header)?];
    input.read_exact(&mut frame)?;
    protocol::decode(&frame).map(Some)
}

fn send(message: &FromRunner) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(&protocol::encode(message)?)?;
    output.flush()
}
