//! The repositories, each on a fresh SQLite file.
#![expect(clippy::unwrap_used, reason = "these are tests, helpers included")]

mod content;
mod learning;
mod sessions;
mod submissions;
mod support;
