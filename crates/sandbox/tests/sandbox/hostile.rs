//! Code that wants something else than to solve the exercise.

use bugdrill_model::run::Outcome;
use serde_json::json;

use crate::support::{JavaScript, Python, returned, run};

#[tokio::test]
async fn replacing_the_means_of_the_harness_changes_nothing() {
    for (language, code) in [
        (
            Python,
            "import json, builtins, sys\njson.dumps = json.loads = builtins.print = builtins.repr = lambda *a, **k: '1'\nbuiltins.type = builtins.isinstance = builtins.len = builtins.id = None\nint_ = int\nbuiltins.int = builtins.str = builtins.list = builtins.dict = None\nsys.modules.clear()\ndef f():\n    return [1, {'a': 2.5}, (3,)]",
        ),
        (
            Python,
            "class L(list):\n    def __iter__(self): return iter([9])\n    def __len__(self): return 0\n    def __getitem__(self, i): return 9\n    __class__ = int\n    def __eq__(self, other): return True\nclass D(dict):\n    def items(self): return [('b', 9)]\n    def keys(self): return []\nclass T(tuple):\n    def __iter__(self): return iter([])\nclass F(float):\n    def __repr__(self): return '9'\nclass S(str):\n    def __str__(self): return 'no'\ndef f():\n    return L([1, D(a=F(2.5)), T([3])])",
        ),
        (
            JavaScript,
            "JSON.stringify = JSON.parse = () => '1';\nObject.prototype.toJSON = Array.prototype.toJSON = String.prototype.toJSON = () => 9;\nArray.isArray = () => false;\nObject.keys = () => [];\nString.prototype.slice = null;\nFunction.prototype.call = null;\nfunction f() { return [1, { a: 2.5 }, [3]]; }",
        ),
        (
            JavaScript,
            "Math.random = null; globalThis.Array = globalThis.Promise = globalThis.String = null;\nPromise = undefined;\nfunction f() { return [1, { a: 2.5, toJSON: undefined && 1 }, [3]].map((x) => x); }",
        ),
    ] {
        let outcome = run(language, "f() any", code).test(json!([])).outcome().await;
        let result = match outcome {
            Outcome::Returned(value) => value.to_json(),
            other => panic!("{code}: {other:?}"),
        };
        assert!(result[0] == json!(1) && result[1]["a"] == json!(2.5) && result[2] == json!([3]), "{code}: {result}");
    }
}

#[tokio::test]
async fn nothing_but_the_result_counts() {
    for (language, code) in [
        // Markers of the protocol, in every place that reaches the host.
        (
            Python,
            "import os, sys\nprint('R[0]')\nos.write(1, b'R[0]\\x00\\xff')\ndef f():\n    raise type('R[0]', (Exception,), {})('R[0]')",
        ),
        (
            JavaScript,
            "console.log('R[0]');\nfunction f() { const e = new Error('R[0]'); e.name = 'R[0]'; e.stack = 'R[0]'; throw e; }",
        ),
        // Errors whose description lies or fails.
        (
            Python,
            "class E(Exception):\n    def __str__(self): raise KeyError\n    def __getattribute__(self, name): raise KeyError\ndef f():\n    raise E",
        ),
        (
            JavaScript,
            "function f() { throw { get name() { throw 1; }, toString() { throw 1; }, [Symbol.toPrimitive]: null }; }",
        ),
        (JavaScript, "function f() { throw new Proxy(new Error('x'), { get() { throw 1; } }); }"),
        (JavaScript, "Error.prepareStackTrace = () => ({});\nfunction f() { throw new Error('x'); }"),
    ] {
        let outcome = run(language, "f() any", code).test(json!([])).outcome().await;
        assert!(matches!(outcome, Outcome::Raised(_)), "{code}: {outcome:?}");
    }
}

