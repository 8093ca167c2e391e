//! The result cache: what is run again, and what is not.

use std::sync::Arc;

use bugdrill_execution::{ExecutionConfig, ExecutionKind};
use bugdrill_model::{CompareMode, ExecutionStatus, Language, Value, Verdict, content::Snippet, rating::Rating};
use bugdrill_store::PatternProgress;

use crate::support::{ENDLESS, RIGHT, Service, finished};

fn same(_: &mut Snippet) {}

#[tokio::test]
async fn what_was_judged_before_asks_no_runner() {
    let service = Service::start().await;
    for (language, code, verdict) in [
        (Language::JavaScript, RIGHT, Verdict::Accepted),
        (Language::JavaScript, "function twice(value) { console.log(value, '!'); return 2; }", Verdict::WrongAnswer),
        (Language::JavaScript, "function twice(", Verdict::CompileError),
        (Language::JavaScript, "function thrice() {}", Verdict::CompileError),
        (Language::Python, "import random\ndef twice(value):\n    return value + value", Verdict::Accepted),
        (Language::Python, "def twice(value):\n    print(value)", Verdict::WrongAnswer),
    ] {
        let before = service.runs();
        let first = service.run_in(language, code, same).await;
        assert_eq!(first.run.verdict, verdict, "{code}");
        assert_eq!(service.runs(), before + 1);
        assert_eq!(service.run_in(language, code, same).await, first, "the whole result, its CPU time too");
        assert_eq!(service.runs(), before + 1, "{code}");
    }
}

/// What is changed about a snippet, and how.
type Change = (&'static str, fn(&mut Snippet));

#[tokio::test]
async fn whatever_a_result_depends_on_makes_it_another() {
    let service = Service::start().await;
    service.run(RIGHT, same).await;
    let changes: [Change; 7] = [
        ("an input", |snippet| snippet.task.tests[1].input.as_mut().unwrap()["value"] = 2.into()),
        ("an expected answer", |snippet| snippet.task.tests[1].expected = Value::Integer(3.into())),
        ("the order of the tests", |snippet| snippet.task.tests.swap(1, 2)),
        ("one test less", |snippet| drop(snippet.task.tests.pop())),
        ("the comparison", |snippet| snippet.task.comparison.mode = CompareMode::AnyOrder),
        ("a limit", |snippet| snippet.task.limits.test_cpu_ms += 1),
        ("a checker", |snippet| {
            snippet.task.comparison.mode = CompareMode::Checker;
            snippet.task.checker = Some("def check(input, expected, actual):\n    return False".into());
        }),
    ];
    for (what, change) in changes {
        let before = service.runs();
        let first = service.run(RIGHT, change).await;
        assert!(service.runs() > before, "{what}");
        let before = service.runs();
        assert_eq!(service.run(RIGHT, change).await, first, "{what}");
        assert_eq!(service.runs(), before, "{what}: it is a result like others");
    }
    let before = service.runs();
    service.run(&format!("{RIGHT} "), same).await;
    assert_eq!(service.runs(), before + 1, "one character");
    // A hidden test is none of a run's business.
    service.run(RIGHT, |snippet| snippet.task.tests[0].expected = Value::Null).await;
    assert_eq!(service.runs(), before + 1);
}

#[tokio::test]
async fn what_might_end_otherwise_is_run_again() {
    let service = Service::start().await;
    for (language, code) in [
        (Language::JavaScript, ENDLESS),
        (Language::JavaScript, "function twice(value) { throw new Error(value); }"),
        (Language::JavaScript, "function twice(value) { return [Math.random(), 2 * value][1]; }"),
        (Language::JavaScript, "function twice(value) { return [Date.now(), 2 * value][1]; }"),
        (Language::JavaScript, "function twice(value) { for (;;) console.log('flood'.repeat(1000)); }"),
        (Language::Python, "import random\ndef twice(value):\n    return 2 * value + random.randint(0, 0)"),
        (Language::Python, "import time\ndef twice(value):\n    return 2 * value + int(time.time() * 0)"),
        // One test of many.
        (Language::Python, "def twice(value):\n    return 2 if value else 1 / 0"),
    ] {
        service.run_in(language, code, same).await;
        let before = service.runs();
        service.run_in(language, code, same).await;
        assert_eq!(service.runs(), before + 1, "{code}");
    }
    // The checker's run counts as well.
    let checker = "import random\ndef check(input, expected, actual):\n    return random.random() < 2";
    let with_checker = |snippet: &mut Snippet| {
        snippet.task.comparison.mode = CompareMode::Checker;
        snippet.task.checker = Some(checker.into());
    };
    assert_eq!(service.run(RIGHT, with_checker).await.run.verdict, Verdict::Accepted);
    let before = service.runs();
    service.run(RIGHT, with_checker).await;
    assert_eq!(service.runs(), before + 2);
}

#[tokio::test]
async fn without_memory_nothing_is_kept() {
    let service = Service::with(ExecutionConfig { result_cache_bytes: 0, ..ExecutionConfig::default() }).await;
    service.run(RIGHT, same).await;
    service.run(RIGHT, same).await;
    assert_eq!(service.runs(), 2);
}

#[tokio::test]
async fn learners_share_results_and_nothing_else() {
    let service = Service::start().await;
    let (ada, bob) = (service.learner().await, service.learner().await);
    let snippet = Arc::new(service.snippet(Language::JavaScript).await);
    let submit = async |learner| {
        let submission = service.submission(learner, RIGHT).await;
        let id = submission.id;
        let execution = service.executions.submit(None, submission, None, Arc::clone(&snippet)).unwrap();
        assert_eq!((execution.id, execution.owner), (id, learner));
        let finished = finished(execution).await;
        assert_eq!(service.executions.find(id).unwrap().kind, ExecutionKind::Submission);
        (finished, service.store.submissions().find(id).await.unwrap().unwrap())
    };
    let (first, stored) = submit(ada).await;
    let before = service.runs();
    let (second, stored_again) = submit(bob).await;
    assert_eq!(service.runs(), before);
    assert_eq!(second, first);
    assert_eq!((second.completion.unwrap().rating, second.edit.unwrap().tokens), (Some(Rating::Good), 1));
    // All that follows from a submission is stored for each.
    assert_eq!((stored.status, &stored.result), (ExecutionStatus::Completed, &Some(first.run)));
    assert_eq!((stored_again.user_id, &stored_again.result), (bob, &stored.result));
    let learning = service.store.learning();
    let state = async |learner| learning.state(learner, snippet.snippet.id).await.unwrap().unwrap();
    assert_eq!(state(bob).await, state(ada).await);
    let progress = async |learner| learning.progress(learner).await.unwrap().remove(0);
    let (of_ada, of_bob) = (progress(ada).await, progress(bob).await);
    let kept = |of: &PatternProgress| (of.counts(), of.next_review_at, of.mastery_level);
    assert_eq!(kept(&of_bob), kept(&of_ada));
    // The snippet is thought easier since Ada solved it, so Bob's solve says less of him.
    assert!(of_bob.special_skill().value < of_ada.special_skill().value);
    assert_eq!(state(bob).await.attempts, 1);

    // A run has fewer tests than a submission, and shows more of them.
    let before = service.runs();
    assert_eq!(service.run(RIGHT, same).await.run.tests.len(), 2);
    assert_eq!(service.runs(), before + 1);
}
