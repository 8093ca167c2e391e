//! The walls around a runner process.
//!
//! WebAssembly is the first wall: a guest has no file, socket or process to reach for. The process is the second,
//! for the day on which the first one has a hole.

use std::{io, os::fd::RawFd};

use nix::{
    sys::{prctl, signal::Signal},
    unistd::close,
};

/// Ties the process to its parent and closes every file it was not meant to have. Called first of all.
pub(crate) fn detach() -> io::Result<()> {
    // Files opened without close-on-exec somewhere in the host would be here too.
    let inherited: Vec<RawFd> = std::fs::read_dir("/proc/self/fd")?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|&file| file > 2)
        .collect();
    for file in inherited {
        // The folder that was just read is among them, and closed already.
        let _ = close(file);
    }
    // A host that dies takes its runners with it. One that is dead already has closed the pipe of requests.
    prctl::set_pdeathsig(Signal::SIGKILL)?;
    Ok(())
}

/// Gives up what the process no longer needs, before it takes its first run.
///
/// Called when everything is loaded, all threads run, and each language has run once: wasmtime opens
/// `/proc/self/pagemap` when it resets the first instance, and without that file every reset is slow.
///
/// Confinement comes next, in this place: no new privileges, not dumpable, no files (Landlock), and an allowlist of
/// system calls for all threads (seccomp). Until then a guest that escapes from WebAssembly has the rights of the
/// user that the server runs as; what stands between them are wasmtime and the clean environment.
#[expect(clippy::unnecessary_wraps, reason = "a kernel that lacks a protection is an error")]
pub(crate) fn confine() -> io::Result<()> {
    Ok(())
}
