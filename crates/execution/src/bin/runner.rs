//! A runner of the sandbox, for the tests.

use std::process::ExitCode;

fn main() -> ExitCode {
    bugdrill_sandbox::runner_main()
}
