//! How many files this process may have open: each connection is one.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// How many connections are open at a time at the most. Each takes some 20 KB.
const MAX_CONNECTIONS: u64 = 10_000;

/// What else is open: the database's connections and files, what speaks to runners, mails, providers.
const OTHER_FILES: u64 = 256;

/// Allows this process the open files that it has use for, where the operating system lets it, and tells how many
/// connections it can have.
pub fn allow_connections() -> usize {
    let wanted = MAX_CONNECTIONS + OTHER_FILES;
    let allowed = match getrlimit(Resource::RLIMIT_NOFILE) {
        Ok((soft, hard)) if soft < wanted => {
            let more = wanted.min(hard);
            setrlimit(Resource::RLIMIT_NOFILE, more, hard).map_or(soft, |()| more)
        }
        Ok((soft, _)) => soft,
        Err(_) => wanted,
    };
    let connections = allowed.saturating_sub(OTHER_FILES).clamp(1, MAX_CONNECTIONS);
    if connections < MAX_CONNECTIONS {
        tracing::warn!("this process may open {allowed} files, so that it takes {connections} connections at a time");
    }
    usize::try_from(connections).unwrap_or(usize::MAX)
}
