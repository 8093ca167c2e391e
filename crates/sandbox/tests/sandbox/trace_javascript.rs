//! Traces of JavaScript.

use bugdrill_model::{
    run::{Outcome, RunReport},
    trace::{MAX_STEPS, Step, StepEvent, Structure, Trace},
};
use serde_json::{Value as Json, json};

use crate::replay::replay;
use crate::support::{JavaScript, Run, returned, run, with_signature};

/// The report on a run with a trace.
async fn traced(mut run: Run) -> (RunReport, Trace) {
    run.0.trace = true;
    let mut report = run.report().await;
    let trace = report.trace.take().unwrap();
    replay(&trace, !trace.is_truncated);
    (report, trace)
}

/// A step as one line: depth, function, line, event, changes, text.
fn line(step: &Step) -> String {
    let event = match step.event {
        StepEvent::Call => "call",
        StepEvent::Line => "line",
        StepEvent::Return => "return",
        StepEvent::Exception => "exception",
    };
    let mut line = format!("{} {}:{} {event}", step.depth, step.function, step.line);
    for variable in &step.changed {
        line += &[" ", &variable.name, "=", &variable.text].concat();
    }
    for name in &step.removed {
        line += &[" -", name].concat();
    }
    line + &step.text.as_ref().map(|text| format!(" ({text})")).unwrap_or_default()
}

/// The steps of a run, as lines.
async fn steps(run: Run) -> Vec<String> {
    let (_, trace) = traced(run).await;
    assert!(!trace.is_truncated);
    trace.steps.iter().map(line).collect()
}

/// The last thing that was told of a variable.
fn variable<'a>(trace: &'a Trace, name: &str) -> &'a bugdrill_model::trace::Variable {
    let mut variables = trace.steps.iter().rev().flat_map(|step| &step.changed);
    variables.find(|variable| variable.name == name).unwrap()
}

/// The values that a variable had, in order.
fn texts<'a>(trace: &'a Trace, name: &str) -> Vec<&'a str> {
    let variables = trace.steps.iter().flat_map(|step| &step.changed);
    variables.filter(|variable| variable.name == name).map(|variable| variable.text.as_str()).collect()
}

#[tokio::test]
async fn a_loop_shows_its_variables() {
    let code =
        "function f(n) {\n  let sum = 0;\n  for (let i = 1; i <= n; i++) {\n    sum += i;\n  }\n  return sum;\n}";
    assert_eq!(
        steps(run(JavaScript, "f(int) int", code).test(json!([2]))).await,
        [
            "1 f:1 call n=2",
            "1 f:2 line",
            "1 f:3 line sum=0",
            "1 f:4 line i=1",
            "1 f:3 line i=2 sum=1",
            "1 f:4 line",
            "1 f:3 line i=3 sum=3",
            "1 f:6 line -i",
            "1 f:6 return (3)",
        ]
    );
}

#[tokio::test]
async fn all_loops_show_each_iteration() {
    let code = "function f(a) {
  for (const x of a)
    g(x);
  let n = 2;
  while (n > 0) n--;
  do {
    n++;
  } while (n < 1);
  for (const k in { a: 1 }) k;
  for (;;) { break; }
}
const g = x => x;";
    let steps = steps(run(JavaScript, "f(int[]) void", code).test(json!([[7, 8]]))).await;
    let lines: Vec<&str> = steps.iter().filter_map(|step| step.strip_prefix("1 f:")).collect();
    assert_eq!(
        lines,
        [
            "1 call a=[7, 8]",
            "2 line",
            "3 line x=7",
            "2 line x=8",
            "3 line",
            "4 line -x",
            "5 line n=2",
            "5 line",
            "5 line n=1",
            "5 line",
            "5 line n=0",
            "7 line",
            "8 line n=1",
            "9 line",
            "9 line k='a'",
            "10 line -k",
            "10 line",
            "10 return (undefined)",
        ]
    );
}

