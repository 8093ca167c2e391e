//! The order in which jobs get a runner.
//!
//! Submissions come before runs, but every fourth turn is a run's, so that nobody's submissions stop all runs. A user
//! has one job in a runner at a time, so that one user's endless loops never hold more than one; a user's newer run
//! replaces the one that still waits, since nobody will look at it. A trace counts as a run.

use std::collections::{HashSet, VecDeque};

use uuid::Uuid;

/// What the queue knows of a job.
pub(crate) trait Job {
    /// The job's id.
    fn id(&self) -> Uuid;
    /// Who waits for it.
    fn owner(&self) -> Uuid;
    /// Whether it is a submission, which is never replaced.
    fn is_submission(&self) -> bool;
}

/// After so many submissions in a row, a waiting run has its turn.
const SUBMISSIONS_IN_A_ROW: u32 = 3;

/// What became of a pushed job.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Pushed<J> {
    /// It waits.
    Queued,
    /// It waits in place of this one.
    Replaced(J),
    /// There is no room for it.
    Full(J),
}

/// Waiting jobs and the owners whose jobs are in a runner.
#[derive(Debug)]
pub(crate) struct Queue<J> {
    submissions: VecDeque<J>,
    runs: VecDeque<J>,
    busy: HashSet<Uuid>,
    capacity: usize,
    submissions_in_a_row: u32,
}

impl<J: Job> Queue<J> {
    /// A queue in which `capacity` jobs can wait.
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            submissions: VecDeque::new(),
            runs: VecDeque::new(),
            busy: HashSet::new(),
            capacity,
            submissions_in_a_row: 0,
        }
    }

    /// Adds a job.
    pub(crate) fn push(&mut self, job: J) -> Pushed<J> {
        if !job.is_submission()
            && let Some(waiting) = self.runs.iter_mut().find(|waiting| waiting.owner() == job.owner())
        {
            return Pushed::Replaced(std::mem::replace(waiting, job));
        }
        if self.waiting() >= self.capacity {
            return Pushed::Full(job);
        }
        if job.is_submission() {
            self.submissions.push_back(job);
        } else {
            self.runs.push_back(job);
        }
        Pushed::Queued
    }

    /// Takes the next job whose owner has none in a runner; its owner is busy until [`Queue::done`].
    pub(crate) fn pop(&mut self) -> Option<J> {
        let busy = &self.busy;
        let free = |job: &J| !busy.contains(&job.owner());
        let submission = self.submissions.iter().position(free);
        let run = self.runs.iter().position(free);
        let job = match (submission, run) {
            (Some(_), Some(run)) if self.submissions_in_a_row >= SUBMISSIONS_IN_A_ROW => self.runs.remove(run),
            (Some(submission), _) => self.submissions.remove(submission),
            (None, Some(run)) => self.runs.remove(run),
            (None, None) => None,
        }?;
        self.submissions_in_a_row = if job.is_submission() { self.submissions_in_a_row + 1 } else { 0 };
        self.busy.insert(job.owner());
        Some(job)
    }

    /// How many jobs wait.
    pub(crate) fn waiting(&self) -> usize {
        self.submissions.len() + self.runs.len()
    }

    /// How many of those that wait have an owner who has none in a runner.
    pub(crate) fn ready(&self) -> usize {
        self.submissions.iter().chain(&self.runs).filter(|job| !self.busy.contains(&job.owner())).count()
    }

    /// How many jobs are in a runner.
    pub(crate) fn running(&self) -> usize {
        self.busy.len()
    }

    /// How many submissions of this owner wait.
    pub(crate) fn waiting_submissions(&self, owner: Uuid) -> usize {
        self.submissions.iter().filter(|job| job.owner() == owner).count()
    }

    /// Tells that the owner's job has left its runner.
    pub(crate) fn done(&mut self, owner: Uuid) {
        self.busy.remove(&owner);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Eq)]
    struct TestJob(u128, u128, bool);

    impl Job for TestJob {
        fn id(&self) -> Uuid {
            Uuid::from_u128(self.0)
        }
        fn owner(&self) -> Uuid {
            Uuid::from_u128(self.1)
        }
        fn is_submission(&self) -> bool {
            self.2
        }
    }

    #[test]
    fn submissions_come_first_and_an_owner_has_one_runner() {
        let mut queue = Queue::new(10);
        queue.push(TestJob(1, 1, false));
        queue.push(TestJob(2, 2, false));
        queue.push(TestJob(3, 1, true));
        assert_eq!(queue.pop(), Some(TestJob(3, 1, true)));
        assert_eq!(queue.pop(), Some(TestJob(2, 2, false)));
        assert_eq!(queue.pop(), None, "the owner of the waiting run is busy");
        assert_eq!((queue.waiting(), queue.ready(), queue.running()), (1, 0, 2));
        queue.done(Uuid::from_u128(1));
        assert_eq!(queue.pop(), Some(TestJob(1, 1, false)));
    }

    #[test]
    fn submissions_do_not_stop_all_runs() {
        let mut queue = Queue::new(20);
        queue.push(TestJob(100, 100, false));
        for number in 0..10 {
            queue.push(TestJob(number, number, true));
        }
        let order: Vec<u128> = std::iter::from_fn(|| queue.pop()).map(|job| job.0).collect();
        assert_eq!(order[..5], [0, 1, 2, 100, 3]);
        assert_eq!(order.len(), 11);
    }

    #[test]
    fn a_newer_run_replaces_the_waiting_one_and_a_full_queue_refuses() {
        let mut queue = Queue::new(2);
        assert_eq!(queue.push(TestJob(1, 1, false)), Pushed::Queued);
        assert_eq!(queue.push(TestJob(2, 1, false)), Pushed::Replaced(TestJob(1, 1, false)));
        assert_eq!(queue.push(TestJob(3, 1, true)), Pushed::Queued);
        assert_eq!(queue.push(TestJob(4, 2, false)), Pushed::Full(TestJob(4, 2, false)));
        assert_eq!(queue.push(TestJob(5, 1, false)), Pushed::Replaced(TestJob(2, 1, false)));
    }
}
