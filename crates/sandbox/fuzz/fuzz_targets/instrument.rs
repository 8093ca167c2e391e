//! JavaScript that is to be traced: whatever it is, it is refused or instrumented, and what comes out can be parsed.
#![no_main]

use bugdrill_sandbox::fuzzing::instrument;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let source = String::from_utf8_lossy(data);
    if let Some(code) = instrument(&source) {
        assert_eq!(code.lines().count(), source.lines().count(), "no line is added");
    }
});
