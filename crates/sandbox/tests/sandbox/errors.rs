//! What learners are told about their errors.

use bugdrill_model::run::{ErrorReport, Outcome};
use serde_json::json;

use crate::support::{JavaScript, Python, run, with_signature};

async fn compile_error(language: bugdrill_model::Language, code: &str) -> ErrorReport {
    let outcomes = run(language, "f() int", code).test(json!([])).test(json!([])).outcomes().await;
    assert_eq!(outcomes[0], outcomes[1], "every test ends like this");
    match outcomes.into_iter().next() {
        Some(Outcome::CompileError(error)) => error,
        other => panic!("no compile error: {other:?}"),
    }
}

#[tokio::test]
async fn syntax_errors_have_a_place() {
    for (language, code, kind, message, line, column) in [
        (Python, "def f():\n    return (1\n", "SyntaxError", "'(' was never closed", 2, 12),
        (Python, "def f():\nreturn 1\n", "IndentationError", "expected an indented block", 2, 1),
        (JavaScript, "function f() {\n  return 1 +;\n}", "SyntaxError", "", 2, 13),
        (JavaScript, "let f = 1;\nlet f = 2;", "SyntaxError", "", 2, 7),
        (JavaScript, "function f() { return 1; }\nreturn f;", "SyntaxError", "Illegal return statement", 2, 1),
        // What the code lacks, nothing behind it adds.
        (JavaScript, "function f() { return 1; }\nif (f)", "SyntaxError", "", 2, 7),
        (JavaScript, "function f() { return 1; }\n/* f", "SyntaxError", "", 2, 1),
    ] {
        let error = compile_error(language, code).await;
        assert_eq!((error.kind.as_str(), error.line), (kind, Some(line)), "{code}: {error:?}");
        assert_eq!(error.column, Some(column), "{code}: {error:?}");
        assert!(error.message.contains(message), "{code}: {error:?}");
        assert!(!error.traceback.contains("bugdrill"));
    }
}