#[tokio::test]
async fn recursion_has_depth() {
    let code = "const fact = (n) => n < 2 ? 1 : n * fact(n - 1);";
    assert_eq!(
        steps(run(JavaScript, "fact(int) int", code).test(json!([2]))).await,
        ["1 fact:1 call n=2", "2 fact:1 call n=1", "2 fact:1 return (1)", "1 fact:1 return (2)",]
    );
}

#[tokio::test]
async fn an_exception_is_told_once_a_frame() {
    let code = "function f() {
  try {
    outer();
  } catch (e) {
    return e.message;
  } finally {
    null;
  }
}
function outer() { inner(); }
function inner() { throw new TypeError('no'); }";
    assert_eq!(
        steps(run(JavaScript, "f() string", code).test(json!([]))).await,
        [
            "1 f:1 call",
            "1 f:3 line",
            "2 outer:10 call",
            "2 outer:10 line",
            "3 inner:11 call",
            "3 inner:11 line",
            "3 inner:11 exception (TypeError: no)",
            "3 inner:11 return",
            "2 outer:10 exception (TypeError: no)",
            "2 outer:10 return",
            "1 f:3 exception (TypeError: no)",
            "1 f:5 line e=TypeError: no",
            "1 f:7 line -e",
            "1 f:5 return ('no')",
        ]
    );
    let code = "function f() { try { null.x } finally { 1 } }";
    let run = run(JavaScript, "f() void", code).test(json!([]));
    let (report, trace) = traced(run).await;
    assert!(matches!(report.tests[0].outcome, Outcome::Raised(_)));
    let lines: Vec<String> = trace.steps.iter().map(line).collect();
    assert_eq!(
        lines[2..],
        ["1 f:1 exception (TypeError: Cannot read properties of null (reading 'x'))", "1 f:1 line", "1 f:1 return",]
    );
}

#[tokio::test]
async fn nodes_of_a_list_keep_their_numbers() {
    let code = "function reverse(head) {
  let before = null;
  while (head) {
    const next = head.next;
    head.next = before;
    before = head;
    head = next;
  }
  return before;
}";
    let (_, trace) = traced(run(JavaScript, "reverse(ListNode) ListNode", code).test(json!([[1, 2, 3]]))).await;
    assert_eq!(texts(&trace, "before"), ["null", "1", "2 → 1", "3 → 2 → 1"]);
    let node = |id, text: &str| json!({"id": id, "text": text});
    assert_eq!(
        serde_json::to_value(&trace.steps[0].changed[0].structure).unwrap(),
        json!({"kind": "linked_list", "nodes": [node(1, "1"), node(2, "2"), node(3, "3")]})
    );
    assert_eq!(
        serde_json::to_value(&variable(&trace, "before").structure).unwrap(),
        json!({"kind": "linked_list", "nodes": [node(3, "3"), node(2, "2"), node(1, "1")]})
    );
}

/// The structure and the text of `value` in a trace.
async fn shown(setup: &str, value: &str) -> (String, Json) {
    let code = format!("{setup}\nfunction f() {{ const value = {value}; return 0; }}");
    let (report, trace) = traced(run(JavaScript, "f() int", &code).test(json!([]))).await;
    assert_eq!(report.tests[0].outcome, returned(json!(0)));
    let value = variable(&trace, "value");
    (value.text.clone(), serde_json::to_value(&value.structure).unwrap())
}

