//! From a snippet's tests to a run request, and from the report back to verdicts.
//!
//! The expected answers stay on this side: a [`RunRequest`] never holds them.

use serde::{Deserialize, Serialize};

use crate::{
    CompareMode, CompareTarget, Comparison, Language, Signature, TestCase, Type, Value, Verdict,
    exercise::TestCaseError,
    run::{Call, ErrorReport, Limits, Observe, Outcome, RunReport, RunRequest, TestRun},
    signature::Parameter,
    trace::Trace,
};

/// What a test may use besides its limit when it is traced, in milliseconds of CPU time: writing the steps takes time.
const TRACE_CPU_MS: u32 = 1_000;

/// What is needed to judge any code for an exercise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// What the code has to define.
    pub signature: Signature,
    /// When an answer is right.
    #[serde(default)]
    pub comparison: Comparison,
    /// The Python code of the checker, for [`CompareMode::Checker`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checker: Option<String>,
    /// The tests.
    pub tests: Vec<TestCase>,
    /// The limits of a run.
    #[serde(default)]
    pub limits: Limits,
}

/// How one test ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JudgedTest {
    /// The verdict.
    pub verdict: Verdict,
    /// The answer, when there is one.
    pub actual: Option<Value>,
    /// The beginning of the answer's wire form, in place of an answer that is too large to keep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual_cut: Option<String>,
    /// The exception or the syntax error, when there is one.
    pub error: Option<ErrorReport>,
    /// What was printed.
    pub stdout: String,
    /// Whether more was printed than is kept.
    pub stdout_truncated: bool,
    /// The CPU time, in microseconds.
    pub cpu_us: u64,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JudgedRun {
    /// The verdict of the whole run.
    pub verdict: Verdict,
    /// One entry for each test of the task, in order.
    pub tests: Vec<JudgedTest>,
    /// What was written to standard error.
    pub stderr: String,
    /// Whether more was written than is kept.
    pub stderr_truncated: bool,
    /// The CPU time of the whole run, in microseconds.
    pub cpu_us: u64,
    /// The CPU time of the checker's run, in microseconds. It is not the learner's, and not kept.
    #[serde(skip)]
    pub checker_cpu_us: u64,
    /// The largest memory of an instance, in bytes.
    pub peak_memory_bytes: u64,
    /// The steps of the test, where they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<Trace>,
    /// Whether the code, and the checker, asked neither for the time nor for randomness.
    #[serde(default)]
    pub is_repeatable: bool,
}

impl JudgedRun {
    /// How many tests passed.
    pub fn passed(&self) -> usize {
        self.tests.iter().filter(|test| test.verdict == Verdict::Accepted).count()
    }

    /// A run that could not be made, of tests that nobody knows.
    pub fn internal_error() -> Self {
        Self {
            verdict: Verdict::InternalError,
            tests: Vec::new(),
            stderr: String::new(),
            stderr_truncated: false,
            cpu_us: 0,
            checker_cpu_us: 0,
            peak_memory_bytes: 0,
            trace: None,
            is_repeatable: false,
        }
    }
}

impl Task {
    /// The request that runs `code` on the tests.
    pub fn request(&self, language: Language, code: &str) -> Result<RunRequest, TestCaseError> {
        let observe = self.observe();
        let tests = self
            .tests
            .iter()
            .map(|test| Ok(TestRun { calls: test.program(&self.signature)?, sequence: test.calls.is_some(), observe }))
            .collect::<Result<_, TestCaseError>>()?;
        Ok(RunRequest {
            language,
            code: code.to_owned(),
            signature: self.signature.clone(),
            tests,
            limits: self.limits,
            trace: false,
        })
    }

    /// The request that runs `code` on the only test, and traces it.
    pub fn trace_request(&self, language: Language, code: &str) -> Result<RunRequest, TestCaseError> {
        let mut request = self.request(language, code)?;
        request.trace = true;
        request.limits.test_cpu_ms += TRACE_CPU_MS;
        request.limits.run_cpu_ms += TRACE_CPU_MS;
        Ok(request)
    }

