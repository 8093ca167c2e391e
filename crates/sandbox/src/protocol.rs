//! What the host and a runner say to each other: frames of a length and a JSON text.

use std::io::{self, Read};

use bugdrill_model::run::RunReport;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{confine::ProtectionReport, engine::Notice};

/// The largest frame. A report is far smaller, whatever learners do; a larger one means that the runner is broken.
pub(crate) const MAX_FRAME_BYTES: usize = 64 << 20;

/// The bytes in front of a frame, which hold its length.
pub(crate) const HEADER_BYTES: usize = 4;

/// What a runner tells its host. The other way go requests only.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FromRunner {
    /// It is still starting, and has this to tell.
    Notice(Notice),
    /// It takes runs from now on, behind these walls.
    Ready(Vec<ProtectionReport>),
    /// It cannot start.
    Failed(String),
    /// The run is over.
    Report(RunReport),
}

/// A message, framed.
pub(crate) fn encode(message: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut frame = vec![0; HEADER_BYTES];
    serde_json::to_writer(&mut frame, message)?;
    let length = frame.len() - HEADER_BYTES;
    if length > MAX_FRAME_BYTES {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a frame of {length} bytes is too large")));
    }
    frame[..HEADER_BYTES].copy_from_slice(&(length as u32).to_le_bytes());
    Ok(frame)
}

/// The length of the frame behind this header.
pub(crate) fn length(header: [u8; HEADER_BYTES]) -> io::Result<usize> {
    let length = u32::from_le_bytes(header) as usize;
    if length > MAX_FRAME_BYTES {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a frame of {length} bytes is too large")));
    }
    Ok(length)
}

/// Takes the next message out of a stream; None where it ends before one.
pub(crate) fn receive<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<Option<T>> {
    let mut header = Vec::with_capacity(HEADER_BYTES);
    input.take(HEADER_BYTES as u64).read_to_end(&mut header)?;
    if header.is_empty() {
        return Ok(None);
    }
    let header = header.try_into().map_err(|_| io::ErrorKind::UnexpectedEof)?;
    let mut frame = vec![0; length(header)?];
    input.read_exact(&mut frame)?;
    decode(&frame).map(Some)
}

/// Reads a message out of a frame.
pub(crate) fn decode<T: DeserializeOwned>(frame: &[u8]) -> io::Result<T> {
    Ok(serde_json::from_slice(frame)?)
}
