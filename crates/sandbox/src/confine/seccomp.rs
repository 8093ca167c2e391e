//! The system calls that a runner has left.
//!
//! What is on no list kills the process: code that asks for it is not ours any more, and a dead runner is noticed
//! and replaced. What the C library may ask for on paths of its own, and can do without, is answered with an error.

use std::{collections::BTreeMap, env, io, process};

use nix::libc;
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, apply_filter_all_threads,
};

/// `PAGEMAP_SCAN`, by which wasmtime finds the pages that an instance has written to.
const PAGEMAP_SCAN: u64 = 0xc060_6610;

/// "This process", where a file descriptor of a process is asked for: `PIDFD_SELF`.
const THIS_PROCESS: i32 = -10_000;

/// What a thread shares with the one that starts it, as glibc asks for it. `CLONE_THREAD` is what keeps it from being
/// a process; any flag beside these, those of new namespaces among them, is refused.
const THREAD: i32 = libc::CLONE_VM
    | libc::CLONE_FS
    | libc::CLONE_FILES
    | libc::CLONE_SIGHAND
    | libc::CLONE_THREAD
    | libc::CLONE_SYSVSEM
    | libc::CLONE_SETTLS
    | libc::CLONE_PARENT_SETTID
    | libc::CLONE_CHILD_CLEARTID;

/// musl asks for this as well; the kernel ignores it.
const CLONE_DETACHED: u64 = 0x0040_0000;

/// Allowed with any arguments: they reach nothing but this process's own memory, threads and clocks.
const ALLOWED: &[libc::c_long] = &[
    // Memory.
    libc::SYS_brk,
    libc::SYS_madvise,
    libc::SYS_mremap,
    libc::SYS_munmap,
    // Threads.
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_rseq,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_set_robust_list,
    // Signals of its own: a trap in WebAssembly is one.
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    // Time and randomness.
    libc::SYS_clock_getres,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_getrandom,
    libc::SYS_gettimeofday,
    libc::SYS_nanosleep,
    // What is open may be closed.
    libc::SYS_close,
];

/// Answered with ENOSYS: its flags are in memory, where no filter can look. The C library then uses `clone`.
const UNKNOWN: &[libc::c_long] = &[libc::SYS_clone3];

/// Answered with EPERM: glibc looks in /sys when it makes an arena, and Rust when it prints a backtrace.
const REFUSED: &[libc::c_long] = &[
    #[cfg(target_arch = "x86_64")]
    libc::SYS_open,
    libc::SYS_openat,
];

/// Leaves all threads nothing but what the lists say.
pub(super) fn restrict() -> io::Result<String> {
    let list = allowlist().map_err(io::Error::other)?;
    let answers = [(UNKNOWN, libc::ENOSYS), (REFUSED, libc::EPERM)];
    for (calls, error) in answers {
        let rules = calls.iter().map(|&call| (call, Vec::new())).collect();
        // Of all filters, the strictest answer counts.
        let filter = compile(rules, SeccompAction::Allow, SeccompAction::Errno(error.unsigned_abs()));
        apply_filter_all_threads(&filter.map_err(io::Error::other)?).map_err(io::Error::other)?;
    }
    let allowed = list.len();
    let filter = compile(list, SeccompAction::KillProcess, SeccompAction::Allow).map_err(io::Error::other)?;
    apply_filter_all_threads(&filter).map_err(io::Error::other)?;
    Ok(format!("all threads, {} system calls", allowed - UNKNOWN.len() - REFUSED.len()))
}

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

fn compile(rules: Rules, otherwise: SeccompAction, on_match: SeccompAction) -> Result<BpfProgram, BackendError> {
    SeccompFilter::new(rules, otherwise, on_match, env::consts::ARCH.try_into()?)?.try_into()
}

fn allowlist() -> Result<Rules, BackendError> {
    let any = [ALLOWED, UNKNOWN, REFUSED].into_iter().flatten().map(|&call| (call, Vec::new()));
    let no_execution = |protection| masked(protection, libc::PROT_EXEC.unsigned_abs().into(), 0);
    let conditional = [
        // The pipes and the log.
        (libc::SYS_read, vec![equal(0, libc::STDIN_FILENO)?]),
        (libc::SYS_write, vec![equal(0, libc::STDOUT_FILENO)?, equal(0, libc::STDERR_FILENO)?]),
        (libc::SYS_ioctl, vec![rule(1, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, PAGEMAP_SCAN)?]),
        // No native code beside what is there.
        (libc::SYS_mmap, vec![no_execution(2)?]),
        (libc::SYS_mprotect, vec![no_execution(2)?]),
        (libc::SYS_clone, vec![masked(0, !CLONE_DETACHED, THREAD.unsigned_abs().into())?]),
        (libc::SYS_process_madvise, vec![equal(0, THIS_PROCESS)?]),
        (libc::SYS_prctl, vec![equal(0, libc::PR_SET_NAME)?]),
        // Aborting is a signal to itself.
        (libc::SYS_tgkill, vec![equal(0, process::id().cast_signed())?]),
    ];
    Ok(any.chain(conditional).collect())
}

/// An argument of 32 bits is this.
fn equal(argument: u8, value: i32) -> Result<SeccompRule, BackendError> {
    rule(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value.cast_unsigned().into())
}

/// Of an argument of 64 bits, those in the mask are these.
fn masked(argument: u8, mask: u64, value: u64) -> Result<SeccompRule, BackendError> {
    rule(argument, SeccompCmpArgLen::Qword, SeccompCmpOp::MaskedEq(mask), value)
}

fn rule(
    argument: u8,
    length: SeccompCmpArgLen,
    operator: SeccompCmpOp,
    value: u64,
) -> Result<SeccompRule, BackendError> {
    SeccompRule::new(vec![SeccompCondition::new(argument, length, operator, value)?])
}
