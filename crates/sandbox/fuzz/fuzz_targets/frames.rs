//! What the host and a runner read from each other: as it comes, and with the header of a frame.
#![no_main]

use bugdrill_sandbox::fuzzing::read_frame;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    read_frame(data);
    let header = (data.len() as u32).to_le_bytes();
    read_frame(&[&header, data].concat());
});
