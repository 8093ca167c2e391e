//! How an execution is shown to the learner who asked for it.

use std::time::Duration;

use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use bugdrill_execution::{Execution, ExecutionError, ExecutionKind, Owner, Progress};
use bugdrill_model::{
    ExecutionStatus, Language, TestCase, Verdict,
    judge::{JudgedRun, JudgedTest},
    run::{ErrorReport, MAX_CODE_CHARACTERS},
    trace::Trace,
};
use bugdrill_store::StoredSnippet;
use bugdrill_web::{ClientAddress, Json, Learner, Problem};
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::snippet::stimulus;

/// How long `execute`, `trace` and `submit` wait for the result before they answer 202.
const MAX_WAIT: Duration = Duration::from_secs(5);

/// Code to run.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeRequest {
    /// At most 10,000 characters.
    #[schema(max_length = 10_000)]
    pub(crate) code: String,
    /// The snippet's language.
    pub(crate) language: Language,
    /// The revision of the snippet that the learner sees; checked when it is given.
    pub(crate) revision: Option<i32>,
}

impl CodeRequest {
    /// Refuses what cannot be run on `stored`.
    pub(crate) fn check(&self, stored: &StoredSnippet) -> Result<(), Problem> {
        if self.code.chars().count() > MAX_CODE_CHARACTERS {
            return Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "code_too_long",
                format!("The code is longer than {MAX_CODE_CHARACTERS} characters."),
            ));
        }
        let language = stored.snippet.language;
        if self.language != language {
            return Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "wrong_language",
                format!("This snippet is written in {}.", language.as_str()),
            ));
        }
        if self.revision.is_some_and(|revision| revision != stored.revision) {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "snippet_changed",
                "This snippet has changed since you opened it. Load it again.",
            )
            .with("revision", stored.revision));
        }
        Ok(())
    }
}

/// An execution. Until it is `completed` or `failed` only the id and the status are filled.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExecutionResult {
    execution_id: String,
    status: ExecutionStatus,
    /// `not_run` for a trace that was stopped because it was long enough.
    verdict: Option<Verdict>,
    /// Null while that is not known, and for a trace that was stopped.
    is_correct: Option<bool>,
    test_results: Vec<TestResult>,
    /// How many tests passed.
    passed: usize,
    /// How many tests there are.
    total: usize,
    /// CPU time; of a submission that of the visible tests.
    total_time_ms: Option<f64>,
    /// What the visible tests printed.
    stdout: String,
    /// What was written to standard error, unless hidden tests ran.
    stderr: String,
    /// What the code did, step by step; of a trace only.
    trace: Option<Trace>,
}

/// The result of a test. Of a hidden one only `test_case`, `hidden`, `verdict` and `passed` are there.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct TestResult {
    /// The number of the test, counted from 1 over all tests.
    test_case: usize,
    hidden: bool,
    #[schema(value_type = Verdict)]
    verdict: Option<Verdict>,
    passed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The arguments, by the parameters' names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    input: Option<JsonValue>,
    /// A sequence of calls: name and arguments each.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Vec<serde_json::Value>>>)]
    calls: Option<JsonValue>,
    /// The right answer, in wire form.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<serde_json::Value>)]
    expected: Option<JsonValue>,
    /// The answer, in wire form; missing when there is none, or when it is longer than 4 KB.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<serde_json::Value>)]
    actual: Option<JsonValue>,
    /// The beginning of an answer that is longer than 4 KB.
    #[serde(skip_serializing_if = "Option::is_none")]
    actual_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stdout: Option<String>,
    /// Whether more was printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    stdout_truncated: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<CodeError>,
    /// CPU time.
    #[serde(skip_serializing_if = "Option::is_none")]
    execution_time_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// An exception or a syntax error.
#[derive(Serialize, ToSchema)]
#[schema(as = CodeError)]
pub(crate) struct CodeError {
    #[serde(rename = "type")]
    kind: String,
    message: String,
    /// The line of the learner's code, counted from 1.
    line: Option<u32>,
    /// Counted from 1.
    column: Option<u32>,
    /// The learner's lines only.
    traceback: String,
}

impl From<&ErrorReport> for CodeError {
    fn from(report: &ErrorReport) -> Self {
        Self {
            kind: report.kind.clone(),
            message: report.message.clone(),
            line: report.line,
            column: report.column,
            traceback: report.traceback.clone(),
        }
    }
}

/// Whose a learner's execution is.
pub(crate) fn owner(learner: &Learner, from: ClientAddress) -> Owner {
    Owner { user: learner.user_id, network: Some(from.network()) }
}

/// The id of an execution as clients know it.
pub(crate) fn execution_id(id: Uuid) -> String {
    format!("exec_{}", id.simple())
}

/// The execution that a client's id names, if it is one.
pub(crate) fn parse_execution_id(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text.strip_prefix("exec_")?).ok()
}

