//! What a trace tells of the code of one test.

use bugdrill_model::{
    run::Outcome,
    trace::{MAX_STEPS, MAX_STRUCTURE_NODES, MAX_TEXT_CHARACTERS, Node, Step, StepEvent, Structure, Trace},
};
use serde_json::{Value as Json, json};

use crate::replay::replay;
use crate::support::{Python, Run, returned, run, with_signature};

/// The outcome and the trace of code that does not tamper with it: it can be replayed and keeps to the limits.
async fn traced(run: Run) -> (Outcome, Trace) {
    let (outcome, trace) = run.traced().await;
    replay(&trace, matches!(outcome, Outcome::Returned(_) | Outcome::Raised(_)));
    (outcome, trace)
}

/// The steps, one a line: event, line, depth and function, then what changed, what is gone, and the text.
fn lines(trace: &Trace) -> Vec<String> {
    let show = |step: &Step| {
        let event = json!(step.event);
        let mut line = format!("{} {} d{} {}", event.as_str().unwrap(), step.line, step.depth, step.function);
        for variable in &step.changed {
            line += &[" ", &variable.name, "=", &variable.text].concat();
        }
        for name in &step.removed {
            line += &[" -", name].concat();
        }
        if let Some(text) = &step.text {
            line += &[" -> ", text].concat();
        }
        line
    };
    trace.steps.iter().map(show).collect()
}

/// All values that the variable has in turn, as far as they differ.
fn texts<'a>(trace: &'a Trace, name: &str) -> Vec<&'a str> {
    let changed = trace.steps.iter().flat_map(|step| &step.changed).filter(|variable| variable.name == name);
    let mut texts: Vec<&str> = changed.map(|variable| variable.text.as_str()).collect();
    texts.dedup();
    texts
}

/// All structures that the variable has in turn, as far as they differ.
fn structures<'a>(trace: &'a Trace, name: &str) -> Vec<&'a Structure> {
    let changed = trace.steps.iter().flat_map(|step| &step.changed).filter(|variable| variable.name == name);
    let mut structures: Vec<&Structure> = changed.filter_map(|variable| variable.structure.as_ref()).collect();
    structures.dedup();
    structures
}

fn node_texts<'a>(nodes: impl IntoIterator<Item = &'a Node>) -> Vec<&'a str> {
    nodes.into_iter().map(|node| node.text.as_str()).collect()
}

fn python(signature: &str, code: &str, arguments: Json) -> Run {
    run(Python, signature, code).test(arguments)
}

#[tokio::test]
async fn a_loop_is_followed_line_by_line() {
    let code = "LIMIT = 5\n\ndef f(numbers):\n    total = 0\n    for number in numbers:\n        total += number\n    return total";
    let (outcome, trace) = traced(python("f(int[]) int", code, json!([[3, 4]]))).await;
    assert_eq!(outcome, returned(json!(7)));
    assert!(!trace.is_truncated);
    assert_eq!(
        lines(&trace),
        [
            "call 3 d1 f numbers=[3, 4]",
            "line 4 d1 f",
            "line 5 d1 f total=0",
            "line 6 d1 f number=3",
            "line 5 d1 f total=3",
            "line 6 d1 f number=4",
            "line 5 d1 f total=7",
            "line 7 d1 f",
            "return 7 d1 f -> 7",
        ]
    );
    assert_eq!(structures(&trace, "numbers"), [&Structure::List { items: vec!["3".into(), "4".into()], length: 2 }]);
}

#[tokio::test]
async fn variables_come_and_go_with_their_loops() {
    let code = "def f(n):\n    rows = []\n    while n:\n        rows.append([i * n for i in range(2)])\n        n -= 1\n    for a in rows:\n        for b in a:\n            last = b\n    del rows\n    return last";
    let (outcome, trace) = traced(python("f(int) int", code, json!([2]))).await;
    assert_eq!(outcome, returned(json!(1)));
    assert_eq!(texts(&trace, "rows"), ["[]", "[[0, 2]]", "[[0, 2], [0, 1]]"]);
    assert_eq!(texts(&trace, "n"), ["2", "1", "0"]);
    assert_eq!(texts(&trace, "last"), ["0", "2", "0", "1"]);
    let removed: Vec<&str> =
        trace.steps.iter().flat_map(|step| &step.removed).map(String::as_str).filter(|name| *name != "i").collect();
    assert_eq!(removed, ["rows"]);
    // The variable of a comprehension lives as long as it.
    assert_eq!(texts(&trace, "i"), ["0", "1", "0", "1"]);
}

