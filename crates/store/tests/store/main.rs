//! The repositories, each on a fresh database.
#![expect(clippy::unwrap_used, reason = "these are tests, helpers included")]

mod audit;
mod backup;
mod content;
mod full_disk;
mod kept;
mod leaderboards;
mod learning;
mod mailed_tokens;
mod merging;
mod oauth;
mod privacy;
mod recounting;
mod retention;
mod roles;
mod schema;
mod second_factor;
mod sessions;
mod signing_keys;
mod submissions;
mod support;
mod text;
mod users;
