//! The Execution service: takes code, queues it, has it run and judged, and never loses a submission.
//!
//! A *run* is free and lives in memory: its result can be read for some minutes. So does a *trace*, which tells the
//! steps of one test. A *submission* is stored before it gets here; a worker claims it in the database, and its result
//! is stored with everything that follows from it. What a dead server left behind is found again by
//! [`Executions::recover`].
#![forbid(unsafe_code)]

mod cache;
mod queue;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bugdrill_model::{
    ExecutionStatus, TestCase, Verdict,
    edit::{EditSize, edit_size},
    judge::{JudgedRun, JudgedTest, Task},
    rating::Rating,
    run::RunReport,
};
use bugdrill_platform::{
    Ambient,
    metrics::{self as names, Stopwatch},
};
use bugdrill_sandbox::Sandbox;
use bugdrill_store::{Claim, Store, StoreError, StoredSnippet, Submission};
use chrono::TimeDelta;
use moka::sync::Cache;
use tokio::{
    runtime::Handle,
    sync::{Notify, watch},
};
use uuid::Uuid;

use crate::{
    cache::ResultCache,
    queue::{Job as _, Pushed, Queue},
};

/// How the service is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExecutionConfig {
    /// How many jobs may wait.
    pub queue_capacity: usize,
    /// For how long a claimed submission is safe from other workers. Longer than any run can take.
    pub lease: TimeDelta,
    /// How often a submission is tried before it ends by our own fault.
    pub max_claims: i32,
    /// For how long the result of a finished execution can be read.
    pub keep_results: Duration,
    /// How much memory kept results may take, in bytes.
    pub keep_results_bytes: u64,
    /// How much memory results may take that are used again for the same code, in bytes; 0 for none.
    pub result_cache_bytes: u64,
    /// For how long such a result stays without being used.
    pub result_cache_idle: Duration,
}

impl Default for ExecutionConfig {
    fn default() -> Self {
        Self {
            queue_capacity: 256,
            lease: TimeDelta::seconds(60),
            max_claims: 3,
            keep_results: Duration::from_mins(5),
            keep_results_bytes: 64 << 20,
            result_cache_bytes: 64 << 20,
            result_cache_idle: Duration::from_hours(1),
        }
    }
}

/// A finished execution.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// Whether it could be judged.
    pub status: ExecutionStatus,
    /// The judged run; of a run of the visible tests only, in their order; of a trace of its test only.
    pub run: JudgedRun,
    /// The size of the learner's edit; of a submission only.
    pub edit: Option<EditSize>,
    /// The rating, when this submission solved the snippet.
    pub rating: Option<Rating>,
}

/// Where an execution stands.
#[derive(Clone, Debug)]
pub enum Progress {
    /// It waits.
    Queued,
    /// It is in a runner.
    Running,
    /// It is done.
    Finished(Arc<Finished>),
    /// It was replaced by a newer run of the same learner before it got a runner.
    Superseded,
}

/// What is executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExecutionKind {
    /// The visible tests.
    Run,
    /// All tests, and it counts.
    Submission,
    /// A visible test, step by step.
    Trace {
        /// Its position among all tests.
        test: usize,
    },
}

impl ExecutionKind {
    /// Whether it takes in the test at this position.
    pub fn has_test(self, position: usize, test: &TestCase) -> bool {
        match self {
            Self::Submission => true,
            Self::Run => !test.hidden,
            Self::Trace { test: traced } => position == traced && !test.hidden,
        }
    }
}

/// An execution, to be watched.
#[derive(Clone, Debug)]
pub struct Execution {
    /// The id.
    pub id: Uuid,
    /// Who may see it.
    pub owner: Uuid,
    /// What is executed.
    pub kind: ExecutionKind,
    /// The snippet as it was run.
    pub snippet: Arc<StoredSnippet>,
    progress: watch::Receiver<Progress>,
}

impl Execution {
    /// Where it stands now.
    pub fn progress(&self) -> Progress {
        self.progress.borrow().clone()
    }

    /// Waits until it is finished or superseded, or for `limit`, and tells where it stands then.
    pub async fn wait(&mut self, limit: Duration) -> Progress {
        let ended = |progress: &Progress| matches!(progress, Progress::Finished(_) | Progress::Superseded);
        // Neither running out of time nor a lost sender changes the answer: where it stands.
        let _ = tokio::time::timeout(limit, self.progress.wait_for(ended)).await;
        self.progress()
    }
}

