//! Namespaces, sequences of calls, and what is reported.

use bugdrill_model::run::Outcome;
use serde_json::json;

use crate::support::{JavaScript, Python, returned, run, with_signature};

#[tokio::test]
async fn each_test_has_a_namespace_of_its_own() {
    for (language, code) in [
        (Python, "seen = []\ndef f(n, kept=[]):\n    seen.append(n)\n    kept.append(n)\n    return [seen, kept]"),
        (
            JavaScript,
            "const seen = [];\nvar kept = [];\nfunction f(n) { seen.push(n); kept.push(n); return [seen, kept]; }",
        ),
        // A global that was never declared.
        (
            JavaScript,
            "function f(n) { if (typeof seen === 'undefined') seen = []; seen.push(n); return [seen, seen]; }",
        ),
        (
            Python,
            "import builtins\ndef f(n):\n    kept = globals().setdefault('kept', [])\n    kept.append(n)\n    return [kept, kept]",
        ),
    ] {
        let alone = run(language, "f(int) any", code).test(json!([1])).test(json!([2])).outcomes().await;
        assert_eq!(alone, [returned(json!([[1], [1]])), returned(json!([[2], [2]]))], "{code}");
        let together = run(language, "f(int) any", code).sequence(json!([["f", 1], ["f", 2]])).outcome().await;
        assert_eq!(together, returned(json!([[[1], [1]], [[1, 2], [1, 2]]])), "{code}");
    }
}

#[tokio::test]
async fn javascript_is_evaluated_anew_for_each_test() {
    for (code, each) in [
        ("let calls = 0; const f = () => ++calls;", 1),
        ("class Calls { static count = 0; } var f = () => ++Calls.count;", 1),
        // A function in a block is there behind it, and outside of functions `this` is the global object.
        ("{ function f() { return inBlock(); } } function inBlock() { return this === globalThis ? 1 : 0; }", 1),
        ("'use strict'; function f() { return this === undefined ? 2 : 0; }", 2),
        ("eval('var calls = 0'); function f() { return ++calls; }", 1),
        ("var made = new Function('return 3'); function f() { return made(); }", 3),
        ("function f() { return undefined === void 0 && typeof arguments === 'object' ? 4 : 0; } f.length;", 4),
        // The later declaration counts, and what stands behind it is no result.
        ("function f() { return 0; } function f() { return 5; } 'no function';", 5),
    ] {
        let outcomes = run(JavaScript, "f() int", code).test(json!([])).test(json!([])).outcomes().await;
        assert_eq!(outcomes, [returned(json!(each)), returned(json!(each))], "{code}");
    }
}

#[tokio::test]
async fn nothing_persists_between_runs() {
    for (language, code) in [
        (
            Python,
            "import builtins, collections\ndef f():\n    before = getattr(collections, 'mark', 0)\n    collections.mark = 1\n    builtins.len = None\n    open_files = []\n    return before",
        ),
        (
            JavaScript,
            "function f() { const before = Array.prototype.mark ?? 0; Array.prototype.mark = 1; return before; }",
        ),
    ] {
        for _ in 0..4 {
            assert_eq!(run(language, "f() int", code).test(json!([])).outcome().await, returned(json!(0)));
        }
    }
}

#[tokio::test]
async fn randomness_differs_between_runs() {
    for (language, code) in [
        (Python, "import random\ndef f():\n    return random.random()"),
        (Python, "from random import *\ndef f():\n    return randint(0, 10**18)"),
        (Python, "import importlib\ndef f():\n    return importlib.import_module('random').sample(range(10**9), 3)"),
        (Python, "import random\ndef f():\n    return random.Random().getrandbits(60)"),
        (Python, "import secrets\ndef f():\n    return secrets.token_hex()"),
        (Python, "import uuid\ndef f():\n    return str(uuid.uuid4())"),
        (JavaScript, "function f() { return Math.random(); }"),
    ] {
        let first = run(language, "f() any", code).test(json!([])).outcome().await;
        let second = run(language, "f() any", code).test(json!([])).outcome().await;
        assert!(matches!(first, Outcome::Returned(_)), "{first:?}");
        assert_ne!(first, second, "{code}");
    }
}

