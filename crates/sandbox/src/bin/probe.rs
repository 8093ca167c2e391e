//! Makes one system call in the place of a confined runner, and prints what came of it: for the tests only.
//!
//! ```text
//! confined|unconfined <call> [<process>] --cache-dir <folder>    a call, as a runner or without its walls
//! landlock                                                       opening files under Landlock alone
//! lacking landlock|seccomp --cache-dir <folder>                  a runner on a kernel without these
//! fake wrong|dies|healthy <folder>                               a runner that ends its first run in an internal error
//! measure <rounds> --cache-dir <folder>                          what confinement costs
//! ```
#![expect(unsafe_code, reason = "system calls are made directly, so that no library's checks come first")]

use std::{
    env,
    fs::{self, File},
    io::{self, Read, Write},
    process::ExitCode,
    sync::mpsc,
    thread,
};

use bugdrill_model::{
    Value,
    run::{Outcome, RunReport, RunRequest, TestReport},
};
use bugdrill_sandbox::{probe, runner_main};
use nix::{
    errno::Errno,
    libc::{self, c_long},
    sys::signal::{Signal, raise},
};
use seccompiler::{SeccompAction, SeccompFilter, apply_filter_all_threads};
use serde_json::json;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["confined", call, process, ..] => {
            let work = work(call, process);
            probe::confined(work)
        }
        ["unconfined", call, process, ..] => {
            let work = work(call, process);
            probe::unconfined(work)
        }
        ["landlock"] => exit_code(landlock_alone()),
        ["lacking", what, ..] => {
            lack(what);
            runner_main()
        }
        ["fake", how, folder, ..] => exit_code(fake_runner(how, folder)),
        ["measure", rounds, ..] => probe::measure(rounds.parse().expect("a number"), |figures| {
            for (language, before, after) in figures {
                println!("{}: {before:?} before, {after:?} after", language.as_str());
            }
        }),
        _ => ExitCode::FAILURE,
    }
}

fn exit_code(result: io::Result<()>) -> ExitCode {
    result.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

fn work(call: &str, process: &str) -> impl FnOnce() -> io::Result<()> + Send + 'static {
    let call = call.to_owned();
    let process = process.parse().unwrap_or(0);
    move || {
        let (result, error) = make(&call, process);
        println!("{result} {}", if result == -1 { error.to_string() } else { "-".into() });
        Ok(())
    }
}

/// Makes a system call with up to six numbers.
fn system_call<const N: usize>(number: c_long, arguments: [i64; N]) -> (i64, Errno) {
    let mut all = [0; 6];
    all[..N].copy_from_slice(&arguments);
    // SAFETY: whatever it does to this process, the process does one thing more: it prints the result, and ends.
    // Addresses among the arguments are those of static strings, or null.
    let result = unsafe { libc::syscall(number, all[0], all[1], all[2], all[3], all[4], all[5]) };
    (result, Errno::last())
}

fn address(text: &'static std::ffi::CStr) -> i64 {
    text.as_ptr() as i64
}

/// A page of fresh memory.
fn page(protection: i32) -> (i64, Errno) {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
    system_call(libc::SYS_mmap, [0, 4096, protection.into(), flags.into(), -1, 0])
}

fn outcome<T>(result: nix::Result<T>) -> (i64, Errno) {
    match result {
        Ok(_) => (0, Errno::UnknownErrno),
        Err(error) => (-1, error),
    }
}

