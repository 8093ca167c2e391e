//! Working on a job: having its code run, and judged.

use std::sync::Arc;

use bugdrill_model::{
    ExecutionStatus, Verdict,
    edit::edit_size,
    judge::{JudgedRun, JudgedTest, Task},
    run::RunReport,
};
use bugdrill_platform::metrics::{self as names, Stopwatch};
use bugdrill_store::StoredSnippet;

use crate::{
    ExecutionKind, Finished, Progress,
    queue::Job as _,
    scheduling::{Job, Shared},
    shaping::{cut, truncate},
};

impl Shared {
    pub(crate) async fn execute(self: &Arc<Self>, job: &Job) {
        let finished =
            if job.is_submission() { self.execute_submission(job).await } else { Some(self.judge(job).await) };
        if let Some(finished) = finished {
            let (language, verdict) = (job.execution.snippet.snippet.language.as_str(), finished.run.verdict.as_str());
            metrics::counter!(names::EXECUTIONS, "kind" => job.kind(), "language" => language, "verdict" => verdict)
                .increment(1);
            job.sender.send_replace(Progress::Finished(Arc::new(finished)));
            self.finished.insert(job.id(), job.execution.clone());
        }
    }

    pub(crate) async fn judge(&self, job: &Job) -> Finished {
        let StoredSnippet { snippet, .. } = &*job.execution.snippet;
        // Code can keep what it saw from one test to the next. Hidden tests come last, so that nothing shown of a
        // visible one can hold their inputs.
        let tests = &snippet.task.tests;
        let kind = job.execution.kind;
        let mut order: Vec<usize> = (0..tests.len()).filter(|&index| kind.has_test(index, &tests[index])).collect();
        order.sort_by_key(|&index| tests[index].hidden);
        let tests = order.iter().map(|&index| tests[index].clone()).collect();
        let task = Task { tests, ..snippet.task.clone() };
        let mut run = self.judge_task(job, &task).await;
        let mut in_order: Vec<(usize, JudgedTest)> = order.into_iter().zip(run.tests).collect();
        in_order.sort_by_key(|(index, _)| *index);
        run.tests = in_order.into_iter().map(|(_, test)| test).collect();
        run.verdict = Verdict::of_run(run.tests.iter().map(|test| test.verdict));
        let status = match run.verdict {
            Verdict::InternalError => ExecutionStatus::Failed,
            _ => ExecutionStatus::Completed,
        };
        let edit = job.is_submission().then(|| edit_size(&snippet.buggy_code, &job.code));
        Finished { status, run, edit, completion: None }
    }

    /// Judges a job's code on the tests of this task, in a runner where that has not been done before. A trace is
    /// always made anew: it is large, and seldom asked for twice.
    async fn judge_task(&self, job: &Job, task: &Task) -> JudgedRun {
        let language = job.execution.snippet.snippet.language;
        let is_trace = matches!(job.execution.kind, ExecutionKind::Trace { .. });
        let key = if is_trace { None } else { self.results.key(task, language, &job.code) };
        if let Some(run) = key.and_then(|key| self.results.get(key)) {
            return run;
        }
        let stopwatch = Stopwatch::start();
        let judged = if is_trace {
            self.sandbox.trace(task, language, &job.code).await
        } else {
            self.sandbox.judge(task, language, &job.code).await
        };
        let mut run = match judged {
            Ok(run) => run,
            Err(error) => {
                tracing::error!(%error, execution = %job.id(), "a run could not be executed");
                task.judge(RunReport::default(), None)
            }
        };
        job.used(charge(task, &run));
        metrics::histogram!(names::EXECUTION_RUN_SECONDS, "language" => language.as_str()).record(stopwatch.elapsed());
        for (judged, test) in run.tests.iter_mut().zip(&task.tests) {
            cut(judged, test.hidden);
        }
        truncate(&mut run.stderr, &mut run.stderr_truncated);
        if let Some(key) = key {
            self.results.insert(key, &run);
        }
        run
    }
}

/// The CPU time that a run is charged for, in microseconds. One that cannot be judged may have held its runner for as
/// long as it could.
fn charge(task: &Task, run: &JudgedRun) -> u64 {
    let least = if run.verdict == Verdict::InternalError { u64::from(task.limits.run_cpu_ms) * 1_000 } else { 0 };
    (run.cpu_us + run.checker_cpu_us).max(least)
}
