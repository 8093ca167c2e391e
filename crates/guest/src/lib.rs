//! Guests: interpreters in WebAssembly that run learners' code. What they are told, what they answer, and how a run
//! goes.
//!
//! Whoever hosts a guest, the sandbox of the server or a browser without a connection, makes its instances and stops
//! them at limits ([`Guests`], [`Instance`]); what follows from that is the same here for all ([`execute`]).
//!
//! The crate also builds for `wasm32-unknown-unknown`.
#![forbid(unsafe_code)]

mod built_ins;
mod harness;
mod output;
mod program;
mod run;

pub use harness::JAVASCRIPT_HARNESS;
pub use output::{Output, Stream};
pub use program::{Answer, MAX_RESULT_DEPTH, MAX_TRACEBACK, Program};
pub use run::{Ended, Guests, Instance, Use, begin, execute};
