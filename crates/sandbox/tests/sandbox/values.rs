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
    let python = "def kinds(*values):\n    return [type(x).__name__ for x in values]";
    let javascript = "function kinds(...values) {
  return values.map((value) => typeof value === 'object' ? value?.constructor.name ?? null : typeof value);
}";
    let cases = [
        ("ListNode", json!([1]), "ListNode", json!("ListNode")),
        ("TreeNode", json!([1]), "TreeNode", json!("TreeNode")),
        ("GraphNode", json!([[1, []]]), "GraphNode", json!("GraphNode")),
        ("ListNode", json!([]), "NoneType", json!(null)),
        ("TreeNode?", json!([]), "NoneType", json!(null)),
        ("GraphNode", json!([]), "NoneType", json!(null)),
        ("ListNode", json!(null), "NoneType", json!(null)),
        ("int", json!(null), "NoneType", json!(null)),
        ("bool", json!(true), "bool", json!("boolean")),
        ("int", json!(1), "int", json!("number")),
        ("int", json!({"$int": "9007199254740993"}), "int", json!("bigint")),
        ("int", json!(1.5), "float", json!("number")),
        ("float", json!({"$float": "NaN"}), "float", json!("number")),
        ("string", json!("a"), "str", json!("string")),
        ("int[]", json!([1]), "list", json!("Array")),
        ("map<string,int>", json!({"a": 1}), "dict", json!("Object")),
        ("map<int,int>", json!({"$map": [[1, 1]]}), "dict", json!("Map")),
        ("map<int,ListNode>", json!({"$map": [[1, [1]]]}), "dict", json!("Map")),
        ("set<int>", json!({"$set": [1]}), "set", json!("Set")),
    ];
    let signature = format!("kinds({}) any[]", cases.each_ref().map(|case| case.0).join(", "));
    let arguments = json!(cases.each_ref().map(|case| &case.1));
    let kinds = run(Python, &signature, python).test(arguments.clone()).outcome().await;
    assert_eq!(kinds, returned(json!(cases.each_ref().map(|case| case.2))));
    let kinds = run(JavaScript, &signature, javascript).test(arguments).outcome().await;
    assert_eq!(kinds, returned(json!(cases.each_ref().map(|case| &case.3))));
}

#[tokio::test]
async fn lists_in_keys_and_sets_are_tuples_in_python() {
    let code = "def f(a, b):
    return [[type(x).__name__ for x in a], [type(x[1]).__name__ for x in b]]";
    let arguments = json!([{"$set": [[1]]}, {"$map": [[[1, [2]], 3]]}]);
    let outcome = run(Python, "f(any, any) any", code).test(arguments).outcome().await;
    assert_eq!(outcome, returned(json!([["tuple"], ["tuple"]])));
}

#[tokio::test]
async fn graphs_are_made_of_the_nodes_that_they_tell() {
    // A directed graph: 1 -> 2, 1 -> 2, 1 -> 1, 2 -> 3.
    let graph = json!([[1, [1, 1, 0]], [2, [2]], [3, []]]);
    let python = "def f(node):
    two = node.neighbors[0]
    return [two is node.neighbors[1], node.neighbors[2] is node, two.neighbors[0].val, two.neighbors[0].neighbors]";
    let javascript = "function f(node) {
  const [two, again, self] = node.neighbors;
  return [two === again, self === node, two.neighbors[0].val, two.neighbors[0].neighbors];
}";
    for (language, code) in [(Python, python), (JavaScript, javascript)] {
        let outcome = run(language, "f(GraphNode) any", code).test(json!([graph])).outcome().await;
        assert_eq!(outcome, returned(json!([true, true, 3, []])), "{language:?}");
    }
    // What is reported is what the node reaches after the call.
    for (language, code) in [
        (Python, "def f(node):\n    node.neighbors = [node.neighbors[0].neighbors[0]]"),
        (JavaScript, "function f(node) { node.neighbors = [node.neighbors[0].neighbors[0]]; }"),
    ] {
        let outcome = run(language, "f(GraphNode) void", code).test(json!([graph])).observing(0).outcome().await;
        assert_eq!(outcome, returned(json!([[1, [1]], [3, []]])), "{language:?}");
    }
}