/// Why an execution is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExecutionError {
    /// Too many jobs wait.
    #[error("too many runs are waiting")]
    QueueFull,
    /// The service is closing.
    #[error("the service is closing")]
    Closing,
}

/// What the service has to do at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Jobs that wait for a runner.
    pub waiting: usize,
    /// Those of them whose owner has no other job in a runner. None while a slot is free, unless the service closes.
    pub ready: usize,
    /// Jobs in a runner.
    pub running: usize,
    /// How many there can be.
    pub slots: usize,
}

/// A job: an execution with its code.
#[derive(Debug)]
struct Job {
    execution: Execution,
    code: String,
    sender: watch::Sender<Progress>,
    since: Stopwatch,
}

impl Job {
    /// The label of its kind in metrics.
    fn kind(&self) -> &'static str {
        match self.execution.kind {
            ExecutionKind::Run => "run",
            ExecutionKind::Submission => "submission",
            ExecutionKind::Trace { .. } => "trace",
        }
    }
}

impl queue::Job for Job {
    fn id(&self) -> Uuid {
        self.execution.id
    }
    fn owner(&self) -> Uuid {
        self.execution.owner
    }
    fn is_submission(&self) -> bool {
        self.execution.kind == ExecutionKind::Submission
    }
}

struct Shared {
    config: ExecutionConfig,
    sandbox: Sandbox,
    store: Store,
    ambient: Ambient,
    state: Mutex<State>,
    /// Where jobs are worked on: callers may come from other runtimes, which end sooner.
    runtime: Handle,
    /// Told whenever a job has left its runner.
    left: Notify,
    finished: Cache<Uuid, Execution>,
    results: ResultCache,
}

struct State {
    queue: Queue<Job>,
    /// Executions that wait or run.
    active: HashMap<Uuid, Execution>,
    closing: bool,
}

/// The Execution service.
#[derive(Clone)]
pub struct Executions {
    shared: Arc<Shared>,
}

impl std::fmt::Debug for Executions {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Executions").finish_non_exhaustive()
    }
}

impl Executions {
    /// Starts the service on the current runtime, with as many jobs at a time as the sandbox has slots.
    pub fn start(config: ExecutionConfig, sandbox: Sandbox, store: Store, ambient: Ambient) -> Self {
        let finished = Cache::builder()
            .time_to_live(config.keep_results)
            .max_capacity(config.keep_results_bytes)
            .weigher(|_, execution: &Execution| weight(execution))
            .build();
        let state = State { queue: Queue::new(config.queue_capacity), active: HashMap::new(), closing: false };
        let results = ResultCache::new(config.result_cache_bytes, config.result_cache_idle, sandbox.engine_version());
        let shared = Shared {
            config,
            sandbox,
            store,
            ambient,
            state: Mutex::new(state),
            runtime: Handle::current(),
            left: Notify::new(),
            finished,
            results,
        };
        Self { shared: Arc::new(shared) }
    }

    /// What there is to do now.
    pub fn load(&self) -> Load {
        let state = self.shared.state();
        let queue = &state.queue;
        Load {
            waiting: queue.waiting(),
            ready: queue.ready(),
            running: queue.running(),
            slots: self.shared.sandbox.slots(),
        }
    }

    /// What runs the code.
    pub fn sandbox(&self) -> &Sandbox {
        &self.shared.sandbox
    }

    /// Runs code on the snippet's visible tests.
    pub fn run(&self, owner: Uuid, snippet: Arc<StoredSnippet>, code: String) -> Result<Execution, ExecutionError> {
        self.shared.enqueue(self.shared.ambient.new_id(), owner, ExecutionKind::Run, snippet, code)
    }

    /// Runs code on the visible test at this position among the snippet's tests, and traces it.
    pub fn trace(
        &self,
        owner: Uuid,
        snippet: Arc<StoredSnippet>,
        code: String,
        test: usize,
    ) -> Result<Execution, ExecutionError> {
        self.shared.enqueue(self.shared.ambient.new_id(), owner, ExecutionKind::Trace { test }, snippet, code)
    }

