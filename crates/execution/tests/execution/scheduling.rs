//! Who gets a runner, and when: properties that hold at every moment, looked at all the time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use bugdrill_execution::{Execution, ExecutionConfig, ExecutionError, ExecutionKind, Executions, Owner, Progress};
use bugdrill_model::{ExecutionStatus, Language, Verdict};
use bugdrill_platform::ClientNetwork;
use bugdrill_store::Submission;
use uuid::Uuid;

use crate::support::{ENDLESS, RIGHT, Service, at_home, finished, in_network};

/// A thread that checks what has to hold, again and again.
struct Watch {
    is_over: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Watch {
    fn start(executions: &Executions, check: impl Fn() + Send + 'static) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let (over, executions) = (Arc::clone(&is_over), executions.clone());
        let (looked, first_look) = mpsc::channel();
        let thread = thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                let load = executions.load();
                assert!(load.running <= load.slots, "{load:?}");
                assert!(load.ready == 0 || load.running == load.slots, "a job waits while a runner is idle: {load:?}");
                check();
                // Only the first one is waited for.
                let _ = looked.send(());
                thread::yield_now();
            }
        });
        first_look.recv().unwrap();
        Self { is_over, thread }
    }

    /// Ends the watch; fails when something did not hold.
    fn end(self) {
        self.is_over.store(true, Ordering::Relaxed);
        self.thread.join().unwrap();
    }
}

/// A user who only runs code.
fn user() -> Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    Uuid::from_u128(NEXT.fetch_add(1, Ordering::Relaxed).into())
}

/// Somebody who only runs code, at home.
fn learner() -> Owner {
    at_home(user())
}

/// The network that the author of a submission is at home in.
fn network_of(submission: &Submission) -> Option<ClientNetwork> {
    at_home(submission.user_id).network
}

fn is_queued(execution: &Execution) -> bool {
    matches!(execution.progress(), Progress::Queued)
}