#[tokio::test]
async fn values_are_written_as_people_do() {
    for (value, expected) in [
        ("'it\\'s'", r"'it\'s'"),
        ("'a\\n\\ud800'", r"'a\n�'"),
        ("-0", "-0"),
        ("12n", "12n"),
        ("undefined", "undefined"),
        ("Symbol('a')", "Symbol(a)"),
        ("[1, [2], , 'a']", "[1, [2], undefined, 'a']"),
        ("new Map([['a', { b: 1 }]])", "Map(1) {'a' => {b: 1}}"),
        ("new Set([1, 2])", "Set(2) {1, 2}"),
        ("new (class Point { x = 1 })", "Point {x: 1}"),
        ("{ f() {}, get a() { throw 1 } }", "{f: function f, a: (getter)}"),
        ("new Uint8Array(2)", "Uint8Array [0, 0]"),
        ("new RangeError('far')", "RangeError: far"),
        ("Object.create(null)", "{}"),
        ("new TreeNode(3)", "TreeNode(3)"),
        ("[new ListNode(1, new ListNode(2))]", "[1 → 2]"),
        ("[[[[[[[]]]]]]]", "[[[[[…]]]]]"),
        ("Promise.resolve(1)", "Promise {}"),
    ] {
        assert_eq!(shown("", value).await.0, expected, "{value}");
    }
    let long = shown("", "'x'.repeat(1e6)").await.0;
    assert!(long.starts_with("'xxx") && long.ends_with('…'), "{long}");
}

#[tokio::test]
async fn structures_are_told() {
    let node = |id, text: &str| json!({"id": id, "text": text});
    for (setup, value, expected) in [
        ("", "[1, [2]]", json!({"kind": "list", "items": ["1", "[2]"], "length": 2})),
        (
            "const list = new ListNode(1, new ListNode(2)); list.next.next = list;",
            "list",
            json!({"kind": "linked_list", "nodes": [node(1, "1"), node(2, "2")], "cycle": 0}),
        ),
        (
            "",
            "new TreeNode(1, null, new TreeNode(2))",
            json!({"kind": "tree", "nodes": [node(1, "1"), null, node(2, "2")]}),
        ),
        (
            "const a = { val: 1, neighbors: [] }, b = { val: 2, neighbors: [a] }; a.neighbors.push(b);",
            "a",
            json!({"kind": "graph", "nodes": [node(1, "1"), node(2, "2")], "edges": [[0, 1], [1, 0]]}),
        ),
    ] {
        assert_eq!(shown(setup, value).await.1, expected, "{value}");
    }
}

#[tokio::test]
async fn large_structures_are_cut() {
    let setup = "let list = null, tree = null, graph = { val: 0, neighbors: [] };
for (let i = 0; i < 1000; i++) {
  list = new ListNode(i, list); tree = new TreeNode(i, tree);
  graph.neighbors.push({ val: i, neighbors: [graph] });
}";
    for value in ["list", "tree", "graph", "new Array(1000).fill(0)"] {
        let (_, structure) = shown(setup, value).await;
        match serde_json::from_value::<Structure>(structure).unwrap() {
            Structure::List { items, length } => assert_eq!((items.len(), length), (40, 1000)),
            Structure::LinkedList { nodes, is_cut, .. } | Structure::Graph { nodes, is_cut, .. } => {
                assert_eq!((nodes.len(), is_cut), (40, true));
            }
            Structure::Tree { nodes, is_cut } => assert_eq!((nodes.iter().flatten().count(), is_cut), (40, true)),
        }
    }
}

#[tokio::test]
async fn methods_show_this() {
    let code = "class Counter {
  constructor(n) { this.n = n; }
  add() { this.n++; return this.n; }
}";
    let signature = json!({
        "class": "Counter",
        "parameters": [{"name": "n", "type": "int"}],
        "methods": [{"name": "add", "parameters": [], "returns": "int"}],
    });
    let run = with_signature(JavaScript, &signature, code).sequence(json!([["Counter", 1], ["add"]]));
    assert_eq!(
        steps(run).await,
        [
            "1 constructor:2 call n=1 this=Counter {}",
            "1 constructor:2 line",
            "1 constructor:2 return this=Counter {n: 1} (undefined)",
            "1 add:3 call this=Counter {n: 1}",
            "1 add:3 line",
            "1 add:3 line this=Counter {n: 2}",
            "1 add:3 return (2)",
        ]
    );
}

