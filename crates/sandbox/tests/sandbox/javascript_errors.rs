//! Errors of JavaScript are told on the lines and in the words of Node.js, with a trace and without one.

use bugdrill_model::run::{ErrorReport, Outcome};
use serde_json::json;

use crate::support::{JavaScript, Run, run};

const RUNTIME: &str = include_str!("javascript_errors/runtime.js");
const SYNTAX: &str = include_str!("javascript_errors/syntax.js");

/// A program of the tables, which `javascript_errors/expect.mjs` describes.
struct Program {
    title: &'static str,
    code: &'static str,
    /// What Node.js tells.
    node: &'static str,
    /// What the sandbox tells, where that is something else deliberately, and why.
    here: Option<&'static str>,
    why: Option<&'static str>,
}

impl Program {
    fn all(table: &'static str) -> Vec<Self> {
        table.split("// ---- ").skip(1).map(Self::read).collect()
    }

    fn read(text: &'static str) -> Self {
        let (title, mut code) = text.split_once('\n').unwrap();
        let mut header = |name: &str| {
            let (line, rest) = code.split_once('\n')?;
            let value = line.strip_prefix(name)?;
            code = rest;
            Some(value)
        };
        let (node, here, why) = (header("// node: ").unwrap(), header("// here: "), header("// why: "));
        Self { title, code, node, here, why }
    }

    fn run(&self) -> Run {
        run(JavaScript, "f() any", self.code).test(json!([]))
    }
}

/// As in the tables.
fn told(outcome: &Outcome) -> String {
    let (Outcome::Raised(error) | Outcome::CompileError(error)) = outcome else {
        return "no error".to_owned();
    };
    let ErrorReport { kind, message, line, .. } = error;
    let line = line.map_or_else(|| "-".to_owned(), |line| line.to_string());
    format!("{line} {kind}: {}", message.lines().next().unwrap_or_default())
}

#[tokio::test]
async fn errors_are_told_as_node_tells_them() {
    let programs: Vec<Program> = [RUNTIME, SYNTAX].into_iter().flat_map(Program::all).collect();
    assert!(programs.len() >= 280);
    let mut wrong = Vec::new();
    for program in &programs {
        let expected = program.here.unwrap_or(program.node);
        let plain = told(&program.run().outcome().await);
        let traced = told(&program.run().traced().await.0);
        for (way, told) in [("plain", plain), ("traced", traced)] {
            if told != expected {
                wrong.push(format!("{} ({way})\n    expected {expected}\n    told     {told}", program.title));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} programs:\n{}", wrong.len(), 2 * programs.len(), wrong.join("\n"));
}

#[test]
fn what_differs_from_node_has_a_reason() {
    for program in [RUNTIME, SYNTAX].into_iter().flat_map(Program::all) {
        let differs = program.here.is_some_and(|here| here != program.node);
        assert_eq!(program.here.is_some(), differs, "{}: the same as in Node.js", program.title);
        assert_eq!(program.why.is_some(), differs, "{}: a reason for what differs", program.title);
    }
}

async fn syntax_error(code: &str) -> ErrorReport {
    match run(JavaScript, "f() any", code).test(json!([])).outcome().await {
        Outcome::CompileError(error) => error,
        other => panic!("no compile error: {code}: {other:?}"),
    }
}

#[tokio::test]
async fn characters_that_phones_type_are_named() {
    for (line, column, message) in [
        ("return “abc”;", 10, "invalid character '“' (U+201C): did you mean '\"'?"),
        ("return \"abc”;", 14, "invalid character '”' (U+201D): did you mean '\"'?"),
        ("return ‘abc’;", 10, "invalid character '‘' (U+2018): did you mean '''?"),
        ("return 'abc’;", 14, "invalid character '’' (U+2019): did you mean '''?"),
        ("return 3 – 2;", 12, "invalid character '–' (U+2013): did you mean '-'?"),
        ("return 3 — 2;", 12, "invalid character '—' (U+2014): did you mean '-'?"),
        ("return 3 − 2;", 12, "invalid character '−' (U+2212): did you mean '-'?"),
        ("return 3 × 2;", 12, "invalid character '×' (U+00D7): did you mean '*'?"),
        ("return 3 ≤ 2;", 12, "invalid character '≤' (U+2264): did you mean '<='?"),
        ("return Math.max（1, 2);", 18, "invalid character '（' (U+FF08): did you mean '('?"),
        ("return [1， 2];", 12, "invalid character '，' (U+FF0C): did you mean ','?"),
        ("return 1；", 11, "invalid character '；' (U+FF1B): did you mean ';'?"),
        ("return [...‥1];", 14, "invalid character '‥' (U+2025)"),
        ("return 1;\u{200b}", 12, "invalid character U+200B (zero-width space): delete it"),
        ("\u{2060}return 1;", 3, "invalid character U+2060 (word joiner): delete it"),
        ("let 名前 = “a”;", 12, "invalid character '“' (U+201C): did you mean '\"'?"),
    ] {
        let error = syntax_error(&format!("function f() {{\n  {line}\n}}")).await;
        let place = (error.line, error.column);
        assert_eq!((error.message.as_str(), place), (message, (Some(2), Some(column))), "{line}: {error:?}");
    }
}

#[tokio::test]
async fn characters_are_not_blamed_where_the_language_permits_them() {
    for line in [
        "return\u{a0}1;",
        "return\u{feff}1;",
        "return\u{3000}1;",
        "return '“–\u{200b}（'.length && 1;",
        "return `“–\u{200b}（`.length && 1;",
        "return /[“–\u{200b}（]/.test('“') ? 1 : 0; // “–\u{200b}（",
        "const \u{5909}\u{6570} = 1; return \u{5909}\u{6570};",
    ] {
        let code = format!("function f() {{\n  {line}\n}}");
        let outcome = run(JavaScript, "f() any", &code).test(json!([])).outcome().await;
        assert_eq!(outcome, crate::support::returned(json!(1)), "{line}");
    }
    // Another error is told of.
    for line in ["return “”.length +;", "const a = '“; return 1;", "return 1 +; // “"] {
        let message = syntax_error(&format!("function f() {{\n  {line}\n}}")).await.message;
        let is_blamed = message.starts_with("invalid character");
        assert_eq!(is_blamed, line.starts_with("return “"), "{line}: {message}");
    }
}
