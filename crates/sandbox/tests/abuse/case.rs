//! The cases, and what is expected of them.

use std::{fs, path::Path};

use bugdrill_model::{
    Language, Verdict,
    judge::{JudgedRun, Task},
    run::{Limits, MAX_CODE_CHARACTERS},
};
use serde_json::{Value as Json, json};

/// A program, and how its run has to end.
pub(crate) struct Case {
    /// The file, below `abuse/`.
    pub(crate) name: String,
    /// The folder that it is in.
    pub(crate) group: String,
    /// The language of the program.
    pub(crate) language: Language,
    /// The program: the file without its header, to the byte.
    pub(crate) code: String,
    /// `solve` with its tests.
    pub(crate) task: Task,
    expected: Vec<Verdict>,
}

/// All cases, sorted by name.
pub(crate) fn all() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("abuse");
    let mut cases = Vec::new();
    for language in Language::ALL {
        for group in entries(&root.join(language.as_str())) {
            cases.extend(entries(&group).iter().map(|file| read(&root, file, language)));
        }
    }
    cases
}

/// The cases of a group.
pub(crate) fn of_group(group: &str) -> Vec<Case> {
    all().into_iter().filter(|case| case.group == group).collect()
}

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

/// Reads a case. Its header is made of the lines at its beginning that look like these:
///
/// ```text
/// # @SAYS@ what is tried
/// # @EXPECTED@ time_limit | memory_limit
/// # @LIMITS@ {"memory_bytes": 50331648}
/// ```
///
/// with `//` in JavaScript. More than one verdict is expected only where each of them is right.
fn read(root: &Path, file: &Path, language: Language) -> Case {
    let name = file.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    let comment = match language {
        Language::Python => "# @",
        Language::JavaScript => "// @",
    };
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{name}: {error}"));
    let (mut code, mut says, mut expected, mut limits) = (text.as_str(), "", Vec::new(), json!({}));
    while let Some(rest) = code.strip_prefix(comment) {
        let (line, rest) = rest.split_once('\n').unwrap();
        code = rest;
        match line.split_once("@ ").unwrap() {
            ("SAYS", text) => says = text,
            ("EXPECTED", verdicts) => {
                expected = verdicts.split(" | ").map(|verdict| verdict_of(&name, verdict)).collect();
            }
            ("LIMITS", text) => limits = serde_json::from_str(text).unwrap(),
            (other, _) => panic!("{name}: what is {other}?"),
        }
    }
    assert!(!says.is_empty() && !expected.is_empty(), "{name}: the header is incomplete");
    assert!(!expected.contains(&Verdict::InternalError), "{name}: no case may end by our own fault");
    assert!(code.chars().count() <= MAX_CODE_CHARACTERS, "{name}: the code is too long");
    let group = file.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
    Case { name, group, language, code: code.to_owned(), task: task(&limits), expected }
}

fn verdict_of(name: &str, verdict: &str) -> Verdict {
    serde_json::from_value(json!(verdict)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What every case has to solve: the sum of a list. Its limits are low, so that those who reach them do so soon.
fn task(changed: &Json) -> Task {
    let mut limits = json!({"test_cpu_ms": 100});
    limits.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
    serde_json::from_value(json!({
        "signature": {"function": "solve", "parameters": [{"name": "value", "type": "int[]"}], "returns": "any"},
        "tests": [
            {"id": "first", "input": {"value": [1, 2, 3]}, "expected": 6},
            {"id": "last", "input": {"value": [10, 20]}, "expected": 30, "hidden": true},
        ],
        "limits": limits,
    }))
    .unwrap()
}

impl Case {
    /// What is wrong with this end of its run.
    pub(crate) fn faults(&self, run: &JudgedRun) -> Vec<String> {
        let Limits { test_cpu_ms, stdout_bytes, stderr_bytes, memory_bytes, .. } = self.task.limits;
        let mut faults = Vec::new();
        if !self.expected.contains(&run.verdict) {
            let ends: Vec<_> = run.tests.iter().map(|test| (test.verdict, &test.actual, &test.error)).collect();
            faults.push(format!("expected {:?}, not {:?}: {ends:?}", self.expected, run.verdict));
        }
        if run.tests.len() != self.task.tests.len() {
            faults.push(format!("a report on {} tests", run.tests.len()));
        }
        // An engine looks at a running program every now and then, and has work of its own to do.
        let cpu_ms = run.cpu_us / 1_000;
        if cpu_ms > 2 * u64::from(test_cpu_ms) + 500 {
            faults.push(format!("{cpu_ms} ms of CPU time for two tests of {test_cpu_ms} ms"));
        }
        if run.peak_memory_bytes > u64::from(memory_bytes) {
            faults.push(format!("{} bytes of memory", run.peak_memory_bytes));
        }
        if run.stderr.len() > stderr_bytes as usize
            || run.tests.iter().any(|test| test.stdout.len() > stdout_bytes as usize)
        {
            faults.push("more output than the limit".to_owned());
        }
        for error in run.tests.iter().filter_map(|test| test.error.as_ref()) {
            let characters = |text: &str| text.chars().count();
            if characters(&error.kind) > 100
                || characters(&error.message) > 2_000
                || characters(&error.traceback) > 20_000
            {
                faults.push("a longer description of an error than allowed".to_owned());
            }
        }
        let report = serde_json::to_string(run).unwrap();
        for secret in secrets() {
            if report.contains(&secret) {
                faults.push(format!("it knows of {secret}"));
            }
        }
        faults
    }
}

/// What no program may find out about its host.
fn secrets() -> impl Iterator<Item = String> {
    let names = ["PATH", "HOME", "CARGO_MANIFEST_DIR", "CARGO_PKG_NAME", "HOSTNAME"];
    let folder = std::env::current_dir().unwrap().display().to_string();
    // A value such as `/root` is no secret by itself.
    names.into_iter().filter_map(|name| std::env::var(name).ok()).filter(|value| value.len() > 10).chain([folder])
}
