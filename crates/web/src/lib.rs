//! What all HTTP services share: errors, extractors, token checks, the gate's layers, the OpenAPI document.
//!
//! A request passes, from the outside in: what every request and answer has, such as its id, its line in the log and the
//! security headers, with what refuses those that contradict themselves ([`framing`]); cross-origin rules; time limit and
//! panic guard; compression; body limit ([`layers::standard`]); then token check and rate limit of its route ([`gate`]);
//! then its handler, which answers with a value or a [`Problem`].
#![forbid(unsafe_code)]

pub mod cacheable;
pub mod client_address;
pub mod extract;
pub mod framing;
pub mod gate;
mod idle;
pub mod layers;
mod measuring;
mod middleware;
pub mod openapi;
pub mod origin;
pub mod problem;
pub mod serving;
mod shared;
pub mod tls;
pub mod tokens;

pub use client_address::{ClientAddress, TrustedProxies};
pub use extract::{Json, Path, Query};
pub use gate::{Gate, Learner, RateClass, Visitor};
pub use layers::HttpOptions;
pub use origin::Origin;
pub use problem::{Problem, ProblemBody};
