//! The HTTP service from outside: the real router, a fresh database, real runner processes.
//!
//! Every answer, wherever it comes from, has to fulfil what `support::check_every_answer` asks.
#![expect(clippy::unwrap_used, reason = "these are tests, helpers included")]

mod accounts;
mod content;
mod documents;
mod drills;
mod edge;
mod execute;
mod execution_events;
mod fixtures;
mod framing;
mod keys;
mod leaderboards;
mod learning;
mod limits;
mod oauth;
mod oauth_accounts;
mod oauth_provider;
mod own_data;
mod passwords;
mod privacy;
mod problems;
mod process;
mod refresh;
mod revisions;
mod second_factor;
mod sessions;
mod sharing;
mod snapshots;
mod submit;
mod support;
mod sync;
mod tokens;
mod trace;
mod trial;