    /// Judges a stored submission on all tests. When there is no room, it stays stored and is taken up by
    /// [`Executions::recover`].
    pub fn submit(&self, submission: Submission, snippet: Arc<StoredSnippet>) -> Result<Execution, ExecutionError> {
        self.shared.enqueue(submission.id, submission.user_id, ExecutionKind::Submission, snippet, submission.code)
    }

    /// Whether another submission of this owner may be stored: with some waiting already, nothing is gained by more.
    pub fn takes_submission_of(&self, owner: Uuid) -> bool {
        let takes = self.shared.state().queue.waiting_submissions(owner) < MAX_WAITING_SUBMISSIONS;
        if !takes {
            count_rejected("too_many_submissions");
        }
        takes
    }

    /// The execution of this id, while it waits, runs, or is kept.
    pub fn find(&self, id: Uuid) -> Option<Execution> {
        let active = self.shared.state().active.get(&id).cloned();
        active.or_else(|| self.shared.finished.get(&id))
    }

    /// Takes up stored submissions that nobody works on: after a start, and from time to time.
    pub async fn recover(&self) -> Result<usize, StoreError> {
        let shared = &self.shared;
        // The oldest may be waiting here already: as many more are asked for.
        let limit = RECOVERED_AT_ONCE + shared.state().active.len() as u64;
        let mut recovered = 0;
        for id in shared.store.submissions().unfinished(limit, shared.ambient.now()).await? {
            if shared.state().active.contains_key(&id) {
                continue;
            }
            match self.take_up(id).await {
                Ok(true) => recovered += 1,
                Ok(false) => {}
                // One that cannot be read must not keep the others from being judged.
                Err(error) => tracing::error!(%error, submission = %id, "cannot take up a submission"),
            }
        }
        Ok(recovered)
    }

    /// Queues a stored submission; tells whether there was room, and whether it and its snippet are still there.
    async fn take_up(&self, id: Uuid) -> Result<bool, StoreError> {
        let store = &self.shared.store;
        let Some(submission) = store.submissions().find(id).await? else { return Ok(false) };
        let Some(snippet) = store.content().snippet_by_id(submission.snippet_id).await? else { return Ok(false) };
        Ok(self.submit(submission, Arc::new(snippet)).is_ok())
    }

