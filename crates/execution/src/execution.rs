//! Executions as those who asked for them see them.

use std::{sync::Arc, time::Duration};

use bugdrill_model::{ExecutionStatus, TestCase, edit::EditSize, judge::JudgedRun};
use bugdrill_platform::ClientNetwork;
use bugdrill_store::{Completion, StoredSnippet};
use tokio::sync::watch;
use uuid::Uuid;

/// A finished execution.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// Whether it could be judged.
    pub status: ExecutionStatus,
    /// The judged run; of a run of the visible tests only, in their order; of a trace of its test only.
    pub run: JudgedRun,
    /// The size of the learner's edit; of a submission only.
    pub edit: Option<EditSize>,
    /// What this means for the learner; of a submission only.
    pub completion: Option<Completion>,
}

/// Where an execution stands.
#[derive(Clone, Debug)]
pub enum Progress {
    /// It waits.
    Queued,
    /// It is in a runner.
    Running,
    /// It is done.
    Finished(Arc<Finished>),
    /// It was replaced by a newer run of the same learner before it got a runner.
    Superseded,
}

impl Progress {
    /// The status by which clients know it; none of what was replaced.
    fn status(&self) -> Option<ExecutionStatus> {
        match self {
            Self::Queued => Some(ExecutionStatus::Queued),
            Self::Running => Some(ExecutionStatus::Running),
            Self::Finished(finished) => Some(finished.status),
            Self::Superseded => None,
        }
    }
}

/// Who has code executed, and by whom it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The user, who has one job in a runner at a time.
    pub user: Uuid,
    /// The network that the user asked from; none for what was taken up from the database.
    pub network: Option<ClientNetwork>,
}

/// What is executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExecutionKind {
    /// The visible tests.
    Run,
    /// All tests, and it counts.
    Submission,
    /// A visible test, step by step.
    Trace {
        /// Its position among all tests.
        test: usize,
    },
}

impl ExecutionKind {
    /// Whether it takes in the test at this position.
    pub fn has_test(self, position: usize, test: &TestCase) -> bool {
        match self {
            Self::Submission => true,
            Self::Run => !test.hidden,
            Self::Trace { test: traced } => position == traced && !test.hidden,
        }
    }
}

/// An execution, to be watched.
#[derive(Clone, Debug)]
pub struct Execution {
    /// The id.
    pub id: Uuid,
    /// Who may see it.
    pub owner: Uuid,
    /// What is executed.
    pub kind: ExecutionKind,
    /// The snippet as it was run.
    pub snippet: Arc<StoredSnippet>,
    pub(crate) progress: watch::Receiver<Progress>,
}

impl Execution {
    /// Where it stands now.
    pub fn progress(&self) -> Progress {
        self.progress.borrow().clone()
    }

    /// Waits until it stands elsewhere than at `status`, or for `limit`.
    pub async fn wait_beyond(&mut self, status: ExecutionStatus, limit: Duration) {
        let stands_elsewhere = |progress: &Progress| progress.status() != Some(status);
        // As below.
        let _ = tokio::time::timeout(limit, self.progress.wait_for(stands_elsewhere)).await;
    }

    /// Waits until it is finished or superseded, or for `limit`, and tells where it stands then.
    pub async fn wait(&mut self, limit: Duration) -> Progress {
        let ended = |progress: &Progress| matches!(progress, Progress::Finished(_) | Progress::Superseded);
        // Neither running out of time nor a lost sender changes the answer: where it stands.
        let _ = tokio::time::timeout(limit, self.progress.wait_for(ended)).await;
        self.progress()
    }
}

/// Why an execution is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExecutionError {
    /// Too many jobs wait.
    #[error("too many runs are waiting")]
    QueueFull,
    /// The service is closing.
    #[error("the service is closing")]
    Closing,
}
