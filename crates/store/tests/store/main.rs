//! The repositories, each on a fresh database.
#![expect(clippy::unwrap_used, reason = "these are tests, helpers included")]

mod content;
mod learning;
mod schema;
mod sessions;
mod submissions;
mod support;
mod text;