#[tokio::test]
async fn what_a_function_promises_is_awaited() {
    for (language, code) in [
        (Python, "async def f(n):\n    return [n]"),
        (
            Python,
            "import asyncio\nasync def f(n):\n    await asyncio.sleep(0.001)\n    return await g(n)\nasync def g(n):\n    return (n,)",
        ),
        (JavaScript, "async function f(n) { return [n]; }"),
        (JavaScript, "const f = (n) => new Promise((resolve) => resolve([n]));"),
        // Only what is inside a promise is asked for its `then`, by the language itself.
        (JavaScript, "const f = async (n) => ({ then: (resolve) => resolve([n]) });"),
    ] {
        let outcome = run(language, "f(int) int[]", code).test(json!([1])).outcome().await;
        assert_eq!(outcome, returned(json!([1])), "{code}");
    }
    for (language, code, kind, message) in [
        (Python, "async def f(n):\n    raise KeyError(n)", "KeyError", "1"),
        (JavaScript, "async function f(n) { throw new RangeError(`bad ${n}`); }", "RangeError", "bad 1"),
        (JavaScript, "const f = (n) => Promise.reject(new TypeError('no'));", "TypeError", "no"),
        (JavaScript, "const f = (n) => Promise.reject('no error');", "Uncaught", "'no error'"),
        (JavaScript, "const f = (n) => ({ then: (resolve) => resolve(n) });", "InvalidResult", "contains a function"),
    ] {
        let error = run(language, "f(int) any", code).test(json!([1])).error().await;
        assert_eq!((error.kind.as_str(), error.message.as_str().contains(message)), (kind, true), "{code}: {error:?}");
    }
}

#[tokio::test]
async fn integers_have_a_largest_length() {
    for (language, code) in [
        (Python, "def f(digits, sign):\n    return sign * (10 ** digits - 1)"),
        (JavaScript, "const f = (digits, sign) => BigInt(sign) * (10n ** BigInt(digits) - 1n);"),
    ] {
        for (sign, name) in [(1, ""), (-1, "-")] {
            let test = |digits: u32| run(language, "f(int, int) int", code).test(json!([digits, sign]));
            let largest = json!({"$int": format!("{name}{}", "9".repeat(10_000))});
            assert_eq!(test(10_000).outcome().await, returned(largest), "{language:?}");
            assert_eq!(test(10_001).outcome().await, Outcome::OutputLimit, "{language:?}");
        }
    }
}

