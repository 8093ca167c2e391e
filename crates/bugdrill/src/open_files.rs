//! How many files this process may have open: each connection is one.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// How many connections are open at a time at the most. An idle one takes some 20 KB.
const MAX_CONNECTIONS: u64 = 10_000;

/// What else is open: files, mails, providers.
const OTHER_FILES: u64 = 256;

/// What a runner, or a connection of the database, takes at the most.
const FILES_OF_EACH: u64 = 4;

/// Allows this process the open files that it has use for, where the operating system lets it, and tells how many
/// connections it can have beside so many runners and connections of the database.
pub fn allow_connections(runners: usize, of_database: u32) -> usize {
    let each = u64::try_from(runners).unwrap_or(u64::MAX).saturating_add(of_database.into());
    let other_files = each.saturating_mul(FILES_OF_EACH).saturating_add(OTHER_FILES);
    let wanted = MAX_CONNECTIONS.saturating_add(other_files);
    let allowed = match getrlimit(Resource::RLIMIT_NOFILE) {
        Ok((soft, hard)) if soft < wanted => {
            let more = wanted.min(hard);
            setrlimit(Resource::RLIMIT_NOFILE, more, hard).map_or(soft, |()| more)
        }
        Ok((soft, _)) => soft,
        Err(_) => wanted,
    };
    let connections = allowed.saturating_sub(other_files).clamp(1, MAX_CONNECTIONS);
    if connections < MAX_CONNECTIONS {
        tracing::warn!("this process may open {allowed} files, so that it takes {connections} connections at a time");
    }
    usize::try_from(connections).unwrap_or(usize::MAX)
}
