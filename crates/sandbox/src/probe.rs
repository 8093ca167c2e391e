//! For the tests of confinement, and for measuring it: work in the place of a runner's.

use std::{
    fs, io,
    process::ExitCode,
    time::{Duration, Instant},
};

use bugdrill_model::{Language, run::RunRequest};

use crate::{ProtectionReport, canary, confine, engine::Engine, runner};

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
        let mut engine = runner::load(options)?;
        let mut median = |language| {
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
        let before = Language::ALL.map(&mut median);
        let _: Vec<ProtectionReport> = runner::confine(options)?;
        let after = Language::ALL.map(median);
        report(Language::ALL.into_iter().zip(before).zip(after).map(|((l, b), a)| (l, b, a)).collect());
        Ok(())
    })
}

/// What instances take: so many live at a time in this process, each after the first test of the request. `report` gets
/// the growth of the resident memory and of its proportional share, in bytes for each instance.
pub fn live_instances(count: u32, request: RunRequest, report: impl FnOnce(u64, u64) + Send + 'static) -> ExitCode {
    runner::become_runner(move |options| {
        let mut sizes = Vec::new();
        Engine::live_instances(count, &request, &options.cache_dir, || sizes.push(resident()))
            .map_err(io::Error::other)?;
        let (before, after) = (sizes[0], sizes[1]);
        let growth = |before: u64, after: u64| after.saturating_sub(before) / u64::from(count);
        report(growth(before.0, after.0), growth(before.1, after.1));
        Ok(())
    })
}

/// The resident memory of this process, and its share where pages are mapped more than once, in bytes.
fn resident() -> (u64, u64) {
    let text = fs::read_to_string("/proc/self/smaps_rollup").unwrap_or_default();
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).map_or(0, |kibibytes: u64| kibibytes << 10)
    };
    (field("Rss:"), field("Pss:"))
}