    /// Calls [`Executions::recover`] every half lease, until the service closes.
    pub async fn keep_recovering(&self) {
        let period = (self.shared.config.lease / 2).to_std().unwrap_or(Duration::from_secs(30));
        let mut ticks = tokio::time::interval(period);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if self.shared.state().closing {
                return;
            }
            match self.recover().await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "took up unfinished submissions"),
                Err(error) => tracing::error!(%error, "cannot look for unfinished submissions"),
            }
        }
    }

    /// Takes no more jobs, lets the running ones finish, and ends the runners. Waiting submissions stay stored.
    pub async fn close(&self) {
        self.shared.state().closing = true;
        loop {
            // Registered before looking, so that one who leaves in between is noticed.
            let left = self.shared.left.notified();
            if self.shared.state().queue.running() == 0 {
                break;
            }
            left.await;
        }
        self.shared.sandbox.close().await;
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enqueue(
        self: &Arc<Self>,
        id: Uuid,
        owner: Uuid,
        kind: ExecutionKind,
        snippet: Arc<StoredSnippet>,
        code: String,
    ) -> Result<Execution, ExecutionError> {
        let (sender, progress) = watch::channel(Progress::Queued);
        let execution = Execution { id, owner, kind, snippet, progress };
        let mut state = self.state();
        if state.closing {
            count_rejected("closing");
            return Err(ExecutionError::Closing);
        }
        if let Some(active) = state.active.get(&id) {
            return Ok(active.clone());
        }
        match state.queue.push(Job { execution: execution.clone(), code, sender, since: Stopwatch::start() }) {
            Pushed::Queued => {}
            Pushed::Replaced(old) => {
                state.active.remove(&old.id());
                old.sender.send_replace(Progress::Superseded);
                // Whoever was told its id may still ask what became of it.
                self.finished.insert(old.id(), old.execution);
            }
            Pushed::Full(_) => {
                count_rejected("queue_full");
                return Err(ExecutionError::QueueFull);
            }
        }
        state.active.insert(id, execution.clone());
        self.fill_slots(&mut state);
        Ok(execution)
    }

    /// Puts waiting jobs into free slots. Called with every change of the queue, so that nobody ever sees a job wait
    /// that could run.
    fn fill_slots(self: &Arc<Self>, state: &mut State) {
        while !state.closing
            && state.queue.running() < self.sandbox.slots()
            && let Some(job) = state.queue.pop()
        {
            metrics::histogram!(names::EXECUTION_QUEUE_SECONDS, "kind" => job.kind()).record(job.since.elapsed());
            job.sender.send_replace(Progress::Running);
            self.runtime.spawn(Arc::clone(self).work(job));
        }
    }

    async fn work(self: Arc<Self>, job: Job) {
        let (id, owner, shared) = (job.id(), job.owner(), Arc::clone(&self));
        // In a task of its own: a panic must cost this job, not the slot and its owner's place.
        if let Err(error) = tokio::spawn(async move { shared.execute(&job).await }).await {
            tracing::error!(%error, execution = %id, "an execution failed");
        }
        let mut state = self.state();
        state.queue.done(owner);
        state.active.remove(&id);
        self.fill_slots(&mut state);
        drop(state);
        self.left.notify_waiters();
    }

    async fn execute(&self, job: &Job) {
        let finished =
            if job.is_submission() { self.execute_submission(job).await } else { Some(self.judge(job).await) };
        if let Some(finished) = finished {
            let (language, verdict) = (job.execution.snippet.snippet.language.as_str(), finished.run.verdict.as_str());
            metrics::counter!(names::EXECUTIONS, "kind" => job.kind(), "language" => language, "verdict" => verdict)
                .increment(1);
            job.sender.send_replace(Progress::Finished(Arc::new(finished)));
            self.finished.insert(job.id(), job.execution.clone());
        }
    }

    async fn judge(&self, job: &Job) -> Finished {
        let StoredSnippet { snippet, .. } = &*job.execution.snippet;
        // Code can keep what it saw from one test to the next. Hidden tests come last, so that nothing shown of a
        // visible one can hold their inputs.
        let tests = &snippet.task.tests;
        let kind = job.execution.kind;
        let mut order: Vec<usize> = (0..tests.len()).filter(|&index| kind.has_test(index, &tests[index])).collect();
        order.sort_by_key(|&index| tests[index].hidden);
        let tests = order.iter().map(|&index| tests[index].clone()).collect();
        let task = Task { tests, ..snippet.task.clone() };
        let mut run = self.judge_task(job, &task).await;
        let mut in_order: Vec<(usize, JudgedTest)> = order.into_iter().zip(run.tests).collect();
        in_order.sort_by_key(|(index, _)| *index);
        run.tests = in_order.into_iter().map(|(_, test)| test).collect();
        run.verdict = Verdict::of_run(run.tests.iter().map(|test| test.verdict));
        let status = match run.verdict {
            Verdict::InternalError => ExecutionStatus::Failed,
            _ => ExecutionStatus::Completed,
        };
        let edit = job.is_submission().then(|| edit_size(&snippet.buggy_code, &job.code));
        Finished { status, run, edit, rating: None }
    }

    /// Judges a job's code on the tests of this task, in a runner where that has not been done before. A trace is
    /// always made anew: it is large, and seldom asked for twice.
    async fn judge_task(&self, job: &Job, task: &Task) -> JudgedRun {
        let language = job.execution.snippet.snippet.language;
        let is_trace = matches!(job.execution.kind, ExecutionKind::Trace { .. });
        let key = if is_trace { None } else { self.results.key(task, language, &job.code) };
        if let Some(run) = key.and_then(|key| self.results.get(key)) {
            return run;
        }
        let stopwatch = Stopwatch::start();
        let judged = if is_trace {
            self.sandbox.trace(task, language, &job.code).await
        } else {
            self.sandbox.judge(task, language, &job.code).await
        };
        let mut run = match judged {
            Ok(run) => run,
            Err(error) => {
                tracing::error!(%error, execution = %job.id(), "a run could not be executed");
                task.judge(RunReport::default(), None)
            }
        };
        metrics::histogram!(names::EXECUTION_RUN_SECONDS, "language" => language.as_str()).record(stopwatch.elapsed());
        for (judged, test) in run.tests.iter_mut().zip(&task.tests) {
            cut(judged, test.hidden);
        }
        truncate(&mut run.stderr, &mut run.stderr_truncated);
        if let Some(key) = key {
            self.results.insert(key, &run);
        }
        run
    }

    /// Claims, judges and stores a submission. `None` when another worker has it.
    async fn execute_submission(&self, job: &Job) -> Option<Finished> {
        loop {
            let claim = match self.store.submissions().claim(job.id(), self.config.lease, self.ambient.now()).await {
                Ok(claim) => claim?,
                Err(error) => {
                    tracing::error!(%error, submission = %job.id(), "cannot claim a submission");
                    return None;
                }
            };
            // A submission that takes the server down with it would be run again at every start.
            let finished = if claim.number() > self.config.max_claims { given_up(job) } else { self.judge(job).await };
            let retry = finished.status == ExecutionStatus::Failed && claim.number() < self.config.max_claims;
            let stored = if retry {
                self.store.submissions().give_back(claim).await.map(|()| None)
            } else {
                self.store_result(job, claim, finished).await
            };
            match stored {
                Ok(Some(finished)) => return Some(finished),
                Ok(None) if retry => {}
                Ok(None) => return None,
                Err(error) => {
                    // The claim runs out, and the submission is taken up again.
                    tracing::error!(%error, submission = %job.id(), "cannot store a result");
                    return None;
                }
            }
        }
    }

    async fn store_result(&self, job: &Job, claim: Claim, finished: Finished) -> Result<Option<Finished>, StoreError> {
        let submissions = self.store.submissions();
        let now = self.ambient.now();
        let Some(edit) = finished.edit.filter(|_| finished.status == ExecutionStatus::Completed) else {
            submissions.fail(claim, &finished.run, now).await?;
            return Ok(Some(finished));
        };
        let snippet = &job.execution.snippet;
        let stored = submissions.complete(claim, snippet, &finished.run, edit, self.ambient.new_id(), now).await;
        match stored {
            Ok(completion) => Ok(completion.map(|completion| Finished { rating: completion.rating, ..finished })),
            Err(bugdrill_store::LearningError::Store(error)) => Err(error),
            // The account was deleted while its code ran: there is nobody to tell.
            Err(_) => Ok(None),
        }
    }
}

