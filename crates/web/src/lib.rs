//! What all HTTP services share: errors, extractors, token checks, the gate's layers, the OpenAPI document.
//!
//! A request passes, from the outside in: request id, log line, metrics, time limit, panic guard, security headers,
//! compression, body limit ([`layers::standard`]); then token check and rate limit of its route ([`gate`]); then its
//! handler, which answers with a value or a [`Problem`].
#![forbid(unsafe_code)]

pub mod cacheable;
pub mod extract;
pub mod gate;
pub mod layers;
pub mod openapi;
pub mod problem;
pub mod serving;
pub mod tokens;

pub use extract::{Json, Path, Query};
pub use gate::{Gate, Learner, RateClass};
pub use problem::{Problem, ProblemBody};
