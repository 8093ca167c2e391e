//! One test for each thing that a runner must not do, or must still be able to.

use std::{
    os::unix::process::ExitStatusExt as _,
    process::{Command, Stdio},
};

use nix::sys::signal::Signal;

use crate::probe;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Expected {
    /// The process is killed.
    Killed,
    /// The call fails with this error.
    Refused(&'static str),
    /// The call succeeds.
    Works,
}

use Expected::{Killed, Refused, Works};

/// Another process, which a runner may want to meddle with.
struct Victim(std::process::Child);

impl Victim {
    fn start() -> Self {
        Self(Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        let is_alive = matches!(self.0.try_wait(), Ok(None));
        let _ = self.0.kill();
        let _ = self.0.wait();
        assert!(is_alive || std::thread::panicking(), "another process was killed");
    }
}

fn check(call: &str, expected: Expected) {
    let victim = Victim::start();
    let process = victim.0.id().to_string();
    let output = probe(&["confined", call, &process]);
    let said = String::from_utf8_lossy(&output.stdout);
    let was_killed = output.status.signal() == Some(Signal::SIGSYS as i32);
    let is_as_expected = match expected {
        Killed => was_killed && said.is_empty(),
        Refused(error) => output.status.success() && said.starts_with(&format!("-1 {error}:")),
        Works => output.status.success() && said.trim_end().ends_with(" -") && !said.starts_with('-'),
    };
    assert!(is_as_expected, "{call}: {expected:?} was expected: {:?} {said}", output.status);
    // The walls do that, and nothing else here. Without them, these two would run twice on one stack.
    if expected != Works && !["vfork", "clone into a namespace"].contains(&call) {
        let output = probe(&["unconfined", call, &process]);
        let said = String::from_utf8_lossy(&output.stdout);
        let is_refused = matches!(expected, Refused(error) if said.contains(error));
        assert!(output.status.success() && !is_refused, "{call} without walls: {:?} {said}", output.status);
    }
}

macro_rules! tests {
    ($($name:ident: $call:literal => $expected:expr;)*) => {
        $(#[test]
        fn $name() {
            check($call, $expected);
        })*
    };
}

tests! {
    // Files: the C library may try to open some, and has to live with the answer.
    openat: "openat" => Refused("EPERM");
    openat2: "openat2" => Killed;
    readlink: "readlink" => Killed;
    unlink: "unlink" => Killed;
    memfd_create: "memfd_create" => Killed;
    dup: "dup" => Killed;
    reading_another_file: "read of another file" => Killed;
    writing_to_another_file: "write to another file" => Killed;

    socket: "socket" => Killed;
    unix_socket: "unix socket" => Killed;
    connect: "connect" => Killed;

    execve: "execve" => Killed;
    execveat: "execveat" => Killed;
    clone_of_a_process: "clone" => Killed;
    clone3: "clone3" => Refused("ENOSYS");

    kill: "kill" => Killed;
    tgkill: "tgkill" => Killed;
    ptrace: "ptrace" => Killed;
    process_vm_readv: "process_vm_readv" => Killed;
    process_madvise: "process_madvise" => Killed;
    pidfd_open: "pidfd_open" => Killed;
    prlimit: "prlimit" => Killed;

    unshare: "unshare" => Killed;
    setns: "setns" => Killed;
    clone_into_a_namespace: "clone into a namespace" => Killed;
    mount: "mount" => Killed;

    mmap_of_executable_memory: "mmap of executable memory" => Killed;
    mmap_of_writable_and_executable_memory: "mmap of writable and executable memory" => Killed;
    mprotect_to_executable: "mprotect to executable" => Killed;
    pkey_mprotect: "pkey_mprotect" => Killed;
    personality: "personality" => Killed;

    io_uring_setup: "io_uring_setup" => Killed;
    bpf: "bpf" => Killed;
    keyctl: "keyctl" => Killed;
    add_key: "add_key" => Killed;
    userfaultfd: "userfaultfd" => Killed;
    perf_event_open: "perf_event_open" => Killed;
    terminal_ioctl: "terminal ioctl" => Killed;

    becoming_dumpable: "dumpable again" => Killed;
    outliving_the_host: "outliving the host" => Killed;
    another_filter: "another filter" => Killed;

    page_map_scan: "page-map scan" => Works;
    thread: "thread" => Works;
    memory: "memory" => Works;
    time: "time" => Works;
}

#[cfg(target_arch = "x86_64")]
tests! {
    open: "open" => Refused("EPERM");
    fork: "fork" => Killed;
    vfork: "vfork" => Killed;
    calls_of_the_x32_table: "x32" => Killed;
    calls_of_the_32_bit_table: "32 bits" => Killed;
}
