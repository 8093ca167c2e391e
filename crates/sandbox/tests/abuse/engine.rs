//! What the suite asks of an engine.

use std::path::PathBuf;

use bugdrill_model::{
    Language,
    judge::{JudgedRun, Task},
};
use bugdrill_sandbox::{Sandbox, SandboxConfig};
use tokio::sync::Mutex;

/// An engine that runs untrusted code.
pub(crate) trait Engine: Send + Sync + Sized + 'static {
    /// Starts it, with so many places to run code in at a time.
    fn start(places: usize) -> impl Future<Output = Self> + Send;

    /// Runs the code and judges it.
    fn judge(&self, task: &Task, language: Language, code: &str) -> impl Future<Output = JudgedRun> + Send;

    /// The processes that every case has to leave alive; none where each run has a process of its own.
    fn processes(&self) -> Vec<u32>;

    /// Ends it.
    fn close(&self) -> impl Future<Output = ()> + Send;
}

impl Engine for Sandbox {
    async fn start(places: usize) -> Self {
        // The first one compiles the guests.
        static STARTING: Mutex<()> = Mutex::const_new(());
        let _starting = STARTING.lock().await;
        let mut config = SandboxConfig::new(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("compiled-guests"));
        config.runner_command = vec![env!("CARGO_BIN_EXE_bugdrill-sandbox-runner").into()];
        config.slots = places;
        // A runner that is replaced was killed by a case.
        config.runs_of_a_runner = u64::MAX;
        Self::start(config).await.unwrap()
    }

    async fn judge(&self, task: &Task, language: Language, code: &str) -> JudgedRun {
        Self::judge(self, task, language, code).await.unwrap()
    }

    fn processes(&self) -> Vec<u32> {
        let mut ids = self.runner_ids();
        ids.sort_unstable();
        ids
    }

    async fn close(&self) {
        Self::close(self).await;
    }
}