impl ExecutionResult {
    /// One that is not finished.
    pub(crate) fn pending(id: Uuid, status: ExecutionStatus) -> Self {
        Self {
            execution_id: execution_id(id),
            status,
            verdict: None,
            is_correct: None,
            test_results: Vec::new(),
            passed: 0,
            total: 0,
            total_time_ms: None,
            stdout: String::new(),
            stderr: String::new(),
            trace: None,
        }
    }

    /// A finished one: `run` is that of those of `snippet`'s tests that the kind takes in. Without the snippet that was
    /// judged, which an earlier release did not keep, nothing can be told of the tests.
    pub(crate) fn finished(
        id: Uuid,
        status: ExecutionStatus,
        snippet: Option<&StoredSnippet>,
        kind: ExecutionKind,
        run: &JudgedRun,
    ) -> Self {
        let tests = snippet.into_iter().flat_map(|stored| stored.snippet.task.tests.iter().enumerate());
        let tests = tests.filter(|(index, test)| kind.has_test(*index, test));
        let test_results: Vec<TestResult> =
            tests.zip(&run.tests).map(|((index, test), judged)| TestResult::new(index + 1, test, judged)).collect();
        let hidden = snippet.is_none() || test_results.iter().any(|test| test.hidden);
        Self {
            execution_id: execution_id(id),
            status,
            verdict: Some(run.verdict),
            is_correct: (run.verdict != Verdict::NotRun).then_some(run.verdict == Verdict::Accepted),
            passed: run.passed(),
            total: run.tests.len(),
            // The time that hidden tests took would tell of their inputs.
            total_time_ms: Some(if hidden {
                test_results.iter().filter_map(|test| test.execution_time_ms).sum()
            } else {
                milliseconds(run.cpu_us)
            }),
            stdout: test_results.iter().filter_map(|test| test.stdout.as_deref()).collect(),
            // It is not known which test wrote it, and a learner's code could write a hidden input.
            stderr: if hidden { String::new() } else { run.stderr.clone() },
            trace: run.trace.clone(),
            test_results,
        }
    }

    /// What `execution` looks like when it stands at `progress`; 409 when a newer run took its place.
    pub(crate) fn of(execution: &Execution, progress: &Progress) -> Result<Self, Problem> {
        match progress {
            Progress::Queued => Ok(Self::pending(execution.id, ExecutionStatus::Queued)),
            Progress::Running => Ok(Self::pending(execution.id, ExecutionStatus::Running)),
            Progress::Finished(finished) => {
                let snippet = Some(&*execution.snippet);
                Ok(Self::finished(execution.id, finished.status, snippet, execution.kind, &finished.run))
            }
            Progress::Superseded => Err(Problem::new(
                StatusCode::CONFLICT,
                "execution_superseded",
                "A newer run of yours took the place of this one.",
            )),
        }
    }
}

impl TestResult {
    fn new(test_case: usize, test: &TestCase, judged: &JudgedTest) -> Self {
        let verdict = judged.verdict;
        let result = Self {
            test_case,
            hidden: test.hidden,
            verdict: Some(verdict),
            passed: verdict == Verdict::Accepted,
            ..Self::default()
        };
        if test.hidden {
            return result;
        }
        let (input, calls) = stimulus(test);
        Self {
            name: Some(test.id.clone()),
            input,
            calls,
            expected: Some(test.expected.to_json()),
            actual: judged.actual.as_ref().map(bugdrill_model::Value::to_json),
            actual_text: judged.actual_cut.clone(),
            stdout: Some(judged.stdout.clone()),
            stdout_truncated: Some(judged.stdout_truncated),
            error: judged.error.as_ref().map(CodeError::from),
            execution_time_ms: Some(milliseconds(judged.cpu_us)),
            note: test.note.clone(),
            ..result
        }
    }
}

fn milliseconds(microseconds: u64) -> f64 {
    microseconds as f64 / 1_000.0
}

/// How long to wait before answering 202: not at all when the client prefers that.
pub(crate) fn wait_limit(headers: &HeaderMap) -> Duration {
    let prefers_async = headers
        .get_all("prefer")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|preference| preference.trim().eq_ignore_ascii_case("respond-async"));
    if prefers_async { Duration::ZERO } else { MAX_WAIT }
}

/// 200 with a finished execution, 202 with one that is not.
pub(crate) fn respond(status: ExecutionStatus, body: impl Serialize) -> Response {
    let code = match status {
        ExecutionStatus::Completed | ExecutionStatus::Failed => StatusCode::OK,
        ExecutionStatus::Queued | ExecutionStatus::Running => StatusCode::ACCEPTED,
    };
    (code, Json(body)).into_response()
}

impl ExecutionResult {
    /// Where the execution stands.
    pub(crate) fn status(&self) -> ExecutionStatus {
        self.status
    }
}

/// 503 when no run can be taken.
pub(crate) fn refused(error: ExecutionError) -> Problem {
    match error {
        ExecutionError::QueueFull => Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "queue_full",
            "Too many runs are waiting. Please try again in a moment.",
        )
        .retry_after(2),
        ExecutionError::Closing => Problem::unavailable("The server is restarting. Please try again in a moment."),
    }
}
