//! A small content pack, in which everything that learners must not see has a text that is easy to look for.

use bugdrill_model::content::{Pack, Pattern, Snippet};
use serde_json::{Value, json};
use uuid::Uuid;

/// Python; adds numbers; two visible tests with a hidden one before each.
pub(crate) const SUM: &str = "sum-1-python";
/// The same in JavaScript.
pub(crate) const SUM_JS: &str = "sum-1-javascript";
/// JavaScript; a pair of indexes, judged by a checker.
pub(crate) const PAIR: &str = "pair-1-javascript";
/// Python; a class.
pub(crate) const TALLY: &str = "tally-1-python";

/// The slugs of ten more snippets, alike but for their names.
pub(crate) fn fillers() -> Vec<String> {
    (1..=10).map(|number| format!("filler-{number}-python")).collect()
}

/// Fixes [`SUM`] by changing one token.
pub(crate) const SUM_FIXED: &str =
    "def sum_up(numbers):\n    result = 0\n    for number in numbers:\n        result += number\n    return result\n";
/// The code of [`SUM`] as it comes, which fails every test.
pub(crate) const SUM_BUGGY: &str =
    "def sum_up(numbers):\n    result = 1\n    for number in numbers:\n        result += number\n    return result\n";
/// Code for [`SUM`] that does not end.
pub(crate) const SUM_ENDLESS: &str = "def sum_up(numbers):\n    while True:\n        pass\n";
/// Solves [`SUM`] by far more edits than the bug needs.
pub(crate) const SUM_REWRITTEN: &str = "def sum_up(numbers):\n    def inner(rest, so_far):\n        if not rest:\n            return so_far\n        return inner(rest[1:], so_far + rest[0])\n    return inner(list(numbers), 0)\n";
/// Fixes [`SUM_JS`].
pub(crate) const SUM_JS_FIXED: &str = "function sumUp(numbers) {\n  let result = 0;\n  for (const number of numbers) result += number;\n  return result;\n}\n";
/// Fixes [`PAIR`], with indexes in another order than the expected answer has them.
pub(crate) const PAIR_FIXED: &str = "function findPair(numbers, target) {\n  for (let i = 0; i < numbers.length; i++)\n    for (let j = 0; j < i; j++) if (numbers[i] + numbers[j] === target) return [i, j];\n  return [];\n}\n";
/// Fixes [`TALLY`].
pub(crate) const TALLY_FIXED: &str = "class Tally:\n    def __init__(self):\n        self.sum = 0\n\n    def add(self, value):\n        self.sum += value\n\n    def total(self):\n        return self.sum\n";

/// Texts that nobody may see before a snippet is solved or given up. Hints are listed on their own.
pub(crate) const SOLUTION: [&str; 7] = [
    "SECRET-CORRECT-CODE",
    "SECRET-EXPLANATION",
    "SECRET-QUESTION",
    "SECRET-RIGHT-CHOICE",
    "SECRET-WRONG-CHOICE",
    "secret-bug-id",
    "wrong_initial_value",
];
/// The hints, in order.
pub(crate) const HINTS: [&str; 3] = ["SECRET-HINT-1", "SECRET-HINT-2", "SECRET-HINT-3"];
/// Texts of hidden tests, which nobody may see at all.
pub(crate) const HIDDEN: [&str; 5] = ["918273", "918274", "secret-hidden-test", "SECRET-NOTE", "SECRET-CHECKER"];

/// The pack.
pub(crate) fn pack() -> Pack {
    let mut snippets = vec![
        snippet(SUM, 1, 1, &sum("python", SUM_BUGGY)),
        snippet(
            SUM_JS,
            1,
            2,
            &sum(
                "javascript",
                "function sumUp(numbers) {\n  let result = 1;\n  for (const number of numbers) result += number;\n  return result;\n}\n",
            ),
        ),
        snippet(PAIR, 1, 3, &pair()),
        snippet(TALLY, 2, 1, &tally()),
    ];
    for (position, slug) in (2..).zip(&fillers()) {
        snippets.push(snippet(slug, 2, position, &sum("python", SUM_BUGGY)));
    }
    Pack { patterns: vec![pattern(1, "running-total"), pattern(2, "design")], snippets }
}

