//! Runs and judges code in a browser without a connection: what the server does with a run, with the guests hosted by
//! the page's worker (`apps/mobile/offline`). Built for `wasm32-unknown-unknown` by `scripts/build-offline`.
//!
//! The browser counts time on the clock where the server counts that of the processor, and names no typed characters
//! that no code is made of. Its verdicts tell the learner; the server's count.

use std::time::Duration;

use bugdrill_guest::{Answer, Ended, Guests, Instance, JAVASCRIPT_HARNESS, Output, Program, Stream, Use, execute};
use bugdrill_model::{
    Language,
    judge::Task,
    run::{RunReport, RunRequest, TestReport},
};

use self::bindings::{
    Guest,
    bugdrill::offline::host::{self, End},
};

/// What the interface `offline.wit` makes.
#[expect(unsafe_code, reason = "generated: texts and lists cross the border of WebAssembly's memory")]
#[allow(clippy::all, clippy::pedantic, reason = "generated")]
mod bindings {
    wit_bindgen::generate!({ path: "offline.wit", pub_export_macro: false });
    use super::Offline;
    export!(Offline);
}

/// From here on a guest that has run out of memory was denied more.
const NEARLY_ALL_MEMORY: f64 = 0.9;

struct Offline;

impl Guest for Offline {
    fn javascript_harness() -> String {
        JAVASCRIPT_HARNESS.to_owned()
    }

    fn run(task: String, language: String, code: String, done: Vec<String>) -> Result<String, String> {
        let task: Task = serde_json::from_str(&task).map_err(|error| error.to_string())?;
        let language = Language::of_name(&language).ok_or("there is no such language")?;
        let done = done.iter().map(|report| serde_json::from_str(report)).collect::<Result<_, _>>();
        let request = task.request(language, &code).map_err(|error| error.to_string())?;
        let report = run(&request, done.map_err(|error: serde_json::Error| error.to_string())?);
        let checked = task.checker_request(&report).map(|request| run(&request, Vec::new()));
        serde_json::to_string(&task.judge(report, checked)).map_err(|error| error.to_string())
    }
}

fn run(request: &RunRequest, done: Vec<TestReport>) -> RunReport {
    execute(&mut BrowserGuests { output: Output::new(&request.limits) }, request, done).0
}

/// The guests that the worker hosts, one at a time.
struct BrowserGuests {
    output: Output,
}

impl Guests for BrowserGuests {
    type Instance = BrowserInstance;

    fn instance(&mut self, request: &RunRequest) -> Result<BrowserInstance, Ended> {
        let limits = &request.limits;
        // What follows is cut again; here no memory shall be filled.
        let (printed_bytes, answer_bytes) = (16 * limits.stdout_bytes, 2 * limits.result_bytes + (64 << 10));
        host::begin(request.language.as_str(), printed_bytes, answer_bytes).map_err(ended)?;
        Ok(BrowserInstance { memory_limit: limits.memory_bytes, peak_memory: 0 })
    }

    fn printed<T>(&mut self, take: impl FnOnce(&mut Output) -> T) -> T {
        let (out, error) = host::printed();
        self.output.write(Stream::Out, &out);
        self.output.write(Stream::Error, &error);
        take(&mut self.output)
    }

    fn tell(&mut self, report: &TestReport) {
        host::tell(&serde_json::to_string(report).expect("a report has a wire form"));
    }
}

struct BrowserInstance {
    memory_limit: u32,
    peak_memory: u32,
}

impl BrowserInstance {
    /// Reads an answer of the guest, and takes the time.
    fn timed(
        &mut self,
        program: &Program<'_>,
        ask: impl FnOnce() -> Result<String, End>,
    ) -> (Result<Answer, Ended>, Duration) {
        let before = host::now();
        let answer = ask();
        let used = Duration::from_micros(host::now().saturating_sub(before));
        self.peak_memory = self.peak_memory.max(host::memory());
        let answer = match answer {
            Ok(text) if text.starts_with('P') => {
                Ok(Answer::invalid_result("the promise that the code returned is never settled"))
            }
            Ok(text) => Ok(program.read(&text)),
            Err(end) => Err(ended(end)),
        };
        (answer, used)
    }
}

impl Instance for BrowserInstance {
    fn load(&mut self, program: &Program<'_>, budget: Duration) -> (Result<Answer, Ended>, Duration) {
        self.timed(program, || host::load(program.code, &program.name, &program.description, microseconds(budget)))
    }

    fn call(&mut self, program: &Program<'_>, test: String, budget: Duration) -> (Result<Answer, Ended>, Duration) {
        self.timed(program, || host::call(&test, microseconds(budget)))
    }

    fn was_denied_memory(&self) -> bool {
        f64::from(self.peak_memory) > NEARLY_ALL_MEMORY * f64::from(self.memory_limit)
    }

    fn end(&mut self) -> Use {
        // Results of a browser are kept nowhere.
        Use { peak_memory: self.peak_memory as usize, is_repeatable: false, trace: None }
    }
}

fn microseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

fn ended(end: End) -> Ended {
    match end {
        End::Time => Ended::CpuTime,
        End::Output => Ended::Output,
        End::Memory => Ended::Memory,
        End::Exit => Ended::Exit,
        End::Stack => Ended::Stack,
        End::Crash => Ended::Crash,
        End::Missing => Ended::Internal("the guest is missing".to_owned()),
    }
}
