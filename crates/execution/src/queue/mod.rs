//! The order in which jobs get a runner, and how many may wait.
//!
//! Submissions come before runs, but every fourth turn is a run's, so that nobody's submissions stop all runs. A user
//! has one job in a runner at a time, so that one user's endless loops never hold more than one; a user's newer run
//! replaces the one that still waits, since nobody will look at it. A trace counts as a run.
//!
//! Users cost nothing, so they share what their network has, and networks what their site has ([`accounts`]): the next
//! job is of the site that has used the least CPU time, in it of the network, in it of the user. All that has no effect
//! on a run that was started, so of a site's runs that are likely to be long, one slot stays free. What is short, or not
//! known yet, may use all of them.
//!
//! A network's places are limited by what is free, which leaves some to everybody else however many fill theirs, as
//! Choudhury and Hahne's dynamic thresholds do for packets (IEEE/ACM Transactions on Networking 6(2), 1998).

mod accounts;
#[cfg(test)]
mod properties;

use std::{
    collections::{HashMap, HashSet, VecDeque},
    time::Duration,
};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use self::accounts::{Accounts, Group, Standing};
use crate::Owner;

/// What the queue knows of a job.
pub(crate) trait Job {
    /// The job's id.
    fn id(&self) -> Uuid;
    /// Who waits for it.
    fn owner(&self) -> Owner;
    /// Whether it is a submission, which is never replaced.
    fn is_submission(&self) -> bool;
}

/// After so many submissions in a row, a waiting run has its turn.
const SUBMISSIONS_IN_A_ROW: u32 = 3;

/// While so many results are being stored, no other job is started: where the database stands still, what waits in the
/// queue loses less than what would be judged and could not be stored in time.
const MAX_FINISHING: usize = 64;

/// What became of a pushed job.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Pushed<J> {
    /// It waits.
    Queued,
    /// It waits in place of this one.
    Replaced(J),
    /// There is no room for it.
    Full(J),
    /// There is room, but not for more of its network.
    ShareTaken(J),
}

/// Waiting jobs and the owners whose jobs are in a runner.
#[derive(Debug)]
pub(crate) struct Queue<J> {
    capacity: usize,
    slots: usize,
    submissions: VecDeque<J>,
    runs: VecDeque<J>,
    /// Who has a job in a runner, by user.
    running: HashMap<Uuid, Owner>,
    /// Whose job has left its runner, but is not done.
    finishing: HashSet<Uuid>,
    accounts: Accounts,
    submissions_in_a_row: u32,
}

impl<J: Job> Queue<J> {
    /// A queue in which `capacity` jobs can wait, before as many runners as there are `slots`.
    pub(crate) fn new(capacity: usize, slots: usize) -> Self {
        Self {
            capacity,
            slots,
            submissions: VecDeque::new(),
            runs: VecDeque::new(),
            running: HashMap::new(),
            finishing: HashSet::new(),
            accounts: Accounts::default(),
            submissions_in_a_row: 0,
        }
    }

    /// Adds a job.
    pub(crate) fn push(&mut self, job: J) -> Pushed<J> {
        let owner = job.owner();
        if !job.is_submission()
            && let Some(waiting) = self.runs.iter_mut().find(|waiting| waiting.owner().user == owner.user)
        {
            return Pushed::Replaced(std::mem::replace(waiting, job));
        }
        let free = self.capacity.saturating_sub(self.waiting());
        if free == 0 {
            return Pushed::Full(job);
        }
        // One network has a third of the places at the most, and a site of many networks half of them.
        let [site, network, _] = Group::of(owner);
        if self.waiting_of(site) + self.waiting_of(network) >= free {
            return Pushed::ShareTaken(job);
        }
        if job.is_submission() {
            self.submissions.push_back(job);
        } else {
            self.runs.push_back(job);
        }
        Pushed::Queued
    }

    /// Takes the next job, if there is a slot for it; its user is busy until [`Queue::done`].
    pub(crate) fn pop(&mut self, now: DateTime<Utc>) -> Option<J> {
        if self.running() >= self.slots || self.finishing.len() >= MAX_FINISHING {
            return None;
        }
        let (submission, run) = (self.next_of(&self.submissions, now), self.next_of(&self.runs, now));
        let job = match (submission, run) {
            (Some(_), Some(run)) if self.submissions_in_a_row >= SUBMISSIONS_IN_A_ROW => self.runs.remove(run),
            (Some(submission), _) => self.submissions.remove(submission),
            (None, Some(run)) => self.runs.remove(run),
            (None, None) => None,
        }?;
        self.submissions_in_a_row = if job.is_submission() { self.submissions_in_a_row + 1 } else { 0 };
        let owner = job.owner();
        self.running.insert(owner.user, owner);
        self.accounts.start(owner, now);
        Some(job)
    }

