//! How a run ends.

use serde::{Deserialize, Serialize};

/// The outcome of one test, or of a whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The answer is right.
    Accepted,
    /// The code ended by itself, and its answer is wrong.
    WrongAnswer,
    /// The code cannot be parsed, or does not define the function that the exercise asks for.
    CompileError,
    /// The code raised an exception.
    RuntimeError,
    /// The test, or the run, used more CPU time than it may.
    TimeLimit,
    /// The code asked for more memory than a run may have.
    MemoryLimit,
    /// The code printed more, or returned a larger value, than a run may.
    OutputLimit,
    /// The test was left out, because the run had already ended, or stopped, because its trace was complete.
    NotRun,
    /// Our own fault: retried, and never charged to the learner.
    InternalError,
}

impl Verdict {
    /// The name as it stands on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::WrongAnswer => "wrong_answer",
            Self::CompileError => "compile_error",
            Self::RuntimeError => "runtime_error",
            Self::TimeLimit => "time_limit",
            Self::MemoryLimit => "memory_limit",
            Self::OutputLimit => "output_limit",
            Self::NotRun => "not_run",
            Self::InternalError => "internal_error",
        }
    }

    /// The verdict of a whole run: `accepted` when every test is; else that of the first test that is neither
    /// accepted nor left out; our own fault above all.
    pub fn of_run(tests: impl IntoIterator<Item = Self>) -> Self {
        let mut verdict = Self::Accepted;
        for test in tests {
            match test {
                Self::InternalError => return test,
                Self::Accepted => {}
                Self::NotRun if verdict == Self::Accepted => verdict = Self::NotRun,
                other if matches!(verdict, Self::Accepted | Self::NotRun) => verdict = other,
                _ => {}
            }
        }
        verdict
    }
}

/// Where an execution stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExecutionStatus {
    /// Waiting for a runner.
    Queued,
    /// In a runner.
    Running,
    /// Judged.
    Completed,
    /// Ended by our own fault.
    Failed,
}

#[cfg(test)]
mod tests {
    use super::Verdict::{self, Accepted, CompileError, InternalError, NotRun, TimeLimit, WrongAnswer};

    #[test]
    fn the_first_failure_names_the_run() {
        assert_eq!(Verdict::of_run([Accepted, Accepted]), Accepted);
        assert_eq!(Verdict::of_run([Accepted, WrongAnswer, TimeLimit]), WrongAnswer);
        assert_eq!(Verdict::of_run([NotRun, CompileError]), CompileError);
        assert_eq!(Verdict::of_run([Accepted, NotRun]), NotRun);
        assert_eq!(Verdict::of_run([WrongAnswer, InternalError]), InternalError);
    }
}