/// Counts an execution that is not queued.
fn count_rejected(reason: &'static str) {
    metrics::counter!(names::EXECUTIONS_REJECTED, "reason" => reason).increment(1);
}

/// How many stored submissions are taken up at once.
const RECOVERED_AT_ONCE: u64 = 64;

/// How many submissions of an owner may wait.
const MAX_WAITING_SUBMISSIONS: usize = 2;

/// The longest text of a test that is kept and shown: its answer's wire form, its output. In bytes.
const MAX_SHOWN: usize = 4 << 10;

/// Keeps of a test what is shown: the beginning of long texts, and of a hidden test the verdict alone.
fn cut(judged: &mut JudgedTest, is_hidden: bool) {
    if is_hidden {
        let (verdict, cpu_us) = (judged.verdict, judged.cpu_us);
        *judged = JudgedTest { verdict, cpu_us, ..JudgedTest::internal_error() };
        return;
    }
    truncate(&mut judged.stdout, &mut judged.stdout_truncated);
    if let Some(mut text) = judged.actual.as_ref().map(ToString::to_string) {
        let mut is_cut = false;
        truncate(&mut text, &mut is_cut);
        if is_cut {
            judged.actual_cut = Some(text);
            judged.actual = None;
        }
    }
}

fn truncate(text: &mut String, is_truncated: &mut bool) {
    if text.len() > MAX_SHOWN {
        text.truncate(text.floor_char_boundary(MAX_SHOWN));
        *is_truncated = true;
    }
}

/// What a submission ends as that could not be judged in any of its tries.
fn given_up(job: &Job) -> Finished {
    let run = job.execution.snippet.snippet.task.judge(RunReport::default(), None);
    Finished { status: ExecutionStatus::Failed, run, edit: None, rating: None }
}

/// About how many bytes a kept execution takes.
fn weight(execution: &Execution) -> u32 {
    const OVERHEAD: usize = 16 << 10;
    let Progress::Finished(finished) = execution.progress() else { return OVERHEAD as u32 };
    // In memory a trace takes several times its wire form.
    let trace =
        finished.run.trace.as_ref().map_or(0, |trace| 4 * serde_json::to_vec(trace).map_or(0, |json| json.len()));
    u32::try_from(OVERHEAD + cache::memory_of(&finished.run) + trace).unwrap_or(u32::MAX)
}
