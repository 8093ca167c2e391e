//! What the tests share: one sandbox, and short ways to write a run.

use std::path::PathBuf;

use bugdrill_model::{
    Language, Value,
    run::{Call, ErrorReport, Limits, Observe, Outcome, RunReport, RunRequest, TestReport, TestRun},
    trace::Trace,
};
use bugdrill_sandbox::{Sandbox, SandboxConfig};
use serde_json::{Value as Json, json};
use tokio::sync::OnceCell;

pub(crate) use bugdrill_model::Language::{JavaScript, Python};

/// A configuration whose runners are this crate's own.
pub(crate) fn config() -> SandboxConfig {
    let mut config = SandboxConfig::new(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("compiled-guests"));
    config.runner_command = vec![env!("CARGO_BIN_EXE_bugdrill-sandbox-runner").into()];
    config.slots = 2;
    config
}

/// The sandbox that most tests use.
pub(crate) async fn sandbox() -> &'static Sandbox {
    static SANDBOX: OnceCell<Sandbox> = OnceCell::const_new();
    SANDBOX.get_or_init(|| async { Sandbox::start(config()).await.unwrap() }).await
}

/// A run under construction.
pub(crate) struct Run(pub(crate) RunRequest);

/// A run of `code`, which defines the function that `signature` tells of: `f(int[], int) int`, say.
pub(crate) fn run(language: Language, signature: &str, code: &str) -> Run {
    let (name, rest) = signature.split_once('(').unwrap();
    let (parameters, returns) = rest.rsplit_once(')').unwrap();
    let parameters: Vec<Json> = parameters
        .split(", ")
        .filter(|kind| !kind.is_empty())
        .enumerate()
        .map(|(index, kind)| json!({"name": format!("p{index}"), "type": kind}))
        .collect();
    let returns = returns.trim();
    with_signature(language, &json!({"function": name, "parameters": parameters, "returns": returns}), code)
}

/// A run of `code` with this signature.
pub(crate) fn with_signature(language: Language, signature: &Json, code: &str) -> Run {
    Run(RunRequest {
        language,
        code: code.to_owned(),
        signature: serde_json::from_value(signature.clone()).unwrap(),
        tests: Vec::new(),
        limits: Limits::default(),
        trace: false,
    })
}

impl Run {
    /// Adds a test of one call.
    pub(crate) fn test(mut self, arguments: Json) -> Self {
        let operation = self.0.signature.name().to_owned();
        self.0.tests.push(TestRun {
            calls: vec![Call { operation, arguments: serde_json::from_value(arguments).unwrap() }],
            sequence: false,
            observe: Observe::Return,
        });
        self
    }

    /// Adds a test of several calls, `[[operation, argument, …], …]`.
    pub(crate) fn sequence(mut self, calls: Json) -> Self {
        let calls: Vec<Vec<Json>> = serde_json::from_value(calls).unwrap();
        let calls = calls.into_iter().map(|call| Call {
            operation: call[0].as_str().unwrap().to_owned(),
            arguments: call[1..].iter().map(value).collect(),
        });
        self.0.tests.push(TestRun { calls: calls.collect(), sequence: true, observe: Observe::Return });
        self
    }

    /// Makes the tests report an argument.
    pub(crate) fn observing(mut self, argument: usize) -> Self {
        for test in &mut self.0.tests {
            test.observe = Observe::Argument(argument);
        }
        self
    }

    /// Changes the limits.
    pub(crate) fn limits(mut self, change: impl FnOnce(&mut Limits)) -> Self {
        change(&mut self.0.limits);
        self
    }

    /// The report.
    pub(crate) async fn report(self) -> RunReport {
        let tests = self.0.tests.len();
        let report = sandbox().await.run(self.0).await.unwrap();
        assert_eq!(report.tests.len(), tests);
        report
    }

    /// The report on the only test.
    pub(crate) async fn only(self) -> TestReport {
        let mut report = self.report().await;
        assert_eq!(report.tests.len(), 1);
        report.tests.remove(0)
    }

    /// The outcome of the only test.
    pub(crate) async fn outcome(self) -> Outcome {
        self.only().await.outcome
    }

    /// The outcomes of all tests.
    pub(crate) async fn outcomes(self) -> Vec<Outcome> {
        self.report().await.tests.into_iter().map(|test| test.outcome).collect()
    }

    /// The outcome and the trace of the only test.
    pub(crate) async fn traced(mut self) -> (Outcome, Trace) {
        self.0.trace = true;
        let mut report = self.report().await;
        (report.tests.remove(0).outcome, report.trace.unwrap())
    }

    /// The error that the only test raised.
    pub(crate) async fn error(self) -> ErrorReport {
        match self.outcome().await {
            Outcome::Raised(error) => error,
            other => panic!("nothing was raised: {other:?}"),
        }
    }
}

/// A value from its wire form.
pub(crate) fn value(json: &Json) -> Value {
    Value::from_json(json).unwrap()
}

/// The outcome that is this value.
pub(crate) fn returned(json: Json) -> Outcome {
    Outcome::Returned(value(&json))
}
