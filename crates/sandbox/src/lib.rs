//! Runs untrusted Python and JavaScript on tests, and tells how it behaved.
//!
//! The crate can be used on its own: it needs nothing of bugdrill but the types in `bugdrill-model`, and of the
//! machine only Linux. It runs code and reports; which answers are right is a rule of the model, which
//! [`Sandbox::judge`] applies.
//!
//! ```standalone_crate
//! use std::{env, process::ExitCode};
//!
//! use bugdrill_model::{Value, run::{Outcome, RunRequest}};
//! use bugdrill_sandbox::{Sandbox, SandboxConfig};
//! use serde_json::json;
//!
//! fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
//!     // The sandbox starts this executable again for each of its runners.
//!     if env::args().nth(1).is_some_and(|argument| argument == "runner") {
//!         return Ok(bugdrill_sandbox::runner_main());
//!     }
//!     # // The guests that the tests compiled.
//!     # env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target"))?;
//!     tokio::runtime::Runtime::new()?.block_on(async {
//!         let sandbox = Sandbox::start(SandboxConfig::new("tmp/compiled-guests")).await?;
//!         let request: RunRequest = serde_json::from_value(json!({
//!             "language": "python",
//!             "code": "def add(a, b):\n    return a + b",
//!             "signature": {
//!                 "function": "add",
//!                 "parameters": [{"name": "a", "type": "int"}, {"name": "b", "type": "int"}],
//!                 "returns": "int",
//!             },
//!             "tests": [{"calls": [{"operation": "add", "arguments": [1, 2]}]}],
//!         }))?;
//!         let report = sandbox.run(request).await?;
//!         assert_eq!(report.tests[0].outcome, Outcome::Returned(Value::Integer(3.into())));
//!         sandbox.close().await;
//!         Ok(ExitCode::SUCCESS)
//!     })
//! }
//! ```
//!
//! # How it works
//!
//! Code runs in WebAssembly, in a process of its own kind:
//!
//! - A **guest** is an interpreter with a harness (`bugdrill-guest`): CPython with `harness.py`, pre-initialised by
//!   componentize-py, and QuickJS-NG with `guest.c` and `harness/`, snapshotted by wizer. The guests are built by
//!   `scripts/build-guests`, embedded in this crate, and compiled to native code at the first start on a machine. A
//!   compiled guest is kept under a name that tells its hash; a damaged one is compiled anew.
//! - The **engine** (`engine/`) gives each run a fresh instance of a guest: a copy-on-write image of the snapshot,
//!   from wasmtime's pool of instances. `load` takes the code, and one `call` a test runs it in a fresh namespace.
//!   Expected answers never enter a guest. An instance serves one run. The next one is made when the report on a run
//!   has been sent, and waits: nothing runs in it before a run takes it, and its limits, output and meters are that
//!   run's.
//! - **Instrumenting** (`engine/instrument.rs`) makes JavaScript that is to be traced tell its steps: it splices calls
//!   of a tracer, which is part of the harness, into the code. The parser is oxc, and it is used in runners alone.
//! - A **runner** (`runner.rs`) is a process with an engine that executes one run at a time. It has an empty
//!   environment, no files but its pipes, and dies with its host.
//! - The **walls** (`confine.rs`) are what the kernel takes from a runner before its first run: [`Protection`].
//! - The **pool** (`pool.rs`, `child.rs`) has a runner for each slot, queues runs, and replaces a runner that died,
//!   hangs, is worn out, or fails a canary run after an internal error.
//!
//! A runner starts in this order: files closed, tied to its parent; engine, guests, threads; one canary run for each
//! language; confinement; ready. Where the kernel lacks a protection it refuses to start, unless
//! [`SandboxConfig::allow_unconfined`] is set; [`Sandbox::protections`] tells which are active. A runner that asks the
//! kernel for something that runs do not need is killed, and noticed like any that dies.
//!
//! # Limits
//!
//! CPU time decides: a thread advances the engine's epoch every other millisecond, and the running guest compares its
//! thread's CPU clock with the budget of the test and of the run. Sleeping in a guest passes at once, moves the
//! guest's clocks and is charged like CPU time, so that it neither blocks a runner nor comes for free. A guest is
//! stopped by the clock on the wall only when the machine is too busy, which is nobody's fault but ours.
//!
//! Memory is limited by refusing growth: what the interpreter makes of that, an exception or a crash, counts as
//! [`MemoryLimit`](bugdrill_model::run::Outcome::MemoryLimit), unless the code goes on without. Output beyond the
//! limit is dropped, and a flood of it ends the test. Results have a largest size, depth and number of nodes.
//!
//! After a limit the next test gets a fresh instance. After two tests out of time, or when the time of the run is used
//! up, the others are not run.
//!
//! # Traces
//!
//! A run of one test may be traced ([`Sandbox::trace`]). The guest follows the learner's functions (`tracing.py` by
//! `sys.settrace`) and hands each step to the host as it happens, so that what was done before a limit is known. To
//! show a value it runs none of the learner's code, and reads little of a large one. The host stops the guest when the
//! trace is as large as it may be: the outcome is then [`NotRun`](bugdrill_model::run::Outcome::NotRun). Runs
//! that are not traced pay nothing for it.
//!
//! # What can be repeated
//!
//! The state of a guest is its snapshot, and what it does is decided by the request, until it asks the host for the
//! time or for randomness. A report tells whether it did: a run that
//! [`is_repeatable`](bugdrill_model::run::RunReport::is_repeatable) ends the same once more, unless it is stopped by a
//! limit. So nothing in a guest may draw a seed or look at the clock before the learner's code does.
//!
//! # What is believed
//!
//! Nothing that comes out of a guest: learners' code can reach into the harness that runs beside it. Answers are cut
//! to size before they are parsed, parsed strictly, and mean nothing but what this code did. What comes from a runner
//! is read with the same care, since a guest that broke out would speak with its voice.
//!
//! How values look on the wire, and what the guests make of them, is in `docs/values.md`.

mod canary;
mod child;
mod confine;
mod engine;
#[doc(hidden)]
pub mod fuzzing;
mod judging;
mod pool;
#[doc(hidden)]
pub mod probe;
mod protocol;
mod request;
mod runner;

pub use confine::{Protection, ProtectionReport, ProtectionState};
pub use pool::{Sandbox, SandboxConfig, SandboxCounts, SandboxError};
pub use runner::runner_main;

/// The guests, and a number that grows when the way they are run changes what comes out.
const ENGINE_VERSION: &str = concat!("wasm-1-", env!("BUGDRILL_GUESTS_DIGEST"));
