//! The pool of runner processes.

use std::{
    collections::VecDeque,
    env,
    ffi::OsString,
    io,
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::Duration,
};

use bugdrill_model::{
    Language,
    run::{Outcome, RunReport, RunRequest},
};
use tokio::sync::oneshot;

use crate::{canary, child::Runner, confine::ProtectionReport, protocol, request};

/// How long a run may take beyond its own wall time before its runner is killed: the runner reports that itself.
const GRACE: Duration = Duration::from_secs(2);

/// How long a slot waits before it tries again to start a runner.
const RETRY_START: Duration = Duration::from_secs(1);

/// How a [`Sandbox`] is set up.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SandboxConfig {
    /// The command that starts a runner. Called with `--cache-dir <folder>` behind it and an empty environment, it
    /// has to call [`crate::runner_main`].
    pub runner_command: Vec<OsString>,
    /// Where compiled guests are kept. The folder is made where it is missing; nobody else may write to it.
    pub cache_dir: PathBuf,
    /// How many runs are executed at a time; each slot has a runner process. More than there are cores gain nothing.
    pub slots: usize,
    /// After so many runs a runner is replaced by a fresh one.
    pub runs_of_a_runner: u64,
    /// Runs code also where the kernel lacks protections that confine a runner. They are missing then: for trusted
    /// code only.
    pub allow_unconfined: bool,
}

impl SandboxConfig {
    /// The defaults: this executable with the argument `runner`, and one slot a core.
    pub fn new(cache_dir: impl Into<PathBuf>) -> Self {
        let executable = env::current_exe().map_or_else(|_| "bugdrill".into(), PathBuf::into_os_string);
        Self {
            runner_command: vec![executable, "runner".into()],
            cache_dir: cache_dir.into(),
            slots: thread::available_parallelism().map_or(1, usize::from),
            runs_of_a_runner: 10_000,
            allow_unconfined: false,
        }
    }
}

/// Why the sandbox cannot start, or does not take a run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// A runner cannot be started.
    #[error("cannot start a runner: {0}")]
    Start(#[source] io::Error),
    /// The request contradicts itself.
    #[error("invalid request: {0}")]
    Request(String),
    /// The sandbox is closed.
    #[error("the sandbox is closed")]
    Closed,
}

