//! The library that learners find in JavaScript.

use std::{fmt::Write as _, fs, path::Path};

use bugdrill_model::run::{Outcome, RunReport};
use serde_json::json;

use crate::support::{JavaScript, returned, run};

/// A program of `library_javascript/`, and what Node.js 20 prints when it runs it (`scripts/check-javascript-library`).
struct Program {
    name: String,
    code: String,
    printed: String,
}

fn programs() -> Vec<Program> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sandbox/library_javascript");
    let mut programs = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for part in format!("\n{text}").split("\n=== ").skip(1) {
            let (name, rest) = part.split_once('\n').unwrap();
            let (code, printed) = rest.split_once("---\n").unwrap_or_else(|| (rest.strip_suffix("---").unwrap(), ""));
            let printed =
                if printed.is_empty() || printed.ends_with('\n') { printed.to_owned() } else { format!("{printed}\n") };
            programs.push(Program { name: name.to_owned(), code: code.to_owned(), printed });
        }
    }
    programs
}

/// What a run printed, as the programs' files have it.
fn shown(report: &RunReport) -> String {
    let test = &report.tests[0];
    let mut shown = test.stdout.clone();
    match &test.outcome {
        Outcome::Returned(_) => {}
        Outcome::Raised(error) => writeln!(shown, "Uncaught {}: {}", error.kind, error.message).unwrap(),
        other => writeln!(shown, "{other:?}").unwrap(),
    }
    for line in report.stderr.lines() {
        writeln!(shown, "! {line}").unwrap();
    }
    shown
}

#[tokio::test]
async fn programs_print_what_they_print_in_node() {
    let programs = programs();
    assert!(programs.len() >= 120, "{}", programs.len());
    let mut differing = String::new();
    for Program { name, code, printed } in programs {
        let report =
            run(JavaScript, "f() void", &format!("async function f() {{\n{code}}}")).test(json!([])).report().await;
        let shown = shown(&report);
        if shown != printed {
            write!(differing, "=== {name}\n{code}--- prints\n{shown}--- and not\n{printed}").unwrap();
        }
    }
    assert!(differing.is_empty(), "{differing}");
}