    /// Tells that the user's job has left its runner, and how much CPU time it used there; none if nothing was run. The
    /// slot is free then, but the user's next job waits until this one is done, so that they end in their order.
    pub(crate) fn leave(&mut self, user: Uuid, cpu: Duration, now: DateTime<Utc>) {
        if let Some(owner) = self.running.remove(&user) {
            self.finishing.insert(user);
            self.accounts.finish(owner, cpu, now);
        }
    }

    /// Tells that the user's job, which has left its runner, is done.
    pub(crate) fn done(&mut self, user: Uuid) {
        self.finishing.remove(&user);
    }

    /// How many jobs wait.
    pub(crate) fn waiting(&self) -> usize {
        self.submissions.len() + self.runs.len()
    }

    /// How many of those that wait could have a slot, if one is free.
    pub(crate) fn ready(&self, now: DateTime<Utc>) -> usize {
        self.jobs().filter(|job| self.ready_standing(job.owner(), now).is_some()).count()
    }

    /// How many jobs are in a runner.
    pub(crate) fn running(&self) -> usize {
        self.running.len()
    }

    /// How many submissions of this user wait.
    pub(crate) fn waiting_submissions(&self, user: Uuid) -> usize {
        self.submissions.iter().filter(|job| job.owner().user == user).count()
    }

    fn jobs(&self) -> impl Iterator<Item = &J> {
        self.submissions.iter().chain(&self.runs)
    }

    fn waiting_of(&self, group: Group) -> usize {
        self.jobs().filter(|job| Group::of(job.owner()).contains(&group)).count()
    }

    /// Where the next of these jobs is: of those that have used the least, the one that has waited the longest.
    fn next_of(&self, jobs: &VecDeque<J>, now: DateTime<Utc>) -> Option<usize> {
        let ready = jobs.iter().enumerate().filter_map(|(position, job)| {
            self.ready_standing(job.owner(), now).map(|standing| (position, standing.used))
        });
        ready.min_by_key(|(_, used)| *used).map(|(position, _)| position)
    }

    /// Where the owner of a job stands, if it may have a free slot.
    fn ready_standing(&self, owner: Owner, now: DateTime<Utc>) -> Option<Standing> {
        let standing = self.accounts.standing(owner, now);
        let is_held = standing.is_long && self.long_running(owner, now) >= self.slots.saturating_sub(1).max(1);
        let is_busy = self.running.contains_key(&owner.user) || self.finishing.contains(&owner.user);
        (!is_busy && !is_held).then_some(standing)
    }

    /// How many runs of the owner's site that are likely to be long are in a runner.
    fn long_running(&self, owner: Owner, now: DateTime<Utc>) -> usize {
        let [site, ..] = Group::of(owner);
        let of_site = self.running.values().filter(|running| Group::of(**running)[0] == site);
        of_site.filter(|running| self.accounts.standing(**running, now).is_long).count()
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use bugdrill_platform::ClientNetwork;

    use super::*;

    /// The networks from this one on are those of one site.
    const OF_ONE_SITE: u16 = 0x8000;

    /// Its number, its user, its network.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(super) struct TestJob {
        pub(super) id: u128,
        pub(super) user: u128,
        pub(super) network: u16,
        pub(super) is_submission: bool,
    }

    impl Job for TestJob {
        fn id(&self) -> Uuid {
            Uuid::from_u128(self.id)
        }
        fn owner(&self) -> Owner {
            let address: IpAddr = if self.network < OF_ONE_SITE {
                let [high, low] = self.network.to_be_bytes();
                [198, 18, high, low].into()
            } else {
                [0x2001, 0xdb8, 1, self.network, 0, 0, 0, 1].into()
            };
            Owner { user: Uuid::from_u128(self.user), network: Some(ClientNetwork::of(address)) }
        }
        fn is_submission(&self) -> bool {
            self.is_submission
        }
    }

