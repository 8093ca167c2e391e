//! What guests print.

use bugdrill_model::run::Limits;

/// Printing this many times the limit ends the test: up to there the rest is dropped, so that a forgotten
/// `print` in a loop does not hide the answer.
const FLOOD: u64 = 16;

/// All tests of a run together may have this many times the output of one.
const KEPT_IN_A_RUN: usize = 16;

/// One of the two streams of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Error,
}

/// What the guests of a run print, by all of a run's instances.
#[derive(Debug)]
pub struct Output {
    stdout: Capture,
    stderr: Capture,
}

#[derive(Debug)]
struct Capture {
    kept: Vec<u8>,
    limit: usize,
    /// How much may be kept in all further tests of the run.
    left: usize,
    written: u64,
}

impl Capture {
    fn new(limit: u32) -> Self {
        let limit = limit as usize;
        Self { kept: Vec::new(), limit, left: limit.saturating_mul(KEPT_IN_A_RUN), written: 0 }
    }

    /// Whether it is still bearable.
    fn write(&mut self, bytes: &[u8]) -> bool {
        let room = self.limit.min(self.left) - self.kept.len();
        self.kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.written = self.written.saturating_add(bytes.len() as u64);
        self.written <= FLOOD * (self.limit as u64).max(1 << 10)
    }

    /// The text, and whether it is cut off.
    fn take(&mut self) -> (String, bool) {
        let kept = std::mem::take(&mut self.kept);
        self.left -= kept.len();
        let truncated = std::mem::take(&mut self.written) > kept.len() as u64;
        let complete = match std::str::from_utf8(&kept) {
            // Cut off within a character.
            Err(error) if truncated && error.error_len().is_none() => &kept[..error.valid_up_to()],
            _ => &kept,
        };
        (String::from_utf8_lossy(complete).into_owned(), truncated)
    }
}

impl Output {
    /// Nothing printed yet.
    pub fn new(limits: &Limits) -> Self {
        Self { stdout: Capture::new(limits.stdout_bytes), stderr: Capture::new(limits.stderr_bytes) }
    }

    /// Keeps what fits. False when so much was written that the guest has to stop.
    pub fn write(&mut self, stream: Stream, bytes: &[u8]) -> bool {
        match stream {
            Stream::Out => self.stdout.write(bytes),
            Stream::Error => self.stderr.write(bytes),
        }
    }

    /// Takes out what was written to standard output, and whether more was.
    pub fn take_stdout(&mut self) -> (String, bool) {
        self.stdout.take()
    }

    /// Takes out what was written to standard error, and whether more was.
    pub fn take_stderr(&mut self) -> (String, bool) {
        self.stderr.take()
    }
}