#[tokio::test]
async fn randomness_differs_between_the_instances_of_a_run() {
    for (language, code) in [
        (Python, "import random\ndef f(ends):\n    while not ends: pass\n    return random.random()"),
        (JavaScript, "function f(ends) { while (!ends); return Math.random(); }"),
    ] {
        let run = run(language, "f(bool) any", code).test(json!([true])).test(json!([false])).test(json!([true]));
        let outcomes = run.limits(|limits| limits.test_cpu_ms = 50).outcomes().await;
        assert_eq!(outcomes[1], Outcome::TimeLimit);
        assert!(matches!(outcomes[0], Outcome::Returned(_)), "{outcomes:?}");
        assert_ne!(outcomes[0], outcomes[2], "{code}");
    }
}

#[tokio::test]
async fn random_is_a_module_like_others() {
    let code = "import random
random.shuffle = 'mine'
def f():
    random.seed(7)
    first = [random.random(), random.choice('abc')]
    state = random.getstate()
    random.seed(7)
    again = [random.random(), random.choice('abc')]
    return [first == again, state == random.getstate(), random.shuffle, 'randint' in dir(random),
            hasattr(random, 'missing'), sorted(set(random.__all__) - set(dir(random)))]";
    let outcome = run(Python, "f() any", code).test(json!([])).outcome().await;
    assert_eq!(outcome, returned(json!([true, true, "mine", true, false, []])));
}

#[tokio::test]
async fn a_run_is_repeatable_unless_it_asks_for_the_time_or_for_randomness() {
    for (language, code, is_repeatable) in [
        (Python, "def f():\n    return 1", true),
        (
            Python,
            "import sys, random\ndef f():\n    print(random, file=sys.stderr)\n    return list(iter({'a', 'b'}))",
            true,
        ),
        (
            Python,
            "import collections, gc, heapq, json, re, functools, datetime, decimal\ndef f():\n    gc.collect()\n    return json.dumps([re.sub('a', 'b', 'aa'), id(f), hash('a')])",
            true,
        ),
        (Python, "import random\ndef f():\n    return random.Random(5).random()", true),
        (Python, "def f():\n    return sum([[] for _ in range(100_000)][0]) + 1 / 0", true),
        (Python, "def f(:", true),
        (Python, "import random\ndef f():\n    return random.choice([1, 2])", false),
        (Python, "from random import shuffle\ndef f():\n    return 1", false),
        (Python, "import uuid\ndef f():\n    return str(uuid.uuid4())", false),
        (Python, "import os\ndef f():\n    return len(os.urandom(1))", false),
        (Python, "import time\ndef f():\n    return time.time() > 0", false),
        (Python, "import time\ndef f():\n    return time.perf_counter() > 0", false),
        (Python, "import time\ndef f():\n    return time.process_time() >= 0", false),
        (Python, "import datetime\ndef f():\n    return str(datetime.datetime.now())", false),
        (JavaScript, "function f() { return 1; }", true),
        (
            JavaScript,
            "async function f() { console.log(Math.max(1, 2), new Set(['a'])); await null; return new Date(0).getTime(); }",
            true,
        ),
        (JavaScript, "function f() { throw new Error('x'); }", true),
        (JavaScript, "function f( {", true),
        (JavaScript, "function f() { return Math.random() < 2; }", false),
        (JavaScript, "function f() { return Date.now() > 0; }", false),
        (JavaScript, "function f() { return String(new Date()).length; }", false),
        (JavaScript, "function f() { return performance.now() > 0; }", false),
    ] {
        let report = run(language, "f() any", code).test(json!([])).report().await;
        assert_eq!(report.is_repeatable, is_repeatable, "{code}: {report:?}");
    }
}

