//! Merging a trial into an account.

use bugdrill_model::{ReportReason, SnippetStatus, edit::EditSize, judge::JudgedRun, rating::Rating};
use bugdrill_store::{
    AuditEvent, Claim, Completion, CreatedSubmission, LearningError, NewSubmission, StoredSnippet, SubmissionError,
    TrialMerge,
};
use chrono::TimeDelta;
use futures::future::join_all;
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any},
    prop_oneof,
    test_runner::{Config, TestCaseError, TestRunner},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Fresh, id_of, snippet};

/// Stores a submission of this snippet.
async fn submit(fresh: &Fresh, user: Uuid, number: i32, code: &str, key: Option<&str>) -> Uuid {
    let new = NewSubmission {
        id: fresh.ambient.new_id(),
        user_id: user,
        snippet_id: id_of(number),
        snippet_revision: 1,
        code: code.into(),
        idempotency_key: key.map(str::to_owned),
    };
    match fresh.store.submissions().create(new, None, fresh.now()).await.unwrap() {
        CreatedSubmission::New(submission, _) | CreatedSubmission::Existing(submission) => submission.id,
    }
}

async fn claim(fresh: &Fresh, id: Uuid) -> Claim {
    fresh.store.submissions().claim(id, TimeDelta::seconds(60), fresh.now()).await.unwrap().unwrap()
}

fn run(is_right: bool) -> JudgedRun {
    serde_json::from_value(json!({
        "verdict": if is_right { "accepted" } else { "wrong_answer" }, "tests": [], "stderr": "",
        "stderr_truncated": false, "cpu_us": 0, "peak_memory_bytes": 0,
    }))
    .unwrap()
}

async fn complete(fresh: &Fresh, claim: Claim, number: i32, is_right: bool) -> Option<Completion> {
    let (edit, review) = (EditSize { tokens: 1, lines: 1 }, fresh.ambient.new_id());
    let judged_by = StoredSnippet { snippet: snippet(number), revision: 1 };
    let submissions = fresh.store.submissions();
    submissions.complete(claim, &judged_by, &run(is_right), edit, review, fresh.now()).await.unwrap()
}

/// Submits, and has it judged.
pub(crate) async fn attempt(fresh: &Fresh, user: Uuid, number: i32, code: &str, is_right: bool) {
    let id = submit(fresh, user, number, code, None).await;
    complete(fresh, claim(fresh, id).await, number, is_right).await.unwrap();
}

async fn give_up(fresh: &Fresh, user: Uuid, number: i32) {
    let review = fresh.ambient.new_id();
    fresh.store.learning().give_up(review, user, &snippet(number), fresh.now()).await.unwrap();
}

async fn merge(fresh: &Fresh, trial: Uuid, account: Uuid) -> TrialMerge {
    fresh.store.users().merge_trial(trial, account, fresh.stamp()).await.unwrap()
}

#[tokio::test]
async fn what_a_trial_did_is_the_accounts_and_the_trial_is_gone() {
    let fresh = Fresh::new().await;
    let (trial, account) = (fresh.trial(5).await, fresh.account().await);
    let learning = fresh.store.learning();
    learning.reveal_hint(trial, id_of(1), 1, fresh.now()).await.unwrap();
    attempt(&fresh, trial, 1, "first", true).await;
    give_up(&fresh, trial, 4).await;
    let report = fresh.ambient.new_id();
    learning.report(report, trial, id_of(1), 1, ReportReason::Other, "why".into(), fresh.now()).await.unwrap();
    let before = fresh.export(trial).await;

    assert_eq!(merge(&fresh, trial, account).await, TrialMerge::Merged);
    let after = fresh.export(account).await;
    for list in ["snippets", "attempts", "submissions", "reviews", "reports", "progress"] {
        assert_eq!(after[list], before[list], "{list}");
        assert!(!after[list].as_array().unwrap().is_empty(), "{list}");
    }
    assert_eq!(fresh.store.users().find(trial).await.unwrap(), None);
    assert!(fresh.store.users().export(trial).await.unwrap().is_none());
}

