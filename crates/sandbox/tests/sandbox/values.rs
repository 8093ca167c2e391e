//! The wire forms of values, by the vectors that all readers and writers share.

use bugdrill_model::{Value, run::Outcome};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::support::{JavaScript, Python, returned, run, value};

#[derive(Deserialize)]
struct Vectors {
    round_trips: Vec<RoundTrip>,
    results: Vec<Expression>,
    refused: Vec<Json>,
}

#[derive(Deserialize)]
struct RoundTrip {
    #[serde(rename = "type")]
    kind: String,
    value: Json,
}

#[derive(Deserialize)]
struct Expression {
    python: Option<String>,
    javascript: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    result: Json,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../../model/vectors/values.json")).unwrap()
}

#[test]
fn the_host_writes_what_it_reads() {
    for vector in vectors().round_trips {
        assert_eq!(value(&vector.value).to_json(), vector.value);
    }
    for vector in vectors().refused {
        assert!(Value::from_json(&vector).is_err(), "{vector}");
    }
}

#[tokio::test]
async fn guests_return_what_they_get() {
    for (language, code) in
        [(Python, "def same(value):\n    return value"), (JavaScript, "const same = (value) => value;")]
    {
        for vector in vectors().round_trips {
            let signature = format!("same({0}) {0}", vector.kind);
            let outcome = run(language, &signature, code).test(json!([vector.value])).outcome().await;
            assert_eq!(outcome, returned(vector.value.clone()), "{language:?} {signature}");
            // Equal values may differ in their kind, `2` and `2.0`: not here. A set has no order to compare.
            let Outcome::Returned(result) = outcome else { unreachable!() };
            if !vector.kind.starts_with("set") {
                assert_eq!(result.to_json(), vector.value, "{language:?} {signature}");
            }
        }
    }
}

#[tokio::test]
async fn results_become_the_wire_form() {
    for vector in vectors().results {
        let signature = format!("make() {}", vector.kind);
        let python = vector.python.map(|code| (Python, format!("def make():\n    return {code}")));
        let javascript = vector.javascript.map(|code| (JavaScript, format!("function make() {{ return {code}; }}")));
        for (language, code) in python.into_iter().chain(javascript) {
            let outcome = run(language, &signature, &code).test(json!([])).outcome().await;
            assert_eq!(outcome, returned(vector.result.clone()), "{language:?} {code}");
        }
    }
}

#[tokio::test]
async fn arguments_have_the_types_that_learners_expect() {
    let python = "def kinds(a, b, c, d, e, f):
    return [type(x).__name__ for x in (a, b, c, d, e, f)]";
    let javascript = "function kinds(...values) {
  return values.map((value) => typeof value === 'object' ? value.constructor.name : typeof value);
}";
    let signature = "kinds(ListNode, TreeNode, set<int>, map<string,int>, map<int,int>, int) string[]";
    let arguments = json!([[1], [1], {"$set": [1]}, {"a": 1}, {"$map": [[1, 1]]}, {"$int": "9007199254740993"}]);
    let kinds = run(Python, signature, python).test(arguments.clone()).outcome().await;
    assert_eq!(kinds, returned(json!(["ListNode", "TreeNode", "set", "dict", "dict", "int"])));
    let kinds = run(JavaScript, signature, javascript).test(arguments).outcome().await;
    assert_eq!(kinds, returned(json!(["ListNode", "TreeNode", "Set", "Object", "Map", "bigint"])));
}

#[tokio::test]
async fn lists_and_trees_are_walked_without_recursion() {
    let length = 20_000;
    let values: Vec<u32> = (0..length).collect();
    // A tree that is a line to the right: a value, then the missing left child of the node above.
    let line: Vec<Json> = (0..length).flat_map(|value| [Json::Null, json!(value)]).skip(1).collect();
    for (language, code) in
        [(Python, "def same(value):\n    return value"), (JavaScript, "const same = (value) => value;")]
    {
        for (kind, values) in [("ListNode", json!(values)), ("TreeNode", json!(line))] {
            let signature = format!("same({kind}) {kind}");
            let outcome = run(language, &signature, code).test(json!([values])).outcome().await;
            assert_eq!(outcome, returned(values), "{language:?} {kind}");
        }
    }
}

#[tokio::test]
async fn results_without_a_wire_form_say_why() {
    let cases = [
        (Python, "ListNode", "[1, 2]", "expected a ListNode, found a value of type list"),
        (JavaScript, "ListNode", "[1, 2]", "expected a ListNode, found an array"),
        (Python, "ListNode", "ListNode(1, 2)", "expected a ListNode, found a value of type int"),
        (JavaScript, "ListNode", "new ListNode(1, 2)", "expected a ListNode, found a number"),
        (Python, "TreeNode", "(lambda t: [setattr(t, 'left', t), t][1])(TreeNode(1))", "reaches a node twice"),
        (JavaScript, "TreeNode", "((t) => (t.left = t))(new TreeNode(1))", "reaches a node twice"),
        (Python, "any", "object()", "a value of type object"),
        (Python, "any", "lambda: 1", "a value of type function"),
        (JavaScript, "any", "() => 1", "contains a function"),
        (JavaScript, "any", "new Date(0)", "contains a Date"),
        (JavaScript, "any", "[Promise.resolve(1)]", "contains a Promise"),
        (JavaScript, "any", "new Promise(() => {})", "never settled"),
        (Python, "any", "__import__('functools').reduce(lambda x, _: [x], range(200), 0)", "100 levels"),
        (JavaScript, "any", "Array(200).fill(0).reduce((x) => [x], 0)", "100 levels"),
        (Python, "any", "(lambda x: [x.append(x), x][1])([])", "100 levels"),
        (JavaScript, "any", "((x) => (x.push(x), x))([])", "100 levels"),
    ];
    for (language, kind, code, message) in cases {
        let wrapped = match language {
            Python => format!("def make():\n    return {code}"),
            JavaScript => format!("function make() {{ return {code}; }}"),
        };
        let error = run(language, &format!("make() {kind}"), &wrapped).test(json!([])).error().await;
        assert_eq!(error.kind, "InvalidResult", "{code}");
        assert!(error.message.contains(message), "{code}: {}", error.message);
    }
}