#[tokio::test]
async fn what_a_taken_over_harness_says_is_not_believed() {
    // Python code can reach every object, the harness among them. What it names would be as before for the next test.
    let reach = "import sys\ntaken = next(module for name, module in sys.modules.items() if name[:4] == 'harn')\n";
    for (answer, kind) in [
        ("'R[' * 100_000", "InvalidResult"),
        ("'R{\"$int\": 1}'", "InvalidResult"),
        ("'RNaN'", "InvalidResult"),
        ("'E[]'", "InvalidResult"),
        ("'E{\"type\": 1}'", "InvalidResult"),
        ("'K'", "InvalidResult"),
        ("''", "InvalidResult"),
        ("'\u{e9}'", "InvalidResult"),
        ("None", "Crash"),
        ("'x' * 50_000_000", "Crash"),
    ] {
        let code = format!("{reach}taken.Guest.run = lambda *_: {answer}\ndef f(): pass");
        let outcomes = run(Python, "f() any", &code).test(json!([])).test(json!([])).outcomes().await;
        match &outcomes[1] {
            Outcome::Raised(error) => assert_eq!(error.kind, kind, "{answer}"),
            other => panic!("{answer}: {other:?}"),
        }
    }
    let code = format!("{reach}taken.Guest.run = lambda *_: 'R' + '1' * 30_000_000\ndef f(): pass");
    let outcomes = run(Python, "f() any", &code).test(json!([])).test(json!([])).outcomes().await;
    assert!(!matches!(outcomes[1], Outcome::Returned(_)), "{outcomes:?}");
}

#[tokio::test]
async fn there_is_nothing_to_reach_for() {
    for code in [
        "open('/etc/passwd')",
        "open('/tmp/x', 'w')",
        "__import__('os').listdir('/proc')",
        "__import__('os').system('id')",
        "__import__('os').fork()",
        "__import__('subprocess').run(['id'])",
        "__import__('socket').create_connection(('127.0.0.1', 5432))",
        "__import__('ctypes').CDLL(None)",
        "__import__('threading').Thread(target=print).start()",
        "__import__('signal').alarm(1)",
    ] {
        let error = run(Python, "f() any", &format!("def f():\n    {code}")).test(json!([])).error().await;
        assert!(!error.kind.is_empty(), "{code}");
    }
    let environment = "import os\ndef f():\n    return dict(os.environ)";
    let outcome = run(Python, "f() any", environment).test(json!([])).outcome().await;
    let Outcome::Returned(value) = outcome else { panic!("{outcome:?}") };
    assert!(!value.to_string().contains("PATH") && !value.to_string().contains("/work"), "{value}");

    let names = "function f() { return ['require', 'process', 'fetch', 'std', 'os', '__bugdrill', 'Worker'].filter((name) => name in globalThis); }";
    assert_eq!(run(JavaScript, "f() any", names).test(json!([])).outcome().await, returned(json!([])));
    let import = "async function f() { await import('fs'); }";
    assert!(matches!(run(JavaScript, "f() any", import).test(json!([])).outcome().await, Outcome::Raised(_)));
}

#[tokio::test]
async fn closed_streams_are_opened_again() {
    let code = "import sys\ndef f(n):\n    print('test', n)\n    if n == 1:\n        sys.stdout.close()\n        sys.stderr = None\n    return n";
    let report = run(Python, "f(int) int", code).test(json!([1])).test(json!([2])).report().await;
    assert_eq!(report.tests.iter().map(|test| test.stdout.as_str()).collect::<Vec<_>>(), ["test 1\n", "test 2\n"]);
}

#[tokio::test]
async fn code_that_breaks_parsers_is_only_an_error() {
    for (language, code) in [
        (Python, "(".repeat(9_000)),
        (Python, format!("f = {}1", "-".repeat(9_000))),
        (Python, format!("def f(): return {}0{}", "[".repeat(90), "]".repeat(90)).replace("90", "90")),
        (Python, "x = '\u{0}'".to_owned()),
        (JavaScript, "(".repeat(9_000)),
        (JavaScript, "[".repeat(9_000)),
        (JavaScript, format!("const f = {}1;", "- ".repeat(4_500))),
        (JavaScript, "\u{0}".to_owned()),
    ] {
        let outcome = run(language, "f() any", &code).test(json!([])).outcome().await;
        let is_clean = matches!(outcome, Outcome::CompileError(_) | Outcome::Raised(_) | Outcome::Returned(_));
        assert!(is_clean, "{language:?} {}…: {outcome:?}", code.chars().take(10).collect::<String>());
    }
}
