//! Jobs on their way into a runner and out of it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bugdrill_platform::{
    Ambient,
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
    Execution, ExecutionConfig, ExecutionError, ExecutionKind, Progress,
    cache::ResultCache,
    queue::{self, Job as _, Pushed, Queue},
};

/// A job: an execution with its code.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) execution: Execution,
    pub(crate) code: String,
    pub(crate) sender: watch::Sender<Progress>,
    since: Stopwatch,
}

impl Job {
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
    fn owner(&self) -> Uuid {
        self.execution.owner
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
    pub(crate) state: Mutex<State>,
    /// Where jobs are worked on: callers may come from other runtimes, which end sooner.
    pub(crate) runtime: Handle,
    /// Told whenever a job has left its runner.
    pub(crate) left: Notify,
    pub(crate) finished: Cache<Uuid, Execution>,
    pub(crate) results: ResultCache,
}

pub(crate) struct State {
    pub(crate) queue: Queue<Job>,
    /// Executions that wait or run.
    pub(crate) active: HashMap<Uuid, Execution>,
    /// The claims of submissions that wait, where they were claimed before.
    pub(crate) claims: HashMap<Uuid, Claim>,
    pub(crate) closing: bool,
}

impl Shared {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn enqueue(
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
}

/// Counts an execution that is not queued.
pub(crate) fn count_rejected(reason: &'static str) {
    metrics::counter!(names::EXECUTIONS_REJECTED, "reason" => reason).increment(1);
}
