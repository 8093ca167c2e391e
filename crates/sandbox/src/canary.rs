//! Runs of known outcome, which tell whether a runner is in order.

use bugdrill_model::{
    Language, Parameter, Signature, Type, Value,
    run::{Call, Limits, Observe, Outcome, RunReport, RunRequest, TestRun},
};

/// A run that a runner in order reports on as [`check`] wants it.
pub(crate) fn request(language: Language) -> RunRequest {
    let code = match language {
        Language::Python => "def canary(numbers):\n    return sum(numbers)",
        Language::JavaScript => "function canary(numbers) { return numbers.reduce((a, b) => a + b); }",
    };
    let numbers = Parameter::required("numbers", Type::List(Type::Int.into()));
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
        trace: false,
    }
}

/// Whether this is the right report on a canary; else says what was reported.
pub(crate) fn check(report: &RunReport) -> Result<(), String> {
    match report.tests.as_slice() {
        [test] if test.outcome == Outcome::Returned(Value::Integer(3.into())) => Ok(()),
        tests => Err(format!("{:?}", tests.first().map(|test| &test.outcome))),
    }
}
