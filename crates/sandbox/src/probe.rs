//! For the tests of confinement, and for measuring it: work in the place of a runner's.

use std::{
    io,
    process::ExitCode,
    time::{Duration, Instant},
};

use bugdrill_model::Language;

use crate::{ProtectionReport, canary, confine, runner};

/// Becomes a runner, goes through all that one does before it takes runs, and then does `work` in its place.
pub fn confined(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> ExitCode {
    runner::become_runner(|options| {
        // Kept, with its threads.
        let _engine = runner::load(options)?;
        runner::confine(options)?;
        work()
    })
}

/// The same without the confinement.
pub fn unconfined(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> ExitCode {
    runner::become_runner(|options| {
        let _engine = runner::load(options)?;
        work()
    })
}

/// Landlock alone, for all threads of this process.
pub fn landlock() -> io::Result<String> {
    confine::landlock()
}

/// What confinement costs: the median of the canary's runs before and after, in one process.
pub fn measure(rounds: usize, report: impl FnOnce(Vec<(Language, Duration, Duration)>) + Send + 'static) -> ExitCode {
    runner::become_runner(move |options| {
        let engine = runner::load(options)?;
        let median = |language| {
            let request = canary::request(language);
            let mut times: Vec<_> = (0..rounds)
                .map(|_| {
                    let started = Instant::now();
                    engine.execute(&request);
                    started.elapsed()
                })
                .collect();
            times.sort_unstable();
            times[rounds / 2]
        };
        let before = Language::ALL.map(median);
        let _: Vec<ProtectionReport> = runner::confine(options)?;
        let after = Language::ALL.map(median);
        report(Language::ALL.into_iter().zip(before).zip(after).map(|((l, b), a)| (l, b, a)).collect());
        Ok(())
    })
}
