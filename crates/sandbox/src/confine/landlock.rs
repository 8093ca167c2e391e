//! Landlock, for every thread.
//!
//! A ruleset restricts the thread that applies it and those that this one starts later. The kernel can do it for all
//! threads at once only since Linux 7.0, and the runner's other threads, some of them wasmtime's own, run by then.
//! So each gets a signal, and restricts itself in the handler.

use std::{
    collections::BTreeSet,
    fs, io,
    os::fd::{AsRawFd, OwnedFd},
    sync::atomic::{AtomicI32, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use landlock::{
    ABI, Access, AccessFs, AccessNet, LandlockStatus, Ruleset, RulesetAttr, RulesetCreated, RulesetError, Scope,
};
use nix::{
    errno::Errno,
    libc,
    sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction},
    unistd::gettid,
};

/// What the crate knows; of this, what the kernel knows is used.
const NEWEST: ABI = ABI::V10;

/// The signal that asks a thread to restrict itself: ignored by default, and used by nobody here.
const SIGNAL: Signal = Signal::SIGURG;

/// How long the threads may take. They answer at once, unless the machine is overloaded.
const PATIENCE: Duration = Duration::from_secs(30);

/// The ruleset that the handler applies.
static RULESET: AtomicI32 = AtomicI32::new(-1);
/// How many threads have applied it, or failed to.
static ANSWERS: AtomicUsize = AtomicUsize::new(0);
/// The error of a thread that failed.
static ERROR: AtomicI32 = AtomicI32::new(0);

/// Takes all files, networks and other processes from all threads, as far as the kernel knows how to.
pub(super) fn restrict() -> io::Result<String> {
    let ruleset = nothing_is_allowed().map_err(io::Error::other)?;
    let Some(file) = Option::<OwnedFd>::from(ruleset.try_clone()?) else {
        let status = ruleset.restrict_self().map_err(io::Error::other)?;
        let why = match status.landlock {
            LandlockStatus::NotEnabled => "switched off when the kernel started (`lsm=`)",
            _ => "the kernel has none (Linux 5.13 and newer do)",
        };
        return Err(io::Error::new(io::ErrorKind::Unsupported, why));
    };
    let others = restrict_other_threads(&file)?;
    // The last one: from now on, this thread cannot list the others.
    let status = ruleset.restrict_self().map_err(io::Error::other)?;
    let LandlockStatus::Available { effective_abi, .. } = status.landlock else {
        return Err(io::Error::other("Landlock went away"));
    };
    Ok(format!("ABI {}, {} threads", effective_abi as i32, others + 1))
}

fn nothing_is_allowed() -> Result<RulesetCreated, RulesetError> {
    Ruleset::default()
        .handle_access(AccessFs::from_all(NEWEST))?
        .handle_access(AccessNet::from_all(NEWEST))?
        .scope(Scope::from_all(NEWEST))?
        .create()
}

/// Makes all threads but this one apply the ruleset; answers how many those are.
#[expect(unsafe_code, reason = "a signal is the only way into a thread that is not ours")]
fn restrict_other_threads(ruleset: &OwnedFd) -> io::Result<usize> {
    RULESET.store(ruleset.as_raw_fd(), Ordering::SeqCst);
    let handler = SigAction::new(SigHandler::Handler(restrict_this_thread), SaFlags::SA_RESTART, SigSet::empty());
    // SAFETY: the handler does nothing that a signal handler may not: see there.
    let before = unsafe { sigaction(SIGNAL, &handler) }?;
    let answers = ask_other_threads();
    // SAFETY: this is what was set before; no thread has a signal pending that is still of use.
    unsafe { sigaction(SIGNAL, &before) }?;
    let answers = answers?;
    match ERROR.load(Ordering::SeqCst) {
        0 => Ok(answers),
        error => Err(io::Error::from_raw_os_error(error)),
    }
}

fn ask_other_threads() -> io::Result<usize> {
    let this = gettid().as_raw();
    let deadline = Instant::now() + PATIENCE;
    let mut asked = BTreeSet::from([this]);
    loop {
        // Until there is none left that nobody has asked: those that are started by restricted ones are restricted.
        let answered = ANSWERS.load(Ordering::SeqCst) == asked.len() - 1;
        let mut found_all = true;
        for entry in fs::read_dir("/proc/self/task")? {
            let thread = entry?.file_name().to_str().and_then(|name| name.parse().ok());
            if let Some(thread) = thread.filter(|thread| !asked.contains(thread)) {
                found_all = false;
                ask(thread)?;
                asked.insert(thread);
            }
        }
        if answered && found_all {
            return Ok(asked.len() - 1);
        }
        if Instant::now() > deadline {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "a thread does not restrict itself"));
        }
        thread::yield_now();
    }
}

#[expect(unsafe_code, reason = "the standard library knows no signals")]
fn ask(thread: libc::pid_t) -> io::Result<()> {
    // SAFETY: a system call on numbers, whose result is looked at.
    let result = unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), thread, SIGNAL as libc::c_int) };
    Errno::result(result)?;
    Ok(())
}

/// The handler. It makes two system calls and writes to atomics; the interrupted code finds its `errno` as it was.
#[expect(unsafe_code, reason = "no library offers this where it can be called in a signal handler")]
extern "C" fn restrict_this_thread(_: libc::c_int) {
    let before = Errno::last_raw();
    let ruleset = RULESET.load(Ordering::SeqCst);
    // SAFETY: system calls on numbers, which touch no memory.
    let succeeded = unsafe {
        libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
            && libc::syscall(libc::SYS_landlock_restrict_self, ruleset, 0) == 0
    };
    if !succeeded {
        ERROR.store(Errno::last_raw(), Ordering::SeqCst);
    }
    Errno::set_raw(before);
    ANSWERS.fetch_add(1, Ordering::SeqCst);
}
