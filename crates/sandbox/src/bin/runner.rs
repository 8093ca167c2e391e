//! A runner on its own, for the tests and for programs that have no `runner` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    bugdrill_sandbox::runner_main()
}
