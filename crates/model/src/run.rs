//! What goes into the sandbox and what comes out of it.

use serde::{Deserialize, Serialize};

use crate::{Language, Signature, Value, trace::Trace};

/// The largest code that is run, in characters.
pub const MAX_CODE_CHARACTERS: usize = 10_000;

/// One call of an operation of the signature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// The canonical name: the function, the class (to construct it) or a method.
    pub operation: String,
    /// The arguments, in the order of the parameters.
    pub arguments: Vec<Value>,
}

/// Which value of a test is reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Observe {
    /// What the call returns; for a sequence of calls, the list of what they return.
    #[default]
    Return,
    /// The argument at this position, after the call.
    Argument(usize),
}

/// One test as the sandbox sees it: without the expected answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestRun {
    /// The calls, made one after the other in one fresh namespace.
    pub calls: Vec<Call>,
    /// Whether `calls` is a sequence, whose results are reported as a list.
    #[serde(default)]
    pub sequence: bool,
    /// What is reported.
    #[serde(default)]
    pub observe: Observe,
}

/// How much a run may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// CPU time for a test, in milliseconds.
    pub test_cpu_ms: u32,
    /// CPU time for all tests together, in milliseconds.
    pub run_cpu_ms: u32,
    /// Time on the clock for all tests together, in milliseconds. Reaching it is our own fault.
    pub wall_ms: u32,
    /// Memory of an instance, in bytes.
    pub memory_bytes: u32,
    /// Standard output for a test, in bytes; the rest is dropped, far more ends the test.
    pub stdout_bytes: u32,
    /// Standard error for a run, in bytes; the rest is dropped.
    pub stderr_bytes: u32,
    /// The wire form of a result, in bytes.
    pub result_bytes: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            test_cpu_ms: 500,
            run_cpu_ms: 3_000,
            wall_ms: 10_000,
            memory_bytes: 128 << 20,
            stdout_bytes: 64 << 10,
            stderr_bytes: 64 << 10,
            result_bytes: 1 << 20,
        }
    }
}

/// Untrusted code and the tests to run it on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunRequest {
    /// The language of the code.
    pub language: Language,
    /// The code.
    pub code: String,
    /// What the code has to define.
    pub signature: Signature,
    /// The tests, in order.
    pub tests: Vec<TestRun>,
    /// The limits.
    #[serde(default)]
    pub limits: Limits,
    /// Whether the steps of the test are reported, of which there may be one only.
    #[serde(default)]
    pub trace: bool,
}

/// An exception or a syntax error, told in the learner's terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorReport {
    /// The exception's type, such as `IndexError`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its message.
    pub message: String,
    /// The line of the learner's code, counted from 1, where it is known.
    pub line: Option<u32>,
    /// The column, counted from 1, where it is known.
    pub column: Option<u32>,
    /// The traceback, with the learner's lines only; empty for a syntax error.
    #[serde(default)]
    pub traceback: String,
}

/// How the code behaved in one test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It ended by itself, with this value.
    Returned(Value),
    /// It cannot be parsed, or does not define what the signature asks for.
    CompileError(ErrorReport),
    /// It raised an exception.
    Raised(ErrorReport),
    /// It used up the CPU time of the test or of the run.
    TimeLimit,
    /// It asked for more memory than it may have.
    MemoryLimit,
    /// It printed or returned too much.
    OutputLimit,
    /// It was left out, because the run had ended before, or stopped, because its trace was complete.
    NotRun,
    /// The sandbox failed.
    InternalError,
}

/// The report on one test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestReport {
    /// How the code behaved.
    pub outcome: Outcome,
    /// What it printed, up to the limit.
    pub stdout: String,
    /// Whether more was printed than is reported.
    pub stdout_truncated: bool,
    /// The CPU time it took, in microseconds.
    pub cpu_us: u64,
}

/// The report on a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunReport {
    /// One report for each test, in order.
    pub tests: Vec<TestReport>,
    /// What the code wrote to standard error, up to the limit.
    pub stderr: String,
    /// Whether more was written than is reported.
    pub stderr_truncated: bool,
    /// The CPU time of the whole run, in microseconds.
    pub cpu_us: u64,
    /// The largest memory of an instance, in bytes.
    pub peak_memory_bytes: u64,
    /// Whether another run of the request would have the same outcomes and output, limits apart: the code asked neither
    /// for the time nor for randomness.
    #[serde(default)]
    pub is_repeatable: bool,
    /// The steps of the test, where they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<Trace>,
}

impl RunReport {
    /// The report on a run of so many tests that could not be executed.
    pub fn internal_error(tests: usize) -> Self {
        let test =
            TestReport { outcome: Outcome::InternalError, stdout: String::new(), stdout_truncated: false, cpu_us: 0 };
        Self { tests: vec![test; tests], ..Self::default() }
    }
}
