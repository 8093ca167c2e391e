//! Runs untrusted code in WebAssembly, in this process.
//!
//! Each language has an engine of its own, with its guest compiled and linked. A run takes a fresh instance of the
//! guest, which is a copy-on-write image of a snapshot, loads the learner's code into it, and makes one call a test.
//! An instance that reached a limit is thrown away, and the next test gets a fresh one. While nobody waits for a
//! report, the engine throws away what the run before left and makes the instance of the next run.

mod characters;
mod compile;
mod instrument;
mod javascript;
mod meter;
mod python;
mod ticker;

use std::{fmt, path::Path, time::Duration};

use bugdrill_guest::{Answer, Ended, Guests, Output, Program, Use};
use bugdrill_model::{
    Language,
    run::{ErrorReport, RunReport, RunRequest},
};
use wasmtime::{Config, Enabled, InstanceAllocationStrategy, PoolingAllocationConfig, Trap};

use self::{
    characters::blame,
    compile::Cache,
    javascript::JavaScriptEngine,
    meter::{Meter, SharedOutput, lock, monotonic_time, shared_output, thread_cpu_time},
    python::PythonEngine,
    ticker::Ticker,
};

pub(crate) use self::{compile::Notice, instrument::instrument, meter::Recorder};

/// The largest memory of an instance, in bytes: what the pools reserve.
pub(crate) const MAX_MEMORY_BYTES: u32 = 128 << 20;

/// The stack of WebAssembly code. CPython frees a linked list recursively, and needs this for 10,000 nodes.
const WASM_STACK_BYTES: usize = 64 << 20;

/// The stack of a thread that calls [`Engine::execute`].
pub(crate) const THREAD_STACK_BYTES: usize = WASM_STACK_BYTES + (16 << 20);

/// A language has one instance that runs, and one of the run before or that waits for the next.
const INSTANCES: u32 = 2;

/// Why the engine cannot start.
#[derive(Debug, thiserror::Error)]
#[error("{subject}: {problem}")]
pub(crate) struct EngineError {
    subject: String,
    problem: String,
}

impl EngineError {
    fn new(subject: &str, problem: &dyn fmt::Display) -> Self {
        Self { subject: subject.to_owned(), problem: problem.to_string() }
    }
}

/// All languages, ready to run.
pub(crate) struct Engine {
    python: PythonEngine,
    javascript: JavaScriptEngine,
    ticker: Ticker,
    /// Instances that nothing has run in yet, at most one of each language.
    waiting: Vec<(Language, Box<dyn GuestInstance>)>,
    /// The instance of the run before.
    spent: Option<Box<dyn GuestInstance>>,
}

impl Engine {
    /// Loads the guests from the cache, compiling what is missing there. Takes seconds the first time.
    pub(crate) fn new(cache_dir: &Path, tell: &mut dyn FnMut(Notice)) -> Result<Self, EngineError> {
        Self::with_instances(INSTANCES, cache_dir, tell)
    }

    fn with_instances(instances: u32, cache_dir: &Path, tell: &mut dyn FnMut(Notice)) -> Result<Self, EngineError> {
        let cache = Cache::open(cache_dir)?;
        let javascript = JavaScriptEngine::new(instances, &cache, tell)?;
        let python = PythonEngine::new(instances, &cache, tell)?;
        let ticker = Ticker::start(vec![python.engine().clone(), javascript.engine().clone()])
            .map_err(|error| EngineError::new("the clock", &error))?;
        Ok(Self { python, javascript, ticker, waiting: Vec::new(), spent: None })
    }

    /// Makes so many instances, each alive after the first test of the request, and calls `measure` before and then.
    pub(crate) fn live_instances(
        count: u32,
        request: &RunRequest,
        cache_dir: &Path,
        mut measure: impl FnMut(),
    ) -> Result<(), EngineError> {
        let mut engine = Self::with_instances(count + INSTANCES, cache_dir, &mut |_| ())?;
        engine.execute(request);
        measure();
        let mut alive = Vec::new();
        for _ in 0..count {
            alive.push(bugdrill_guest::begin(&mut RunGuests::new(&mut engine, request), request));
        }
        measure();
        Ok(())
    }

    /// Throws away the instance of the run before and lets a fresh one of each language wait for the next run. To be
    /// called when the report is on its way; without it, the next run does the same.
    pub(crate) fn prepare(&mut self) {
        self.spent = None;
        for language in Language::ALL {
            let is_waiting = self.waiting.iter().any(|(waiting, _)| *waiting == language);
            // Where that fails, the next run tries again, and tells.
            if !is_waiting && let Ok(instance) = self.instantiate(language) {
                self.waiting.push((language, instance));
            }
        }
    }

    /// Runs untrusted code on its tests, on this thread, which needs a stack of [`THREAD_STACK_BYTES`].
    pub(crate) fn execute(&mut self, request: &RunRequest) -> RunReport {
        self.spent = None;
        let _ticking = self.ticker.run();
        let started = thread_cpu_time();
        let (report, spent) = bugdrill_guest::execute(&mut RunGuests::new(self, request), request, Vec::new());
        self.spent = spent.map(|RunInstance(instance)| instance);
        RunReport { cpu_us: microseconds(thread_cpu_time().saturating_sub(started)), ..report }
    }

    /// A fresh instance for a run.
    fn take(&mut self, language: Language) -> Result<Box<dyn GuestInstance>, EngineError> {
        match self.waiting.iter().position(|(waiting, _)| *waiting == language) {
            Some(position) => Ok(self.waiting.swap_remove(position).1),
            None => self.instantiate(language),
        }
    }