fn count(executions: &[Execution], is: impl Fn(&Execution) -> bool) -> usize {
    executions.iter().filter(|execution| is(execution)).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_waits_while_a_runner_is_idle() {
    let service = Service::start().await;
    let snippet = Arc::new(service.snippet(Language::JavaScript).await);
    let watch = Watch::start(&service.executions, || {});
    // Bursts of all sizes around that of the pool, each begun while the one before ends.
    for size in [1, 2, 3, 5, 8, 2, 1, 13, 3, 2] {
        let run = |number| {
            let code = format!("{RIGHT} // {size} {number}");
            service.executions.run(learner(), Arc::clone(&snippet), code).unwrap()
        };
        let burst: Vec<Execution> = (0..size).map(run).collect();
        for execution in burst.into_iter().take(size / 2 + 1) {
            assert_eq!(finished(execution).await.run.verdict, Verdict::Accepted);
        }
    }
    watch.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn endless_loops_of_one_learner_hold_one_runner() {
    let service = Service::start().await;
    let snippet = Arc::new(service.snippet(Language::JavaScript).await);
    let mallory = service.learner().await;
    let mut stored = Vec::new();
    for _ in 0..6 {
        stored.push(service.submission(mallory, ENDLESS).await);
    }
    let mut backlog = Vec::new();
    for submission in stored {
        backlog
            .push(service.executions.submit(network_of(&submission), submission, None, Arc::clone(&snippet)).unwrap());
        backlog.push(service.executions.run(at_home(mallory), Arc::clone(&snippet), ENDLESS.into()).unwrap());
    }
    let watched = backlog.clone();
    let watch = Watch::start(&service.executions, move || {
        let is_running = |execution: &&Execution| matches!(execution.progress(), Progress::Running);
        // They are not looked at at once: one may end, and another begin, in between. Those that still run after all
        // were looked at did run side by side.
        let seen: Vec<_> = watched.iter().filter(is_running).collect();
        let running = seen.into_iter().filter(is_running).count();
        assert!(running <= 1, "one learner holds {running} runners");
    });
    for number in 0..12 {
        let code = format!("{RIGHT} // {number}");
        let execution = service.executions.run(learner(), Arc::clone(&snippet), code).unwrap();
        assert_eq!(finished(execution).await.run.verdict, Verdict::Accepted);
    }
    assert!(count(&backlog, is_queued) > 0, "the others had to wait for the endless loops");
    let mut ended = Vec::new();
    for mut execution in backlog {
        match execution.wait(Duration::from_mins(1)).await {
            Progress::Finished(finished) => ended.push(finished.run.verdict),
            Progress::Superseded => assert_ne!(execution.kind, ExecutionKind::Submission),
            other => panic!("it is {other:?}"),
        }
    }
    // All submissions, and of the runs those that were not replaced by newer ones.
    assert!(ended.len() >= 7, "{ended:?}");
    assert!(ended.iter().all(|verdict| *verdict == Verdict::TimeLimit), "{ended:?}");
    watch.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn results_that_are_being_stored_hold_no_runner_and_are_waited_for() {
    let service = Service::start().await;
    let snippet = Arc::new(service.snippet(Language::JavaScript).await);
    let mut stored = Vec::new();
    for _ in 0..service.executions.load().slots {
        stored.push(service.claimed_submission(service.learner().await, RIGHT).await);
    }
    let blocked = service.database.block_writing().await;
    let submit = |(submission, claim): (Submission, _)| {
        service.executions.submit(network_of(&submission), submission, claim, Arc::clone(&snippet)).unwrap()
    };
    let submitted: Vec<Execution> = stored.into_iter().map(submit).collect();
    let run = service.executions.run(learner(), Arc::clone(&snippet), RIGHT.into()).unwrap();
    assert_eq!(finished(run).await.run.verdict, Verdict::Accepted);
    assert_eq!(count(&submitted, |execution| matches!(execution.progress(), Progress::Running)), submitted.len());
    let executions = service.executions.clone();
    let closing = tokio::spawn(async move { executions.close().await });
    tokio::task::yield_now().await;
    assert!(!closing.is_finished());
    blocked.close().await.unwrap();
    closing.await.unwrap();
    for execution in submitted {
        assert!(finished(execution).await.completion.is_some());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn endless_loops_of_twenty_learners_at_one_address_hold_no_others_up() {
    let service = Service::start().await;
    let snippet = Arc::new(service.snippet(Language::JavaScript).await);
    let attack = |owner| service.executions.run(owner, Arc::clone(&snippet), ENDLESS.into()).unwrap();
    let attackers: Vec<Owner> = (0..20).map(|_| in_network(user(), [192, 0, 2, 1])).collect();
    let mut attacks: Vec<Execution> = attackers.iter().map(|owner| attack(*owner)).collect();
    assert_eq!(count(&attacks, is_queued), 18, "nothing is known of them yet");
    for execution in &attacks[..2] {
        assert_eq!(finished(execution.clone()).await.run.verdict, Verdict::TimeLimit);
    }
    // A slot is given up after its result is told.
    while service.executions.load().running > 1 {
        tokio::task::yield_now().await;
    }
    for number in 0..20 {
        for (execution, owner) in attacks.iter_mut().zip(&attackers) {
            if matches!(execution.progress(), Progress::Finished(_)) {
                *execution = attack(*owner);
            }
        }
        assert!(count(&attacks, is_queued) >= 18, "all others of them wait");
        let code = format!("{RIGHT} // {number}");
        let execution = service.executions.run(learner(), Arc::clone(&snippet), code).unwrap();
        assert!(!is_queued(&execution), "a slot was free for it");
        assert_eq!(finished(execution).await.run.verdict, Verdict::Accepted);
        while service.executions.load().running > 1 {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_has_its_share_of_the_places_and_others_theirs() {
    let service = Service::with(ExecutionConfig { queue_capacity: 4, ..ExecutionConfig::default() }).await;
    let snippet = Arc::new(service.snippet(Language::JavaScript).await);
    let run = |owner| service.executions.run(owner, Arc::clone(&snippet), ENDLESS.into());
    let same = || in_network(user(), [192, 0, 2, 1]);
    for _ in 0..4 {
        run(same()).unwrap();
    }
    assert_eq!((service.executions.load().running, service.executions.load().waiting), (2, 2));
    assert_eq!(run(same()).unwrap_err(), ExecutionError::QueueFull);
    run(learner()).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn submissions_come_first_but_every_fourth_turn_is_a_runs() {
    let service = Service::start().await;
    let snippet = Arc::new(service.snippet(Language::JavaScript).await);
    let mut stored = Vec::new();
    for number in 0..12 {
        stored.push(service.submission(service.learner().await, &format!("{RIGHT} // {number}")).await);
    }
    let run = |code: &str| service.executions.run(learner(), Arc::clone(&snippet), code.into()).unwrap();
    // While both slots are taken, all others come, the runs first.
    let gates = [run(ENDLESS), run(ENDLESS)];
    let runs: Vec<Execution> = (0..4).map(|_| run(RIGHT)).collect();
    let submissions: Vec<Execution> = stored
        .into_iter()
        .map(|submission| {
            service.executions.submit(network_of(&submission), submission, None, Arc::clone(&snippet)).unwrap()
        })
        .collect();
    assert_eq!((count(&runs, is_queued), count(&submissions, is_queued)), (4, 12), "the gates have to be closed");

    let (all_runs, all_submissions) = (runs.clone(), submissions.clone());
    let watch = Watch::start(&service.executions, move || {
        let started = |executions: &[Execution]| count(executions, |execution| !is_queued(execution));
        // What is looked at first may only be too few.
        let (started_runs, started_submissions) = (started(&all_runs), started(&all_submissions));
        if started_submissions < all_submissions.len() {
            assert!(started_runs <= started_submissions / 3, "{started_runs} runs, {started_submissions} submissions");
        }
        let (started_submissions, started_runs) = (started(&all_submissions), started(&all_runs));
        if started_runs < all_runs.len() {
            assert!(
                started_submissions <= 3 * started_runs + 3,
                "{started_submissions} submissions, {started_runs} runs"
            );
        }
    });
    for execution in runs.into_iter().chain(submissions) {
        assert_eq!(finished(execution).await.run.verdict, Verdict::Accepted);
    }
    for gate in gates {
        assert_eq!(finished(gate).await.run.verdict, Verdict::TimeLimit);
    }
    watch.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closing_service_finishes_what_runs_and_leaves_the_rest_to_the_next() {
    let service = Service::start().await;
    let snippet = Arc::new(service.snippet(Language::JavaScript).await);
    let mut stored = Vec::new();
    for _ in 0..5 {
        stored.push(service.submission(service.learner().await, ENDLESS).await);
    }
    let submit = |submission| {
        service.executions.submit(network_of(&submission), submission, None, Arc::clone(&snippet)).unwrap()
    };
    let submitted: Vec<Execution> = stored.into_iter().map(submit).collect();
    let (running, waiting) = submitted.split_at(2);
    assert!(running.iter().all(|execution| matches!(execution.progress(), Progress::Running)));
    service.executions.close().await;

    assert_eq!(service.executions.load().running, 0);
    let refused = service.executions.run(learner(), Arc::clone(&snippet), RIGHT.into());
    assert_eq!(refused.unwrap_err(), ExecutionError::Closing);
    let stored = async |execution: &Execution| service.store.submissions().find(execution.id).await.unwrap().unwrap();
    for execution in running {
        assert!(matches!(execution.progress(), Progress::Finished(_)));
        assert_eq!(stored(execution).await.status, ExecutionStatus::Completed);
    }
    for execution in waiting {
        assert!(is_queued(execution));
        assert_eq!(stored(execution).await.status, ExecutionStatus::Queued);
    }

    let next = service.another().await;
    assert_eq!(next.recover().await.unwrap(), 3);
    for execution in waiting {
        finished(next.find(execution.id).unwrap()).await;
        assert_eq!(stored(execution).await.result.unwrap().verdict, Verdict::TimeLimit);
    }
    next.close().await;
}