fn pattern(id: i32, slug: &str) -> Pattern {
    serde_json::from_value(json!({
        "id": id,
        "slug": slug,
        "name": format!("Pattern {id}"),
        "order": id,
        "description": "One sentence.",
        "introduction": "When to *recognise* it.",
        "template": {"python": "for x in xs: ...", "javascript": "for (const x of xs) {}"},
    }))
    .unwrap()
}

/// The id of the snippet with this slug.
pub(crate) fn id_of(slug: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, slug.as_bytes())
}

/// A snippet: what all have, and `own`.
fn snippet(slug: &str, pattern_id: i32, position: i32, own: &Value) -> Snippet {
    let mut all = json!({
        "id": id_of(slug),
        "slug": slug,
        "exercise_id": slug.rsplit_once('-').map(|(exercise, _)| exercise),
        "bug_id": "secret-bug-id",
        "pattern_id": pattern_id,
        "position": position,
        "title": "An exercise, 1 of 1",
        "description": "What it has to do.",
        "difficulty": "beginner",
        "bug_type": "wrong_initial_value",
        "explanation": "SECRET-EXPLANATION",
        "hints": HINTS,
        "why_question": {
            "question": "SECRET-QUESTION",
            "choices": ["SECRET-RIGHT-CHOICE", "SECRET-WRONG-CHOICE-1", "SECRET-WRONG-CHOICE-2"],
        },
        "edit_budget": 4,
        "time_estimate_minutes": 3,
    });
    let members = all.as_object_mut().unwrap();
    members.extend(own.as_object().unwrap().clone());
    serde_json::from_value(all).unwrap()
}

fn sum(language: &str, buggy_code: &str) -> Value {
    json!({
        "language": language,
        "correct_code": "# SECRET-CORRECT-CODE",
        "buggy_code": buggy_code,
        "task": {
            "signature": {
                "function": "sum_up",
                "parameters": [{"name": "numbers", "type": "int[]"}],
                "returns": "int",
            },
            "tests": [
                {"id": "secret-hidden-test-1", "input": {"numbers": [918_273]}, "expected": 918_273, "hidden": true},
                {"id": "several", "input": {"numbers": [1, 2, 3]}, "expected": 6, "note": "Adds all of them."},
                {
                    "id": "secret-hidden-test-2", "input": {"numbers": [918_273, 1]}, "expected": 918_274,
                    "hidden": true, "note": "SECRET-NOTE",
                },
                {"id": "one", "input": {"numbers": [7]}, "expected": 7},
            ],
        },
    })
}

fn pair() -> Value {
    json!({
        "language": "javascript",
        "correct_code": "// SECRET-CORRECT-CODE",
        "buggy_code": PAIR_FIXED.replace("[i, j]", "[j, j]"),
        "task": {
            "signature": {
                "function": "find_pair",
                "parameters": [{"name": "numbers", "type": "int[]"}, {"name": "target", "type": "int"}],
                "returns": "int[]",
            },
            "comparison": {"mode": "checker"},
            "checker": "# SECRET-CHECKER\ndef check(input, expected, actual):\n    if len(actual) != 2 or actual[0] == actual[1]:\n        return False\n    return sum(input['numbers'][index] for index in actual) == input['target']\n",
            "tests": [
                {"id": "two answers", "input": {"numbers": [1, 2, 3, 4], "target": 5}, "expected": [0, 3]},
                {
                    "id": "secret-hidden-test", "input": {"numbers": [918_273, 1], "target": 918_274},
                    "expected": [0, 1], "hidden": true,
                },
            ],
        },
    })
}

fn tally() -> Value {
    json!({
        "language": "python",
        "correct_code": "# SECRET-CORRECT-CODE",
        "buggy_code": TALLY_FIXED.replace("+=", "="),
        "task": {
            "signature": {
                "class": "Tally",
                "methods": [
                    {"name": "add", "parameters": [{"name": "value", "type": "int"}], "returns": "void"},
                    {"name": "total", "returns": "int"},
                ],
            },
            "tests": [
                {"id": "adds", "calls": [["Tally"], ["add", 1], ["add", 2], ["total"]], "expected": [null, null, null, 3]},
                {
                    "id": "secret-hidden-test", "calls": [["Tally"], ["add", 918_273], ["add", 1], ["total"]],
                    "expected": [null, null, null, 918_274], "hidden": true,
                },
            ],
        },
    })
}
