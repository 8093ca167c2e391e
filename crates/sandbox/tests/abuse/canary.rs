//! Programs of known outcome, which tell whether an engine is well.

use bugdrill_model::{Language, Value, Verdict, judge::Task};
use serde_json::json;

use crate::engine::Engine;

/// How many programs are run to find the faults of an engine: in each language a right one, a wrong one, and one that
/// looks around.
pub(crate) const PROGRAMS: usize = 3 * Language::ALL.len();

/// How an engine looks while it is well.
pub(crate) struct Health {
    /// What programs see around them, by language.
    surroundings: Vec<Value>,
}

impl Health {
    /// The state of an engine that has run nothing else yet.
    pub(crate) async fn of(engine: &impl Engine) -> Self {
        let mut surroundings = Vec::new();
        for language in Language::ALL {
            surroundings.push(look_around(engine, language).await.unwrap());
        }
        let health = Self { surroundings };
        let faults = health.faults(engine).await;
        assert!(faults.is_empty(), "the engine is broken from the start: {faults:?}");
        health
    }

    /// What is wrong with the engine now.
    pub(crate) async fn faults(&self, engine: &impl Engine) -> Vec<String> {
        let mut faults = Vec::new();
        for (language, before) in Language::ALL.into_iter().zip(&self.surroundings) {
            let (right, wrong) = programs(language);
            for (code, expected) in [(right, Verdict::Accepted), (wrong, Verdict::WrongAnswer)] {
                let run = engine.judge(&task(), language, code).await;
                let clean = run.stderr.is_empty() && run.tests.iter().all(|test| test.stdout.is_empty());
                if run.tests.iter().any(|test| test.verdict != expected) || !clean {
                    faults.push(format!("the canary in {language:?} should be {expected:?}: {run:?}"));
                }
            }
            match look_around(engine, language).await {
                Ok(now) if now == *before => {}
                Ok(now) => faults.push(format!("{language:?} has other surroundings: {}", difference(before, &now))),
                Err(fault) => faults.push(fault),
            }
        }
        faults
    }
}

fn task() -> Task {
    serde_json::from_value(json!({
        "signature": {"function": "canary", "parameters": [{"name": "words", "type": "string[]"}], "returns": "map<string,int>"},
        "tests": [
            {"id": "some", "input": {"words": ["a", "b", "a"]}, "expected": {"a": 2, "b": 1}},
            {"id": "one", "input": {"words": ["c"]}, "expected": {"c": 1}},
        ],
        "limits": {"test_cpu_ms": 2_000},
    }))
    .unwrap()
}

/// A right program and a wrong one.
fn programs(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::Python => (
            "from collections import Counter\ndef canary(words):\n    return dict(Counter(sorted(words)))",
            "def canary(words):\n    return {word: 9 for word in words}",
        ),
        Language::JavaScript => (
            "const canary = (words) => words.reduce((all, word) => ({ ...all, [word]: (all[word] ?? 0) + 1 }), {});",
            "function canary(words) { return Object.fromEntries(words.map((word) => [word, 9])); }",
        ),
    }
}

/// A description of all that a program finds when it starts.
async fn look_around(engine: &impl Engine, language: Language) -> Result<Value, String> {
    let code = match language {
        Language::Python => include_str!("canaries/surroundings.py"),
        Language::JavaScript => include_str!("canaries/surroundings.js"),
    };
    let task: Task = serde_json::from_value(json!({
        "signature": {"function": "surroundings", "parameters": [], "returns": "map<string,any>"},
        "tests": [{"id": "only", "input": {}, "expected": null}],
        "limits": {"test_cpu_ms": 2_000},
    }))
    .unwrap();
    let run = engine.judge(&task, language, code).await;
    run.tests[0].actual.clone().ok_or_else(|| format!("no canary in {language:?} can look around: {run:?}"))
}

/// Some of what differs.
fn difference(before: &Value, now: &Value) -> String {
    let (before, now) = (before.to_json(), now.to_json());
    let names = [&before, &now].into_iter().filter_map(|found| found.as_object()).flat_map(serde_json::Map::keys);
    let differing = names.filter(|name| before.get(name.as_str()) != now.get(name.as_str()));
    let told: Vec<String> =
        differing.take(5).map(|name| format!("{name}: {:?} -> {:?}", before.get(name), now.get(name))).collect();
    told.join("; ")
}
