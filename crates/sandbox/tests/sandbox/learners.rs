//! What learners meet in Python that a native interpreter does otherwise, or not as clearly.

use bugdrill_model::run::Outcome;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::support::{JavaScript, Python, returned, run, value};

/// How the tests of a program end.
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Expected {
    /// As many tests as there are results.
    Returned {
        returned: Vec<Json>,
    },
    Raised {
        raised: String,
        message: String,
        line: Option<u32>,
    },
}

/// Runs the programs of a file, of which each defines `f()` behind a line that says what to expect. So many there are.
async fn run_programs(programs: &str) -> usize {
    let mut count = 0;
    for program in programs.split("# ---- ").skip(1) {
        let (title, rest) = program.split_once('\n').unwrap();
        let (expected, code) = rest.split_once('\n').unwrap();
        let expected: Expected = serde_json::from_str(expected.strip_prefix("# ").unwrap())
            .unwrap_or_else(|error| panic!("{title}: {error}"));
        let mut run = run(Python, "f() any", code);
        match expected {
            Expected::Returned { returned } => {
                for _ in &returned {
                    run = run.test(json!([]));
                }
                let expected: Vec<_> = returned.iter().map(|json| Outcome::Returned(value(json))).collect();
                assert_eq!(run.outcomes().await, expected, "{title}");
            }
            Expected::Raised { raised, message, line } => {
                let outcome = run.test(json!([])).outcome().await;
                let Outcome::Raised(error) = outcome else { panic!("{title}: {outcome:?}") };
                assert_eq!((error.kind, error.message, error.line), (raised, message, line), "{title}");
            }
        }
        count += 1;
    }
    count
}

#[tokio::test]
async fn deadlocks_say_what_they_are() {
    assert_eq!(run_programs(include_str!("learners/deadlocks.py")).await, 22);
}

#[tokio::test]
async fn what_a_test_patches_does_not_outlive_it() {
    assert_eq!(run_programs(include_str!("learners/patches.py")).await, 15);
}

#[tokio::test]
async fn results_and_surroundings_are_told_clearly() {
    assert_eq!(run_programs(include_str!("learners/results.py")).await, 17);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    code: String,
    /// What the compiler says. None where the code is right.
    message: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
}

#[tokio::test]
async fn characters_that_phones_type_are_named() {
    let cases: Vec<Typed> = serde_json::from_str(include_str!("learners/characters.json")).unwrap();
    for Typed { code, message, line, column } in cases {
        let outcome = run(Python, "f() any", &code).test(json!([])).outcome().await;
        match (outcome, message) {
            (Outcome::CompileError(error), Some(message)) => {
                assert_eq!((error.message, error.line, error.column), (message, line, column), "{code}");
                assert_eq!(error.kind, "SyntaxError", "{code}");
            }
            (Outcome::Returned(_), None) => {}
            (outcome, _) => panic!("{code}: {outcome:?}"),
        }
    }
}

#[tokio::test]
async fn arguments_with_default_values_may_be_left_out() {
    let signature = json!({
        "function": "add_all",
        "parameters": [
            {"name": "head", "type": "ListNode"},
            {"name": "step", "type": "int", "optional": true},
            {"name": "names", "type": "string[]", "optional": true},
        ],
        "returns": "any",
    });
    let python = "def add_all(head, step=10, names=None):\n    return [head.val, step, names or ['none']]";
    let javascript = "function addAll(head, step = 10, names = ['none']) { return [head.val, step, names]; }";
    for (language, code) in [(Python, python), (JavaScript, javascript)] {
        let run = crate::support::with_signature(language, &signature, code)
            .test(json!([[1]]))
            .test(json!([[1], 2]))
            .test(json!([[1], 2, ["a"]]))
            .sequence(json!([["add_all", [3]], ["add_all", [4], 5]]));
        let expected = [
            returned(json!([1, 10, ["none"]])),
            returned(json!([1, 2, ["none"]])),
            returned(json!([1, 2, ["a"]])),
            returned(json!([[3, 10, ["none"]], [4, 5, ["none"]]])),
        ];
        assert_eq!(run.outcomes().await, expected, "{language:?}");
        let too_few = crate::support::with_signature(language, &signature, code).test(json!([]));
        let error = crate::support::sandbox().await.run(too_few.0).await.unwrap_err().to_string();
        assert!(error.contains("`add_all` takes 1 to 3 arguments"), "{error}");
        // An argument that is left out cannot be reported.
        let unseen = crate::support::with_signature(language, &signature, code).test(json!([[1]])).observing(1);
        let error = crate::support::sandbox().await.run(unseen.0).await.unwrap_err().to_string();
        assert!(error.contains("no such argument to report"), "{error}");
    }
}