#[tokio::test]
async fn the_trials_sessions_end() {
    let fresh = Fresh::new().await;
    let (trial, account) = (fresh.trial(5).await, fresh.account().await);
    fresh.session(trial, &[1]).await;
    merge(&fresh, trial, account).await;
    assert_eq!(fresh.audit_log(account).await, [(AuditEvent::TrialMerged, json!({"trial": trial}))]);
    for table in ["sessions", "refresh_tokens"] {
        assert_eq!(fresh.number(&format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
    }
}

#[tokio::test]
async fn of_a_snippet_that_both_worked_on_one_state_is_left() {
    let fresh = Fresh::new().await;
    let (trial, account) = (fresh.trial(5).await, fresh.account().await);
    let learning = fresh.store.learning();
    attempt(&fresh, account, 1, "1", false).await;
    fresh.clock.advance(TimeDelta::seconds(1));
    for tier in 1..=2 {
        learning.reveal_hint(trial, id_of(1), tier, fresh.now()).await.unwrap();
    }
    attempt(&fresh, trial, 1, "2", false).await;
    fresh.clock.advance(TimeDelta::seconds(1));
    attempt(&fresh, account, 1, "3", true).await;
    fresh.clock.advance(TimeDelta::seconds(1));
    attempt(&fresh, trial, 1, "4", true).await;

    assert_eq!(merge(&fresh, trial, account).await, TrialMerge::Merged);
    let state = learning.state(account, id_of(1)).await.unwrap().unwrap();
    assert_eq!((state.status, state.attempts, state.hints_revealed), (SnippetStatus::Solved, 4, 2));
    assert_eq!(state.solved_at, Some(fresh.now() - TimeDelta::seconds(1)));
    assert_eq!(state.last_code.as_deref(), Some("4"));
    let export = fresh.export(account).await;
    let of_attempts = |name: &str| -> Vec<Value> {
        export["attempts"].as_array().unwrap().iter().map(|attempt| attempt[name].clone()).collect()
    };
    assert_eq!(of_attempts("submitted_code"), ["1", "2", "3", "4"]);
    assert_eq!(of_attempts("attempt_number"), [1, 2, 3, 4]);
    assert_eq!(export["reviews"].as_array().unwrap().len(), 1);
    assert_eq!(export["reviews"][0]["first_exposure"], true);
    let progress = &learning.progress(account).await.unwrap()[0];
    let counts = (progress.snippets_attempted, progress.snippets_solved, progress.total_attempts);
    assert_eq!((counts, progress.last_practiced_at), ((1, 1, 4), Some(fresh.now())));
}

#[tokio::test]
async fn giving_up_first_is_not_undone_by_a_later_solve() {
    let fresh = Fresh::new().await;
    let (trial, account) = (fresh.trial(5).await, fresh.account().await);
    give_up(&fresh, trial, 1).await;
    fresh.clock.advance(TimeDelta::seconds(1));
    attempt(&fresh, account, 1, "code", true).await;
    merge(&fresh, trial, account).await;
    let state = fresh.store.learning().state(account, id_of(1)).await.unwrap().unwrap();
    assert_eq!((state.status, state.solved_at), (SnippetStatus::GivenUp, None));
    let progress = &fresh.store.learning().progress(account).await.unwrap()[0];
    assert_eq!((progress.snippets_attempted, progress.snippets_solved), (1, 0));
    assert_eq!(fresh.number("SELECT count(*) FROM reviews WHERE rating = 'again' AND first_exposure").await, 1);
    assert_eq!(fresh.number("SELECT count(*) FROM reviews").await, 1);
}

#[tokio::test]
async fn an_account_takes_over_settings_that_it_does_not_have() {
    let fresh = Fresh::new().await;
    let (trial, account) = (fresh.trial(5).await, fresh.account().await);
    fresh.execute("UPDATE users SET preferred_language = 'python', time_zone = 'Europe/Paris' WHERE is_trial").await;
    fresh.execute("UPDATE users SET time_zone = 'Asia/Tokyo' WHERE NOT is_trial").await;
    merge(&fresh, trial, account).await;
    let profile = &fresh.export(account).await["profile"];
    assert_eq!((&profile["preferred_language"], &profile["time_zone"]), (&json!("python"), &json!("Asia/Tokyo")));
}

#[tokio::test]
async fn what_is_no_trial_is_not_merged() {
    let fresh = Fresh::new().await;
    let (trial, account, other) = (fresh.trial(5).await, fresh.account().await, fresh.account().await);
    let nobody = fresh.ambient.new_id();
    fresh.store.learning().start(trial, id_of(1), fresh.now()).await.unwrap();
    fresh.store.learning().start(other, id_of(2), fresh.now()).await.unwrap();
    assert_eq!(merge(&fresh, nobody, account).await, TrialMerge::NoTrial);
    assert_eq!(merge(&fresh, other, account).await, TrialMerge::NoTrial);
    assert_eq!(merge(&fresh, account, account).await, TrialMerge::NoTrial);
    assert_eq!(merge(&fresh, trial, nobody).await, TrialMerge::NoAccount);
    assert_eq!(merge(&fresh, trial, trial).await, TrialMerge::NoAccount);
    let another_trial = fresh.trial(5).await;
    assert_eq!(merge(&fresh, trial, another_trial).await, TrialMerge::NoAccount);
    assert_eq!(fresh.number("SELECT count(*) FROM user_snippets").await, 2);
    assert_eq!(fresh.number("SELECT count(*) FROM users").await, 4);

    assert_eq!(merge(&fresh, trial, account).await, TrialMerge::Merged);
    assert_eq!(merge(&fresh, trial, account).await, TrialMerge::NoTrial);
    assert_eq!(fresh.store.learning().states(account, None).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_trial_merged_into_several_accounts_at_once_goes_to_one() {
    let fresh = Fresh::new().await;
    for _ in 0..5 {
        let (one, trial, other) = (fresh.account().await, fresh.trial(5).await, fresh.account().await);
        attempt(&fresh, trial, 1, "code", true).await;
        let merged = join_all([one, other, one, other].map(|account| merge(&fresh, trial, account))).await;
        assert_eq!(merged.iter().filter(|merge| **merge == TrialMerge::Merged).count(), 1, "{merged:?}");
        assert_eq!(merged.iter().filter(|merge| **merge == TrialMerge::NoTrial).count(), 3, "{merged:?}");
        let mut started = 0;
        for account in [one, other] {
            started += fresh.store.learning().states(account, None).await.unwrap().len();
        }
        assert_eq!(started, 1);
    }
}

#[tokio::test]
async fn a_key_that_both_used_finds_the_accounts_submission() {
    let fresh = Fresh::new().await;
    let (trial, account) = (fresh.trial(5).await, fresh.account().await);
    let of_trial = submit(&fresh, trial, 1, "trial", Some("both")).await;
    let only_trial = submit(&fresh, trial, 1, "only trial", Some("trial")).await;
    let of_account = submit(&fresh, account, 1, "account", Some("both")).await;
    merge(&fresh, trial, account).await;
    assert_eq!(submit(&fresh, account, 1, "account", Some("both")).await, of_account);
    assert_eq!(submit(&fresh, account, 1, "only trial", Some("trial")).await, only_trial);
    let moved = fresh.store.submissions().find(of_trial).await.unwrap().unwrap();
    assert_eq!((moved.user_id, moved.code.as_str()), (account, "trial"));
    assert_eq!(fresh.number("SELECT count(*) FROM submissions WHERE idempotency_key IS NULL").await, 1);
}

#[tokio::test]
async fn a_submission_in_a_runner_counts_for_the_account() {
    let fresh = Fresh::new().await;
    let (trial, account) = (fresh.trial(5).await, fresh.account().await);
    let (waiting, running, failing) = (
        submit(&fresh, trial, 1, "waiting", None).await,
        submit(&fresh, trial, 1, "running", None).await,
        submit(&fresh, trial, 1, "failing", None).await,
    );
    let (claim_of_running, claim_of_failing) = (claim(&fresh, running).await, claim(&fresh, failing).await);
    merge(&fresh, trial, account).await;
    assert!(complete(&fresh, claim_of_running, 1, false).await.is_some());
    fresh.store.submissions().fail(claim_of_failing, &run(false), fresh.now()).await.unwrap();
    assert_eq!(fresh.store.submissions().unfinished(10, fresh.now()).await.unwrap(), [waiting]);
    let completion = complete(&fresh, claim(&fresh, waiting).await, 1, true).await.unwrap();
    assert_eq!(completion.rating, Some(Rating::Good));
    let state = fresh.store.learning().state(account, id_of(1)).await.unwrap().unwrap();
    assert_eq!((state.status, state.attempts), (SnippetStatus::Solved, 2));
}

#[tokio::test]
async fn a_result_that_comes_while_the_trial_is_merged_is_not_lost() {
    let fresh = Fresh::new().await;
    for _ in 0..20 {
        let (trial, account) = (fresh.trial(5).await, fresh.account().await);
        let claim = claim(&fresh, submit(&fresh, trial, 1, "code", None).await).await;
        let (completed, merged) = futures::join!(complete(&fresh, claim, 1, true), merge(&fresh, trial, account));
        assert_eq!(merged, TrialMerge::Merged);
        assert_eq!(completed.unwrap().rating, Some(Rating::Good));
        let state = fresh.store.learning().state(account, id_of(1)).await.unwrap().unwrap();
        assert_eq!((state.status, state.attempts), (SnippetStatus::Solved, 1));
        let export = fresh.export(account).await;
        assert_eq!(
            (export["attempts"].as_array().unwrap().len(), &export["progress"][0]["snippets_solved"]),
            (1, &json!(1))
        );
    }
}

#[tokio::test]
async fn what_a_trial_submits_while_it_is_merged_is_kept_or_refused() {
    let fresh = Fresh::new().await;
    for _ in 0..20 {
        let (trial, account) = (fresh.trial(5).await, fresh.account().await);
        let new = |number: i32| NewSubmission {
            id: fresh.ambient.new_id(),
            user_id: trial,
            snippet_id: id_of(number),
            snippet_revision: 1,
            code: String::new(),
            idempotency_key: None,
        };
        let submissions = fresh.store.submissions();
        let submitting = join_all((1..=3).map(|number| submissions.create(new(number), None, fresh.now())));
        let (submitted, merged) = futures::join!(submitting, merge(&fresh, trial, account));
        assert_eq!(merged, TrialMerge::Merged);
        let mut kept = 0;
        for submitted in submitted {
            match submitted {
                Ok(CreatedSubmission::New(_, _)) => kept += 1,
                Err(SubmissionError::Learning(LearningError::UnknownUser)) => {}
                other => panic!("{other:?}"),
            }
        }
        let export = fresh.export(account).await;
        assert_eq!(export["submissions"].as_array().unwrap().len(), kept);
        assert_eq!(export["snippets"].as_array().unwrap().len(), kept);
    }
}

#[tokio::test]
async fn a_pattern_is_due_by_the_reviews_of_both() {
    let fresh = Fresh::new().await;
    let (trial, account, single) = (fresh.trial(5).await, fresh.account().await, fresh.account().await);
    for (number, user) in [(1, trial), (2, account)] {
        for user in [user, single] {
            // With two hints a solve is hard, whatever was done before.
            for tier in [1, 2] {
                fresh.store.learning().reveal_hint(user, id_of(number), tier, fresh.now()).await.unwrap();
            }
            attempt(&fresh, user, number, "right", true).await;
        }
        fresh.clock.advance(TimeDelta::days(3));
    }
    let due = async |user| {
        let progress = fresh.store.learning().progress(user).await.unwrap();
        progress.into_iter().map(|row| (row.next_review_at, row.mastery_level)).collect::<Vec<_>>()
    };
    assert_ne!(due(account).await, due(single).await);
    assert_eq!(merge(&fresh, trial, account).await, TrialMerge::Merged);
    assert_eq!(due(account).await, due(single).await);
    assert!(due(account).await[0].0 > Some(fresh.now() - TimeDelta::days(3)));
}

/// One thing that a learner does.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Start,
    Hint,
    Attempt { is_right: bool },
    GiveUp,
}

/// A deed on a snippet, by the trial or by the account.
#[derive(Clone, Copy, Debug)]
struct Event {
    by_trial: bool,
    number: i32,
    deed: Deed,
}

fn event() -> impl Strategy<Value = Event> {
    let deed = prop_oneof![
        1 => Just(Deed::Start),
        2 => Just(Deed::Hint),
        3 => any::<bool>().prop_map(|is_right| Deed::Attempt { is_right }),
        1 => Just(Deed::GiveUp),
    ];
    // Few snippets, so that most have deeds of both.
    (any::<bool>(), 1..=5_i32, deed).prop_map(|(by_trial, number, deed)| Event { by_trial, number, deed })
}

/// Does it; a hint is the next one of the learner who asks.
async fn act(fresh: &Fresh, user: Uuid, index: usize, event: Event, hint: i32) {
    let Event { number, deed, .. } = event;
    let learning = fresh.store.learning();
    match deed {
        Deed::Start => learning.start(user, id_of(number), fresh.now()).await.unwrap(),
        Deed::Hint => {
            learning.reveal_hint(user, id_of(number), u8::try_from(hint).unwrap(), fresh.now()).await.unwrap();
        }
        Deed::Attempt { is_right } => attempt(fresh, user, number, &format!("code {index}"), is_right).await,
        Deed::GiveUp => give_up(fresh, user, number).await,
    }
}

/// What must be equal: all but ids, and what a review or an attempt saw of help and failures on its side at the time.
async fn learned(fresh: &Fresh, user: Uuid) -> Value {
    let mut export = fresh.export(user).await;
    for list in ["attempts", "submissions"] {
        for row in export[list].as_array_mut().unwrap() {
            let row = row.as_object_mut().unwrap();
            row.remove("id");
            row.remove("hints_used");
        }
    }
    for review in export["reviews"].as_array_mut().unwrap() {
        let review = review.as_object_mut().unwrap();
        review.remove("hints_revealed");
        // As it was seen at the time, and so what it earned.
        review.remove("failed_submits");
        review.remove("points");
        review.remove("quick");
        let is_again = review["rating"] == "again";
        review.insert("rating".into(), json!(is_again));
    }
    // These are made of the ratings.
    for progress in export["progress"].as_array_mut().unwrap() {
        let progress = progress.as_object_mut().unwrap();
        progress.remove("next_review_at").unwrap();
        progress.remove("mastery_level").unwrap();
        // Of two skills, the account's is left.
        progress.remove("skill").unwrap();
        progress.remove("skill_observations").unwrap();
    }
    let lists = ["snippets", "attempts", "submissions", "reviews", "progress"];
    Value::Object(lists.into_iter().map(|list| (list.to_owned(), export[list].take())).collect())
}

#[test]
fn merged_histories_are_those_of_one_learner() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let fresh = runtime.block_on(Fresh::new());
    let mut runner = TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
    let histories = vec(event(), 0..25);
    let result = runner.run(&histories, |history| {
        let (merged, single) = runtime.block_on(async {
            // Ids in any order: the trial's is the smaller one or not.
            let (trial, account) = if history.len() % 2 == 0 {
                (fresh.trial(6).await, fresh.account().await)
            } else {
                let account = fresh.account().await;
                (fresh.trial(6).await, account)
            };
            let single = fresh.account().await;
            for (index, event) in history.into_iter().enumerate() {
                fresh.clock.advance(TimeDelta::seconds(1));
                let user = if event.by_trial { trial } else { account };
                let state = fresh.store.learning().state(user, id_of(event.number)).await.unwrap();
                let hint = state.map_or(1, |state| (state.hints_revealed + 1).min(3));
                act(&fresh, user, index, event, hint).await;
                act(&fresh, single, index, event, hint).await;
            }
            assert_eq!(merge(&fresh, trial, account).await, TrialMerge::Merged);
            (learned(&fresh, account).await, learned(&fresh, single).await)
        });
        if merged == single { Ok(()) } else { Err(TestCaseError::fail(format!("{merged:#}\nis not\n{single:#}"))) }
    });
    result.unwrap();
}
