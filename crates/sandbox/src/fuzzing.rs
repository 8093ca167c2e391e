//! What fuzzers and property tests call: the parts that read what a stranger wrote. No part of the interface.

use bugdrill_guest::{Answer, MAX_RESULT_DEPTH, MAX_TRACEBACK, Program};
use bugdrill_model::{
    Language, Value,
    run::{ErrorReport, Outcome, RunReport, RunRequest, TestReport},
    trace::{MAX_STEPS, Trace},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    canary,
    engine::{self, Recorder, THREAD_STACK_BYTES, with_blame},
    protocol::{self, FromRunner},
    request,
};

/// Reads what a guest answered, behind a byte that chooses the language. Panics where more is accepted than may be.
/// The result, where it is one.
pub fn read_answer(data: &[u8]) -> Option<Value> {
    let (&language, answer) = data.split_first()?;
    let request = canary::request(Language::ALL[usize::from(language) % Language::ALL.len()]);
    let outcome = match Program::new(&request).read(&String::from_utf8_lossy(answer)) {
        Answer::Returned(value, size) => {
            assert!(size <= request.limits.result_bytes as usize && value.depth() <= MAX_RESULT_DEPTH + 1);
            assert_eq!(Value::from_json(&value.to_json()).as_ref(), Ok(&value));
            Outcome::Returned(value)
        }
        Answer::Raised(error) => Outcome::Raised(checked(error)),
        Answer::CompileError(error) => Outcome::CompileError(checked(with_blame(&request, error))),
        Answer::TooLarge | Answer::Loaded => return None,
    };
    // What was accepted, the host has to understand.
    let test = TestReport { outcome, stdout: String::new(), stdout_truncated: false, cpu_us: 0 };
    let mut report = RunReport { tests: vec![test], ..RunReport::default() };
    check_message(&FromRunner::Report(report.clone()));
    match report.tests.remove(0).outcome {
        Outcome::Returned(value) => Some(value),
        _ => None,
    }
}

fn checked(error: ErrorReport) -> ErrorReport {
    let characters = |text: &str| text.chars().count();
    assert!(characters(&error.kind) <= 100 && characters(&error.message) <= 2_000);
    assert!(characters(&error.traceback) <= MAX_TRACEBACK);
    error
}

/// Records the lines as the steps of a trace. Panics where the trace is larger than it may be.
pub fn record_steps(lines: &[u8]) -> Trace {
    let mut recorder = Recorder::default();
    for step in lines.split(|&byte| byte == b'\n') {
        if !recorder.record(step) {
            break;
        }
    }
    let trace = recorder.finish();
    let text = serde_json::to_vec(&trace).expect("a trace is JSON");
    assert!(trace.steps.len() <= MAX_STEPS && text.len() <= Recorder::MAX_BYTES + MAX_STEPS + 100);
    assert_eq!(serde_json::from_slice::<Trace>(&text).expect("a trace is read"), trace);
    trace
}

/// Takes a message out of a stream, in both directions. Panics where it would be another one when it is sent again.
/// Whether it is one.
pub fn read_frame(stream: &[u8]) -> bool {
    let report: Option<FromRunner> = protocol::receive(&mut &*stream).ok().flatten();
    let request: Option<RunRequest> = protocol::receive(&mut &*stream).ok().flatten();
    if let Some(message) = &report {
        check_message(message);
    }
    if let Some(request) = &request {
        check_message(request);
        if request::check(request).is_ok() {
            let program = Program::new(request);
            for test in &request.tests {
                program.test(test);
            }
        }
    }
    report.is_some() || request.is_some()
}

/// A request as it is sent.
pub fn frame(request: &RunRequest) -> Vec<u8> {
    protocol::encode(request).expect("it fits into a frame")
}

/// The request that was sent; None where the stream holds none.
pub fn request(mut stream: &[u8]) -> Option<RunRequest> {
    protocol::receive(&mut stream).ok().flatten()
}

fn check_message<T: Serialize + DeserializeOwned>(message: &T) {
    let frame = protocol::encode(message).expect("it fits into a frame");
    let again: T = protocol::receive(&mut frame.as_slice()).ok().flatten().expect("it is understood");
    assert_eq!(protocol::encode(&again).expect("it fits into a frame"), frame);
}

/// Instruments code as for a trace, on a stack like a runner's; None where that is refused.
pub fn instrument(source: &str) -> Option<String> {
    let work = || engine::instrument(source).ok().map(|instrumented| instrumented.code);
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(THREAD_STACK_BYTES).spawn_scoped(scope, work);
        thread.expect("a thread can be started").join().expect("instrumenting does not panic")
    })
}
