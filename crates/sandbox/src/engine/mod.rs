//! Runs untrusted code in WebAssembly, in this process.
//!
//! Each language has an engine of its own, with its guest compiled and linked. A run takes a fresh instance of the
//! guest, which is a copy-on-write image of a snapshot, loads the learner's code into it, and makes one call a test.
//! An instance that reached a limit is thrown away, and the next test gets a fresh one. While nobody waits for a
//! report, the engine throws away what the run before left and makes the instance of the next run.

mod built_ins;
mod characters;
mod compile;
mod instrument;
mod javascript;
mod meter;
mod program;
mod python;
mod ticker;

use std::{fmt, path::Path, time::Duration};

use bugdrill_model::{
    Language,
    run::{Outcome, RunReport, RunRequest, TestReport},
    trace::Trace,
};
use wasmtime::{Config, Enabled, InstanceAllocationStrategy, PoolingAllocationConfig, Trap};

use self::{
    compile::Cache,
    javascript::JavaScriptEngine,
    meter::{Ended, Meter, Output, SharedOutput, lock, monotonic_time, thread_cpu_time},
    program::error_report,
    python::PythonEngine,
    ticker::Ticker,
};

pub(crate) use self::{
    compile::Notice,
    instrument::instrument,
    meter::Recorder,
    program::{Answer, MAX_RESULT_DEPTH, MAX_TRACEBACK, Program},
};

/// The largest memory of an instance, in bytes: what the pools reserve.
pub(crate) const MAX_MEMORY_BYTES: u32 = 128 << 20;

/// The stack of WebAssembly code. CPython frees a linked list recursively, and needs this for 10,000 nodes.
const WASM_STACK_BYTES: usize = 64 << 20;

/// The stack of a thread that calls [`Engine::execute`].
pub(crate) const THREAD_STACK_BYTES: usize = WASM_STACK_BYTES + (16 << 20);

/// All results of a run together may be this many times as large as one.
const RESULTS_OF_A_RUN: usize = 4;

/// A language has one instance that runs, and one of the run before or that waits for the next.
const INSTANCES: u32 = 2;

/// After this many tests that reached the time limit the rest is left out.
const MAX_TIME_LIMITS: usize = 2;

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
            let mut run = Run::new(&mut engine, request);
            run.test(0);
            alive.push(run.instance.take());
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
        Run::new(self, request).execute()
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
    fn meter(&mut self) -> &mut Meter;

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

/// One run.
struct Run<'a> {
    engine: &'a mut Engine,
    request: &'a RunRequest,
    program: Program<'a>,
    output: SharedOutput,
    wall_deadline: Duration,
    instance: Option<Box<dyn GuestInstance>>,
    /// Whether the instance has run a test already.
    is_used: bool,
    used: Duration,
    results_left: usize,
    peak_memory: usize,
    is_repeatable: bool,
    trace: Option<Trace>,
}

impl<'a> Run<'a> {
    fn new(engine: &'a mut Engine, request: &'a RunRequest) -> Self {
        Self {
            engine,
            request,
            program: Program::new(request),
            output: Output::shared(&request.limits),
            wall_deadline: monotonic_time() + milliseconds(request.limits.wall_ms),
            instance: None,
            is_used: false,
            used: Duration::ZERO,
            results_left: RESULTS_OF_A_RUN * request.limits.result_bytes as usize,
            peak_memory: 0,
            is_repeatable: true,
            trace: None,
        }
    }

    fn execute(mut self) -> RunReport {
        let started = thread_cpu_time();
        let mut tests: Vec<TestReport> = Vec::with_capacity(self.request.tests.len());
        // What remains for all further tests, once that is known.
        let mut rest: Option<Outcome> = None;
        let mut time_limits = 0;
        for index in 0..self.request.tests.len() {
            if let Some(outcome) = &rest {
                tests.push(report_without_run(outcome.clone()));
                continue;
            }
            let report = self.test(index);
            match &report.outcome {
                Outcome::CompileError(_) | Outcome::InternalError => rest = Some(report.outcome.clone()),
                Outcome::TimeLimit => {
                    time_limits += 1;
                    if time_limits >= MAX_TIME_LIMITS || self.budget().is_zero() {
                        rest = Some(Outcome::NotRun);
                    }
                }
                _ => {}
            }
            tests.push(report);
        }
        self.engine.spent = self.end_instance();
        let (stderr, stderr_truncated) = lock(&self.output).take_stderr();
        RunReport {
            tests,
            stderr,
            stderr_truncated,
            cpu_us: microseconds(thread_cpu_time().saturating_sub(started)),
            peak_memory_bytes: self.peak_memory as u64,
            is_repeatable: self.is_repeatable,
            trace: self.trace,
        }
    }

    fn test(&mut self, index: usize) -> TestReport {
        let before = self.used;
        let was_used = self.is_used && self.instance.is_some();
        let mut outcome = self.outcome(index);
        if outcome == Outcome::MemoryLimit && was_used {
            // Garbage of the tests before may have taken the memory.
            drop(lock(&self.output).take_stdout());
            outcome = self.outcome(index);
        }
        self.is_used = true;
        // The steps of all tests are one trace.
        if self.program.may_change_built_ins && !self.request.trace {
            drop(self.end_instance());
        }
        let (stdout, stdout_truncated) = lock(&self.output).take_stdout();
        TestReport { outcome, stdout, stdout_truncated, cpu_us: microseconds(self.used.saturating_sub(before)) }
    }

