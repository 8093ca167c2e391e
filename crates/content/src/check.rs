//! Proves exercises by running them.
//!
//! Reading finds what a person mistyped; this finds what a person got wrong: a reference that fails a test, references
//! that disagree, a bug that no test notices, a bug that behaves like its sibling. Content that does not pass is not
//! built.

use std::collections::{BTreeMap, HashMap};

use bugdrill_model::{
    BugType, CompareMode, Language, Parameter, Signature, TestCase, Type, Value, Verdict,
    judge::{JudgedRun, Task},
    run::{Call, Observe, Outcome, RunRequest, TestRun},
};
use bugdrill_sandbox::{Sandbox, SandboxError};
use futures::{StreamExt, TryStreamExt, stream};
use serde::Serialize;

use crate::library::{Bug, Exercise, Library};

/// How many inputs are generated for each exercise.
pub const GENERATED_INPUTS: usize = 40;

/// The evidence for a whole library.
#[derive(Debug, Serialize)]
pub struct CheckReport {
    /// One entry for each exercise, in the library's order.
    pub exercises: Vec<ExerciseReport>,
}

impl CheckReport {
    /// How many snippets were proven: those of exercises without a problem.
    pub fn proven_snippets(&self) -> usize {
        self.exercises.iter().filter(|exercise| exercise.problems.is_empty()).map(|exercise| exercise.bugs.len()).sum()
    }

    /// Whether there is no problem.
    pub fn is_proven(&self) -> bool {
        self.exercises.iter().all(|exercise| exercise.problems.is_empty())
    }
}

/// The evidence for an exercise.
#[derive(Debug, Serialize)]
pub struct ExerciseReport {
    /// The exercise.
    pub exercise: String,
    /// The number of tests.
    pub tests: usize,
    /// The number of generated inputs on which the references agree.
    pub generated: usize,
    /// What is wrong.
    pub problems: Vec<String>,
    /// One entry for each bug in each language.
    pub bugs: Vec<BugReport>,
}

/// The evidence for a bug in a language.
#[derive(Debug, Serialize)]
pub struct BugReport {
    /// The bug.
    pub bug: String,
    /// The language.
    pub language: Language,
    /// The tests that it fails, with their verdicts.
    pub failed: BTreeMap<String, Verdict>,
    /// The number of tests that it passes.
    pub passed: usize,
    /// The number of generated inputs on which it differs from the reference.
    pub differs: usize,
}

/// Checks all exercises of `library`, as many at a time as the sandbox has slots; `done` hears of each.
pub async fn check(
    library: &Library,
    sandbox: &Sandbox,
    done: impl Fn(&ExerciseReport),
) -> Result<CheckReport, SandboxError> {
    let exercises = stream::iter(&library.exercises)
        .map(|exercise| check_exercise(exercise, sandbox))
        .buffered(sandbox.slots().max(1))
        .inspect_ok(&done)
        .try_collect()
        .await?;
    Ok(CheckReport { exercises })
}

async fn check_exercise(exercise: &Exercise, sandbox: &Sandbox) -> Result<ExerciseReport, SandboxError> {
    let mut report = ExerciseReport {
        exercise: exercise.id.clone(),
        tests: exercise.task.tests.len(),
        generated: 0,
        problems: Vec::new(),
        bugs: Vec::new(),
    };
    for (language, code) in &exercise.references {
        let run = sandbox.judge(&exercise.task, *language, code).await?;
        for (test, judged) in exercise.task.tests.iter().zip(&run.tests) {
            if judged.verdict != Verdict::Accepted {
                let actual = judged.actual.as_ref().map_or_else(|| format!("{:?}", judged.error), Value::to_string);
                report.problems.push(format!(
                    "the {} reference fails `{}`: {:?}, {actual} instead of {}",
                    language.as_str(),
                    test.id,
                    judged.verdict,
                    test.expected
                ));
            }
        }
    }
    let Some(generated) = generated_task(exercise, sandbox, &mut report).await? else { return Ok(report) };
    report.generated = generated.tests.len();
    for (language, code) in &exercise.references {
        let run = sandbox.judge(&generated, *language, code).await?;
        for (test, judged) in generated.tests.iter().zip(&run.tests) {
            if judged.verdict != Verdict::Accepted {
                report.problems.push(format!(
                    "the references disagree on {}: {} in Python, {} in {}",
                    shown_input(test),
                    test.expected,
                    judged.actual.as_ref().map_or_else(|| format!("{:?}", judged.error), Value::to_string),
                    language.as_str(),
                ));
            }
        }
    }
    let mut signatures: HashMap<(Language, String), String> = HashMap::new();
    for bug in &exercise.bugs {
        let mut failed_in: BTreeMap<Language, Vec<String>> = BTreeMap::new();
        for (language, code) in &bug.code {
            let run = sandbox.judge(&exercise.task, *language, code).await?;
            let on_generated = sandbox.judge(&generated, *language, code).await?;
            let failed = check_bug(exercise, bug, *language, &run, &mut report.problems);
            let signature = signature_of(&run) + &signature_of(&on_generated);
            if let Some(sibling) = signatures.insert((*language, signature), bug.id.clone()) {
                report.problems.push(format!("`{}` behaves like `{sibling}` in {}", bug.id, language.as_str()));
            }
            let differs = on_generated.tests.len() - on_generated.passed();
            if differs == 0 {
                report.problems.push(format!("`{}` differs from the reference on no generated input", bug.id));
            }
            failed_in.insert(*language, failed.keys().cloned().collect());
            report.bugs.push(BugReport {
                bug: bug.id.clone(),
                language: *language,
                failed,
                passed: run.passed(),
                differs,
            });
        }
        let mut failed = failed_in.into_values();
        let first = failed.next();
        if failed.any(|other| Some(other) != first) {
            report.problems.push(format!("`{}` fails different tests in the two languages", bug.id));
        }
    }
    Ok(report)
}