    /// Time stands still where it does not matter.
    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
    const SHORT: Duration = Duration::from_millis(4);
    const LONG: Duration = Duration::from_secs(3);

    fn run(id: u128, user: u128, network: u16) -> TestJob {
        TestJob { id, user, network, is_submission: false }
    }

    fn submission(id: u128, user: u128, network: u16) -> TestJob {
        TestJob { id, user, network, is_submission: true }
    }

    fn pop(queue: &mut Queue<TestJob>) -> Option<u128> {
        queue.pop(NOW).map(|job| job.id)
    }

    fn done(queue: &mut Queue<TestJob>, user: u128, cpu: Duration) {
        let user = Uuid::from_u128(user);
        queue.leave(user, cpu, NOW);
        queue.done(user);
    }

    #[test]
    fn submissions_come_first_and_a_user_has_one_runner() {
        let mut queue = Queue::new(10, 3);
        queue.push(run(1, 1, 1));
        queue.push(run(2, 2, 2));
        queue.push(submission(3, 1, 1));
        assert_eq!(pop(&mut queue), Some(3));
        assert_eq!(pop(&mut queue), Some(2));
        assert_eq!(pop(&mut queue), None, "the user of the waiting run is busy");
        assert_eq!((queue.waiting(), queue.ready(NOW), queue.running()), (1, 0, 2));
        done(&mut queue, 1, SHORT);
        assert_eq!(pop(&mut queue), Some(1));
    }

    #[test]
    fn a_job_that_has_left_its_runner_holds_its_users_next_one_alone() {
        let mut queue = Queue::new(10, 1);
        queue.push(submission(1, 1, 1));
        queue.push(submission(2, 1, 1));
        queue.push(submission(3, 2, 2));
        assert_eq!((pop(&mut queue), pop(&mut queue)), (Some(1), None));
        queue.leave(Uuid::from_u128(1), SHORT, NOW);
        assert_eq!((pop(&mut queue), pop(&mut queue)), (Some(3), None));
        done(&mut queue, 2, SHORT);
        assert_eq!(pop(&mut queue), None, "the user's first submission is not done");
        queue.done(Uuid::from_u128(1));
        assert_eq!(pop(&mut queue), Some(2));
    }

    #[test]
    fn no_job_starts_while_too_many_results_are_being_stored() {
        let mut queue = Queue::new(1_000, 1);
        for number in 0..=MAX_FINISHING as u16 {
            queue.push(submission(number.into(), number.into(), number));
            let started = pop(&mut queue);
            assert_eq!(started.is_some(), usize::from(number) < MAX_FINISHING);
            queue.leave(Uuid::from_u128(number.into()), SHORT, NOW);
        }
        queue.done(Uuid::from_u128(7));
        assert_eq!(pop(&mut queue), Some(MAX_FINISHING as u128));
    }

    #[test]
    fn submissions_do_not_stop_all_runs() {
        let mut queue = Queue::new(40, 40);
        queue.push(run(100, 100, 100));
        for number in 0..10 {
            queue.push(submission(number.into(), number.into(), number));
        }
        let order: Vec<u128> = std::iter::from_fn(|| pop(&mut queue)).collect();
        assert_eq!(order[..5], [0, 1, 2, 100, 3]);
        assert_eq!(order.len(), 11);
    }

    #[test]
    fn a_newer_run_replaces_the_waiting_one() {
        let mut queue = Queue::new(6, 1);
        assert_eq!(queue.push(run(1, 1, 1)), Pushed::Queued);
        assert_eq!(queue.push(run(2, 1, 1)), Pushed::Replaced(run(1, 1, 1)));
        assert_eq!(queue.push(submission(3, 1, 1)), Pushed::Queued);
        assert_eq!(queue.push(run(4, 1, 1)), Pushed::Replaced(run(2, 1, 1)), "it takes no other place");
    }

    #[test]
    fn a_network_leaves_places_to_others_and_a_full_queue_refuses() {
        let mut queue = Queue::new(4, 1);
        assert_eq!(queue.push(run(1, 1, 1)), Pushed::Queued);
        assert_eq!(queue.push(run(2, 2, 1)), Pushed::Queued);
        assert_eq!(queue.push(run(3, 3, 1)), Pushed::ShareTaken(run(3, 3, 1)));
        assert_eq!(queue.push(run(4, 4, 2)), Pushed::Queued);
        assert_eq!(queue.push(run(5, 5, 3)), Pushed::Queued);
        assert_eq!(queue.push(run(6, 6, 4)), Pushed::Full(run(6, 6, 4)));
    }