#[tokio::test]
async fn a_recursion_tells_every_frame() {
    let code = "def f(n):\n    if n < 2:\n        return n\n    return f(n - 1) + f(n - 2)";
    let (outcome, trace) = traced(python("f(int) int", code, json!([2]))).await;
    assert_eq!(outcome, returned(json!(1)));
    assert_eq!(
        lines(&trace),
        [
            "call 1 d1 f n=2",
            "line 2 d1 f",
            "line 4 d1 f",
            "call 1 d2 f n=1",
            "line 2 d2 f",
            "line 3 d2 f",
            "return 3 d2 f -> 1",
            "call 1 d2 f n=0",
            "line 2 d2 f",
            "line 3 d2 f",
            "return 3 d2 f -> 0",
            "return 4 d1 f -> 1",
        ]
    );
}

#[tokio::test]
async fn a_recursion_may_be_as_deep_as_a_trace_is_long() {
    let code = "def f(n):\n    return n and f(n + 1)";
    let (outcome, trace) = traced(python("f(int) int", code, json!([1]))).await;
    assert_eq!((outcome, trace.is_truncated), (Outcome::NotRun, true));
    assert_eq!(trace.steps.last().unwrap().depth, MAX_STEPS as u32 / 2);
}

#[tokio::test]
async fn exceptions_are_told_where_they_are_raised_caught_and_leave() {
    let code = "def check(n):\n    if n:\n        raise ValueError('bad', n)\n    return {}['key']\n\ndef f(n):\n    try:\n        check(n)\n    except ValueError as error:\n        n = 0\n    return check(n)";
    let (outcome, trace) = traced(python("f(int) int", code, json!([1]))).await;
    assert!(matches!(outcome, Outcome::Raised(error) if error.kind == "KeyError"));
    assert_eq!(
        lines(&trace),
        [
            "call 6 d1 f n=1",
            "line 7 d1 f",
            "line 8 d1 f",
            "call 1 d2 check n=1",
            "line 2 d2 check",
            "line 3 d2 check",
            "exception 3 d2 check -> ValueError: ('bad', 1)",
            "return 3 d2 check",
            "exception 8 d1 f -> ValueError: ('bad', 1)",
            "line 9 d1 f",
            "line 10 d1 f error=ValueError('bad', 1)",
            "line 11 d1 f n=0 -error",
            "call 1 d2 check n=0",
            "line 2 d2 check",
            "line 4 d2 check",
            "exception 4 d2 check -> KeyError: 'key'",
            "return 4 d2 check",
            "exception 11 d1 f -> KeyError: 'key'",
            "return 11 d1 f",
        ]
    );
}

#[tokio::test]
async fn a_reversed_list_keeps_its_nodes() {
    let code = "def f(head):\n    before = None\n    while head:\n        after = head.next\n        head.next = before\n        before = head\n        head = after\n    return before";
    let (outcome, trace) = traced(python("f(ListNode) ListNode", code, json!([[1, 2, 3]]))).await;
    assert_eq!(outcome, returned(json!([3, 2, 1])));
    assert_eq!(texts(&trace, "before"), ["None", "1", "2 → 1", "3 → 2 → 1"]);
    let (heads, befores) = (structures(&trace, "head"), structures(&trace, "before"));
    let (Structure::LinkedList { nodes: first, .. }, Structure::LinkedList { nodes: last, .. }) =
        (heads[0], befores[befores.len() - 1])
    else {
        panic!("{heads:?} {befores:?}")
    };
    assert_eq!(node_texts(first), ["1", "2", "3"]);
    assert!(first.iter().eq(last.iter().rev()), "{first:?} {last:?}");
    assert_eq!(trace.steps.last().unwrap().text.as_deref(), Some("3 → 2 → 1"));
}

