//! The types and rules of bugdrill, without I/O, clock or randomness.
//!
//! Everything that two parts of the system must agree on lives here: what an exercise is, how values
//! travel between the host and a guest, when an answer is right, how large a fix is, how a solve is rated.
//! The crate also builds for `wasm32-unknown-unknown`, so that the app can apply the same rules offline.
#![forbid(unsafe_code)]

pub mod badge;
pub mod calendar;
pub mod compare;
pub mod content;
pub mod edit;
pub mod event;
pub mod exercise;
pub mod judge;
pub mod leaderboard;
pub mod league;
pub mod learning;
#[cfg(feature = "memory")]
pub mod memory;
pub mod progress;
pub mod rating;
pub mod role;
pub mod run;
pub mod selection;
pub mod session;
pub mod signature;
pub mod skill;
pub mod streak;
pub mod sync;
pub mod trace;
pub mod trial;
pub mod value;
pub mod verdict;

pub use compare::{CompareMode, CompareTarget, Comparison};
pub use exercise::{BugType, Difficulty, Language, PublicationStatus, ReportReason, SnippetOrigin, TestCase};
pub use progress::SnippetStatus;
pub use role::Role;
pub use signature::{Parameter, Signature, Type};
pub use value::Value;
pub use verdict::{ExecutionStatus, Verdict};
