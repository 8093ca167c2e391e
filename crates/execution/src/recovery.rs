//! Taking up what was left behind.

use std::{sync::Arc, time::Duration};

use bugdrill_model::judge::JudgedRun;
use bugdrill_store::StoreError;
use uuid::Uuid;

use crate::Executions;

/// How many stored submissions are taken up at once.
const RECOVERED_AT_ONCE: u64 = 64;

impl Executions {
    /// Takes up stored submissions that nobody works on: after a start, and from time to time.
    pub async fn recover(&self) -> Result<usize, StoreError> {
        let shared = &self.shared;
        // The oldest may be waiting here already: as many more are asked for.
        let limit = RECOVERED_AT_ONCE + shared.state().active.len() as u64;
        let mut recovered = 0;
        for id in shared.store.submissions().unfinished(limit, shared.ambient.now()).await? {
            if shared.state().active.contains_key(&id) {
                continue;
            }
            match self.take_up(id).await {
                Ok(true) => recovered += 1,
                Ok(false) => {}
                // One that cannot be read must not keep the others from being judged.
                Err(error) => tracing::error!(%error, submission = %id, "cannot take up a submission"),
            }
        }
        Ok(recovered)
    }

    /// Queues a stored submission; tells whether there was room, and whether it and its snippet are still there.
    async fn take_up(&self, id: Uuid) -> Result<bool, StoreError> {
        let store = &self.shared.store;
        let Some(submission) = store.submissions().find(id).await? else { return Ok(false) };
        // What the learner saw decides, whatever became of the snippet since.
        let (snippet_id, revision) = (submission.snippet_id, submission.snippet_revision);
        let Some(snippet) = store.content().revision(snippet_id, revision).await? else {
            return self.give_up_on(id).await.map(|()| false);
        };
        Ok(self.submit(None, submission, None, Arc::new(snippet)).is_ok())
    }

    /// Ends a submission whose snippet an earlier release replaced without keeping it: nobody can judge it any more.
    async fn give_up_on(&self, id: Uuid) -> Result<(), StoreError> {
        let (submissions, now) = (self.shared.store.submissions(), self.shared.ambient.now());
        if let Some(claim) = submissions.claim(id, self.shared.config.lease, now).await? {
            submissions.fail(claim, &JudgedRun::internal_error(), now).await?;
        }
        Ok(())
    }

    /// Calls [`Executions::recover`] every half lease, until the service closes.
    pub async fn keep_recovering(&self) {
        let period = (self.shared.config.lease / 2).to_std().unwrap_or(Duration::from_secs(30));
        let mut ticks = tokio::time::interval(period);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if self.shared.state().closing {
                return;
            }
            match self.recover().await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "took up unfinished submissions"),
                Err(error) => tracing::error!(%error, "cannot look for unfinished submissions"),
            }
        }
    }
}