#[tokio::test]
async fn what_is_absent_says_so() {
    for (code, kind, message) in [
        ("fetch('http://example.org')", "ReferenceError", "fetch is not defined"),
        ("require('fs')", "ReferenceError", "require is not defined"),
        ("process.nextTick(() => 1)", "ReferenceError", "process is not defined"),
        ("Buffer.from('a')", "ReferenceError", "Buffer is not defined"),
        ("new URL('http://example.org')", "ReferenceError", "URL is not defined"),
        ("new AbortController()", "ReferenceError", "AbortController is not defined"),
        ("new EventTarget()", "ReferenceError", "EventTarget is not defined"),
        ("new WebAssembly.Module()", "ReferenceError", "WebAssembly is not defined"),
        (
            "new TextDecoder('utf-16le')",
            "RangeError",
            "TextDecoder for the encoding \"utf-16le\" is not available here",
        ),
        ("crypto.subtle.digest('SHA-1', new Uint8Array())", "RangeError", "crypto.subtle is not available here"),
        (
            "structuredClone(new ArrayBuffer(1), { transfer: [new ArrayBuffer(1)] })",
            "RangeError",
            "structuredClone with the option `transfer` is not available here",
        ),
        (
            "(1.5).toLocaleString('de-DE')",
            "RangeError",
            "Number.prototype.toLocaleString with the locale \"de-DE\" is not available here; only \"en-US\" is",
        ),
        (
            "new Intl.NumberFormat('fr').format(1)",
            "RangeError",
            "Intl.NumberFormat with the locale \"fr\" is not available here; only \"en-US\" is",
        ),
        (
            "new Intl.NumberFormat('en-US', { style: 'currency', currency: 'EUR' })",
            "RangeError",
            "Intl.NumberFormat with the currency \"EUR\" is not available here; only \"USD\" is",
        ),
        (
            "new Intl.NumberFormat('en-US', { style: 'unit', unit: 'liter' })",
            "RangeError",
            "Intl.NumberFormat with the option `style: \"unit\"` is not available here",
        ),
        (
            "(1e6).toLocaleString('en-US', { notation: 'compact' })",
            "RangeError",
            "Number.prototype.toLocaleString with the option `notation: \"compact\"` is not available here",
        ),
        (
            "(1).toLocaleString('en-US', { roundingMode: 'floor' })",
            "RangeError",
            "Number.prototype.toLocaleString with the option `roundingMode: 'floor'` is not available here",
        ),
        ("new Intl.NumberFormat().formatToParts(1)", "RangeError", "Intl.NumberFormat.prototype.formatToParts is not"),
        ("new Intl.PluralRules('en-US').select(1)", "RangeError", "Intl.PluralRules is not available here"),
        ("new Intl.RelativeTimeFormat('en')", "RangeError", "Intl.RelativeTimeFormat is not available here"),
        ("new Intl.Segmenter()", "RangeError", "Intl.Segmenter is not available here"),
        ("Intl.ListFormat('en')", "RangeError", "Intl.ListFormat is not available here"),
        (
            "new Date(0).toLocaleString('en-GB')",
            "RangeError",
            "Date.prototype.toLocaleString with the locale \"en-GB\" is not available here",
        ),
        (
            "new Date(0).toLocaleTimeString('en-US', { timeZone: 'America/New_York' })",
            "RangeError",
            "Date.prototype.toLocaleTimeString with the time zone \"America/New_York\" is not available here; only \"UTC\" is",
        ),
        (
            "new Date(0).toLocaleString('en-US', { timeZoneName: 'short' })",
            "RangeError",
            "Date.prototype.toLocaleString with the option `timeZoneName: 'short'` is not available here",
        ),
        (
            "new Date(0).toLocaleDateString('en-US', { year: 'numeric', day: 'numeric' })",
            "RangeError",
            "Date.prototype.toLocaleDateString with these parts alone: year, day is not available here",
        ),
        (
            "'я'.localeCompare('b')",
            "RangeError",
            "Comparing texts by locale with the character 'я' is not available here",
        ),
        ("['🦀', 'a'].sort(new Intl.Collator().compare)", "RangeError", "with a character outside of the Latin ones"),
        (
            "'a'.localeCompare('b', 'sv')",
            "RangeError",
            "String.prototype.localeCompare with the locale \"sv\" is not available here",
        ),
        (
            "'a'.localeCompare('b', 'en', { ignorePunctuation: true })",
            "RangeError",
            "String.prototype.localeCompare with the option `ignorePunctuation: true` is not available here",
        ),
        (
            "'i'.toLocaleUpperCase('tr')",
            "RangeError",
            "String.prototype.toLocaleUpperCase with the locale \"tr\" is not",
        ),
    ] {
        let error =
            run(JavaScript, "f() any", &format!("function f() {{ return {code}; }}")).test(json!([])).error().await;
        assert_eq!(error.kind, kind, "{code}: {error:?}");
        assert!(error.message.contains(message), "{code}: {error:?}");
        assert_eq!(error.line, Some(1), "{code}: {error:?}");
    }
}

#[tokio::test]
async fn waiting_takes_no_time_but_is_charged() {
    let wait = |milliseconds: u32| {
        let code = format!("const f = () => new Promise((resolve) => setTimeout(resolve, {milliseconds}, 'done'));");
        run(JavaScript, "f() any", &code).test(json!([]))
    };
    let report = wait(400).only().await;
    assert_eq!(report.outcome, returned(json!("done")));
    assert!(report.cpu_us >= 400_000);
    let began = std::time::Instant::now();
    assert_eq!(wait(86_400_000).outcome().await, Outcome::TimeLimit);
    assert!(began.elapsed().as_secs() < 20);
}

#[tokio::test]
async fn tests_end_with_their_answer() {
    for (code, expected) in [
        // What is left behind is done for what it prints, but not for ever, and is not charged.
        ("function f() { setTimeout(() => console.log('later'), 3600000); return 1; }", "later\n"),
        (
            "function f() { let n = 0; const i = setInterval(() => { console.log(++n); if (n === 3) clearInterval(i); }, 900); return 1; }",
            "1\n2\n3\n",
        ),
        ("async function f() { await Promise.race([null, new Promise((r) => setTimeout(r, 5000))]); return 1; }", ""),
        ("function f() { setInterval(() => 0, 1); return 1; }", ""),
        ("function f() { const again = () => setTimeout(again); again(); return 1; }", ""),
        ("function f() { setTimeout(() => { throw new Error('late'); }); return 1; }", ""),
        (
            "function f() { const start = Date.now(); setTimeout(() => console.log(Date.now() - start >= 2000), 2000); return 1; }",
            "true\n",
        ),
    ] {
        let report = run(JavaScript, "f() int", code).test(json!([])).only().await;
        assert_eq!((&report.outcome, report.stdout.as_str()), (&returned(json!(1)), expected), "{code}");
    }
    let code = "function f() { setInterval(() => console.log('.'), 1); return 1; }";
    let report = run(JavaScript, "f() int", code).test(json!([])).only().await;
    assert_eq!((report.outcome, report.stdout.lines().count()), (returned(json!(1)), 1_000));
}

