//! The sandbox from outside: real runner processes, both languages.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cache;
mod errors;
mod hostile;
mod javascript_errors;
mod learners;
mod library;
mod library_javascript;
mod limits;
mod pool;
mod properties;
mod replay;
mod support;
mod tests_of_a_run;
mod trace;
mod trace_javascript;
mod values;