    fn outcome(&mut self, index: usize) -> Outcome {
        let answer = match self.load_if_needed() {
            Ok(Answer::Loaded) => {
                let (program, test) = (&self.program, self.program.test(&self.request.tests[index]));
                let budget = self.budget();
                let Some(instance) = &mut self.instance else {
                    return Outcome::InternalError;
                };
                let (answer, used) = timed(instance.as_mut(), budget, |instance| instance.call(program, test));
                self.used += used;
                answer
            }
            other => other,
        };
        let outcome = match answer {
            Ok(Answer::Returned(value, size)) => match self.results_left.checked_sub(size) {
                Some(left) => {
                    self.results_left = left;
                    return Outcome::Returned(value);
                }
                None => Outcome::OutputLimit,
            },
            Ok(Answer::TooLarge) => Outcome::OutputLimit,
            Ok(Answer::Raised(error)) if self.is_out_of_memory(&error) => Outcome::MemoryLimit,
            Ok(Answer::Raised(error)) => return Outcome::Raised(error),
            Ok(Answer::CompileError(error)) => return Outcome::CompileError(error),
            // No guest answers a call like this: it is the learner's code that does.
            Ok(Answer::Loaded) => Outcome::Raised(error_report("InvalidResult", "the result has no readable form")),
            Err(ended) => self.ended(&ended),
        };
        // Whatever state it is in now, the next test deserves better.
        drop(self.end_instance());
        outcome
    }

    /// Makes sure that there is an instance with the learner's code.
    fn load_if_needed(&mut self) -> Result<Answer, Ended> {
        if self.instance.is_some() {
            return Ok(Answer::Loaded);
        }
        let instance = self.engine.take(self.request.language);
        let mut instance = instance.map_err(|error| Ended::Internal(error.to_string()))?;
        let mut meter = Meter::new(&self.request.limits, self.output.clone(), self.wall_deadline);
        meter.trace = self.request.trace.then(Recorder::default);
        instance.begin(meter, self.request.limits.result_bytes);
        let (answer, used) = timed(instance.as_mut(), self.budget(), |instance| instance.load(&self.program));
        self.used += used;
        self.instance = Some(instance);
        answer
    }

    /// The time that the next call may take.
    fn budget(&self) -> Duration {
        let limits = &self.request.limits;
        milliseconds(limits.run_cpu_ms).saturating_sub(self.used).min(milliseconds(limits.test_cpu_ms))
    }

    fn is_out_of_memory(&mut self, error: &bugdrill_model::run::ErrorReport) -> bool {
        let denied = self.instance.as_mut().is_some_and(|instance| instance.meter().denied_memory);
        match self.request.language {
            // Denied memory, CPython sometimes loses the objects at hand and raises what it makes of the rest.
            Language::Python => denied || error.kind == "MemoryError",
            // Where there is no memory left for an error, QuickJS throws null.
            Language::JavaScript => {
                denied && (error.message == "out of memory" || (error.kind == "Uncaught" && error.message == "null"))
            }
        }
    }

    fn ended(&self, ended: &Ended) -> Outcome {
        let (too_deep, message) = match self.request.language {
            Language::Python => ("RecursionError", "maximum recursion depth exceeded"),
            Language::JavaScript => ("RangeError", "Maximum call stack size exceeded"),
        };
        match ended {
            Ended::CpuTime => Outcome::TimeLimit,
            Ended::Output => Outcome::OutputLimit,
            Ended::Trace => Outcome::NotRun,
            Ended::Memory => Outcome::MemoryLimit,
            Ended::Exit => Outcome::Raised(error_report("SystemExit", "the code ended the program")),
            Ended::Stack => Outcome::Raised(error_report(too_deep, message)),
            Ended::Crash => Outcome::Raised(error_report("Crash", "the code broke the interpreter")),
            Ended::WallTime => Outcome::InternalError,
            Ended::Internal(problem) => {
                // Standard error is the host's: a runner has no other log.
                eprintln!("a guest does not start: {problem}");
                Outcome::InternalError
            }
        }
    }

    /// Reads the meter of the instance; it is of no use any more.
    fn end_instance(&mut self) -> Option<Box<dyn GuestInstance>> {
        self.is_used = false;
        let mut instance = self.instance.take()?;
        self.peak_memory = self.peak_memory.max(instance.meter().peak_memory);
        self.is_repeatable &= instance.meter().is_repeatable;
        self.trace = instance.meter().trace.take().map(Recorder::finish);
        Some(instance)
    }
}

/// Calls a guest within a budget; also tells how much it used.
fn timed<T>(
    instance: &mut dyn GuestInstance,
    budget: Duration,
    call: impl FnOnce(&mut dyn GuestInstance) -> T,
) -> (T, Duration) {
    let before = instance.meter().allow(budget);
    let result = call(instance);
    (result, instance.meter().charged().saturating_sub(before))
}

fn report_without_run(outcome: Outcome) -> TestReport {
    TestReport { outcome, stdout: String::new(), stdout_truncated: false, cpu_us: 0 }
}

fn milliseconds(value: u32) -> Duration {
    Duration::from_millis(value.into())
}

fn microseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