/// A pool of runner processes that execute untrusted code.
///
/// Each slot is a thread that owns one runner: it sends a run, waits for the report with a limit on the time, and
/// replaces a runner that died or does not answer. A run whose future is dropped is taken out of the queue; one that
/// has begun is finished, which takes seconds at most, and its report is thrown away.
#[derive(Debug)]
pub struct Sandbox {
    shared: Arc<Shared>,
    slots: usize,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Sandbox {
    /// Starts the runners and returns when all are ready. The first start on a machine compiles the guests, which
    /// takes some seconds and is told in the log.
    pub async fn start(config: SandboxConfig) -> Result<Self, SandboxError> {
        let slots = config.slots.max(1);
        let sandbox = Self {
            shared: Arc::new(Shared { config, queue: Mutex::default(), changed: Condvar::new() }),
            slots,
            threads: Mutex::default(),
        };
        // The first one compiles what is missing; the others find it.
        sandbox.start_slots(1).await?;
        sandbox.start_slots(slots - 1).await?;
        Ok(sandbox)
    }

    async fn start_slots(&self, count: usize) -> Result<(), SandboxError> {
        let mut starting = Vec::with_capacity(count);
        for _ in 0..count {
            let (started, is_started) = oneshot::channel();
            let shared = Arc::clone(&self.shared);
            let thread = thread::Builder::new()
                .name("sandbox-slot".into())
                .spawn(move || Slot { shared, runner: None }.work(started))
                .map_err(SandboxError::Start)?;
            lock(&self.threads).push(thread);
            starting.push(is_started);
        }
        for is_started in starting {
            is_started.await.map_err(|_| SandboxError::Closed)?.map_err(SandboxError::Start)?;
        }
        Ok(())
    }

    /// Runs untrusted code on its tests, as soon as a runner is free.
    ///
    /// A run whose runner dies, or that ends in an internal error, is tried once more, on another runner where one is
    /// free. When that fails too, the outcome of the tests is [`Outcome::InternalError`].
    pub async fn run(&self, request: RunRequest) -> Result<RunReport, SandboxError> {
        request::check(&request).map_err(SandboxError::Request)?;
        let frame = protocol::encode(&request).map_err(|error| SandboxError::Request(error.to_string()))?;
        let (reply, report) = oneshot::channel();
        let job = Job { frame, tests: request.tests.len(), wall_time: wall_time(&request), was_tried: false, reply };
        self.shared.push(job)?;
        report.await.map_err(|_| SandboxError::Closed)
    }

    /// How many runs are executed at a time.
    pub fn slots(&self) -> usize {
        self.slots
    }

    /// What the outcome of a run depends on besides the request: the guests and how they are run. Part of the key
    /// under which results are cached.
    pub fn engine_version(&self) -> &str {
        crate::ENGINE_VERSION
    }

    /// What was done since the start.
    pub fn counts(&self) -> SandboxCounts {
        let queue = self.shared.lock();
        SandboxCounts { runs: queue.runs, replaced_runners: queue.started_runners.saturating_sub(self.slots as u64) }
    }

    /// The processes of the runners that are ready now.
    pub fn runner_ids(&self) -> Vec<u32> {
        self.shared.lock().runners.clone()
    }

    /// What confines the runners, as the one that started last told it.
    pub fn protections(&self) -> Vec<ProtectionReport> {
        self.shared.lock().protections.clone()
    }

    /// What was wrong with the cache of compiled guests, as the runner that started last found it. A damaged guest was
    /// compiled anew by then; one that cannot be kept is compiled at each start.
    pub fn cache_faults(&self) -> Vec<String> {
        self.shared.lock().faults.clone()
    }

    /// Takes no more runs, finishes those that have begun, drops the others, and ends all runners.
    pub async fn close(&self) {
        self.shared.close();
        let threads = std::mem::take(&mut *lock(&self.threads));
        let joined = tokio::task::spawn_blocking(move || {
            for thread in threads {
                let _ = thread.join();
            }
        });
        let _ = joined.await;
    }
}

/// What a sandbox has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SandboxCounts {
    /// Runs given to runners, second tries included.
    pub runs: u64,
    /// Runners started in the place of others.
    pub replaced_runners: u64,
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.shared.close();
    }
}

struct Job {
    frame: Vec<u8>,
    tests: usize,
    wall_time: Duration,
    was_tried: bool,
    reply: oneshot::Sender<RunReport>,
}

