//! From code to verdicts in one call.

use bugdrill_model::{
    Language,
    judge::{JudgedRun, Task},
    run::RunRequest,
};

use crate::{Sandbox, SandboxError};

impl Sandbox {
    /// Runs `code` on the task's tests and judges the answers; the exercise's checker, where there is one, judges
    /// them in a run of its own.
    pub async fn judge(&self, task: &Task, language: Language, code: &str) -> Result<JudgedRun, SandboxError> {
        let request = task.request(language, code).map_err(|error| SandboxError::Request(error.to_string()))?;
        self.judge_request(task, request).await
    }

    /// Does the same with the task's only test, and tells what the code did step by step.
    pub async fn trace(&self, task: &Task, language: Language, code: &str) -> Result<JudgedRun, SandboxError> {
        let request = task.trace_request(language, code).map_err(|error| SandboxError::Request(error.to_string()))?;
        self.judge_request(task, request).await
    }

    async fn judge_request(&self, task: &Task, request: RunRequest) -> Result<JudgedRun, SandboxError> {
        let report = self.run(request).await?;
        let checked = match task.checker_request(&report) {
            Some(request) => Some(self.run(request).await?),
            None => None,
        };
        Ok(task.judge(report, checked))
    }
}