#[tokio::test]
async fn code_that_lacks_the_function_is_told_which() {
    let python = compile_error(Python, "def g():\n    pass").await;
    assert_eq!(python.message, "Define a function named `f`.");
    let javascript = compile_error(JavaScript, "const f = 3;").await;
    assert_eq!(javascript.message, "Define a function named `f`.");
    // One that tries to leave the function around it.
    assert_eq!(compile_error(JavaScript, "}); (function () {").await.kind, "SyntaxError");

    let signature = json!({"class": "Counter", "methods": [{"name": "count_up", "returns": "void"}]});
    for (language, code, message) in [
        (Python, "", "Define a class named `Counter`."),
        (JavaScript, "", "Define a class named `Counter`."),
        (Python, "class Counter: pass", "Define a method named `count_up` in the class `Counter`."),
        (JavaScript, "class Counter {}", "Define a method named `countUp` in the class `Counter`."),
    ] {
        let run = with_signature(language, &signature, code).sequence(json!([["Counter"], ["count_up"]]));
        match run.outcome().await {
            Outcome::CompileError(error) => assert_eq!(error.message, message),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn columns_are_those_of_the_learners_code_on_the_first_line_too() {
    for code in ["function f() { return missing; }", "\nfunction f() { return missing; }"] {
        let outcome = run(JavaScript, "f() int", code).test(json!([])).outcome().await;
        let Outcome::Raised(error) = outcome else { panic!("{outcome:?}") };
        assert_eq!(error.column, Some(23), "{code}: {error:?}");
    }
    // Outside of functions.
    let outcome = run(JavaScript, "f() int", "missing(); function f() {}").test(json!([])).outcome().await;
    let Outcome::Raised(error) = outcome else { panic!("{outcome:?}") };
    assert_eq!((error.line, error.column), (Some(1), Some(1)), "{error:?}");
    assert_eq!(error.traceback, "line 1\n    missing(); function f() {}");
}

#[tokio::test]
async fn tracebacks_show_the_learners_lines_only() {
    let python = "def helper(values):
    return values[3]

def f():
    return sorted([1], key=lambda value: helper([value]))
";
    let error = run(Python, "f() int", python).test(json!([])).error().await;
    let traceback = "line 5, in f
    return sorted([1], key=lambda value: helper([value]))
line 5, in <lambda>
    return sorted([1], key=lambda value: helper([value]))
line 2, in helper
    return values[3]";
    assert_eq!(
        error,
        ErrorReport {
            kind: "IndexError".into(),
            message: "list index out of range".into(),
            line: Some(2),
            column: None,
            traceback: traceback.into(),
        }
    );

    let javascript = "function helper(value) {
  return value.next.val;
}
function f() {
  return [null].map((value) => helper({ next: value }));
}";
    let error = run(JavaScript, "f() int", javascript).test(json!([])).error().await;
    assert_eq!((error.kind.as_str(), error.line), ("TypeError", Some(2)));
    assert_eq!(
        error.traceback,
        "line 5, in f
    return [null].map((value) => helper({ next: value }));
line 5
    return [null].map((value) => helper({ next: value }));
line 2, in helper
    return value.next.val;"
    );
}

#[tokio::test]
async fn whatever_is_raised_is_told() {
    for (language, code, kind, message, line) in [
        (Python, "raise ValueError('at the top')", "ValueError", "at the top", Some(1)),
        (JavaScript, "\nthrow new TypeError('at the top');", "TypeError", "at the top", Some(2)),
        (Python, "def f():\n    raise SystemExit(0)", "SystemExit", "0", Some(2)),
        (Python, "import os\ndef f():\n    os._exit(0)", "SystemExit", "the code ended the program", None),
        (Python, "def f():\n    raise KeyboardInterrupt", "KeyboardInterrupt", "", Some(2)),
        (Python, "def f():\n    return input()", "EOFError", "EOF when reading a line", Some(2)),
        (Python, "def f():\n    return {}['key']", "KeyError", "'key'", Some(2)),
        (Python, "def f(x):\n    return 1", "TypeError", "f() missing 1 required positional argument: 'x'", None),
        (Python, "async def f():\n    return 1 / 0", "ZeroDivisionError", "division by zero", Some(2)),
        (JavaScript, "function f() { throw 'a text'; }", "Uncaught", "'a text'", None),
        (JavaScript, "function f() { throw null; }", "Uncaught", "null", None),
        (JavaScript, "async function f() { throw new Error('late'); }", "Error", "late", Some(1)),
        (JavaScript, "function f() { return missing; }", "ReferenceError", "missing is not defined", Some(1)),
    ] {
        let error = run(language, "f() int", code).test(json!([])).error().await;
        assert_eq!((error.kind.as_str(), error.message.as_str(), error.line), (kind, message, line), "{code}");
    }
}

#[tokio::test]
async fn endless_recursion_is_a_clean_error() {
    for (language, code, kind, line) in [
        (Python, "def f(n=0):\n    return f(n + 1)", "RecursionError", 2),
        (Python, "import functools\n@functools.lru_cache\ndef f(n=0):\n    return f(n + 1)", "RecursionError", 4),
        (
            Python,
            "class A:\n    def __repr__(self):\n        return repr(self)\ndef f():\n    repr(A())",
            "RecursionError",
            3,
        ),
        (JavaScript, "function f(n = 0) {\n  return f(n + 1) + 1;\n}", "RangeError", 2),
    ] {
        let error = run(language, "f() int", code).test(json!([])).error().await;
        assert_eq!((error.kind.as_str(), error.line), (kind, Some(line)), "{code}: {error:?}");
    }
    // Whoever lifts the limit gets to the next one.
    let code = "import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(n=0):\n    return f(n + 1)";
    let outcome = run(Python, "f() int", code).test(json!([])).outcome().await;
    let is_clean = matches!(outcome, Outcome::MemoryLimit | Outcome::TimeLimit | Outcome::Raised(_));
    assert!(is_clean, "{outcome:?}");
    let shown = run(Python, "f() int", "def f(n=0):\n    return f(n + 1)").test(json!([])).error().await.traceback;
    assert!(shown.contains("more calls]") && shown.lines().count() < 30, "{shown}");
}

#[tokio::test]
async fn honest_recursion_is_deep_enough() {
    for (language, code) in [
        (Python, "def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)"),
        (Python, "import functools\n@functools.cache\ndef f(n):\n    return 0 if n == 0 else 1 + f(n - 1)"),
        (JavaScript, "function f(n) { return n === 0 ? 0 : 1 + f(n - 1); }"),
    ] {
        let outcome = run(language, "f(int) int", code).test(json!([4_500])).outcome().await;
        assert_eq!(outcome, crate::support::returned(json!(4_500)), "{code}");
    }
    // CPython frees a linked list recursively.
    let code = "def f(n):\n    head = None\n    for i in range(n):\n        head = ListNode(i, head)\n    return n";
    let outcome = run(Python, "f(int) int", code).test(json!([50_000])).outcome().await;
    assert_eq!(outcome, crate::support::returned(json!(50_000)));
}
