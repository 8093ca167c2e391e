//! bugdrill sandbox.

mod child;
mod confine;
mod engine;
mod judging;
mod pool;
mod protocol;
mod request;
mod runner;

pub use pool::{Sandbox, SandboxConfig, SandboxError};
pub use runner::runner_main;

/// The guests, and a number that grows when the way they are run changes what comes out.
const ENGINE_VERSION: &str =
    concat!("wasm-1-", env!("BUGDRILL_PYTHON_DIGEST"), "-", env!("BUGDRILL_JAVASCRIPT_DIGEST"));
