//! The service, as others call it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use bugdrill_model::event::LearnerEvent;
use bugdrill_platform::{Ambient, ClientNetwork, EventBus};
use bugdrill_sandbox::Sandbox;
use bugdrill_store::{Claim, Store, StoredSnippet, Submission};
use chrono::TimeDelta;
use moka::sync::Cache;
use tokio::{runtime::Handle, sync::Notify};
use uuid::Uuid;

use crate::{
    Execution, ExecutionError, ExecutionKind, Owner,
    cache::ResultCache,
    queue::Queue,
    scheduling::{Shared, State, count_rejected},
    shaping::weight,
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

/// What the service has to do at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Jobs that wait for a runner.
    pub waiting: usize,
    /// Those of them that may have a free slot: their user has no other job in a runner and no result that is being stored, and no slot has to be kept
    /// from their network. None while a slot is free, unless the service closes.
    pub ready: usize,
    /// Jobs in a runner.
    pub running: usize,
    /// How many there can be.
    pub slots: usize,
}

/// How many submissions of an owner may wait.
const MAX_WAITING_SUBMISSIONS: usize = 2;

/// The Execution service.
#[derive(Clone)]
pub struct Executions {
    pub(crate) shared: Arc<Shared>,
}

impl std::fmt::Debug for Executions {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Executions").finish_non_exhaustive()
    }
}

impl Executions {
    /// Starts the service on the current runtime, with as many jobs at a time as the sandbox has slots.
    pub fn start(
        config: ExecutionConfig,
        sandbox: Sandbox,
        store: Store,
        ambient: Ambient,
        events: EventBus<LearnerEvent>,
    ) -> Self {
        let finished = Cache::builder()
            .time_to_live(config.keep_results)
            .max_capacity(config.keep_results_bytes)
            .weigher(|_, execution: &Execution| weight(execution))
            .build();
        let state = State {
            queue: Queue::new(config.queue_capacity, sandbox.slots()),
            active: HashMap::new(),
            claims: HashMap::new(),
            working: 0,
            closing: false,
        };
        let results = ResultCache::new(config.result_cache_bytes, config.result_cache_idle, sandbox.engine_version());
        let shared = Shared {
            config,
            sandbox,
            store,
            ambient,
            events,
            state: Mutex::new(state),
            runtime: Handle::current(),
            ended: Notify::new(),
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
            ready: queue.ready(self.shared.ambient.now()),
            running: queue.running(),
            slots: self.shared.sandbox.slots(),
        }
    }

    /// What runs the code.
    pub fn sandbox(&self) -> &Sandbox {
        &self.shared.sandbox
    }

    /// Runs code on the snippet's visible tests.
    pub fn run(&self, owner: Owner, snippet: Arc<StoredSnippet>, code: String) -> Result<Execution, ExecutionError> {
        self.shared.enqueue(self.shared.ambient.new_id(), owner, ExecutionKind::Run, snippet, code)
    }

    /// Runs code on the visible test at this position among the snippet's tests, and traces it.
    pub fn trace(
        &self,
        owner: Owner,
        snippet: Arc<StoredSnippet>,
        code: String,
        test: usize,
    ) -> Result<Execution, ExecutionError> {
        self.shared.enqueue(self.shared.ambient.new_id(), owner, ExecutionKind::Trace { test }, snippet, code)
    }

    /// Judges a stored submission on all tests of `snippet`, which is the one that it was made for. When there is no
    /// room, it stays stored and is taken up by [`Executions::recover`], here or elsewhere. The network is the one that its user asked from, where
    /// that is known.
    pub fn submit(
        &self,
        network: Option<ClientNetwork>,
        submission: Submission,
        claim: Option<Claim>,
        snippet: Arc<StoredSnippet>,
    ) -> Result<Execution, ExecutionError> {
        let Submission { id, user_id, code, .. } = submission;
        if let Some(claim) = claim {
            self.shared.state().claims.insert(id, claim);
        }
        let queued =
            self.shared.enqueue(id, Owner { user: user_id, network }, ExecutionKind::Submission, snippet, code);
        if queued.is_err() {
            let (service, claim) = (self.clone(), self.shared.state().claims.remove(&id));
            self.shared.runtime.spawn(async move { service.give_back(claim).await });
        }
        queued
    }

    async fn give_back(&self, claims: impl IntoIterator<Item = Claim>) {
        for claim in claims {
            if let Err(error) = self.shared.store.submissions().give_back(claim).await {
                tracing::warn!(%error, submission = %claim.submission_id, "it waits until its claim runs out");
            }
        }
    }

    /// For how long a submission that comes in is claimed.
    pub fn lease(&self) -> TimeDelta {
        self.shared.config.lease
    }

    /// Whether another submission of this user may be stored: with some waiting already, nothing is gained by more.
    pub fn takes_submission_of(&self, user: Uuid) -> bool {
        let takes = self.shared.state().queue.waiting_submissions(user) < MAX_WAITING_SUBMISSIONS;
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

    /// Takes no more jobs, lets the running ones finish, and ends the runners. Waiting submissions stay stored.
    pub async fn close(&self) {
        self.shared.state().closing = true;
        loop {
            // Registered before looking, so that one that ends in between is noticed.
            let ended = self.shared.ended.notified();
            if self.shared.state().working == 0 {
                break;
            }
            ended.await;
        }
        // Others need not wait until these run out.
        let claims: Vec<Claim> = self.shared.state().claims.drain().map(|(_, claim)| claim).collect();
        self.give_back(claims).await;
        self.shared.sandbox.close().await;
    }
}