/// The failed tests of a bug, after saying what is wrong with them.
fn check_bug(
    exercise: &Exercise,
    bug: &Bug,
    language: Language,
    run: &JudgedRun,
    problems: &mut Vec<String>,
) -> BTreeMap<String, Verdict> {
    let failed: Vec<_> = exercise
        .task
        .tests
        .iter()
        .zip(&run.tests)
        .filter(|(_, judged)| judged.verdict != Verdict::Accepted)
        .map(|(test, judged)| (test, judged.verdict))
        .collect();
    let mut problem = |text: &str| problems.push(format!("`{}` in {}: {text}", bug.id, language.as_str()));
    if failed.iter().all(|(test, _)| test.hidden) {
        problem("no visible test fails");
    }
    if run.passed() == 0 {
        problem("every test fails");
    }
    let ended_by_limit = failed.iter().filter(|(_, verdict)| {
        !matches!(verdict, Verdict::WrongAnswer | Verdict::RuntimeError | Verdict::CompileError)
    });
    // A second time limit would end the run, and the tests after it would tell the learner nothing.
    let allowed = usize::from(bug.kind() == BugType::InfiniteLoop);
    if ended_by_limit.count() > allowed {
        problem("tests end at a limit");
    }
    if failed.iter().any(|(_, verdict)| *verdict == Verdict::CompileError) {
        problem("it does not parse");
    }
    failed.into_iter().map(|(test, verdict)| (test.id.clone(), verdict)).collect()
}

/// What a run did, as text: two bugs with the same text cannot be told apart.
fn signature_of(run: &JudgedRun) -> String {
    let outcomes: Vec<_> = run
        .tests
        .iter()
        .map(|test| (test.verdict, test.error.as_ref().map(|error| &error.kind), &test.actual))
        .collect();
    format!("{outcomes:?}")
}

/// The exercise with generated inputs in place of its tests, and the Python reference's answers as the expected ones.
async fn generated_task(
    exercise: &Exercise,
    sandbox: &Sandbox,
    report: &mut ExerciseReport,
) -> Result<Option<Task>, SandboxError> {
    let seeds = (0..GENERATED_INPUTS).map(|seed| TestRun {
        calls: vec![Call { operation: "generate".into(), arguments: vec![Value::Integer(seed.into())] }],
        sequence: false,
        observe: Observe::Return,
    });
    let request = RunRequest {
        language: Language::Python,
        code: exercise.generator.clone(),
        signature: Signature::Function {
            function: "generate".into(),
            parameters: vec![Parameter::required("seed", Type::Int)],
            returns: Type::Any,
        },
        tests: seeds.collect(),
        limits: exercise.task.limits,
        trace: false,
    };
    let mut tests = Vec::new();
    for (seed, generated) in sandbox.run(request).await?.tests.into_iter().enumerate() {
        match generated.outcome {
            Outcome::Returned(value) => match test_of(seed, &value) {
                Some(test) => tests.push(test),
                None => report.problems.push(format!("generate({seed}) gives neither an input nor calls: {value}")),
            },
            other => report.problems.push(format!("generate({seed}) fails: {other:?}")),
        }
    }
    let mut task = Task { tests, ..exercise.task.clone() };
    let reference = &exercise.references[&Language::Python];
    let request = match task.request(Language::Python, reference) {
        Ok(request) => request,
        Err(error) => {
            report.problems.push(format!("a generated {error}"));
            return Ok(None);
        }
    };
    let answers = sandbox.run(request).await?;
    for (test, answer) in task.tests.iter_mut().zip(answers.tests) {
        match answer.outcome {
            Outcome::Returned(value) if task.comparison.mode == CompareMode::OneOf => {
                test.expected = Value::List(vec![value]);
            }
            Outcome::Returned(value) => test.expected = value,
            other => report.problems.push(format!("the Python reference fails on {}: {other:?}", shown_input(test))),
        }
    }
    Ok(Some(task))
}

fn test_of(seed: usize, value: &Value) -> Option<TestCase> {
    let mut test = TestCase {
        id: format!("generated-{seed}"),
        input: None,
        calls: None,
        expected: Value::Null,
        hidden: false,
        note: None,
    };
    match value.to_json() {
        serde_json::Value::Object(input) => test.input = Some(input),
        calls @ serde_json::Value::Array(_) => test.calls = serde_json::from_value(calls).ok(),
        _ => {}
    }
    (test.input.is_some() || test.calls.is_some()).then_some(test)
}

fn shown_input(test: &TestCase) -> String {
    match (&test.input, &test.calls) {
        (Some(input), _) => serde_json::to_string(input).unwrap_or_default(),
        (_, calls) => serde_json::to_string(calls).unwrap_or_default(),
    }
}