/// The call of this name; `process` is another process.
fn make(call: &str, process: i64) -> (i64, Errno) {
    let read_only = i64::from(libc::O_RDONLY);
    let here = i64::from(libc::AT_FDCWD);
    let shell = c"/bin/true";
    let executable = libc::PROT_READ | libc::PROT_EXEC;
    let scan = 0xc060_6610;
    match call {
        // Files.
        #[cfg(target_arch = "x86_64")]
        "open" => system_call(libc::SYS_open, [address(c"/etc/passwd"), read_only]),
        "openat" => system_call(libc::SYS_openat, [here, address(c"/etc/passwd"), read_only]),
        "openat2" => system_call(libc::SYS_openat2, [here, address(c"/etc/passwd"), 0, 24]),
        "readlink" => system_call(libc::SYS_readlinkat, [here, address(c"/proc/self/exe"), 0, 0]),
        "unlink" => system_call(libc::SYS_unlinkat, [here, address(c"/nothing/here"), 0]),
        "memfd_create" => system_call(libc::SYS_memfd_create, [address(c"probe"), 0]),
        "dup" => system_call(libc::SYS_dup, [0]),
        "read of another file" => system_call(libc::SYS_read, [3, 0, 0]),
        "write to another file" => system_call(libc::SYS_write, [3, 0, 0]),
        // The network.
        "socket" => system_call(libc::SYS_socket, [libc::AF_INET.into(), libc::SOCK_STREAM.into(), 0]),
        "unix socket" => system_call(libc::SYS_socket, [libc::AF_UNIX.into(), libc::SOCK_STREAM.into(), 0]),
        "connect" => system_call(libc::SYS_connect, [1, 0, 0]),
        // Programs and processes.
        "execve" => system_call(libc::SYS_execve, [address(shell), 0, 0]),
        "execveat" => system_call(libc::SYS_execveat, [here, address(shell), 0, 0, 0]),
        #[cfg(target_arch = "x86_64")]
        "fork" => system_call(libc::SYS_fork, []),
        #[cfg(target_arch = "x86_64")]
        "vfork" => system_call(libc::SYS_vfork, []),
        "clone" => system_call(libc::SYS_clone, [libc::SIGCHLD.into(), 0]),
        "clone3" => system_call(libc::SYS_clone3, [0, 0]),
        "kill" => system_call(libc::SYS_kill, [process, 0]),
        "tgkill" => system_call(libc::SYS_tgkill, [process, process, 0]),
        "ptrace" => system_call(libc::SYS_ptrace, [libc::PTRACE_ATTACH.into(), process]),
        "process_vm_readv" => system_call(libc::SYS_process_vm_readv, [process, 0, 0, 0, 0, 0]),
        "process_madvise" => system_call(libc::SYS_process_madvise, [-1, 0, 0, libc::MADV_DONTNEED.into(), 0]),
        "pidfd_open" => system_call(libc::SYS_pidfd_open, [process, 0]),
        "prlimit" => system_call(libc::SYS_prlimit64, [process, libc::RLIMIT_NOFILE.into(), 0, 0]),
        // Namespaces.
        "unshare" => system_call(libc::SYS_unshare, [libc::CLONE_NEWUSER.into()]),
        "setns" => system_call(libc::SYS_setns, [0, 0]),
        "clone into a namespace" => {
            let flags = libc::CLONE_VM | libc::CLONE_SIGHAND | libc::CLONE_THREAD | libc::CLONE_NEWNET;
            system_call(libc::SYS_clone, [flags.into(), 0])
        }
        "mount" => system_call(libc::SYS_mount, [0, 0, 0, 0, 0]),
        // Native code.
        "mmap of executable memory" => page(executable),
        "mmap of writable and executable memory" => page(executable | libc::PROT_WRITE),
        "mprotect to executable" => {
            let (memory, _) = page(libc::PROT_READ);
            system_call(libc::SYS_mprotect, [memory, 4096, executable.into()])
        }
        "pkey_mprotect" => system_call(libc::SYS_pkey_mprotect, [0, 0, executable.into(), -1]),
        "personality" => system_call(libc::SYS_personality, [i64::from(libc::READ_IMPLIES_EXEC)]),
        // The kernel's darker corners.
        "io_uring_setup" => system_call(libc::SYS_io_uring_setup, [1, 0]),
        "bpf" => system_call(libc::SYS_bpf, [0, 0, 0]),
        "keyctl" => system_call(libc::SYS_keyctl, [0, -3, 0]),
        "add_key" => system_call(libc::SYS_add_key, [0, 0, 0, 0, 0]),
        "userfaultfd" => system_call(libc::SYS_userfaultfd, [1]),
        "perf_event_open" => system_call(libc::SYS_perf_event_open, [0, 0, -1, -1, 0]),
        "terminal ioctl" => system_call(libc::SYS_ioctl, [2, libc::TIOCSTI.cast_signed(), address(c"x")]),
        // Its own walls.
        "dumpable again" => system_call(libc::SYS_prctl, [libc::PR_SET_DUMPABLE.into(), 1, 0, 0, 0]),
        "outliving the host" => system_call(libc::SYS_prctl, [libc::PR_SET_PDEATHSIG.into(), 0, 0, 0, 0]),
        "another filter" => system_call(libc::SYS_seccomp, [libc::SECCOMP_SET_MODE_FILTER.into(), 0, 0]),
        // Numbers of another table.
        #[cfg(target_arch = "x86_64")]
        "x32" => system_call(0x4000_0000 | libc::SYS_getpid, []),
        #[cfg(target_arch = "x86_64")]
        "32 bits" => (getpid_of_32_bits(), Errno::UnknownErrno),
        // What a runner needs.
        "page-map scan" => (3..64)
            .map(|file| system_call(libc::SYS_ioctl, [file, scan, 0]))
            // The argument is missing; who gets so far was let through.
            .find(|(_, error)| *error == Errno::EFAULT)
            .map_or((-1, Errno::ENOENT), |_| (0, Errno::UnknownErrno)),
        "thread" => match thread::Builder::new().name("probe".into()).spawn(|| 7).map(thread::JoinHandle::join) {
            Ok(Ok(7)) => (0, Errno::UnknownErrno),
            _ => (-1, Errno::last()),
        },
        "memory" => {
            let mut memory = vec![0_u8; 64 << 20];
            memory[60 << 20] = 1;
            memory.resize(128 << 20, 1);
            (i64::from(memory[60 << 20]) - 1, Errno::UnknownErrno)
        }
        "time" => {
            let thread = nix::time::clock_gettime(nix::time::ClockId::CLOCK_THREAD_CPUTIME_ID);
            outcome(thread.and(nix::time::clock_gettime(nix::time::ClockId::CLOCK_REALTIME)))
        }
        _ => (-1, Errno::ENOSYS),
    }
}

