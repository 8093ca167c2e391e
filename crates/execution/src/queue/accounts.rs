//! What users and networks have had of the runners, and what their next runs are likely to take.
//!
//! The shares are those of Kay and Lauder's fair share scheduler (Communications of the ACM 31(1), 1988): each user, and
//! each group of users, has an account of the CPU time used, which decays with a half-life, and whoever has used the
//! least is next. How long a run will take is estimated as the mean of the user's runs before, which decay alike; where
//! there are few of them, what the network's runs took counts for more, and where there are none of those, nothing.

use std::{collections::HashMap, net::IpAddr, time::Duration};

use bugdrill_platform::ClientNetwork;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::Owner;

/// In this time what was used counts for half.
const HALF_LIFE: Duration = Duration::from_secs(30);

/// What a job is charged at the least, in seconds: it takes its turn even where nothing had to be run.
const LEAST_CHARGE: f64 = 0.001;

/// A run that is expected to take more CPU time is likely to be long, in seconds: others would notice that they wait
/// for it.
const LONG_RUN: f64 = 0.1;

/// So many accounts are kept without looking for those that can be forgotten.
const MIN_SWEEP: usize = 1_024;

/// Who has an account. Submissions taken up from the database have lost their networks, and share one: nobody gains by
/// leaving some behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Group {
    /// What one customer of a provider has.
    Site(Option<IpAddr>),
    /// What one client has.
    Network(Option<ClientNetwork>),
    /// A user.
    User(Uuid),
}

impl Group {
    /// The groups that an owner's runs are charged to, from the outermost.
    pub(super) fn of(owner: Owner) -> [Self; 3] {
        let Owner { user, network } = owner;
        [Self::Site(network.map(ClientNetwork::site)), Self::Network(network), Self::User(user)]
    }
}

/// What a group has used, as of a moment.
#[derive(Clone, Copy, Debug, Default)]
struct Account {
    /// CPU time, in seconds.
    used: f64,
    /// The part of it that runs took, and how many runs those were.
    taken: f64,
    runs: f64,
    /// Jobs in a runner, which nothing was charged for yet.
    running: u32,
    as_of: DateTime<Utc>,
}

impl Account {
    /// The account at a later moment.
    fn at(self, now: DateTime<Utc>) -> Self {
        // A clock that is put back stops the decay, nothing else.
        let elapsed = (now - self.as_of).to_std().unwrap_or_default();
        let decay = (-elapsed.div_duration_f64(HALF_LIFE)).exp2();
        let as_of = self.as_of.max(now);
        Self { used: self.used * decay, taken: self.taken * decay, runs: self.runs * decay, as_of, ..self }
    }

    /// Whether it is as good as none.
    fn is_settled(self) -> bool {
        self.running == 0 && self.used < LEAST_CHARGE / 2.0
    }

    /// What a run is expected to take, when `prior` is expected of those of whom nothing is known.
    fn expected(self, prior: f64) -> f64 {
        (self.taken + prior) / (self.runs + 1.0)
    }
}

/// What is to be known of an owner to decide on a job.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    /// What site, network and user have used; what runs counts as much as it is expected to take. The least is the
    /// first to have a turn.
    pub(super) used: [Duration; 3],
    /// Whether the next run is likely to be long.
    pub(super) is_long: bool,
}

/// The accounts of all groups that used anything lately.
#[derive(Debug, Default)]
pub(super) struct Accounts {
    accounts: HashMap<Group, Account>,
    /// How many there were after the last sweep.
    kept: usize,
}

impl Accounts {
    fn get(&self, group: Group, now: DateTime<Utc>) -> Account {
        let account = self.accounts.get(&group).map(|account| account.at(now));
        account.filter(|account| !account.is_settled()).unwrap_or_default()
    }

    /// Where an owner stands.
    pub(super) fn standing(&self, owner: Owner, now: DateTime<Utc>) -> Standing {
        let mut expected = 0.0;
        let used = Group::of(owner).map(|group| {
            let account = self.get(group, now);
            expected = account.expected(expected);
            Duration::from_secs_f64(account.used + f64::from(account.running) * expected.max(LEAST_CHARGE))
        });
        Standing { used, is_long: expected > LONG_RUN }
    }

    /// Notes that a job of the owner's has a runner.
    pub(super) fn start(&mut self, owner: Owner, now: DateTime<Utc>) {
        self.change(owner, now, |account| account.running += 1);
    }

