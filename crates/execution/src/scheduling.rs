//! Jobs on their way into a runner and out of it.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use bugdrill_model::event::LearnerEvent;
use bugdrill_platform::{
    Ambient, EventBus,
    metrics::{self as names, Stopwatch},
};
use bugdrill_sandbox::Sandbox;
use bugdrill_store::{Claim, Store, StoredSnippet};
use moka::sync::Cache;
use tokio::{
    runtime::Handle,
    sync::{Notify, watch},
};
use uuid::Uuid;

use crate::{
    Execution, ExecutionConfig, ExecutionError, ExecutionKind, Owner, Progress,
    cache::ResultCache,
    queue::{self, Job as _, Pushed, Queue},
};

/// A job: an execution with its code.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) execution: Execution,
    owner: Owner,
    pub(crate) code: String,
    pub(crate) sender: watch::Sender<Progress>,
    since: Stopwatch,
    /// The CPU time that it used in runners, in microseconds.
    cpu_us: AtomicU64,
}

impl Job {
    fn new(execution: Execution, owner: Owner, code: String, sender: watch::Sender<Progress>) -> Self {
        Self { execution, owner, code, sender, since: Stopwatch::start(), cpu_us: AtomicU64::new(0) }
    }

    /// Notes CPU time that it used in a runner.
    pub(crate) fn used(&self, cpu_us: u64) {
        self.cpu_us.fetch_add(cpu_us, Ordering::Relaxed);
    }

    /// The label of its kind in metrics.
    pub(crate) fn kind(&self) -> &'static str {
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
    fn owner(&self) -> Owner {
        self.owner
    }
    fn is_submission(&self) -> bool {
        self.execution.kind == ExecutionKind::Submission
    }
}

pub(crate) struct Shared {
    pub(crate) config: ExecutionConfig,
    pub(crate) sandbox: Sandbox,
    pub(crate) store: Store,
    pub(crate) ambient: Ambient,
    /// Told what comes of submissions.
    pub(crate) events: EventBus<LearnerEvent>,
    pub(crate) state: Mutex<State>,
    /// Where jobs are worked on: callers may come from other runtimes, which end sooner.
    pub(crate) runtime: Handle,
    /// Told whenever a job has been worked on.
    pub(crate) ended: Notify,
    pub(crate) finished: Cache<Uuid, Execution>,
    pub(crate) results: ResultCache,
}

pub(crate) struct State {
    pub(crate) queue: Queue<Job>,
    /// Executions that wait or run.
    pub(crate) active: HashMap<Uuid, Execution>,
    /// The claims of submissions that wait, where they were claimed before.
    pub(crate) claims: HashMap<Uuid, Claim>,
    /// How many jobs are worked on: in a runner, or with a result that is being stored.
    pub(crate) working: usize,
    pub(crate) closing: bool,
}

impl Shared {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn enqueue(
        self: &Arc<Self>,
        id: Uuid,
        owner: Owner,
        kind: ExecutionKind,
        snippet: Arc<StoredSnippet>,
        code: String,
    ) -> Result<Execution, ExecutionError> {
        let (sender, progress) = watch::channel(Progress::Queued);
        let execution = Execution { id, owner: owner.user, kind, snippet, progress };
        let mut state = self.state();
        if state.closing {
            count_rejected("closing");
            return Err(ExecutionError::Closing);
        }
        if let Some(active) = state.active.get(&id) {
            return Ok(active.clone());
        }
        match state.queue.push(Job::new(execution.clone(), owner, code, sender)) {
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
            Pushed::ShareTaken(_) => {
                count_rejected("network_share");
                return Err(ExecutionError::QueueFull);
            }
        }
        state.active.insert(id, execution.clone());
        self.fill_slots(&mut state);
        Ok(execution)
    }

    /// Puts waiting jobs into free slots. Called with every change of the queue, so that nobody ever sees a job wait
    /// that could run. What its site's other runs hold back may be free to run in time, too; it has a slot when one of
    /// those ends.
    fn fill_slots(self: &Arc<Self>, state: &mut State) {
        while !state.closing
            && let Some(job) = state.queue.pop(self.ambient.now())
        {
            metrics::histogram!(names::EXECUTION_QUEUE_SECONDS, "kind" => job.kind()).record(job.since.elapsed());
            job.sender.send_replace(Progress::Running);
            state.working += 1;
            self.runtime.spawn(Arc::clone(self).work(job));
        }
    }

    async fn work(self: Arc<Self>, job: Job) {
        let (id, shared, job) = (job.id(), Arc::clone(&self), Arc::new(job));
        let working = Arc::clone(&job);
        // In a task of its own: a panic must cost this job, not the slot and its owner's place.
        if let Err(error) = tokio::spawn(async move { shared.execute(&working).await }).await {
            tracing::error!(%error, execution = %id, "an execution failed");
        }
        let mut state = self.state();
        self.leave(&mut state, &job);
        state.queue.done(job.owner.user);
        state.active.remove(&id);
        state.working -= 1;
        self.fill_slots(&mut state);
        drop(state);
        self.ended.notify_waiters();
    }

    /// Gives a job's slot to the next one, before the job is done.
    pub(crate) fn leave_slot(self: &Arc<Self>, job: &Job) {
        let mut state = self.state();
        self.leave(&mut state, job);
        self.fill_slots(&mut state);
    }

    /// Notes that a job has left its slot, unless it had before.
    fn leave(&self, state: &mut State, job: &Job) {
        let cpu = Duration::from_micros(job.cpu_us.load(Ordering::Relaxed));
        state.queue.leave(job.owner.user, cpu, self.ambient.now());
    }
}

/// Counts an execution that is not queued.
pub(crate) fn count_rejected(reason: &'static str) {
    metrics::counter!(names::EXECUTIONS_REJECTED, "reason" => reason).increment(1);
}
