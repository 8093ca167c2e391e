//! A runner process, seen from its host.

use std::{
    io::{self, BufReader, Read, Write},
    os::{fd::AsFd, unix::process::CommandExt},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use bugdrill_model::run::RunReport;
use nix::{
    fcntl::{FcntlArg, OFlag, fcntl},
    poll::{PollFd, PollFlags, PollTimeout, poll},
};

use crate::{
    SandboxConfig,
    confine::ProtectionReport,
    engine::Notice,
    protocol::{self, FromRunner},
    runner::{ALLOW_UNCONFINED_FLAG, CACHE_DIR_FLAG},
};

/// How long a runner may take to start, when it has to compile the guests first.
const START_TIME: Duration = Duration::from_mins(5);

/// How long a runner may take to end when its input does.
const END_TIME: Duration = Duration::from_secs(2);

/// How much of a report is read at a time: nearly all are smaller.
const READ_BYTES: usize = 16 << 10;

/// A runner process that is ready for runs. It is killed when this is dropped.
pub(crate) struct Runner {
    child: Child,
    /// None once it shall end.
    requests: Option<ChildStdin>,
    reports: BufReader<ChildStdout>,
    /// Its walls.
    pub(crate) protections: Vec<ProtectionReport>,
    /// What was wrong with the cache when it started.
    pub(crate) faults: Vec<String>,
    /// How many runs it did.
    pub(crate) runs: u64,
}

impl Runner {
    /// Starts a runner and waits until it is ready.
    ///
    /// It dies with the thread that calls this: that is what the kernel takes for its parent.
    pub(crate) fn start(config: &SandboxConfig) -> io::Result<Self> {
        let mut command = config.runner_command.iter();
        let program =
            command.next().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "there is no runner command"))?;
        let mut child = Command::new(program)
            .args(command)
            .arg(CACHE_DIR_FLAG)
            .arg(std::path::absolute(&config.cache_dir)?)
            .args(config.allow_unconfined.then_some(ALLOW_UNCONFINED_FLAG))
            .env_clear()
            .current_dir("/")
            // An interrupt from the terminal is for the host, which ends its runners in order.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(requests), Some(reports)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("a runner has no pipes"));
        };
        set_nonblocking(&requests)?;
        set_nonblocking(&reports)?;
        let reports = BufReader::with_capacity(READ_BYTES, reports);
        let (protections, faults) = (Vec::new(), Vec::new());
        let mut runner = Self { child, requests: Some(requests), reports, protections, faults, runs: 0 };
        let deadline = Instant::now() + START_TIME;
        loop {
            match runner.receive(deadline)? {
                FromRunner::Notice(Notice::Progress(message)) => tracing::info!("{message}"),
                FromRunner::Notice(Notice::Fault(message)) => {
                    tracing::warn!("{message}");
                    runner.faults.push(message);
                }
                FromRunner::Ready(protections) => {
                    for report in &protections {
                        if let Some(why) = report.missing() {
                            tracing::warn!("a runner goes without {}: {why}", report.protection);
                        }
                    }
                    runner.protections = protections;
                    return Ok(runner);
                }
                FromRunner::Failed(problem) => return Err(io::Error::other(problem)),
                FromRunner::Report(_) => return Err(io::Error::other("a report of nothing")),
            }
        }
    }

    /// Executes a framed request.
    pub(crate) fn execute(&mut self, request: &[u8], wall_time: Duration) -> io::Result<RunReport> {
        self.runs += 1;
        let deadline = Instant::now() + wall_time;
        self.send(request, deadline)?;
        match self.receive(deadline)? {
            FromRunner::Report(report) => Ok(report),
            other => Err(io::Error::other(format!("not a report: {other:?}"))),
        }
    }

    /// The process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether the process is still there.
    pub(crate) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends the process in order: it exits when its input ends.
    pub(crate) fn close(mut self) {
        self.requests = None;
        let deadline = Instant::now() + END_TIME;
        // It has nothing more to say: what comes is the end of its output.
        let _ = self.receive(deadline);
    }

    fn send(&mut self, mut bytes: &[u8], deadline: Instant) -> io::Result<()> {
        let Some(requests) = &mut self.requests else {
            return Err(io::Error::other("the runner is closed"));
        };
        while !bytes.is_empty() {
            match requests.write(bytes) {
                Ok(count) => bytes = &bytes[count..],
                Err(error) if is_temporary(&error) => wait(requests, PollFlags::POLLOUT, deadline)?,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn receive(&mut self, deadline: Instant) -> io::Result<FromRunner> {
        let mut header = [0; protocol::HEADER_BYTES];
        self.fill(&mut header, deadline)?;
        let mut frame = vec![0; protocol::length(header)?];
        self.fill(&mut frame, deadline)?;
        protocol::decode(&frame)
    }

    fn fill(&mut self, mut buffer: &mut [u8], deadline: Instant) -> io::Result<()> {
        while !buffer.is_empty() {
            if self.reports.buffer().is_empty() {
                wait(self.reports.get_ref(), PollFlags::POLLIN, deadline)?;
            }
            match self.reports.read(buffer) {
                Ok(0) => return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the runner died")),
                Ok(count) => buffer = &mut buffer[count..],
                Err(error) if is_temporary(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        // Harmless when it has ended already; waiting leaves no zombie behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn set_nonblocking(pipe: &impl AsFd) -> io::Result<()> {
    let flags = OFlag::from_bits_truncate(fcntl(pipe, FcntlArg::F_GETFL)?);
    fcntl(pipe, FcntlArg::F_SETFL(flags | OFlag::O_NONBLOCK))?;
    Ok(())
}

/// Waits until the pipe can be used, or is broken.
fn wait(pipe: &impl AsFd, event: PollFlags, deadline: Instant) -> io::Result<()> {
    let left = deadline.saturating_duration_since(Instant::now());
    // Rounded up, so that the last part of a millisecond is waited for as well.
    let timeout = PollTimeout::try_from(left.as_millis() + 1).unwrap_or(PollTimeout::MAX);
    match poll(&mut [PollFd::new(pipe.as_fd(), event)], timeout) {
        Ok(0) if left.is_zero() => Err(io::Error::new(io::ErrorKind::TimedOut, "the runner does not answer")),
        Ok(_) | Err(nix::errno::Errno::EINTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn is_temporary(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}
