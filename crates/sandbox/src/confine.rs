//! The walls around a runner process.
//!
//! WebAssembly is the first wall: a guest has no file, socket or process to reach for. The process is the second,
//! for the day on which the first one has a hole. A guest that broke out finds itself in a process that can compute,
//! use its memory, answer on its pipe, and do nothing else: [`Protection`] lists why.

use std::{fmt, io, os::fd::RawFd};

use nix::{
    sys::{
        prctl,
        resource::{Resource, setrlimit},
        signal::Signal,
    },
    unistd::close,
};
use serde::{Deserialize, Serialize};

mod landlock;
mod seccomp;

/// A wall around a runner process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Protection {
    /// Nothing that it might execute gives it more rights.
    NoNewPrivileges,
    /// Processes of the same user can neither trace it nor read its memory, and it leaves no core file.
    NotDumpable,
    /// It dies with the thread that started it.
    DiesWithHost,
    /// It can open no file (nor get a descriptor in another way) and write no core.
    ResourceLimits,
    /// Landlock: no file, no TCP, and, where the kernel knows them, no abstract socket or signal to other processes.
    Landlock,
    /// seccomp: the system calls that running guests needs, with the arguments that they need, and no others.
    Seccomp,
}

impl Protection {
    /// All of them, in the order in which they are put up.
    const ALL: [Self; 6] = [
        Self::NoNewPrivileges,
        Self::NotDumpable,
        Self::DiesWithHost,
        Self::Landlock,
        Self::ResourceLimits,
        Self::Seccomp,
    ];

    /// Puts up the wall; tells what there is to tell of it.
    fn put_up(self) -> io::Result<String> {
        match self {
            Self::NoNewPrivileges => {
                prctl::set_no_new_privs()?;
                Ok("for whatever it executes".into())
            }
            Self::NotDumpable => {
                prctl::set_dumpable(false)?;
                Ok("no tracing, no core".into())
            }
            Self::DiesWithHost => {
                // Each thread may ask for the signal, and each gets it for all. The first one asked in `detach`.
                prctl::set_pdeathsig(Signal::SIGKILL)?;
                Ok("by SIGKILL".into())
            }
            Self::Landlock => landlock::restrict(),
            Self::ResourceLimits => {
                setrlimit(Resource::RLIMIT_CORE, 0, 0)?;
                // What is open stays open.
                setrlimit(Resource::RLIMIT_NOFILE, 0, 0)?;
                Ok("no new file descriptor, no core".into())
            }
            Self::Seccomp => seccomp::restrict(),
        }
    }
}

impl fmt::Display for Protection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoNewPrivileges => "no new privileges",
            Self::NotDumpable => "not dumpable",
            Self::DiesWithHost => "dies with its host",
            Self::ResourceLimits => "resource limits",
            Self::Landlock => "Landlock",
            Self::Seccomp => "seccomp",
        })
    }
}

/// Whether a wall stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProtectionState {
    /// It stands; with what there is to tell of it.
    Active(String),
    /// It does not, and why.
    Missing(String),
}

/// A wall of a runner, and whether it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProtectionReport {
    /// The wall.
    pub protection: Protection,
    /// Whether it stands.
    pub state: ProtectionState,
}

impl ProtectionReport {
    /// Why it does not stand; None when it does.
    pub fn missing(&self) -> Option<&str> {
        match &self.state {
            ProtectionState::Active(_) => None,
            ProtectionState::Missing(why) => Some(why),
        }
    }
}

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

/// Gives up what the process no longer needs, before it takes its first run, and tells which walls stand.
///
/// Called when everything is loaded, all threads run, and each language has run once: wasmtime opens
/// `/proc/self/pagemap` when it makes the first pool, and without that file every reset of an instance is slow.
///
/// There is no limit on the address space, which the pools reserve in terabytes, nor on CPU time, since runners live
/// long, nor on the size of files: standard error may be a log file.
pub(crate) fn confine() -> Vec<ProtectionReport> {
    let put_up = |protection: Protection| ProtectionReport {
        protection,
        state: match protection.put_up() {
            Ok(detail) => ProtectionState::Active(detail),
            Err(problem) => ProtectionState::Missing(problem.to_string()),
        },
    };
    Protection::ALL.into_iter().map(put_up).collect()
}

/// Landlock alone, for its test.
pub(crate) fn landlock() -> io::Result<String> {
    landlock::restrict()
}
