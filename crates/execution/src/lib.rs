//! The Execution service: takes code, queues it, has it run and judged, and never loses a submission.
//!
//! A *run* is free and lives in memory: its result can be read for some minutes. So does a *trace*, which tells the
//! steps of one test. A *submission* is stored before it gets here; a worker claims it in the database, and its result
//! is stored with everything that follows from it. What a dead server left behind is found again by
//! [`Executions::recover`].
#![forbid(unsafe_code)]

mod cache;
mod execution;
mod judging;
mod queue;
mod recovery;
mod scheduling;
mod service;
mod shaping;
mod submissions;

pub use crate::{
    execution::{Execution, ExecutionError, ExecutionKind, Finished, Owner, Progress},
    service::{ExecutionConfig, Executions, Load},
};