    fn instantiate(&self, language: Language) -> Result<Box<dyn GuestInstance>, EngineError> {
        Ok(match language {
            Language::Python => Box::new(self.python.instantiate()?),
            Language::JavaScript => Box::new(self.javascript.instantiate()?),
        })
    }
}

/// The configuration that all languages share, with room for so many instances at a time.
fn config(keep_resident: usize, instances: u32) -> Config {
    let mut pool = PoolingAllocationConfig::default();
    pool.total_component_instances(instances)
        .total_core_instances(50 * instances)
        .total_memories(2 * instances)
        .total_tables(50 * instances)
        .total_stacks(2)
        .max_memory_size(MAX_MEMORY_BYTES as usize)
        .max_memories_per_component(2)
        .max_tables_per_component(20)
        .table_elements(1 << 16)
        .max_core_instance_size(1 << 20)
        .max_component_instance_size(1 << 20)
        .linear_memory_keep_resident(keep_resident)
        .table_keep_resident(1 << 20)
        .pagemap_scan(Enabled::Auto);
    let mut config = Config::new();
    config
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool))
        .memory_init_cow(true)
        .memory_guaranteed_dense_image_size(u64::from(MAX_MEMORY_BYTES))
        .epoch_interruption(true)
        .max_wasm_stack(WASM_STACK_BYTES)
        .async_stack_size(THREAD_STACK_BYTES);
    config
}

/// A fresh instance of a guest.
trait GuestInstance {
    /// Gives it to a run, whose limits hold from now on. Called once, before all else.
    fn begin(&mut self, meter: Meter, result_bytes: u32);

    /// Its limits and what it used.
    fn meter(&self) -> &Meter;

    /// The same, to be changed.
    fn meter_mut(&mut self) -> &mut Meter;

    /// Loads the learner's code.
    fn load(&mut self, program: &Program<'_>) -> Result<Answer, Ended>;

    /// Runs one test.
    fn call(&mut self, program: &Program<'_>, test: String) -> Result<Answer, Ended>;
}

/// Why a guest ended that was not stopped by a limit on time or output.
fn ended_by_trap(meter: &Meter, error: &wasmtime::Error) -> Ended {
    if meter.denied_memory {
        return Ended::Memory;
    }
    if error.downcast_ref::<python::Flood>().is_some() {
        return Ended::Output;
    }
    match error.downcast_ref::<Trap>() {
        // CPython's own stack lies at the bottom of its memory: overflowing, it leaves the memory.
        Some(Trap::StackOverflow | Trap::MemoryOutOfBounds) => Ended::Stack,
        _ => Ended::Crash,
    }
}

/// Gives a run its instances.
struct RunGuests<'a> {
    engine: &'a mut Engine,
    output: SharedOutput,
    wall_deadline: Duration,
}

impl<'a> RunGuests<'a> {
    fn new(engine: &'a mut Engine, request: &RunRequest) -> Self {
        let wall_deadline = monotonic_time() + Duration::from_millis(request.limits.wall_ms.into());
        Self { engine, output: shared_output(&request.limits), wall_deadline }
    }
}

impl Guests for RunGuests<'_> {
    type Instance = RunInstance;

    fn instance(&mut self, request: &RunRequest) -> Result<RunInstance, Ended> {
        let instance = self.engine.take(request.language);
        let mut instance = instance.map_err(|error| Ended::Internal(error.to_string()))?;
        let mut meter = Meter::new(&request.limits, self.output.clone(), self.wall_deadline);
        meter.trace = request.trace.then(Recorder::default);
        instance.begin(meter, request.limits.result_bytes);
        Ok(RunInstance(instance))
    }

    fn printed<T>(&mut self, take: impl FnOnce(&mut Output) -> T) -> T {
        take(&mut lock(&self.output))
    }

    fn explain(&self, request: &RunRequest, error: ErrorReport) -> ErrorReport {
        with_blame(request, error)
    }
}

/// Names the character that is to blame for a syntax error of JavaScript. Python's guest does it itself.
pub(crate) fn with_blame(request: &RunRequest, error: ErrorReport) -> ErrorReport {
    let place = (request.language == Language::JavaScript).then_some(error.line.zip(error.column)).flatten();
    match place.and_then(|(line, column)| blame(&request.code, &error.message, line, column)) {
        Some((message, column)) => ErrorReport { message, column: Some(column), ..error },
        None => error,
    }
}

/// An instance with the meter of a run.
struct RunInstance(Box<dyn GuestInstance>);

impl bugdrill_guest::Instance for RunInstance {
    fn load(&mut self, program: &Program<'_>, budget: Duration) -> (Result<Answer, Ended>, Duration) {
        timed(&mut *self.0, budget, |instance| instance.load(program))
    }

    fn call(&mut self, program: &Program<'_>, test: String, budget: Duration) -> (Result<Answer, Ended>, Duration) {
        timed(&mut *self.0, budget, |instance| instance.call(program, test))
    }

    fn was_denied_memory(&self) -> bool {
        self.0.meter().denied_memory
    }

    fn end(&mut self) -> Use {
        let meter = self.0.meter_mut();
        Use {
            peak_memory: meter.peak_memory,
            is_repeatable: meter.is_repeatable,
            trace: meter.trace.take().map(Recorder::finish),
        }
    }
}

/// Calls a guest within a budget; also tells how much it used.
fn timed<T>(
    instance: &mut dyn GuestInstance,
    budget: Duration,
    call: impl FnOnce(&mut dyn GuestInstance) -> T,
) -> (T, Duration) {
    let before = instance.meter_mut().allow(budget);
    let result = call(instance);
    (result, instance.meter().charged().saturating_sub(before))
}

fn microseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