/// `getpid` through the door for 32-bit programs, which has numbers of its own.
#[cfg(target_arch = "x86_64")]
fn getpid_of_32_bits() -> i64 {
    let mut result: i64 = 20;
    // SAFETY: the call touches no memory; the kernel restores all registers but the first, and these may change.
    unsafe {
        std::arch::asm!("int 0x80", inout("rax") result, out("r8") _, out("r9") _, out("r10") _, out("r11") _);
    }
    result
}

/// Opens files under Landlock alone: on this thread, and on one that was there before.
fn landlock_alone() -> io::Result<()> {
    let open = || match File::open("/etc/passwd") {
        Ok(_) => "opened".into(),
        Err(error) => error.kind().to_string(),
    };
    let (go, is_restricted) = mpsc::channel::<()>();
    let other = thread::spawn(move || {
        let _ = is_restricted.recv();
        open()
    });
    let before = open();
    probe::landlock()?;
    drop(go);
    let other = other.join().map_err(|_| io::Error::other("the thread panicked"))?;
    println!("before: {before}, after: {}, on another thread: {other}", open());
    Ok(())
}

/// Makes the kernel look like one without this.
fn lack(what: &str) {
    let calls: &[c_long] = match what {
        "landlock" => &[libc::SYS_landlock_create_ruleset],
        // The filter that says so is the last one.
        "seccomp" => &[libc::SYS_seccomp],
        _ => panic!("what is `{what}`?"),
    };
    let rules = calls.iter().map(|&call| (call, Vec::new())).collect();
    let architecture = env::consts::ARCH.try_into().expect("it runs here");
    let missing = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, missing, architecture).expect("it is a filter");
    let program: seccompiler::BpfProgram = filter.try_into().expect("it is small");
    apply_filter_all_threads(&program).expect("this kernel has seccomp");
}

/// Speaks like a runner: the first of its kind ends its first run in an internal error, and is `how` afterwards.
fn fake_runner(how: &str, folder: &str) -> io::Result<()> {
    let is_first = File::create_new(format!("{folder}/first")).is_ok();
    let mut failed = !is_first;
    let mut log = fs::OpenOptions::new().create(true).append(true).open(format!("{folder}/log"))?;
    send(&json!({"ready": []}))?;
    while let Some(request) = receive()? {
        let outcome = if request.code.contains("canary") {
            writeln!(log, "canary")?;
            match how {
                "wrong" if is_first => Outcome::Returned(Value::Integer(4.into())),
                "dies" if is_first => {
                    raise(Signal::SIGKILL)?;
                    Outcome::NotRun
                }
                _ => Outcome::Returned(Value::Integer(3.into())),
            }
        } else if failed {
            writeln!(log, "run")?;
            Outcome::Returned(Value::Integer(1.into()))
        } else {
            writeln!(log, "failure")?;
            failed = true;
            Outcome::InternalError
        };
        let test = TestReport { outcome, stdout: String::new(), stdout_truncated: false, cpu_us: 0 };
        let report = RunReport { tests: vec![test; request.tests.len()], ..RunReport::default() };
        send(&json!({ "report": report }))?;
    }
    Ok(())
}

fn receive() -> io::Result<Option<RunRequest>> {
    let mut length = [0; 4];
    if io::stdin().read_exact(&mut length).is_err() {
        return Ok(None);
    }
    let mut frame = vec![0; u32::from_le_bytes(length) as usize];
    io::stdin().read_exact(&mut frame)?;
    Ok(Some(serde_json::from_slice(&frame)?))
}

fn send(message: &serde_json::Value) -> io::Result<()> {
    let text = message.to_string();
    let mut output = io::stdout().lock();
    output.write_all(&(text.len() as u32).to_le_bytes())?;
    output.write_all(text.as_bytes())?;
    output.flush()
}
