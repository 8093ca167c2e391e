//! The Execution service on a real sandbox and a fresh database.
#![expect(clippy::unwrap_used, reason = "these are tests, helpers included")]

mod cache;
mod scheduling;
mod support;