#[tokio::test]
async fn tests_that_cannot_go_on_say_why() {
    for (code, kind, message, line) in [
        ("const f = () => new Promise(() => {});", "InvalidResult", "never settled", None),
        (
            "async function f() { setTimeout(() => 1, 5); await new Promise(() => {}); }",
            "InvalidResult",
            "never settled",
            None,
        ),
        (
            "async function f() {\n  setTimeout(() => { throw new RangeError('late'); }, 5);\n  await new Promise(() => {});\n}",
            "RangeError",
            "late",
            Some(2),
        ),
        (
            "async function f() {\n  queueMicrotask(() => missing);\n  await new Promise((r) => setTimeout(r, 9));\n}",
            "ReferenceError",
            "missing is not defined",
            Some(2),
        ),
        (
            "async function f() { setImmediate(() => { throw 'a text'; }); await new Promise(() => {}); }",
            "Uncaught",
            "'a text'",
            None,
        ),
    ] {
        let error = run(JavaScript, "f() any", code).test(json!([])).error().await;
        assert_eq!((error.kind.as_str(), error.line), (kind, line), "{code}: {error:?}");
        assert!(error.message.contains(message), "{code}: {error:?}");
    }
    let endless = "const f = () => new Promise(() => setInterval(() => 0, 10));";
    assert_eq!(run(JavaScript, "f() any", endless).test(json!([])).outcome().await, Outcome::TimeLimit);
}

#[tokio::test]
async fn timers_end_with_their_test() {
    let code = "let count = 0;
async function f(n) {
  setInterval(() => count++, 1);
  setTimeout(() => { globalThis.left = n; }, 5000);
  console.group(); console.count(); console.log(n);
  await new Promise((resolve) => setTimeout(resolve, 10));
  return [count, typeof left];
}";
    let report = run(JavaScript, "f(int) any", code).test(json!([1])).test(json!([2])).report().await;
    for (test, n) in report.tests.iter().zip(1..) {
        assert_eq!(test.outcome, returned(json!([9, "undefined"])));
        assert_eq!(test.stdout, format!("  default: 1\n  {n}\n"));
    }
}

#[tokio::test]
async fn waiting_can_be_repeated_and_randomness_cannot() {
    for (code, is_repeatable) in [
        ("async function f() { await new Promise((resolve) => setTimeout(resolve, 20)); return 1; }", true),
        (
            "function f() { setInterval(() => console.log(new Intl.NumberFormat().format(1)), 1); return structuredClone([1]); }",
            true,
        ),
        ("function f() { return ['b', 'a'].sort((a, b) => a.localeCompare(b)); }", true),
        ("function f() { return new Date(0).toLocaleString(); }", true),
        ("function f() { return crypto.randomUUID().length; }", false),
        ("function f() { return crypto.getRandomValues(new Uint8Array(1)).length; }", false),
        ("function f() { console.time(); return 1; }", false),
        ("function f() { return Intl.DateTimeFormat().format().length; }", false),
    ] {
        let report = run(JavaScript, "f() any", code).test(json!([])).report().await;
        assert!(matches!(report.tests[0].outcome, Outcome::Returned(_)), "{code}: {report:?}");
        assert_eq!(report.is_repeatable, is_repeatable, "{code}");
    }
    let identifiers = "function f() { return crypto.randomUUID(); }";
    let first = run(JavaScript, "f() any", identifiers).test(json!([])).outcome().await;
    assert_ne!(first, run(JavaScript, "f() any", identifiers).test(json!([])).outcome().await);
}