#[tokio::test]
async fn a_class_is_constructed_and_called() {
    let signature = json!({
        "class": "MinStack",
        "parameters": [{"name": "first", "type": "int"}],
        "methods": [
            {"name": "push", "parameters": [{"name": "value", "type": "int"}], "returns": "void"},
            {"name": "get_min", "returns": "int"},
            {"name": "as_list", "returns": "ListNode"},
        ],
    });
    let python = "class MinStack:
    def __init__(self, first):
        self.values = [first]
    def push(self, value):
        self.values.append(value)
        return 'ignored'
    def get_min(self):
        return min(self.values)
    def as_list(self):
        head = None
        for value in self.values:
            head = ListNode(value, head)
        return head
";
    let javascript = "class MinStack {
  values = [];
  constructor(first) { this.push(first); }
  push(value) { this.values.push(value); return 'ignored'; }
  getMin = () => Math.min(...this.values);
  async asList() { return this.values.reduce((head, value) => new ListNode(value, head), null); }
}";
    for (language, code) in [(Python, python), (JavaScript, javascript)] {
        let calls = json!([["MinStack", 3], ["push", 5], ["get_min"], ["push", 1], ["get_min"], ["as_list"]]);
        let outcome = with_signature(language, &signature, code).sequence(calls).outcome().await;
        assert_eq!(outcome, returned(json!([null, null, 3, null, 1, [1, 5, 3]])));
    }
    let prototype = "var MinStack = function (first) { this.min = first; };
MinStack.prototype.push = function (value) {};
MinStack.prototype.getMin = function () { return this.min; };
MinStack.prototype.asList = function () { return null; };";
    let calls = json!([["MinStack", 3], ["get_min"]]);
    let outcome = with_signature(JavaScript, &signature, prototype).sequence(calls).outcome().await;
    assert_eq!(outcome, returned(json!([null, 3])));
}

#[tokio::test]
async fn a_constructor_takes_all_kinds_of_arguments() {
    let signature = json!({
        "class": "Walk",
        "parameters": [
            {"name": "head", "type": "ListNode"}, {"name": "start", "type": "GraphNode"}, {"name": "sizes", "type": "int[]"}
        ],
        "methods": [{"name": "next_sizes", "parameters": [{"name": "more", "type": "int[]"}], "returns": "any"}],
    });
    let python = "class Walk:
    def __init__(self, head, start, sizes):
        self.found = sizes + [head.next.val, start.neighbors[0].val]
    async def next_sizes(self, more):
        self.found += more
        return (size for size in self.found)
";
    let javascript = "class Walk {
  constructor(head, start, sizes) { this.found = [...sizes, head.next.val, start.neighbors[0].val]; }
  async nextSizes(more) { this.found.push(...more); return this.found.values(); }
}";
    for (language, code) in [(Python, python), (JavaScript, javascript)] {
        let calls = json!([["Walk", [1, 2], [[3, [1]], [4, []]], [5]], ["next_sizes", []], ["next_sizes", [6]]]);
        let outcome = with_signature(language, &signature, code).sequence(calls).outcome().await;
        assert_eq!(outcome, returned(json!([null, [5, 2, 4], [5, 2, 4, 6]])), "{language:?}");
    }
}

#[tokio::test]
async fn an_argument_is_reported_after_the_call() {
    for (language, code) in [
        (Python, "def f(n, values):\n    values.sort()\n    return n"),
        (JavaScript, "function f(n, values) { values.sort(); return n; }"),
    ] {
        let outcome = run(language, "f(int, int[]) int", code).test(json!([1, [3, 1, 2]])).observing(1).outcome().await;
        assert_eq!(outcome, returned(json!([1, 2, 3])));
    }
    for (language, code) in [
        (Python, "def f(head):\n    head.next = head.next.next"),
        (JavaScript, "function f(head) { head.next = head.next.next; }"),
    ] {
        let run = run(language, "f(ListNode) void", code).test(json!([[1, 2, 3]])).observing(0);
        assert_eq!(run.outcome().await, returned(json!([1, 3])));
    }
}

#[tokio::test]
async fn names_follow_the_language() {
    for (language, code) in [
        (Python, "def two_sum():\n    return 1"),
        (JavaScript, "function twoSum() { return 1; }"),
        (JavaScript, "const twoSum = async () => 1; // no line follows"),
        (
            JavaScript,
            "'use strict';\nvar twoSum = function () { return this === undefined ? 1 : 2; };\nmodule.exports = { twoSum };",
        ),
    ] {
        assert_eq!(run(language, "two_sum() int", code).test(json!([])).outcome().await, returned(json!(1)), "{code}");
    }
}

