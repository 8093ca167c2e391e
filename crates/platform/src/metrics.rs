//! The names of all metrics, and what they measure.
//!
//! Libraries record them with the `metrics` facade, which does nothing until the binary installs a recorder. Labels
//! have few values, whatever clients send: never an id, a slug, or anything of a learner's.

use std::time::{Duration, Instant};

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};

/// Requests, by `method`, `route` and `status`.
pub const HTTP_REQUESTS: &str = "bugdrill_http_requests_total";
/// The time until a request is answered, by `method` and `route`.
pub const HTTP_REQUEST_SECONDS: &str = "bugdrill_http_request_duration_seconds";
/// Requests beyond a rate limit, by `class`.
pub const HTTP_RATE_LIMITED: &str = "bugdrill_http_rate_limited_total";
/// Finished executions, by `kind`, `language` and `verdict`.
pub const EXECUTIONS: &str = "bugdrill_executions_total";
/// Executions that were not queued, by `reason`: `queue_full`, `network_share` (too many of one network wait),
/// `too_many_submissions` of one user, or `closing`.
pub const EXECUTIONS_REJECTED: &str = "bugdrill_executions_rejected_total";
/// The time in the queue, by `kind`.
pub const EXECUTION_QUEUE_SECONDS: &str = "bugdrill_execution_queue_duration_seconds";
/// The time in a runner, by `language`.
pub const EXECUTION_RUN_SECONDS: &str = "bugdrill_execution_run_duration_seconds";
/// Executions in the queue.
pub const EXECUTIONS_WAITING: &str = "bugdrill_executions_waiting";
/// Executions that have a runner.
pub const EXECUTIONS_RUNNING: &str = "bugdrill_executions_running";
/// How many can.
pub const RUNNERS: &str = "bugdrill_runners";
/// Runs given to runners.
pub const RUNNER_RUNS: &str = "bugdrill_runner_runs_total";
/// Runners started in the place of others.
pub const RUNNERS_REPLACED: &str = "bugdrill_runners_replaced_total";
/// Results that were judged before.
pub const RESULT_CACHE_HITS: &str = "bugdrill_result_cache_hits_total";
/// Results that had to be judged.
pub const RESULT_CACHE_MISSES: &str = "bugdrill_result_cache_misses_total";

/// What learners did and what came of it, by `event`.
pub const LEARNER_EVENTS: &str = "bugdrill_learner_events_total";

/// Passwords that were hashed or compared.
pub const PASSWORD_HASHES: &str = "bugdrill_password_hashes_total";
/// Passwords that were not, since too many waited.
pub const PASSWORD_HASHES_REFUSED: &str = "bugdrill_password_hashes_refused_total";
/// Mails, by `outcome`.
pub const MAILS: &str = "bugdrill_mails_total";

/// The upper bounds of the buckets for durations, in seconds: from a run in JavaScript to the longest request.
pub const DURATION_BUCKETS: [f64; 14] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Tells the recorder what the metrics are.
pub fn describe() {
    for (name, text) in [
        (HTTP_REQUESTS, "Requests"),
        (HTTP_RATE_LIMITED, "Requests beyond a rate limit"),
        (EXECUTIONS, "Finished executions"),
        (EXECUTIONS_REJECTED, "Executions that were not queued"),
        (RUNNER_RUNS, "Runs given to runners; one with a checker is two"),
        (RUNNERS_REPLACED, "Runners started in the place of others, which died, hung or were worn out"),
        (RESULT_CACHE_HITS, "Results that were judged before"),
        (RESULT_CACHE_MISSES, "Results that had to be judged"),
        (LEARNER_EVENTS, "What learners did with snippets, and what came of it"),
        (MAILS, "Mails that were sent, or not"),
        (PASSWORD_HASHES, "Passwords that were hashed or compared"),
        (PASSWORD_HASHES_REFUSED, "Passwords that were not hashed, since too many waited"),
    ] {
        describe_counter!(name, text);
    }
    for (name, text) in [
        (HTTP_REQUEST_SECONDS, "The time until a request is answered"),
        (EXECUTION_QUEUE_SECONDS, "The time in the queue"),
        (EXECUTION_RUN_SECONDS, "The time in a runner, the checker's run included"),
    ] {
        describe_histogram!(name, Unit::Seconds, text);
    }
    for (name, text) in [
        (EXECUTIONS_WAITING, "Executions in the queue"),
        (EXECUTIONS_RUNNING, "Executions that have a runner"),
        (RUNNERS, "How many executions can have a runner at a time"),
    ] {
        describe_gauge!(name, text);
    }
}

/// Measures how long something takes. For metrics alone: what decides anything asks [`crate::Clock`].
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}