#[tokio::test]
async fn built_ins_are_whole_in_every_test() {
    for code in [
        "const found = [].last;\nArray.prototype.last = function () { return this[0]; };\nfunction f() { return [found, [7].last()]; }",
        "const found = Math.last;\nMath.last = () => 7;\nfunction f() { return [found, Math.last()]; }",
        "const found = ''.last;\nObject.defineProperty(String.prototype, 'last', { value: () => 7 });\nfunction f() { return [found, ''.last()]; }",
        "const found = [].last;\nconst list = Array.prototype; list.last = () => 7; Object.freeze(list);\nfunction f() { return [found, [].last()]; }",
        "const found = ListNode.prototype.last;\nListNode.prototype.last = () => 7;\nfunction f() { return [found, new ListNode().last()]; }",
        "const found = Object.isFrozen(Object.prototype) ? 1 : undefined;\nObject.freeze(Object.prototype);\nfunction f() { return [found, 7]; }",
        "const found = [1, 2].includes(3) ? 1 : undefined;\nArray.prototype.includes = () => true;\nfunction f() { return [found, [].includes(1) ? 7 : 0]; }",
    ] {
        let run = run(JavaScript, "f() any", code).test(json!([])).test(json!([])).test(json!([]));
        for outcome in run.outcomes().await {
            assert_eq!(outcome, returned(json!([null, 7])), "{code}");
        }
    }
}

#[tokio::test]
async fn the_console_measures_and_traces() {
    let code = "function outer() {
  console.time('work'); console.timeLog('work', 'so far', [1]); console.timeEnd('work');
  console.timeEnd('none'); console.countReset('none'); console.time('twice'); console.time('twice');
  console.trace('here %d', 1);
}
function f() { outer(); }";
    let report = run(JavaScript, "f() void", code).test(json!([])).report().await;
    let lines: Vec<&str> = report.tests[0].stdout.lines().collect();
    assert!(lines.len() == 2 && lines.iter().all(|line| line.starts_with("work: ")), "{lines:?}");
    assert!(lines[0].ends_with("ms so far [ 1 ]") && lines[1].ends_with("ms"), "{lines:?}");
    let expected = "Warning: No such label 'none' for console.timeEnd()
Warning: Count for 'none' does not exist
Warning: Label 'twice' already exists for console.time()
Trace: here 1
    at outer (solution.js:4:11)
    at f (solution.js:6:16)
";
    assert_eq!(report.stderr, expected);
}

#[tokio::test]
async fn errors_are_printed_without_their_stack() {
    let code = "class Own extends Error {}
class Named extends Error { constructor(message) { super(message); this.name = 'Named'; this.code = 5; } }
function f() {
  console.log(new Error('bad'), [new TypeError('in a list')], new Own('x'), new Named('y'), new Error('', { cause: 1 }));
  console.log({ error: new Error('two\\nlines') }, new AggregateError([new Error('a')], 'all'), new Error());
}";
    let report = run(JavaScript, "f() void", code).test(json!([])).only().await;
    assert_eq!(
        report.stdout,
        "Error: bad [ TypeError: in a list ] Own [Error]: x Named: y { code: 5 } Error { [cause]: 1 }
{
  error: Error: two
  lines
} AggregateError: all { [errors]: [ Error: a ] } Error
"
    );
}

#[tokio::test]
async fn the_library_stands_on_nothing_that_learners_can_take_away() {
    let code = "const keep = globalThis;
Array.prototype[Symbol.iterator] = Array.prototype.push = Array.prototype.join = null;
Object.prototype.get = () => 1;
Object.defineProperty(Array.prototype, 0, { set() { throw 1; }, configurable: true });
Map.prototype.get = Map.prototype.set = Map.prototype.has = Set.prototype.add = () => 9;
RegExp.prototype.exec = String.prototype.slice = String.prototype.split = String.prototype.indexOf = () => null;
Function.prototype.call = Function.prototype.apply = Promise.prototype.then = null;
Number.prototype.toString = String.prototype.charCodeAt = null;
keep.Map = keep.Set = keep.Error = keep.Uint8Array = keep.String = keep.Object = keep.Promise = null;
function f() {
  console.log({ a: [1, 'x'], m: 5n });
  const copy = structuredClone({ a: [1, { b: 'text' }] });
  setTimeout(() => console.log('later'), 5);
  queueMicrotask(() => console.log('soon'));
  console.table([[1, 2]]);
  return [copy.a[1].b, 'a'.localeCompare('B'), (1234.5).toLocaleString()];
}";
    let report = run(JavaScript, "f() any", code).test(json!([])).only().await;
    assert_eq!(report.outcome, returned(json!(["text", -1, "1,234.5"])), "{}", report.stdout);
    assert!(report.stdout.starts_with("{ a: [ 1, 'x' ], m: 5n }\n┌"), "{}", report.stdout);
    assert!(report.stdout.ends_with("soon\nlater\n"), "{}", report.stdout);
}