    fn observe(&self) -> Observe {
        match (&self.comparison.target, &self.signature) {
            (CompareTarget::Argument(name), Signature::Function { parameters, .. }) => parameters
                .iter()
                .position(|parameter| parameter.name == *name)
                .map_or(Observe::Return, Observe::Argument),
            _ => Observe::Return,
        }
    }

    /// The request by which the exercise's checker judges the answers of `report`, when it has one and there are
    /// answers. Its tests are those answers, in order.
    pub fn checker_request(&self, report: &RunReport) -> Option<RunRequest> {
        if self.comparison.mode != CompareMode::Checker {
            return None;
        }
        let any = |name: &str| Parameter::required(name, Type::Any);
        let tests: Vec<TestRun> = self
            .tests
            .iter()
            .zip(&report.tests)
            .filter_map(|(test, report)| match &report.outcome {
                Outcome::Returned(actual) => Some(TestRun {
                    calls: vec![Call {
                        operation: "check".into(),
                        arguments: vec![test.stimulus(), test.expected.clone(), actual.clone()],
                    }],
                    sequence: false,
                    observe: Observe::Return,
                }),
                _ => None,
            })
            .collect();
        (!tests.is_empty()).then(|| RunRequest {
            language: Language::Python,
            code: self.checker.clone().unwrap_or_default(),
            signature: Signature::Function {
                function: "check".into(),
                parameters: vec![any("input"), any("expected"), any("actual")],
                returns: Type::Any,
            },
            tests,
            limits: self.limits,
            trace: false,
        })
    }

    /// Judges a report of this task's request; `checked` is the report of the checker's, where there was one.
    pub fn judge(&self, report: RunReport, checked: Option<RunReport>) -> JudgedRun {
        let is_repeatable = report.is_repeatable && checked.as_ref().is_none_or(|checked| checked.is_repeatable);
        let checker_cpu_us = checked.as_ref().map_or(0, |checked| checked.cpu_us);
        let mut checked = checked.into_iter().flat_map(|report| report.tests);
        // A report of the wrong length would be the sandbox's fault; missing tests must not pass.
        let mut reports = report.tests.into_iter();
        let tests: Vec<JudgedTest> = self
            .tests
            .iter()
            .map(|test| {
                let Some(report) = reports.next() else { return JudgedTest::internal_error() };
                let (verdict, actual, error) = match report.outcome {
                    Outcome::Returned(actual) => {
                        let right = self.comparison.accepts(&test.expected, &actual).map_or_else(
                            || match checked.next().map(|report| report.outcome) {
                                Some(Outcome::Returned(Value::Bool(right))) => Some(right),
                                // A checker that fails is our fault, never the learner's.
                                _ => None,
                            },
                            Some,
                        );
                        let verdict = match right {
                            Some(true) => Verdict::Accepted,
                            Some(false) => Verdict::WrongAnswer,
                            None => Verdict::InternalError,
                        };
                        (verdict, Some(actual), None)
                    }
                    Outcome::CompileError(error) => (Verdict::CompileError, None, Some(error)),
                    Outcome::Raised(error) => (Verdict::RuntimeError, None, Some(error)),
                    Outcome::TimeLimit => (Verdict::TimeLimit, None, None),
                    Outcome::MemoryLimit => (Verdict::MemoryLimit, None, None),
                    Outcome::OutputLimit => (Verdict::OutputLimit, None, None),
                    Outcome::NotRun => (Verdict::NotRun, None, None),
                    Outcome::InternalError => (Verdict::InternalError, None, None),
                };
                JudgedTest {
                    verdict,
                    actual,
                    actual_cut: None,
                    error,
                    stdout: report.stdout,
                    stdout_truncated: report.stdout_truncated,
                    cpu_us: report.cpu_us,
                }
            })
            .collect();
        JudgedRun {
            verdict: Verdict::of_run(tests.iter().map(|test| test.verdict)),
            tests,
            stderr: report.stderr,
            stderr_truncated: report.stderr_truncated,
            cpu_us: report.cpu_us,
            checker_cpu_us,
            peak_memory_bytes: report.peak_memory_bytes,
            trace: report.trace,
            is_repeatable,
        }
    }
}