#[tokio::test]
async fn closures_show_what_they_use_of_the_functions_around() {
    let code = "function f(nums) {
  const result = [], unused = 1;
  const visit = (i, then) => {
    if (i === nums.length) return;
    result.push(nums[i]);
    visit(i + 1, then);
  };
  visit(0, f);
  return result;
}";
    let steps = steps(run(JavaScript, "f(int[]) int[]", code).test(json!([[4]]))).await;
    assert!(steps.contains(&"2 visit:3 call i=0 then=function f nums=[4] result=[]".to_owned()), "{steps:#?}");
    assert!(steps.contains(&"2 visit:6 line result=[4]".to_owned()), "{steps:#?}");
}

#[tokio::test]
async fn generators_leave_and_come_back() {
    let code = "function* two(a) {
  yield a;
  yield 2;
}
function f() {
  return [...two(1)];
}";
    assert_eq!(
        steps(run(JavaScript, "f() int[]", code).test(json!([]))).await,
        [
            "1 f:5 call",
            "1 f:6 line",
            "2 two:1 call a=1",
            "2 two:2 line",
            "2 two:2 return (1)",
            "2 two:2 call a=1",
            "2 two:3 line",
            "2 two:3 return (2)",
            "2 two:3 call a=1",
            "2 two:3 return (undefined)",
            "1 f:6 return ([1, 2])",
        ]
    );
}

#[tokio::test]
async fn asynchronous_functions_leave_and_come_back() {
    let code = "async function f(n) {
  const x = await g(n);
  return x;
}
const g = async (n) => n + 1;";
    assert_eq!(
        steps(run(JavaScript, "f(int) int", code).test(json!([1]))).await,
        [
            "1 f:1 call n=1",
            "1 f:2 line",
            "2 g:5 call n=1",
            "2 g:5 return (2)",
            "1 f:2 return (Promise {})",
            "1 f:2 call n=1 x=2",
            "1 f:3 line",
            "1 f:3 return (2)",
        ]
    );
}

#[tokio::test]
async fn code_outside_of_functions_and_what_it_calls_is_not_traced() {
    let code = "const g = (n) => n;\nconst seven = g(7);\nfunction f() { return seven; }";
    let steps = steps(run(JavaScript, "f() int", code).test(json!([]))).await;
    assert_eq!(steps, ["1 f:3 call", "1 f:3 line", "1 f:3 return (7)"]);
}

#[tokio::test]
async fn an_endless_loop_is_cut() {
    let (report, trace) = traced(run(JavaScript, "f() int", "function f() { for (;;) {} }").test(json!([]))).await;
    assert_eq!(report.tests[0].outcome, Outcome::NotRun);
    assert_eq!(trace.steps.len(), MAX_STEPS);
    assert!(trace.is_truncated);
}

#[tokio::test]
async fn code_without_a_trace_has_none() {
    let report = run(JavaScript, "f() int", "function f() { return 1; }").test(json!([])).report().await;
    assert_eq!(report.trace, None);
}

