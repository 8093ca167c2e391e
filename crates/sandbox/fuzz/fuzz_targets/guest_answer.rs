//! The host's reading of what guests answer and of the steps that they report.
#![no_main]

use bugdrill_sandbox::fuzzing::{read_answer, record_steps};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    read_answer(data);
    record_steps(data);
});
