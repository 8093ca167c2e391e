//! The limits, and what goes on after one was reached.

use bugdrill_model::run::Outcome;
use serde_json::json;

use crate::support::{JavaScript, Python, Run, returned, run};

fn python(code: &str) -> Run {
    run(Python, "f(int) any", code)
}

fn javascript(code: &str) -> Run {
    run(JavaScript, "f(int) any", code)
}

#[tokio::test]
async fn endless_loops_reach_the_time_limit() {
    for run in [
        python("def f(n):\n    while True:\n        pass"),
        python(
            "def f(n):\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass",
        ),
        python("import re\ndef f(n):\n    return re.match('(a+)+$', 'a' * 40 + 'b') is None"),
        python("import time\ndef f(n):\n    time.sleep(3600)"),
        python("import asyncio\nasync def f(n):\n    await asyncio.sleep(3600)"),
        python("def f(n):\n    yield from iter(lambda: [], 1)\n    "),
        python("while True:\n    pass"),
        python("def f(n):\n    return 7 ** 10 ** 9"),
        javascript("function f(n) { for (;;); }"),
        javascript("function f(n) { for (;;) { try { f(n); } catch {} } }"),
        javascript("function f(n) { return /(a+)+$/.test('a'.repeat(40) + 'b'); }"),
        javascript("async function f(n) { for (;;) await null; }"),
        javascript("function f(n) { Promise.resolve().then(() => { for (;;); }); }"),
        javascript("for (;;);"),
    ] {
        let code = run.0.code.clone();
        let outcome = run.limits(|limits| limits.test_cpu_ms = 150).test(json!([1])).outcome().await;
        // An endless iterator fills the memory or the result at times before the time is up.
        let is_limit = matches!(outcome, Outcome::TimeLimit | Outcome::OutputLimit | Outcome::MemoryLimit);
        assert!(is_limit && (outcome == Outcome::TimeLimit || code.contains("yield")), "{code}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_sleep_passes_at_once_and_is_charged() {
    let code = "import time\ndef f(n):\n    before = time.monotonic(), time.time()\n    time.sleep(0.2)\n    return [now - then >= 0.2 for now, then in zip((time.monotonic(), time.time()), before)]";
    let report = python(code).test(json!([1])).only().await;
    assert_eq!(report.outcome, returned(json!([true, true])));
    assert!(report.cpu_us >= 200_000);
}

#[tokio::test]
async fn tests_go_on_after_a_time_limit_but_not_after_two() {
    for run in [
        python("calls = []\ndef f(n):\n    calls.append(n)\n    while n == 1: pass\n    return len(calls)"),
        javascript("const calls = [];\nfunction f(n) { calls.push(n); while (n === 1); return calls.length; }"),
    ] {
        let tests = [0, 1, 0, 1, 0];
        let run = tests.into_iter().fold(run, |run, n| run.test(json!([n])));
        let outcomes = run.limits(|limits| limits.test_cpu_ms = 100).outcomes().await;
        let one = || returned(json!(1));
        assert_eq!(outcomes, [one(), Outcome::TimeLimit, one(), Outcome::TimeLimit, Outcome::NotRun]);
    }
}

#[tokio::test]
async fn the_run_as_a_whole_has_a_limit() {
    let code = "import time\ndef f(n):\n    time.sleep(0.15)\n    return n";
    let run = (0..5).fold(python(code), |run, n| run.test(json!([n])));
    let outcomes = run.limits(|limits| (limits.test_cpu_ms, limits.run_cpu_ms) = (250, 400)).outcomes().await;
    let expected = [returned(json!(0)), returned(json!(1)), Outcome::TimeLimit, Outcome::NotRun, Outcome::NotRun];
    assert_eq!(outcomes, expected);
}

#[tokio::test]
async fn time_on_the_clock_is_our_own_fault() {
    let outcomes = python("def f(n):\n    while True: pass")
        .test(json!([1]))
        .test(json!([1]))
        .limits(|limits| (limits.test_cpu_ms, limits.run_cpu_ms, limits.wall_ms) = (60_000, 60_000, 50))
        .outcomes()
        .await;
    assert_eq!(outcomes, [Outcome::InternalError, Outcome::InternalError]);
}

#[tokio::test]
async fn memory_has_a_limit() {
    for run in [
        python("def f(n):\n    return n and len(bytearray(10 ** 9))"),
        python("def f(n):\n    return n and len('x' * 200_000_000)"),
        python("def f(n):\n    kept = []\n    while n: kept.append(bytes(1_000_000))\n    return 0"),
        python("def f(n):\n    kept = []\n    while n: kept.append([None] * 10)\n    return 0"),
        javascript("function f(n) { return n && new Uint8Array(1e9).length; }"),
        javascript("function f(n) { const kept = []; while (n) kept.push(new Uint8Array(1e6)); return 0; }"),
        javascript("function f(n) { const kept = []; while (n) kept.push({ n }); return 0; }"),
        javascript("function f(n) { let text = 'x'; while (n) text += text; return 0; }"),
    ] {
        let code = run.0.code.clone();
        let limits = |limits: &mut bugdrill_model::run::Limits| {
            (limits.test_cpu_ms, limits.run_cpu_ms) = (30_000, 60_000);
        };
        let report = run.test(json!([1])).test(json!([0])).limits(limits).report().await;
        let outcomes: Vec<_> = report.tests.into_iter().map(|test| test.outcome).collect();
        // A string has a limit of its own, well below the memory's.
        let is_limit = outcomes[0] == Outcome::MemoryLimit
            || (code.contains("text") && matches!(&outcomes[0], Outcome::Raised(_)));
        assert!(is_limit, "{code}: {:?}", outcomes[0]);
        assert_eq!(outcomes[1], returned(json!(0)), "{code}");
        assert!(report.peak_memory_bytes <= 128 << 20);
    }
}

#[tokio::test]
async fn garbage_of_other_tests_is_not_charged() {
    for run in [
        python(
            "kept = []\ndef f(n):\n    kept.append(bytearray(n))\n    kept.append(kept)\n    return f and len(kept[0])",
        ),
        javascript(
            "const kept = [];\nfunction f(n) { kept.push(new Uint8Array(n), kept); globalThis.leak = kept; return kept[0].length; }",
        ),
    ] {
        let size = 50_000_000;
        let outcomes = (0..6).fold(run, |run, _| run.test(json!([size]))).outcomes().await;
        assert_eq!(outcomes, vec![returned(json!(size)); 6]);
    }
}

#[tokio::test]
async fn a_survived_lack_of_memory_is_no_limit() {
    let code = "def f(n):\n    try:\n        bytearray(10 ** 9)\n    except MemoryError:\n        return 'survived'";
    assert_eq!(python(code).test(json!([1])).outcome().await, returned(json!("survived")));
}

#[tokio::test]
async fn output_is_kept_for_each_test_up_to_the_limit() {
    for run in [
        python("def f(n):\n    for i in range(n): print('é' * 10)\n    return n"),
        javascript("function f(n) { for (let i = 0; i < n; i++) console.log('é'.repeat(10)); return n; }"),
    ] {
        let limits = |limits: &mut bugdrill_model::run::Limits| limits.stdout_bytes = 2048 + 4;
        let report = run.test(json!([1])).test(json!([200])).test(json!([100_000])).test(json!([2])).limits(limits);
        let tests = report.report().await.tests;
        let line = "éééééééééé\n";
        assert_eq!((tests[0].stdout.as_str(), tests[0].stdout_truncated), (line, false));
        assert_eq!(tests[1].outcome, returned(json!(200)));
        // Cut between characters: 97 lines of 21 bytes, and 15 bytes of the next.
        assert_eq!((tests[1].stdout.len(), tests[1].stdout_truncated), (97 * 21 + 14, true));
        assert_eq!((&tests[2].outcome, tests[2].stdout_truncated), (&Outcome::OutputLimit, true));
        assert_eq!(tests[3].stdout, line.repeat(2));
    }
}

#[tokio::test]
async fn output_before_a_limit_is_not_lost() {
    for run in [
        python("def f(n):\n    print('before')\n    while True: pass"),
        javascript("function f(n) { console.log('before'); for (;;); }"),
    ] {
        let test = run.limits(|limits| limits.test_cpu_ms = 100).test(json!([1])).only().await;
        assert_eq!((test.outcome, test.stdout.as_str()), (Outcome::TimeLimit, "before\n"));
    }
}

#[tokio::test]
async fn standard_error_is_kept_for_the_run() {
    for run in [
        python("import sys\ndef f(n):\n    print('to stderr', n, file=sys.stderr)\n    return n"),
        javascript("function f(n) { console.error('to stderr', n); return n; }"),
    ] {
        let report = run.test(json!([1])).test(json!([2])).report().await;
        assert_eq!((report.stderr.as_str(), report.stderr_truncated), ("to stderr 1\nto stderr 2\n", false));
        assert_eq!(report.tests[0].stdout, "");
    }
}

#[tokio::test]
async fn results_have_a_limit() {
    for run in [
        python("def f(n):\n    return list(range(n)) if n else 0"),
        python("def f(n):\n    return 'x' * n if n else 0"),
        python("def f(n):\n    x = []\n    for _ in range(60 if n else 0): x = [x, x]\n    return x if n else 0"),
        python("def f(n):\n    import itertools\n    return itertools.count() if n else 0"),
        python("def f(n):\n    return 10 ** 20_000 if n else 0"),
        javascript("function f(n) { return n ? Array(n).fill(1) : 0; }"),
        javascript("function f(n) { return n ? 'x'.repeat(n) : 0; }"),
        javascript("function f(n) { let x = []; for (let i = 0; i < 60; i++) x = [x, x]; return n ? x : 0; }"),
        javascript("function f(n) { return n ? (function* () { for (;;) yield 1; })() : 0; }"),
        javascript("function f(n) { return n ? 10n ** 20000n : 0; }"),
    ] {
        let code = run.0.code.clone();
        let outcomes = run
            .limits(|limits| (limits.test_cpu_ms, limits.run_cpu_ms) = (5_000, 10_000))
            .test(json!([2_000_000]))
            .test(json!([0]))
            .outcomes()
            .await;
        assert_eq!(outcomes, [Outcome::OutputLimit, returned(json!(0))], "{code}");
    }
}