/// The code finds the tracer, replaces what it can, and hands over values that hold on to whoever looks at them. It
/// spoils its own trace at most.
#[tokio::test]
async fn hostile_code_spoils_its_own_trace_at_most() {
    for body in [
        "eval('$' + 0).l(eval('$' + '0f'), '{\"', 'a,b', () => 1); return 1;",
        "eval('$' + 0).l(null); return 1;",
        "eval('$' + 0).f(1, {}, -1, 7, 'x'); return 1;",
        "eval('$' + 0).r(eval('$' + '0f'), 1e300, 1); return 1;",
        "eval('$' + 0).f = eval('$' + 0).l = () => 1; return 1;",
        "for (let i = 0; i < 2000; i++) eval('$' + 0).f(1, 'f', 0); return 1;",
        "for (const k of Object.getOwnPropertyNames(Map.prototype)) Map.prototype[k] = () => f(); return 1;",
        "for (const k of ['join', 'push', 'map']) Array.prototype[k] = () => { for (;;); }; return 1;",
        "Object.getOwnPropertyDescriptor = Reflect.ownKeys = Object.keys = () => { throw 1; }; return 1;",
        "Object.defineProperty(Array.prototype, '0', { set() { for (;;); }, configurable: true }); return 1;",
        "Object.defineProperty(Object.prototype, 'read', { set() { for (;;); }, get() { throw 1; } }); return 1;",
        "Object.defineProperty(Object.prototype, 'value', { get() { throw 1; }, configurable: true }); return 1;",
        "String.prototype.slice = String.prototype.split = () => f; JSON.stringify = () => '{'; return 1;",
        "Error.prepareStackTrace = () => { throw 1; }; { let a = 1; b; let b; } return 1;",
        "const p = new Proxy([], { get() { throw 1; }, getOwnPropertyDescriptor() { throw 1; } }); p; return 1;",
        "const p = new Proxy({}, { getPrototypeOf() { throw p; }, ownKeys() { f(); return []; } }); p; return 1;",
        "const a = { toString() { throw 1; }, toJSON() { throw 1; }, get val() { throw 1; }, next: 1 }; a; return 1;",
        "class A { static get name() { throw 1; } } const a = new A(); a; return 1;",
        "const e = new Error(); Object.defineProperty(e, 'message', { get() { throw 1; } }); e; return 1;",
        "const a = []; a.constructor = a; a[0] = a; a.val = a; a.next = a; a.neighbors = a; a; return 1;",
        "const a = { val: 1 }; a.val = a; a.next = a; const b = { val: a, left: a, right: null }; b; return 1;",
        "const a = []; a.length = 4294967295; const s = 'x'.repeat(1e7), m = new Map([[s, s]]); a; return 1;",
    ] {
        let code = format!("function f() {{\n{body}\n}}");
        let mut run = run(JavaScript, "f() int", &code).test(json!([]));
        run.0.trace = true;
        let report = run.report().await;
        let trace = report.trace.unwrap();
        assert!(trace.is_truncated || !trace.steps.is_empty(), "{body}");
        let outcome = &report.tests[0].outcome;
        let expected = matches!(outcome, Outcome::Returned(_) | Outcome::Raised(_) | Outcome::NotRun);
        assert!(expected, "{body}: {outcome:?}");
    }
}

/// What a run does, without what a trace may change: the column of an error.
async fn behaviour(mut run: Run, trace: bool) -> (Outcome, String, String, Option<Trace>) {
    run.0.trace = trace;
    let mut report = run.report().await;
    let mut test = report.tests.remove(0);
    if let Outcome::Raised(error) = &mut test.outcome {
        error.column = None;
    }
    (test.outcome, test.stdout, report.stderr, report.trace)
}

/// Programs that instrumenting could break do the same with a trace as without.
#[tokio::test]
async fn a_trace_changes_nothing() {
    let programs = include_str!("trace_javascript/programs.js");
    let mut count = 0;
    for program in programs.split("// ---- ").skip(1) {
        let (title, code) = program.split_once('\n').unwrap();
        let make = || run(JavaScript, "f() any", code).test(json!([]));
        let (outcome, stdout, stderr, _) = behaviour(make(), false).await;
        assert!(!matches!(outcome, Outcome::CompileError(_)), "{title}: {outcome:?}");
        let (traced_outcome, traced_stdout, traced_stderr, trace) = behaviour(make(), true).await;
        assert_eq!((outcome, stdout, stderr), (traced_outcome, traced_stdout, traced_stderr), "{title}");
        let trace = trace.unwrap();
        assert!(trace.steps.len() > 2, "{title}");
        replay(&trace, !trace.is_truncated);
        count += 1;
    }
    assert!(count > 40, "{count}");
}