#[tokio::test]
async fn linked_lists_may_have_cycles_and_be_long() {
    let code = "def f(head):\n    return head.val";
    let (_, trace) = traced(python("f(ListNode) int", code, json!([{"$list": ["a", "b", "c"], "cycle": 1}]))).await;
    assert_eq!(texts(&trace, "head"), ["'a' → 'b' → 'c' → …"]);
    assert!(
        matches!(structures(&trace, "head")[0], Structure::LinkedList { nodes, cycle: Some(1), is_cut: false } if nodes.len() == 3)
    );

    let long: Vec<usize> = (0..50_000).collect();
    let (_, trace) = traced(python("f(ListNode) int", code, json!([long]))).await;
    assert!(
        matches!(structures(&trace, "head")[0], Structure::LinkedList { nodes, cycle: None, is_cut: true } if nodes.len() == MAX_STRUCTURE_NODES)
    );
}

#[tokio::test]
async fn trees_are_told_level_by_level() {
    let depth_first =
        "def f(root):\n    if root is None:\n        return 0\n    return 1 + max(f(root.left), f(root.right))";
    let tree = json!([[1, 2, 3, null, 4]]);
    let (outcome, trace) = traced(python("f(TreeNode) int", depth_first, tree.clone())).await;
    assert_eq!(outcome, returned(json!(3)));
    assert_eq!(
        texts(&trace, "root"),
        ["TreeNode(1)", "TreeNode(2)", "None", "TreeNode(4)", "None", "TreeNode(3)", "None"]
    );
    let Structure::Tree { nodes, is_cut: false } = structures(&trace, "root")[0] else { panic!("{trace:?}") };
    let texts_of: Vec<Option<&str>> = nodes.iter().map(|node| node.as_ref().map(|node| node.text.as_str())).collect();
    assert_eq!(texts_of, [Some("1"), Some("2"), Some("3"), None, Some("4")]);

    let breadth_first = "from collections import deque\ndef f(root):\n    values, queue = [], deque([root])\n    while queue:\n        node = queue.popleft()\n        values.append(node.val)\n        queue.extend(child for child in (node.left, node.right) if child)\n    return values";
    let (outcome, trace) = traced(python("f(TreeNode) int[]", breadth_first, tree)).await;
    assert_eq!(outcome, returned(json!([1, 2, 3, 4])));
    assert!(texts(&trace, "queue").contains(&"deque([TreeNode(2), TreeNode(3)])"));
    assert!(structures(&trace, "queue").contains(&&Structure::List { items: vec!["TreeNode(4)".into()], length: 1 }));
    let ids: Vec<u32> = structures(&trace, "node")
        .iter()
        .map(|structure| match structure {
            Structure::Tree { nodes, .. } => nodes[0].as_ref().unwrap().id,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(ids, nodes.iter().flatten().map(|node| node.id).collect::<Vec<_>>(), "the same nodes again");
}

#[tokio::test]
async fn node_classes_of_the_learners_own_are_drawn_too() {
    let code = "class Vertex:\n    __slots__ = ('val', 'neighbors')\n    def __init__(self, val):\n        self.val = val\n        self.neighbors = []\n\ndef f(n):\n    nodes = [Vertex(i) for i in range(n)]\n    for i in range(n):\n        nodes[i].neighbors.append(nodes[(i + 1) % n])\n    start = nodes[0]\n    return start.val";
    let (outcome, trace) = traced(python("f(int) int", code, json!([3]))).await;
    assert_eq!(outcome, returned(json!(0)));
    assert_eq!(texts(&trace, "start"), ["Vertex(0)"]);
    let Structure::Graph { nodes, edges, is_cut: false } = structures(&trace, "start")[0] else { panic!("{trace:?}") };
    assert_eq!(node_texts(nodes), ["0", "1", "2"]);
    assert_eq!(*edges, [[0, 1], [1, 2], [2, 0]]);

    let (_, trace) = traced(python("f(int) int", code, json!([41]))).await;
    assert!(
        matches!(structures(&trace, "start")[0], Structure::Graph { nodes, is_cut: true, .. } if nodes.len() == MAX_STRUCTURE_NODES)
    );
}

#[tokio::test]
async fn the_calls_of_a_class_follow_each_other() {
    let signature = json!({
        "class": "Tally",
        "methods": [
            {"name": "add", "parameters": [{"name": "value", "type": "int"}], "returns": "void"},
            {"name": "total", "returns": "int"},
        ],
    });
    let code = "class Tally:\n    def __init__(self):\n        self.sum, self.seen = 0, {}\n\n    def add(self, value):\n        self.sum += value\n        self.seen[value] = 'x'\n\n    def total(self):\n        return self.sum";
    let calls = json!([["Tally"], ["add", 2], ["total"]]);
    let (outcome, trace) = traced(with_signature(Python, &signature, code).sequence(calls)).await;
    assert_eq!(outcome, returned(json!([null, null, 2])));
    assert_eq!(
        lines(&trace),
        [
            "call 2 d1 __init__ self=Tally()",
            "line 3 d1 __init__",
            "return 3 d1 __init__ self=Tally(sum=0, seen={}) -> None",
            "call 5 d1 add self=Tally(sum=0, seen={}) value=2",
            "line 6 d1 add",
            "line 7 d1 add self=Tally(sum=2, seen={})",
            "return 7 d1 add self=Tally(sum=2, seen={2: 'x'}) -> None",
            "call 9 d1 total self=Tally(sum=2, seen={2: 'x'})",
            "line 10 d1 total",
            "return 10 d1 total -> 2",
        ]
    );
}

#[tokio::test]
async fn generators_are_called_each_time_they_go_on() {
    let code = "def count(n):\n    for i in range(n):\n        yield i\n\ndef f(n):\n    total = 0\n    for i in count(n):\n        total += i\n    return total";
    let (outcome, trace) = traced(python("f(int) int", code, json!([2]))).await;
    assert_eq!(outcome, returned(json!(1)));
    let of_count: Vec<String> = lines(&trace)
        .into_iter()
        .filter(|line| line.contains("d2 count") && (line.starts_with("call") || line.starts_with("return")))
        .collect();
    assert_eq!(
        of_count,
        [
            "call 1 d2 count n=2",
            "return 3 d2 count -> 0",
            "call 3 d2 count n=2 i=0",
            "return 3 d2 count -> 1",
            "call 3 d2 count n=2 i=1",
            "return 2 d2 count -> None",
        ]
    );
    // The end of an iterator is no exception that anybody raised.
    assert!(trace.steps.iter().all(|step| step.event != StepEvent::Exception), "{:?}", lines(&trace));

    // The code of a generator runs when its values are asked for.
    let (outcome, trace) = traced(python("f(int) int[]", "def f(n):\n    yield n\n    yield n + 1", json!([1]))).await;
    assert_eq!(outcome, returned(json!([1, 2])));
    assert_eq!(trace.steps.iter().filter(|step| step.event == StepEvent::Line).count(), 2);
}

#[tokio::test]
async fn coroutines_and_closures_are_followed() {
    let code = "import asyncio\n\nasync def double(n):\n    await asyncio.sleep(0)\n    return n * 2\n\nasync def f(n):\n    return await double(n)";
    let (outcome, trace) = traced(python("f(int) int", code, json!([4]))).await;
    assert_eq!(outcome, returned(json!(8)));
    assert!(lines(&trace).contains(&"return 5 d2 double -> 8".to_owned()), "{:?}", lines(&trace));

    let code = "def f(n):\n    best = []\n    def visit(depth, *, key=lambda x: x, step=int):\n        nonlocal best\n        if depth:\n            best = best + [key(depth)]\n            visit(depth - 1)\n    visit(n)\n    return best";
    let (outcome, trace) = traced(python("f(int) int[]", code, json!([2]))).await;
    assert_eq!(outcome, returned(json!([2, 1])));
    assert_eq!(texts(&trace, "best"), ["[]", "[2]", "[2, 1]"]);
    assert!(
        lines(&trace).contains(&"call 3 d3 visit depth=1 key=function <lambda> step=class int best=[2]".to_owned()),
        "{:?}",
        lines(&trace)
    );
    assert!(texts(&trace, "visit").is_empty(), "a definition is no news");
}

#[tokio::test]
async fn values_are_written_as_a_person_would() {
    let code = "import math, enum\nfrom collections import Counter, namedtuple\nclass Box:\n    def __init__(self, value):\n        self.value = value\ndef f():\n    a = [1.5, -0.0, float('inf'), True, None]\n    b = {'x': {1}, (1,): frozenset()}\n    c = 'it\\'s\\n\\ud800é'\n    d = Box(Box([1]))\n    e = range(3), range(0, 9, 2), b'x', object(), [[[[[[[[]]]]]]]]\n    g = Counter('aab')\n    h = namedtuple('P', 'x y')(1, 2)\n    i = 2 ** 40_000\n    j = set()\n    k = math\n    return 0";
    let (_, trace) = traced(python("f() int", code, json!([]))).await;
    let shown: Vec<(&str, Vec<&str>)> = ["a", "b", "c", "d", "e", "g", "h", "i", "j", "k"]
        .into_iter()
        .map(|name| (name, texts(&trace, name)))
        .collect();
    assert_eq!(
        shown,
        [
            ("a", vec!["[1.5, -0.0, inf, True, None]"]),
            ("b", vec!["{'x': {1}, (1,): set()}"]),
            ("c", vec!["\"it's\\n\\ud800é\""]),
            ("d", vec!["Box(value=Box(value=[1]))"]),
            ("e", vec!["(range(0, 3), range(0, 9, 2), b'x', <object>, [[[[[…]]]]])"]),
            ("g", vec!["{'a': 2, 'b': 1}"]),
            ("h", vec!["(1, 2)"]),
            ("i", vec!["<int of 40001 bits>"]),
            ("j", vec!["set()"]),
            ("k", vec![]),
        ]
    );
}

#[tokio::test]
async fn values_of_any_size_are_cut() {
    let code =
        "def f():\n    a = list(range(1_000_000))\n    b = 'x' * 10_000_000\n    c = []\n    c.append(c)\n    return 0";
    let wide: Vec<String> = (0..50).map(|index| format!("    v{index} = [{index}] * 1000\n")).collect();
    let code = code.replace(
        "    return 0",
        &format!("{}    d = {{i: b for i in range(100)}}\n    e = (c,) * 1_000\n    return 0", wide.concat()),
    );
    let (outcome, trace) = traced(python("f() int", &code, json!([]))).await;
    assert!(outcome == returned(json!(0)) && !trace.is_truncated, "{outcome:?}");
    let longest = |name: &str| texts(&trace, name)[0].chars().count();
    assert_eq!(
        (longest("a"), longest("b"), texts(&trace, "c").last().unwrap().chars().count()),
        (MAX_TEXT_CHARACTERS, MAX_TEXT_CHARACTERS, 13)
    );
    assert!(texts(&trace, "a")[0].ends_with('…'));
    assert_eq!(texts(&trace, "d"), Vec::<&str>::new(), "there are too many before it");
    let Structure::List { length, .. } = structures(&trace, "a")[0] else { panic!() };
    assert_eq!(*length, 1_000_000);
}

#[tokio::test]
async fn an_endless_loop_fills_the_trace_and_is_stopped() {
    let code = "def f(n):\n    while True:\n        n += 1";
    let (outcome, trace) = traced(python("f(int) int", code, json!([0]))).await;
    assert_eq!((outcome, trace.is_truncated, trace.steps.len()), (Outcome::NotRun, true, MAX_STEPS));

    let code = "def f(n):\n    rows = []\n    while True:\n        rows.append(['x' * 30] * 40)\n        a, b = list(rows), rows[:]";
    let run = python("f(int) int", code, json!([0])).limits(|limits| limits.test_cpu_ms = limits.run_cpu_ms);
    let (outcome, trace) = traced(run).await;
    let bytes = serde_json::to_string(&trace.steps).unwrap().len();
    assert_eq!((outcome, trace.is_truncated), (Outcome::NotRun, true));
    assert!(trace.steps.len() < MAX_STEPS && (900_000..=1 << 20).contains(&bytes), "{bytes}");
}

#[tokio::test]
async fn what_happened_before_a_limit_is_kept() {
    for (line, limit) in [
        ("sum(iter(int, 1))", Outcome::TimeLimit),
        ("bytearray(1 << 30)", Outcome::MemoryLimit),
        ("print('x' * 10_000_000)", Outcome::OutputLimit),
    ] {
        let code = format!("def f(n):\n    m = n + 1\n    return {line}");
        let run = python("f(int) int", &code, json!([1])).limits(|limits| limits.test_cpu_ms = 150);
        let (outcome, trace) = traced(run).await;
        assert_eq!(outcome, limit);
        assert_eq!(lines(&trace)[..3], ["call 1 d1 f n=1", "line 2 d1 f", "line 3 d1 f m=2"]);
        assert!(!trace.is_truncated);
    }
    let exit = "import os\ndef f(n):\n    os._exit(0)";
    let (outcome, trace) = python("f(int) int", exit, json!([1])).traced().await;
    assert!(matches!(outcome, Outcome::Raised(error) if error.kind == "SystemExit"));
    assert_eq!(lines(&trace)[..2], ["call 2 d1 f n=1", "line 3 d1 f"]);
}

#[tokio::test]
async fn code_that_does_not_start_has_an_empty_trace() {
    for code in ["def f(:", "def g(): pass", "raise ValueError"] {
        let (outcome, trace) = python("f(int) int", code, json!([1])).traced().await;
        assert!(matches!(outcome, Outcome::CompileError(_) | Outcome::Raised(_)), "{outcome:?}");
        assert_eq!(trace, Trace::default());
    }
}

#[tokio::test]
async fn showing_a_value_runs_none_of_its_code() {
    let code = "calls = []\nclass Evil:\n    __slots__ = ('val', '__dict__')\n    def __init__(self):\n        self.val, self.next = 1, None\n    def trap(self, *args, **kwargs):\n        calls.append(1)\n        while True: pass\n    __repr__ = __str__ = __len__ = __iter__ = __eq__ = __hash__ = __bool__ = __getattr__ = trap\n    __class__ = property(trap)\nclass L(list):\n    __repr__ = __iter__ = __len__ = __getitem__ = Evil.trap\nclass S(str):\n    __repr__ = __str__ = __len__ = __getitem__ = __eq__ = Evil.trap\n    __hash__ = str.__hash__\nclass D(dict):\n    __repr__ = items = keys = __iter__ = __len__ = Evil.trap\nclass I(int):\n    __repr__ = __lt__ = __gt__ = __neg__ = __int__ = __index__ = bit_length = Evil.trap\nclass Meta(type):\n    __instancecheck__ = __subclasscheck__ = __eq__ = __repr__ = Evil.trap\n    __hash__ = type.__hash__\nclass M(metaclass=Meta): pass\nclass E(Exception):\n    __str__ = __repr__ = Evil.trap\nclass P:\n    def __init__(self):\n        object.__setattr__(self, 'x', 1)\n    @property\n    def __dict__(self): return Evil.trap(self)\n    def __getattribute__(self, name): return Evil.trap(self)\ndef f():\n    a, b, c, d, e, m, p = Evil(), L([1]), S('s'), D(k=1), I(5), M(), P()\n    try:\n        raise E(c)\n    except E as error:\n        pass\n    g = [a, b, c, d, e, m, p]\n    return len(calls)";
    let (outcome, trace) = traced(python("f() int", code, json!([]))).await;
    assert_eq!(outcome, returned(json!(0)));
    assert_eq!(texts(&trace, "g"), ["[1, [1], 's', {'k': 1}, 5, M(), P()]"]);
    assert!(lines(&trace).iter().any(|line| line.ends_with("-> E: 's'")), "{:?}", lines(&trace));
}

#[tokio::test]
async fn what_code_does_to_the_tracer_harms_itself_alone() {
    let answer = "\n    return n + 1";
    for code in [
        "import sys\ndef f(n):\n    sys.settrace(None)",
        "import sys\ndef f(n):\n    sys.settrace(lambda *_: 1 / 0)",
        "import sys\ndef g(n):\n    sys.settrace(lambda *_: None)\n    return n\ndef f(n):\n    g(n)\n    g(n)",
        "import sys\ndef f(n):\n    tracer = getattr(sys.gettrace(), '__self__', sys)\n    tracer.frames = tracer.values = None",
        "import sys\ndef f(n):\n    sys._getframe().f_trace = None\n    sys._getframe().f_trace_opcodes = True",
        "import builtins, sys\ndef f(n):\n    builtins.len = builtins.id = builtins.type = None\n    sys.modules.clear()",
        "import sys\ndef f(n):\n    sys.setrecursionlimit(12)",
        "import sys\ndef f(n):\n    sys._getframe().f_locals['x' * 1000] = n",
        "def f(n):\n    exec('x = 1')\n    eval(compile('n', 'solution.py', 'eval').replace(co_name='y' * 10_000, co_firstlineno=9))",
    ] {
        let code = format!("{code}{answer}");
        let (outcome, _) = python("f(int) int", &code, json!([1])).traced().await;
        assert_eq!(outcome, python("f(int) int", &code, json!([1])).outcome().await, "{code}");
    }
    // What is no step ends the trace, and with it the code.
    for step in ["'{}'", "'no'", "'[' * 100_000", "'{' * 900_000", "''", "'{\"event\":\"line\",\"line\":-1}'"] {
        let code = format!("import sys\ndef f(n):\n    sys.modules['wit_world'].step({step}){answer}");
        let (outcome, trace) = python("f(int) int", &code, json!([1])).traced().await;
        assert_eq!((outcome, trace.is_truncated), (Outcome::NotRun, true), "{step}");
        assert_eq!(lines(&trace), ["call 2 d1 f n=1", "line 3 d1 f"]);
    }
    for step in ["None", "1", "'x' * 50_000_000"] {
        let code = format!("import sys\ndef f(n):\n    sys.modules['wit_world'].step({step}){answer}");
        let (outcome, _) = python("f(int) int", &code, json!([1])).traced().await;
        assert!(!matches!(outcome, Outcome::Returned(_) | Outcome::InternalError), "{step}: {outcome:?}");
    }
    // Without a trace there is nobody to tell.
    let code = format!("import sys\ndef f(n):\n    sys.modules['wit_world'].step('no'){answer}");
    assert_eq!(python("f(int) int", &code, json!([1])).outcome().await, returned(json!(2)));
}

#[tokio::test]
async fn a_trace_does_not_change_the_outcome() {
    for code in [
        "def f(n):\n    return sorted(range(n), key=lambda x: -x)",
        "import functools\n@functools.cache\ndef f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)",
        "def f(n):\n    class A:\n        x = n\n        def y(self): return [self.x for _ in range(2)]\n    return A().y()",
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\ndef f(n):\n    return P(n).x",
        "def f(n):\n    with open('nothing') as file:\n        return file.read()",
        "def f(n):\n    try:\n        return 1 // (n - n)\n    finally:\n        n = 5",
        "def f(n):\n    g = (x for x in range(n))\n    next(g)\n    return next(g), list(g), next(g, 'end')",
        "def f(n):\n    return next(iter([]))",
        "import asyncio\nasync def g(n):\n    for i in range(n):\n        yield i\nasync def f(n):\n    return [x async for x in g(n)] + await asyncio.gather(h(1), h(2))\nasync def h(n):\n    await asyncio.sleep(0.01)\n    return n",
        "import re, json, heapq, collections\ndef f(n):\n    heap = [n, 1, 2]\n    heapq.heapify(heap)\n    return json.loads(json.dumps([heap, collections.Counter('ab'), re.sub('a', 'b', 'aa')]))",
        "def f(n):\n    raise SystemExit",
        "def f(n):\n    assert n > 100, 'small'",
        "def f(n):\n    return f",
        "import sys\ndef f(n):\n    return sys.gettrace is None, [frame for frame in [1]], locals()['n']",
    ] {
        let plain = python("f(int) any", code, json!([5])).outcome().await;
        let (outcome, trace) = traced(python("f(int) any", code, json!([5]))).await;
        assert_eq!(outcome, plain, "{code}");
        assert!(!trace.is_truncated && !trace.steps.is_empty(), "{code}");
    }
}