    /// Charges the owner for a job that has left its runner, where it used this much CPU time; none if nothing was run.
    pub(super) fn finish(&mut self, owner: Owner, cpu: Duration, now: DateTime<Utc>) {
        let cpu = cpu.as_secs_f64();
        self.change(owner, now, |account| {
            account.running = account.running.saturating_sub(1);
            account.used += cpu.max(LEAST_CHARGE);
            if cpu > 0.0 {
                account.taken += cpu;
                account.runs += 1.0;
            }
        });
        if self.accounts.len() > 2 * self.kept.max(MIN_SWEEP) {
            self.accounts.retain(|_, account| !account.at(now).is_settled());
            self.kept = self.accounts.len();
        }
    }

    fn change(&mut self, owner: Owner, now: DateTime<Utc>, change: impl Fn(&mut Account)) {
        for group in Group::of(owner) {
            let mut account = self.get(group, now);
            account.as_of = account.as_of.max(now);
            change(&mut account);
            self.accounts.insert(group, account);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn owner(user: u128, network: u8) -> Owner {
        let network = ClientNetwork::of([192, 0, 2, network].into());
        Owner { user: Uuid::from_u128(user), network: Some(network) }
    }

    fn after(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn used(accounts: &Accounts, owner: Owner, seconds: i64) -> [u128; 3] {
        accounts.standing(owner, after(seconds)).used.map(|used| used.as_micros())
    }

    fn ran(accounts: &mut Accounts, owner: Owner, milliseconds: u64) {
        accounts.start(owner, after(0));
        accounts.finish(owner, Duration::from_millis(milliseconds), after(0));
    }

    #[test]
    fn what_was_used_is_charged_to_user_network_and_site_and_decays() {
        let mut accounts = Accounts::default();
        ran(&mut accounts, owner(1, 1), 40);
        ran(&mut accounts, owner(2, 1), 0);
        assert_eq!(used(&accounts, owner(1, 1), 0), [41_000, 41_000, 40_000]);
        assert_eq!(used(&accounts, owner(2, 1), 0), [41_000, 41_000, 1_000]);
        assert_eq!(used(&accounts, owner(1, 2), 0), [0, 0, 40_000], "a user may move");
        assert_eq!(used(&accounts, owner(1, 1), 30), [20_500, 20_500, 20_000]);
        assert_eq!(used(&accounts, owner(1, 1), -30), [41_000, 41_000, 40_000]);
        assert_eq!(used(&accounts, owner(1, 1), 300), [0, 0, 0]);
    }

    #[test]
    fn what_runs_counts_as_it_is_expected_to_end() {
        let mut accounts = Accounts::default();
        accounts.start(owner(1, 1), after(0));
        assert_eq!(used(&accounts, owner(2, 1), 0), [1_000, 1_000, 0], "nothing is known yet");
        accounts.finish(owner(1, 1), Duration::from_millis(80), after(0));
        accounts.start(owner(1, 1), after(0));
        assert_eq!(used(&accounts, owner(1, 1), 0), [120_000, 140_000, 150_000]);
    }

    #[test]
    fn a_user_of_whom_nothing_is_known_is_taken_for_one_of_their_network() {
        let is_long =
            |accounts: &Accounts, user, network, time| accounts.standing(owner(user, network), after(time)).is_long;
        let mut accounts = Accounts::default();
        assert!(!is_long(&accounts, 1, 1, 0));
        ran(&mut accounts, owner(1, 1), 3_000);
        assert!(is_long(&accounts, 1, 1, 0) && is_long(&accounts, 2, 1, 0));
        assert!(is_long(&accounts, 1, 2, 0) && !is_long(&accounts, 2, 2, 0));
        // What was judged before says nothing about how long other runs will take.
        for _ in 0..100 {
            ran(&mut accounts, owner(1, 1), 0);
        }
        assert!(is_long(&accounts, 1, 1, 0));
        // One endless loop does not make a class of thirty slow, nor its author for long.
        for user in 2..32 {
            ran(&mut accounts, owner(user, 1), 4);
            ran(&mut accounts, owner(user, 1), 4);
        }
        assert!(!is_long(&accounts, 99, 1, 0));
        assert!(is_long(&accounts, 1, 1, 60) && !is_long(&accounts, 1, 1, 300));
    }

    #[test]
    fn accounts_that_are_as_good_as_none_are_forgotten() {
        let mut accounts = Accounts::default();
        for second in 0..20_000 {
            let owner = owner(second, 1);
            accounts.start(owner, after(second as i64));
            accounts.finish(owner, Duration::from_millis(4), after(second as i64));
        }
        assert!(accounts.accounts.len() <= 2 * MIN_SWEEP + 3, "{}", accounts.accounts.len());
    }
}