impl JudgedTest {
    /// A test that our own fault kept from a verdict.
    pub fn internal_error() -> Self {
        Self {
            verdict: Verdict::InternalError,
            actual: None,
            actual_cut: None,
            error: None,
            stdout: String::new(),
            stdout_truncated: false,
            cpu_us: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::run::TestReport;

    fn task(compare: serde_json::Value) -> Task {
        serde_json::from_value(json!({
            "signature": {"function": "f", "parameters": [{"name": "numbers", "type": "int[]"}], "returns": "int"},
            "comparison": compare,
            "checker": "def check(input, expected, actual): return True",
            "tests": [
                {"id": "a", "input": {"numbers": [1]}, "expected": 1},
                {"id": "b", "input": {"numbers": [2]}, "expected": 2, "hidden": true},
            ]
        }))
        .unwrap()
    }

    fn report(outcomes: Vec<Outcome>) -> RunReport {
        let tests = outcomes
            .into_iter()
            .map(|outcome| TestReport { outcome, stdout: String::new(), stdout_truncated: false, cpu_us: 1 })
            .collect();
        RunReport { tests, cpu_us: 2, peak_memory_bytes: 3, ..RunReport::default() }
    }

    fn returned(json: serde_json::Value) -> Outcome {
        Outcome::Returned(Value::from_json(&json).unwrap())
    }

    #[test]
    fn expected_answers_never_enter_the_request() {
        let task = task(json!({"target": {"argument": "numbers"}}));
        let request = task.request(Language::Python, "code").unwrap();
        assert_eq!(request.tests.len(), 2);
        assert_eq!(request.tests[0].observe, Observe::Argument(0));
        assert!(!serde_json::to_string(&request).unwrap().contains("expected"));
    }

    #[test]
    fn a_trace_has_time_of_its_own_and_no_expected_answer_either() {
        let mut task = task(json!({}));
        task.tests.truncate(1);
        let (run, trace) =
            (task.request(Language::Python, "code").unwrap(), task.trace_request(Language::Python, "code").unwrap());
        assert!(trace.trace && trace.limits.test_cpu_ms > run.limits.test_cpu_ms);
        assert!(!serde_json::to_string(&trace).unwrap().contains("expected"));
        let limits = run.limits;
        assert_eq!(RunRequest { trace: false, limits, ..trace }, run);

        let steps = Trace { is_truncated: true, ..Trace::default() };
        let judged = task.judge(RunReport { trace: Some(steps.clone()), ..report(vec![Outcome::NotRun]) }, None);
        assert_eq!((judged.verdict, judged.trace), (Verdict::NotRun, Some(steps)));
    }

    #[test]
    fn answers_are_compared_and_a_short_report_never_passes() {
        let judged = task(json!({})).judge(report(vec![returned(json!(1)), returned(json!(1))]), None);
        assert_eq!(judged.verdict, Verdict::WrongAnswer);
        assert_eq!(judged.passed(), 1);
        let judged = task(json!({})).judge(report(vec![returned(json!(1))]), None);
        assert_eq!(judged.verdict, Verdict::InternalError);
    }

    #[test]
    fn a_checker_sees_the_answers_only_and_its_failure_is_ours() {
        let task = task(json!({"mode": "checker"}));
        let run = report(vec![Outcome::TimeLimit, returned(json!(7))]);
        let request = task.checker_request(&run).unwrap();
        assert_eq!(json!(request.tests[0].calls[0].arguments), json!([{"numbers": [2]}, 2, 7]));
        assert_eq!(request.tests.len(), 1);

        let judged = task.judge(run.clone(), Some(report(vec![returned(json!(true))])));
        assert_eq!(
            judged.tests.iter().map(|test| test.verdict).collect::<Vec<_>>(),
            [Verdict::TimeLimit, Verdict::Accepted]
        );
        for failed in [returned(json!("yes")), Outcome::TimeLimit] {
            assert_eq!(task.judge(run.clone(), Some(report(vec![failed]))).verdict, Verdict::InternalError);
        }
        assert!(task.checker_request(&report(vec![Outcome::TimeLimit, Outcome::NotRun])).is_none());
    }
}
