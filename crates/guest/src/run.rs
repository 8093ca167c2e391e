//! A run: the code on its tests, in instances of a guest.

use std::time::Duration;

use bugdrill_model::{
    Language,
    run::{ErrorReport, Outcome, RunReport, RunRequest, TestReport},
    trace::Trace,
};

use crate::{
    output::Output,
    program::{Answer, Program, error_report},
};

/// All results of a run together may be this many times as large as one.
const RESULTS_OF_A_RUN: usize = 4;

/// After this many tests that reached the time limit the rest is left out.
const MAX_TIME_LIMITS: usize = 2;

/// Why a guest was stopped, or stopped by itself without an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The CPU time is used up.
    CpuTime,
    /// The time on the clock is used up, although the CPU time is not: our own fault.
    WallTime,
    /// It printed too much.
    Output,
    /// Its trace is as large as it may be.
    Trace,
    /// It asked for more memory than it may have, and could not go on without.
    Memory,
    /// It exited the process it believes to be.
    Exit,
    /// It used up a stack.
    Stack,
    /// It broke its own interpreter.
    Crash,
    /// Our own fault.
    Internal(String),
}

/// What an instance used, at its end.
#[derive(Debug)]
pub struct Use {
    /// The largest memory it had, in bytes.
    pub peak_memory: usize,
    /// Whether another run of the same code would do the same: it has asked neither for the time nor for randomness.
    pub is_repeatable: bool,
    /// The steps of the test, where it was traced.
    pub trace: Option<Trace>,
}

/// A fresh instance of a guest, for one run.
pub trait Instance {
    /// Loads the learner's code within a budget of CPU time; also tells how much of it was used.
    fn load(&mut self, program: &Program<'_>, budget: Duration) -> (Result<Answer, Ended>, Duration);

    /// Runs one test within a budget of CPU time; also tells how much of it was used.
    fn call(&mut self, program: &Program<'_>, test: String, budget: Duration) -> (Result<Answer, Ended>, Duration);

    /// Whether it was denied memory in the call before.
    fn was_denied_memory(&self) -> bool;

    /// What it used. It is of no use any more.
    fn end(&mut self) -> Use;
}

/// What hosts guests for a run.
pub trait Guests {
    /// An instance of a guest.
    type Instance: Instance;

    /// A fresh instance for the run.
    fn instance(&mut self, request: &RunRequest) -> Result<Self::Instance, Ended>;

    /// Takes something out of what the run's instances printed.
    fn printed<T>(&mut self, take: impl FnOnce(&mut Output) -> T) -> T;

    /// Says more about code that cannot be loaded, where there is more to say.
    fn explain(&self, _request: &RunRequest, error: ErrorReport) -> ErrorReport {
        error
    }

    /// Is told of each test that has ended.
    fn tell(&mut self, _report: &TestReport) {}
}

/// Runs untrusted code on its tests. The instance that ran last is left to the caller.
///
/// `done` are the reports on the first tests, where an earlier run of the same request was broken off after them. Of
/// CPU time, the report tells that of the calls.
pub fn execute<G: Guests>(
    guests: &mut G,
    request: &RunRequest,
    done: Vec<TestReport>,
) -> (RunReport, Option<G::Instance>) {
    let mut run = Run::new(guests, request);
    let mut tests: Vec<TestReport> = Vec::with_capacity(request.tests.len());
    let mut done = done.into_iter();
    // What remains for all further tests, once that is known.
    let mut rest: Option<Outcome> = None;
    let mut time_limits = 0;
    for index in 0..request.tests.len() {
        let earlier = done.next();
        let report = match (earlier, &rest) {
            (Some(report), _) => {
                run.used += Duration::from_micros(report.cpu_us);
                report
            }
            (None, Some(outcome)) => report_without_run(outcome.clone()),
            (None, None) => {
                let report = run.test(index);
                run.guests.tell(&report);
                report
            }
        };
        match &report.outcome {
            Outcome::CompileError(_) | Outcome::InternalError => rest = Some(report.outcome.clone()),
            Outcome::TimeLimit => {
                time_limits += 1;
                if time_limits >= MAX_TIME_LIMITS || run.budget().is_zero() {
                    rest = Some(Outcome::NotRun);
                }
            }
            _ => {}
        }
        tests.push(report);
    }
    let spent = run.end_instance();
    let (stderr, stderr_truncated) = run.guests.printed(Output::take_stderr);
    let report = RunReport {
        tests,
        stderr,
        stderr_truncated,
        cpu_us: microseconds(run.used),
        peak_memory_bytes: run.peak_memory as u64,
        is_repeatable: run.is_repeatable,
        trace: run.trace,
    };
    (report, spent)
}

/// Loads the code and runs the first test; the instance, which is alive then.
pub fn begin<G: Guests>(guests: &mut G, request: &RunRequest) -> Option<G::Instance> {
    let mut run = Run::new(guests, request);
    run.test(0);
    run.instance.take()
}

/// One run.
struct Run<'a, G: Guests> {
    guests: &'a mut G,
    request: &'a RunRequest,
    program: Program<'a>,
    instance: Option<G::Instance>,
    /// Whether the instance has run a test already.
    is_used: bool,
    used: Duration,
    results_left: usize,
    peak_memory: usize,
    is_repeatable: bool,
    trace: Option<Trace>,
}

impl<'a, G: Guests> Run<'a, G> {
    fn new(guests: &'a mut G, request: &'a RunRequest) -> Self {
        Self {
            guests,
            request,
            program: Program::new(request),
            instance: None,
            is_used: false,
            used: Duration::ZERO,
            results_left: RESULTS_OF_A_RUN * request.limits.result_bytes as usize,
            peak_memory: 0,
            is_repeatable: true,
            trace: None,
        }
    }

    fn test(&mut self, index: usize) -> TestReport {
        let before = self.used;
        let was_used = self.is_used && self.instance.is_some();
        let mut outcome = self.outcome(index);
        if outcome == Outcome::MemoryLimit && was_used {
            // Garbage of the tests before may have taken the memory.
            drop(self.guests.printed(Output::take_stdout));
            outcome = self.outcome(index);
        }
        self.is_used = true;
        // The steps of all tests are one trace.
        if self.program.may_change_built_ins && !self.request.trace {
            drop(self.end_instance());
        }
        let (stdout, stdout_truncated) = self.guests.printed(Output::take_stdout);
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
                let (answer, used) = instance.call(program, test, budget);
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
            Ok(Answer::CompileError(error)) => return Outcome::CompileError(self.guests.explain(self.request, error)),
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
        let mut instance = self.guests.instance(self.request)?;
        let (answer, used) = instance.load(&self.program, self.budget());
        self.used += used;
        self.instance = Some(instance);
        answer
    }

    /// The time that the next call may take.
    fn budget(&self) -> Duration {
        let limits = &self.request.limits;
        milliseconds(limits.run_cpu_ms).saturating_sub(self.used).min(milliseconds(limits.test_cpu_ms))
    }

    fn is_out_of_memory(&self, error: &ErrorReport) -> bool {
        let denied = self.instance.as_ref().is_some_and(Instance::was_denied_memory);
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

    /// Takes the instance, and what it used; it is of no use any more.
    fn end_instance(&mut self) -> Option<G::Instance> {
        self.is_used = false;
        let mut instance = self.instance.take()?;
        let Use { peak_memory, is_repeatable, trace } = instance.end();
        self.peak_memory = self.peak_memory.max(peak_memory);
        self.is_repeatable &= is_repeatable;
        self.trace = trace;
        Some(instance)
    }
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
