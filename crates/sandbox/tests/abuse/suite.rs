//! Running the cases.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::task::JoinSet;

use crate::{
    canary::{self, Health},
    case::{self, Case},
    engine::Engine,
};

/// How many cases run at a time in [`all_at_once`].
const AT_A_TIME: usize = 8;

/// Runs the cases of a group one after the other, twice each, on one place.
pub(crate) async fn one_by_one<E: Engine>(group: &str) {
    let engine = E::start(1).await;
    let health = Health::of(&engine).await;
    let mut faults = Vec::new();
    for case in case::of_group(group) {
        let processes = engine.processes();
        for run in ["first", "second"] {
            let judged = engine.judge(&case.task, case.language, &case.code).await;
            faults.extend(case.faults(&judged).into_iter().map(|fault| format!("{}, {run} run: {fault}", case.name)));
        }
        faults.extend(health.faults(&engine).await.into_iter().map(|fault| format!("after {}: {fault}", case.name)));
        if engine.processes() != processes {
            faults.push(format!("{} ended a process", case.name));
        }
    }
    engine.close().await;
    report(&faults);
}

/// Runs all cases several at a time and in shuffled order, on two places: once, and again until the time is over.
pub(crate) async fn all_at_once<E: Engine>(time: Duration) {
    let started = Instant::now();
    let engine = Arc::new(E::start(2).await);
    let health = Arc::new(Health::of(&*engine).await);
    let processes = engine.processes();
    let mut cases = case::all();
    let mut random = Random(1);
    let mut faults = Vec::new();
    let mut rounds = 0;
    while rounds == 0 || started.elapsed() < time {
        random.shuffle(&mut cases);
        let shared = Arc::new((std::mem::take(&mut cases), AtomicUsize::new(0)));
        let mut workers = JoinSet::new();
        for _ in 0..AT_A_TIME {
            let (engine, health, shared) = (Arc::clone(&engine), Arc::clone(&health), Arc::clone(&shared));
            workers.spawn(async move { work(&*engine, &health, &shared.0, &shared.1).await });
        }
        for found in workers.join_all().await {
            faults.extend(found.into_iter().map(|fault| format!("round {rounds}, {fault}")));
        }
        rounds += 1;
        cases = Arc::into_inner(shared).expect("the workers are done").0;
    }
    if engine.processes() != processes {
        faults.push("a case ended a process".to_owned());
    }
    engine.close().await;
    // After each case its worker looks after the canaries.
    let (runs, canaries) = (rounds * cases.len(), rounds * cases.len() * canary::PROGRAMS);
    println!("{rounds} rounds in {:?}: {runs} runs of cases, {canaries} of canaries", started.elapsed());
    report(&faults);
}

/// Takes one case after the other, until none is left.
async fn work(engine: &impl Engine, health: &Health, cases: &[Case], next: &AtomicUsize) -> Vec<String> {
    let mut faults = Vec::new();
    while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
        let judged = engine.judge(&case.task, case.language, &case.code).await;
        faults.extend(case.faults(&judged).into_iter().map(|fault| format!("{}: {fault}", case.name)));
        faults.extend(health.faults(engine).await.into_iter().map(|fault| format!("around {}: {fault}", case.name)));
    }
    faults
}

/// Fails with all that was found.
fn report(faults: &[String]) {
    let shortened: Vec<String> = faults.iter().map(|fault| fault.chars().take(1_000).collect()).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), shortened.join("\n"));
}

/// The same numbers in every run of the suite (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % limit
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }
}