    #[test]
    fn a_site_leaves_places_to_others_however_many_networks_it_has() {
        let mut queue = Queue::new(40, 1);
        let accepted = (0..40).filter(|&id| queue.push(run(id.into(), id.into(), OF_ONE_SITE + id)) == Pushed::Queued);
        assert_eq!(accepted.count(), 20);
        assert_eq!(queue.push(run(100, 100, 1)), Pushed::Queued);
    }

    #[test]
    fn networks_of_a_site_are_charged_together() {
        let mut queue = Queue::new(40, 2);
        for (user, network) in [(1, OF_ONE_SITE), (2, OF_ONE_SITE + 1)] {
            queue.push(run(0, user, network));
            pop(&mut queue);
            done(&mut queue, user, LONG);
        }
        for job in [run(3, 3, OF_ONE_SITE + 2), run(4, 4, OF_ONE_SITE + 3), run(5, 5, 1)] {
            queue.push(job);
        }
        assert_eq!(pop(&mut queue), Some(5));
        assert_eq!(pop(&mut queue), Some(3));
        done(&mut queue, 5, SHORT);
        assert_eq!(pop(&mut queue), None, "another slot for the site's would be its second");
    }

    #[test]
    fn whoever_has_used_the_least_is_next_network_by_network_and_user_by_user() {
        let mut queue = Queue::new(100, 1);
        for (user, network, cpu) in [(1, 1, 5 * SHORT), (2, 1, SHORT), (3, 2, 2 * SHORT)] {
            queue.push(run(0, user, network));
            pop(&mut queue);
            done(&mut queue, user, cpu);
        }
        for job in [run(1, 1, 1), run(2, 2, 1), run(3, 3, 2), run(4, 4, 1), run(5, 5, 3)] {
            queue.push(job);
        }
        let order: Vec<u128> = std::iter::from_fn(|| {
            let job = queue.pop(NOW)?;
            done(&mut queue, job.user, SHORT);
            Some(job.id)
        })
        .collect();
        assert_eq!(order, [5, 3, 4, 2, 1]);
    }

    #[test]
    fn of_runs_of_a_site_that_are_likely_to_be_long_a_slot_stays_free() {
        let mut queue = Queue::new(100, 2);
        let attack = |queue: &mut Queue<TestJob>, user| assert_eq!(queue.push(run(user, user, 1)), Pushed::Queued);
        (1..=20).for_each(|user| attack(&mut queue, user));
        assert_eq!((pop(&mut queue), pop(&mut queue)), (Some(1), Some(2)), "nothing is known of them yet");
        done(&mut queue, 1, LONG);
        assert_eq!(pop(&mut queue), None, "what runs is likely to be as long as what did");
        done(&mut queue, 2, LONG);
        assert_eq!(pop(&mut queue), Some(3));
        assert_eq!((pop(&mut queue), queue.ready(NOW)), (None, 0));
        // Others find the slot free, and go before all that wait.
        queue.push(submission(100, 100, 1));
        queue.push(run(101, 101, 2));
        assert_eq!(pop(&mut queue), Some(101));
        done(&mut queue, 101, SHORT);
        assert_eq!(pop(&mut queue), None);
        done(&mut queue, 3, LONG);
        assert_eq!(pop(&mut queue), Some(100));
    }

    #[test]
    fn with_one_slot_runs_that_are_likely_to_be_long_use_it() {
        let mut queue = Queue::new(100, 1);
        for round in 0..3 {
            queue.push(run(round, 1, 1));
            assert_eq!(pop(&mut queue), Some(round));
            done(&mut queue, 1, LONG);
        }
    }

    #[test]
    fn a_class_at_one_address_uses_all_slots() {
        let mut queue = Queue::new(256, 2);
        for round in 0..10 {
            for user in 0..30 {
                assert_eq!(queue.push(run(round, user, 1)), Pushed::Queued);
            }
            while let Some(first) = queue.pop(NOW) {
                let second = queue.pop(NOW).expect("both slots are used");
                done(&mut queue, first.user, SHORT);
                done(&mut queue, second.user, SHORT);
            }
            assert_eq!(queue.waiting(), 0);
        }
    }
}