#[tokio::test]
async fn nodes_are_walked_without_recursion() {
    let length = 20_000;
    let values: Vec<u32> = (0..length).collect();
    // A tree that is a line to the right: a value, then the missing left child of the node above.
    let line: Vec<Json> = (0..length).flat_map(|value| [Json::Null, json!(value)]).skip(1).collect();
    let circle: Vec<Json> = (0..length).map(|value| json!([value, [(value + 1) % length]])).collect();
    for (language, code) in
        [(Python, "def same(value):\n    return value"), (JavaScript, "const same = (value) => value;")]
    {
        for (kind, values) in [("ListNode", json!(values)), ("TreeNode", json!(line)), ("GraphNode", json!(circle))] {
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
        (JavaScript, "TreeNode", "new TreeNode(1, {})", "expected a TreeNode, found an object"),
        (Python, "GraphNode", "[]", "expected a GraphNode, found a value of type list"),
        (Python, "GraphNode", "GraphNode(1, [None])", "expected a GraphNode, found a value of type NoneType"),
        (JavaScript, "GraphNode", "new GraphNode(1, [null])", "expected a GraphNode, found null"),
        (JavaScript, "GraphNode", "new GraphNode(1, [undefined])", "expected a GraphNode, found undefined"),
        (JavaScript, "GraphNode", "new TreeNode(1)", "expected a GraphNode, found an object"),
        (Python, "GraphNode", "GraphNode(1, {2: 3})", "the neighbors of a GraphNode are not a list"),
        (JavaScript, "GraphNode", "new GraphNode(1, null)", "the neighbors of a GraphNode are not an array"),
        (Python, "GraphNode", "GraphNode(1, [GraphNode() for _ in range(100_000)])", "more than 100000 nodes"),
        (
            JavaScript,
            "GraphNode",
            "new GraphNode(1, Array.from({ length: 1e5 }, () => new GraphNode()))",
            "more than 100000 nodes",
        ),
        (
            Python,
            "ListNode",
            "__import__('functools').reduce(lambda x, _: ListNode(0, x), range(100_001), None)",
            "more than 100000 nodes",
        ),
        (
            JavaScript,
            "ListNode",
            "Array(100001).fill(0).reduce((x) => new ListNode(0, x), null)",
            "more than 100000 nodes",
        ),
        (
            Python,
            "TreeNode",
            "__import__('functools').reduce(lambda x, _: TreeNode(0, None, x), range(100_001), None)",
            "more than 100000 nodes",
        ),
        (
            JavaScript,
            "TreeNode",
            "Array(100001).fill(0).reduce((x) => new TreeNode(0, null, x), null)",
            "more than 100000 nodes",
        ),
        (Python, "TreeNode", "(lambda t: [setattr(t, 'left', t), t][1])(TreeNode(1))", "reaches a node twice"),
        (JavaScript, "TreeNode", "((t) => (t.left = t))(new TreeNode(1))", "reaches a node twice"),
        (Python, "any", "object()", "a value of type object"),
        (Python, "any", "lambda: 1", "a value of type function"),
        (JavaScript, "any", "() => 1", "contains a function"),
        (JavaScript, "any", "new Date(0)", "contains a Date"),
        (JavaScript, "any", "({ a: /x/ })", "contains a RegExp"),
        (JavaScript, "any", "[new TypeError('x')]", "contains a Error"),
        (JavaScript, "any", "Symbol('x')", "contains a symbol"),
        (JavaScript, "any", "({ f() {} })", "contains a function"),
        (Python, "any", "{'a': ValueError('x')}", "a value of type ValueError"),
        (Python, "any", "__import__('datetime').date(2024, 2, 28)", "a value of type date"),
        (JavaScript, "any", "[Promise.resolve(1)]", "contains a Promise"),
        (JavaScript, "any", "new Promise(() => {})", "never settled"),
        (Python, "any", "__import__('functools').reduce(lambda x, _: [x], range(200), 0)", "100 levels"),
        (JavaScript, "any", "Array(200).fill(0).reduce((x) => [x], 0)", "100 levels"),
        (Python, "any", "(lambda x: [x.append(x), x][1])([])", "100 levels"),
        (JavaScript, "any", "((x) => (x.push(x), x))([])", "100 levels"),
        (Python, "any", "__import__('functools').reduce(lambda x, _: {1: x}, range(45), 0)", "100 levels"),
        (JavaScript, "any", "Array(45).fill(0).reduce((x) => new Map([[1, x]]), 0)", "100 levels"),
        (JavaScript, "any", "((x) => x.add(x))(new Set())", "100 levels"),
    ];
    for (language, kind, code, message) in cases {
        let wrapped = match language {
            Python => format!("def make():\n    return {code}"),
            JavaScript => format!("function make() {{ return {code}; }}"),
        };
        let run = run(language, &format!("make() {kind}"), &wrapped).test(json!([]));
        let error = run.limits(|limits| (limits.test_cpu_ms, limits.run_cpu_ms) = (5_000, 5_000)).error().await;
        assert_eq!(error.kind, "InvalidResult", "{code}");
        assert!(error.message.contains(message), "{code}: {}", error.message);
    }
}