#[tokio::test]
async fn the_usual_library_is_there() {
    let code = "from __future__ import annotations
import asyncio, bisect, collections, copy, dataclasses, datetime, decimal, enum, fractions, functools, heapq
import itertools, json, math, operator, random, re, statistics, string, typing

@dataclasses.dataclass(order=True)
class Item:
    cost: int

class Color(enum.Enum):
    RED = 1

def f(values: List[int], other: Optional[Dict[str, Any]] = None) -> Deque[int]:
    heap = [Item(value) for value in values]
    heapq.heapify(heap)
    async def wait():
        await asyncio.sleep(0.001)
        return sum(await asyncio.gather(asyncio.sleep(0, 1), asyncio.sleep(0, 2)))
    return [heapq.heappop(heap).cost, Color(1).name, asyncio.run(wait()), math.comb(5, 2),
            json.loads(json.dumps({'a': [1]})), str(decimal.Decimal('0.1') + fractions.Fraction(1, 1).numerator),
            re.sub('a+', 'b', 'caat'), datetime.date(2024, 2, 28).isoformat(), list(itertools.pairwise('abc'))]
";
    let outcome = run(Python, "f(int[]) any", code).test(json!([[3, 1, 2]])).outcome().await;
    let expected = json!([1, "RED", 3, 10, {"a": [1]}, "1.1", "cbt", "2024-02-28", [["a", "b"], ["b", "c"]]]);
    assert_eq!(outcome, returned(expected));

    let code = "function f(values) {
  const groups = Object.groupBy(values, (value) => (value % 2 ? 'odd' : 'even'));
  return [values.toSorted((a, b) => a - b), values.at(-1), groups, structuredCloneOrNull(), 2n ** 64n,
    [...'aé🦀'].length, new Set([1, 2]).union(new Set([3])), Math.max(...values), 'a-b'.replaceAll('-', '+')];
}
function structuredCloneOrNull() { return typeof structuredClone === 'function' ? null : null; }";
    let outcome = run(JavaScript, "f(int[]) any", code).test(json!([[3, 1, 2]])).outcome().await;
    let expected = json!([
        [1, 2, 3], 2, {"odd": [3, 1], "even": [2]}, null, {"$int": "18446744073709551616"}, 3, {"$set": [1, 2, 3]}, 3, "a+b"
    ]);
    assert_eq!(outcome, returned(expected));
}

#[tokio::test]
async fn the_console_shows_values_as_learners_know_them() {
    let code = "function f() {
  console.log('text', 1.5, -0, null, undefined, true, 5n, [1, 'a'], { a: { b: [] }, 'x-y': 1 });
  console.log(new Map([[1, 'a']]), new Set(['b']), new ListNode(1), () => 1, Symbol('s'));
  const self = {}; self.self = self; console.log(self, [[[[1]]]], Array(101).fill(0).length, new Error('bad'));
}";
    let report = run(JavaScript, "f() void", code).test(json!([])).only().await;
    assert_eq!(
        report.stdout,
        "text 1.5 -0 null undefined true 5n [ 1, 'a' ] { a: { b: [] }, 'x-y': 1 }
Map(1) { 1 => 'a' } Set(1) { 'b' } ListNode { val: 1, next: null } [Function (anonymous)] Symbol(s)
<ref *1> { self: [Circular *1] } [ [ [ [Array] ] ] ] 101 Error: bad
"
    );
}

#[tokio::test]
async fn objects_of_the_python_snapshot_are_immortal() {
    let code = "
import collections, decimal, random, sys
def f():
    library = [collections, random.randint, random.randint.__code__, collections.Counter, decimal.Context.__doc__]
    return [sys._is_immortal(thing) for thing in [*library, object()]]";
    let outcome = run(Python, "f() bool[]", code).test(json!([])).outcome().await;
    assert_eq!(outcome, returned(json!([true, true, true, true, true, false])));
}
