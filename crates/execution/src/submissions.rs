//! Submissions: claimed before they are judged, and stored with what follows from them.

use std::sync::Arc;

use bugdrill_model::{
    ExecutionStatus, Verdict,
    event::{EventKind, LearnerEvent},
    run::RunReport,
};
use bugdrill_store::{Claim, Completion, StoreError};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Finished,
    queue::Job as _,
    scheduling::{Job, Shared},
};

impl Shared {
    /// Claims, judges and stores a submission. `None` when another worker has it.
    pub(crate) async fn execute_submission(self: &Arc<Self>, job: &Job) -> Option<Finished> {
        let mut held = self.state().claims.remove(&job.id());
        loop {
            let claim = match self.hold(job.id(), held.take()).await {
                Ok(claim) => claim?,
                Err(error) => {
                    tracing::error!(%error, submission = %job.id(), "cannot claim a submission");
                    return None;
                }
            };
            // A submission that takes the server down with it would be run again at every start.
            let finished = if claim.number() > self.config.max_claims { given_up(job) } else { self.judge(job).await };
            let retry = finished.status == ExecutionStatus::Failed && claim.number() < self.config.max_claims;
            let stored = if retry {
                self.store.submissions().give_back(claim).await.map(|()| None)
            } else {
                // Storing waits for the disk, and others need no runner to wait with it.
                self.leave_slot(job);
                self.store_result(job, claim, finished).await
            };
            match stored {
                Ok(Some(finished)) => return Some(finished),
                Ok(None) if retry => {}
                Ok(None) => return None,
                Err(error) => {
                    // The claim runs out, and the submission is taken up again.
                    tracing::error!(%error, submission = %job.id(), "cannot store a result");
                    return None;
                }
            }
        }
    }

    /// A claim that lasts for a run: the one that is held, or another one.
    async fn hold(&self, id: Uuid, held: Option<Claim>) -> Result<Option<Claim>, StoreError> {
        let (submissions, lease, now) = (self.store.submissions(), self.config.lease, self.ambient.now());
        if let Some(claim) = held {
            if claim.expires_at() - now >= lease / 2 {
                return Ok(held);
            }
            if let Some(renewed) = submissions.renew(claim, lease, now).await? {
                return Ok(Some(renewed));
            }
        }
        submissions.claim(id, lease, now).await
    }

    async fn store_result(&self, job: &Job, claim: Claim, finished: Finished) -> Result<Option<Finished>, StoreError> {
        let submissions = self.store.submissions();
        let now = self.ambient.now();
        let Some(edit) = finished.edit.filter(|_| finished.status == ExecutionStatus::Completed) else {
            submissions.fail(claim, &finished.run, now).await?;
            return Ok(Some(finished));
        };
        let snippet = &job.execution.snippet;
        let stored = submissions.complete(claim, snippet, &finished.run, edit, self.ambient.new_id(), now).await;
        match stored {
            Ok(Some(completion)) => {
                self.tell(job, &finished, &completion, now);
                Ok(Some(Finished { completion: Some(completion), ..finished }))
            }
            Err(bugdrill_store::LearningError::Store(error)) => Err(error),
            // Another worker has it, or the account was deleted while its code ran: there is nobody to tell.
            Ok(None) | Err(_) => Ok(None),
        }
    }

    fn tell(&self, job: &Job, finished: &Finished, completion: &Completion, at: DateTime<Utc>) {
        let (user_id, snippet_id) = (Some(job.execution.owner), job.execution.snippet.snippet.id);
        let is_solved = finished.run.verdict == Verdict::Accepted;
        let judged = if is_solved { EventKind::Solved } else { EventKind::Failed };
        let points = completion.points;
        let review = completion.rating.map(|rating| EventKind::Reviewed { rating, points });
        let badges = completion.badges.iter().map(|badge| EventKind::BadgeEarned { badge });
        for kind in [judged].into_iter().chain(review).chain(badges) {
            self.events.publish(LearnerEvent { user_id, snippet_id, at, kind });
        }
    }
}

/// What a submission ends as that could not be judged in any of its tries.
fn given_up(job: &Job) -> Finished {
    let run = job.execution.snippet.snippet.task.judge(RunReport::default(), None);
    Finished { status: ExecutionStatus::Failed, run, edit: None, completion: None }
}
