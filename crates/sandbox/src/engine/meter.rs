//! What a guest uses, and the limits on it.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bugdrill_guest::{Ended, Output};
use bugdrill_model::{
    run::Limits,
    trace::{MAX_STEPS, Step, Trace},
};
use nix::time::{ClockId, clock_gettime};
use wasmtime::ResourceLimiter;

/// An error that stops a guest from within a call of the host; the reason stands in [`Meter::ended`].
#[derive(Debug, thiserror::Error)]
#[error("stopped by the host")]
pub(crate) struct Stopped;

/// The CPU time of this thread.
pub(crate) fn thread_cpu_time() -> Duration {
    clock(ClockId::CLOCK_THREAD_CPUTIME_ID)
}

/// The time on the clock, for measuring.
pub(crate) fn monotonic_time() -> Duration {
    clock(ClockId::CLOCK_MONOTONIC)
}

/// The time of day, for guests.
pub(crate) fn real_time() -> Duration {
    clock(ClockId::CLOCK_REALTIME)
}

fn clock(id: ClockId) -> Duration {
    // These clocks exist on every Linux; reading one cannot fail.
    clock_gettime(id).map(Duration::from).unwrap_or_default()
}

/// Limits and use of one instance. Times count from the instance's start.
pub(crate) struct Meter {
    /// How long it slept: charged as CPU time, and how far its clocks are ahead.
    pub(crate) slept: Duration,
    /// Whether another run of the same code would do the same: it has asked neither for the time nor for randomness.
    pub(crate) is_repeatable: bool,
    /// What it printed.
    pub(crate) output: SharedOutput,
    /// Why it was stopped.
    pub(crate) ended: Option<Ended>,
    /// Whether it was denied memory.
    pub(crate) denied_memory: bool,
    /// The largest memory it had.
    pub(crate) peak_memory: usize,
    /// The steps of a test that is traced.
    pub(crate) trace: Option<Recorder>,
    /// How much time passed that was not charged.
    passed: Duration,
    memory_limit: usize,
    deadline: Duration,
    wall_deadline: Duration,
}

impl Meter {
    /// A meter without a limit on CPU time, for the start of a guest, which is our own code, until [`Meter::allow`].
    pub(crate) fn new(limits: &Limits, output: SharedOutput, wall_deadline: Duration) -> Self {
        Self {
            slept: Duration::ZERO,
            is_repeatable: true,
            output,
            ended: None,
            denied_memory: false,
            peak_memory: 0,
            trace: None,
            passed: Duration::ZERO,
            memory_limit: limits.memory_bytes as usize,
            deadline: Duration::MAX,
            wall_deadline,
        }
    }

    /// A meter for an instance that waits for a run: nothing runs in it, and what it needs to exist is ours.
    pub(crate) fn waiting() -> Self {
        let limits = Limits { memory_bytes: super::MAX_MEMORY_BYTES, ..Limits::default() };
        Self::new(&limits, shared_output(&limits), Duration::MAX)
    }

    /// Puts the meter of a run in the place of that of an instance that waited for it.
    pub(crate) fn begin(&mut self, run: Self) {
        let waited = std::mem::replace(self, run);
        self.peak_memory = waited.peak_memory;
    }

    /// The time charged to the guest on this thread's clock.
    pub(crate) fn charged(&self) -> Duration {
        thread_cpu_time().saturating_add(self.slept)
    }

    /// Lets the guest use this much time from now on; returns what has been charged so far.
    pub(crate) fn allow(&mut self, budget: Duration) -> Duration {
        let charged = self.charged();
        self.deadline = charged.saturating_add(budget);
        self.denied_memory = false;
        charged
    }

    /// Stops the guest when its time is up.
    pub(crate) fn check(&mut self) -> Result<(), Stopped> {
        if self.charged() > self.deadline {
            self.stop(Ended::CpuTime)
        } else if monotonic_time() > self.wall_deadline {
            self.stop(Ended::WallTime)
        } else {
            Ok(())
        }
    }

    /// Lets the guest sleep, which takes no time, but is charged.
    pub(crate) fn sleep(&mut self, duration: Duration) -> Result<(), Stopped> {
        self.slept = self.slept.saturating_add(duration);
        self.check()
    }

    /// Lets time pass for the guest's clocks alone.
    pub(crate) fn pass(&mut self, duration: Duration) {
        self.passed = self.passed.saturating_add(duration);
    }

    /// How far the guest's clocks are ahead.
    pub(crate) fn ahead(&self) -> Duration {
        self.slept.saturating_add(self.passed)
    }

    /// Takes a step that the guest reports of itself, in JSON. Nothing where no trace was asked for.
    pub(crate) fn record(&mut self, step: &[u8]) -> Result<(), Stopped> {
        let has_room = self.trace.as_mut().is_none_or(|recorder| recorder.record(step));
        if has_room { Ok(()) } else { self.stop(Ended::Trace) }
    }

    /// Stops the guest for this reason.
    pub(crate) fn stop(&mut self, reason: Ended) -> Result<(), Stopped> {
        self.ended = Some(reason);
        Err(Stopped)
    }
}

impl ResourceLimiter for Meter {
    fn memory_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        if desired > self.memory_limit {
            self.denied_memory = true;
            return Ok(false);
        }
        self.peak_memory = self.peak_memory.max(desired);
        Ok(true)
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(desired <= 1 << 16)
    }
}

/// The trace of a guest, of which nothing is believed: the code that is traced can write steps of its own.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    trace: Trace,
    bytes: usize,
}

impl Recorder {
    /// The largest trace, in bytes of its wire form.
    pub(crate) const MAX_BYTES: usize = 1 << 20;

    /// Keeps a step. False when there is no room for it, or when it is none: then the trace ends here.
    pub(crate) fn record(&mut self, step: &[u8]) -> bool {
        self.bytes = self.bytes.saturating_add(step.len());
        let has_room = self.trace.steps.len() < MAX_STEPS && self.bytes <= Self::MAX_BYTES;
        let step: Option<Step> = if has_room { serde_json::from_slice(step).ok() } else { None };
        self.trace.is_truncated |= step.is_none();
        self.trace.steps.extend(step);
        !self.trace.is_truncated
    }

    /// The trace.
    pub(crate) fn finish(self) -> Trace {
        self.trace
    }
}

/// What a run printed, as the WASI streams need it.
pub(crate) type SharedOutput = Arc<Mutex<Output>>;

/// Nothing printed yet.
pub(crate) fn shared_output(limits: &Limits) -> SharedOutput {
    Arc::new(Mutex::new(Output::new(limits)))
}

/// The output, also after a panic elsewhere: it is bytes, with no state to be broken.
pub(crate) fn lock(output: &SharedOutput) -> MutexGuard<'_, Output> {
    output.lock().unwrap_or_else(PoisonError::into_inner)
}