#[derive(Debug)]
struct Shared {
    config: SandboxConfig,
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    runners: Vec<u32>,
    started_runners: u64,
    runs: u64,
    protections: Vec<ProtectionReport>,
    faults: Vec<String>,
    closed: bool,
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Queue")
            .field("jobs", &self.jobs.len())
            .field("closed", &self.closed)
            .finish_non_exhaustive()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        lock(&self.queue)
    }

    fn push(&self, job: Job) -> Result<(), SandboxError> {
        let mut queue = self.lock();
        if queue.closed {
            return Err(SandboxError::Closed);
        }
        queue.jobs.push_back(job);
        self.changed.notify_one();
        Ok(())
    }

    /// Puts a job that failed in front of the queue, to be tried again, or ends it with the report.
    fn fail(&self, mut job: Job, report: RunReport) {
        if job.was_tried {
            let _ = job.reply.send(report);
            return;
        }
        job.was_tried = true;
        let mut queue = self.lock();
        if !queue.closed {
            queue.jobs.push_front(job);
            self.changed.notify_one();
        }
    }

    /// The next job that somebody still waits for; None when the sandbox is closed.
    fn next(&self) -> Option<Job> {
        let mut queue = self.lock();
        loop {
            if queue.closed {
                return None;
            }
            match queue.jobs.pop_front() {
                Some(job) if job.reply.is_closed() => {}
                Some(job) => return Some(job),
                None => queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// Fails the waiting jobs when there is no runner left to wait for.
    fn fail_without_runners(&self) {
        let mut queue = self.lock();
        if queue.runners.is_empty() {
            for job in queue.jobs.drain(..) {
                let _ = job.reply.send(RunReport::internal_error(job.tests));
            }
        }
    }

    /// Waits for a moment, or until the sandbox is closed. Whether it is open.
    fn pause(&self) -> bool {
        let closed = |queue: &mut Queue| !queue.closed;
        let waited = self.changed.wait_timeout_while(self.lock(), RETRY_START, closed);
        !waited.unwrap_or_else(PoisonError::into_inner).0.closed
    }

    fn close(&self) {
        let mut queue = self.lock();
        queue.closed = true;
        queue.jobs.clear();
        self.changed.notify_all();
    }
}

/// A mutex's content, also after a panic elsewhere: no state here is broken between two statements.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A thread with a runner of its own.
struct Slot {
    shared: Arc<Shared>,
    runner: Option<Runner>,
}

impl Slot {
    fn work(mut self, started: oneshot::Sender<io::Result<()>>) {
        let result = self.start_runner();
        let failed = result.is_err();
        // Nobody listens when starting was given up.
        if started.send(result).is_err() || failed {
            return;
        }
        while let Some(job) = self.shared.next() {
            self.execute(job);
            if !self.keep_runner_fresh() {
                break;
            }
        }
        if let Some(runner) = self.take_runner() {
            runner.close();
        }
    }

    fn execute(&mut self, job: Job) {
        // It may have died while it had nothing to do; then nothing was tried.
        if self.runner.as_mut().is_some_and(|runner| !runner.is_alive()) {
            drop(self.take_runner());
            if let Err(problem) = self.start_runner() {
                tracing::error!(%problem, "cannot start a runner");
            }
        }
        self.shared.lock().runs += 1;
        let result = match &mut self.runner {
            Some(runner) => runner.execute(&job.frame, job.wall_time),
            None => Err(io::Error::other("there is no runner")),
        };
        match result {
            Ok(report) if report.tests.len() == job.tests => {
                if report.tests.iter().all(|test| test.outcome != Outcome::InternalError) {
                    // Nobody listens when the caller gave up.
                    let _ = job.reply.send(report);
                    return;
                }
                tracing::warn!("a run ended in an internal error");
                self.shared.fail(job, report);
                self.examine_runner();
                return;
            }
            Ok(_) => tracing::error!("a report on other tests"),
            Err(problem) => tracing::warn!(%problem, "a run failed"),
        }
        drop(self.take_runner());
        let report = RunReport::internal_error(job.tests);
        self.shared.fail(job, report);
    }

    /// Gives up a runner that does not do what it did when it started.
    fn examine_runner(&mut self) {
        for language in Language::ALL {
            let Some(runner) = &mut self.runner else { return };
            let request = canary::request(language);
            let wall_time = wall_time(&request);
            let outcome = protocol::encode(&request).and_then(|frame| runner.execute(&frame, wall_time));
            if let Err(problem) = outcome.map_err(|error| error.to_string()).and_then(|report| canary::check(&report)) {
                tracing::error!(%problem, "a runner fails a run of known outcome, and is replaced");
                drop(self.take_runner());
            }
        }
    }

    /// Replaces a runner that is gone or worn out. Whether the sandbox is still open.
    fn keep_runner_fresh(&mut self) -> bool {
        let worn_out = self.runner.as_ref().is_some_and(|runner| runner.runs >= self.shared.config.runs_of_a_runner);
        if worn_out && let Some(runner) = self.take_runner() {
            runner.close();
        }
        while self.runner.is_none() {
            if let Err(problem) = self.start_runner() {
                tracing::error!(%problem, "cannot start a runner");
                self.shared.fail_without_runners();
                if !self.shared.pause() {
                    return false;
                }
            }
        }
        true
    }

    fn start_runner(&mut self) -> io::Result<()> {
        let runner = Runner::start(&self.shared.config)?;
        let mut queue = self.shared.lock();
        queue.runners.push(runner.id());
        queue.started_runners += 1;
        queue.protections.clone_from(&runner.protections);
        queue.faults.clone_from(&runner.faults);
        drop(queue);
        self.runner = Some(runner);
        Ok(())
    }

    fn take_runner(&mut self) -> Option<Runner> {
        let runner = self.runner.take()?;
        self.shared.lock().runners.retain(|&id| id != runner.id());
        Some(runner)
    }
}

/// How long a runner may take for a run before it is killed.
fn wall_time(request: &RunRequest) -> Duration {
    Duration::from_millis(request.limits.wall_ms.into()) + GRACE
}
