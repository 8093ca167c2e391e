//! What has to hold whoever asks for what, and whenever, tried on much of it. The same numbers are drawn every time.

use std::{collections::HashMap, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::{prelude::*, test_runner::RngSeed};
use uuid::Uuid;

use super::{Pushed, Queue, tests::TestJob};

/// The networks that jobs come from, each a site of its own.
const NETWORKS: u16 = 4;
const SHORT_MS: u64 = 10;
const LONG_MS: u64 = 3_000;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 300, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() }
}

/// What happens next.
#[derive(Clone, Debug)]
enum Event {
    /// A user of a network sends something.
    Push { user: u128, network: u16, is_submission: bool },
    /// One of the running jobs ends, after this much CPU time.
    End { which: prop::sample::Index, cpu_ms: u64 },
    /// Time passes.
    Pass { seconds: i64 },
}

fn events(cpu_ms: impl Strategy<Value = u64> + 'static) -> impl Strategy<Value = Vec<Event>> {
    let push = (0..5_u128, 0..NETWORKS, any::<bool>()).prop_map(|(user, network, is_submission)| {
        // Users of different networks are different ones.
        Event::Push { user: user * u128::from(NETWORKS) + u128::from(network), network, is_submission }
    });
    let end = (any::<prop::sample::Index>(), cpu_ms).prop_map(|(which, cpu_ms)| Event::End { which, cpu_ms });
    let pass = (0..90_i64).prop_map(|seconds| Event::Pass { seconds });
    prop::collection::vec(prop_oneof![6 => push, 5 => end, 1 => pass], 0..200)
}

fn short() -> impl Strategy<Value = u64> {
    0..=SHORT_MS
}

fn any_length() -> impl Strategy<Value = u64> {
    prop_oneof![0..=SHORT_MS, Just(LONG_MS)]
}

/// A queue with its runners.
struct Model {
    queue: Queue<TestJob>,
    now: DateTime<Utc>,
    waiting: Vec<TestJob>,
    running: Vec<TestJob>,
    /// The CPU time that each network's ended jobs took, in milliseconds.
    taken: HashMap<u16, u64>,
    /// All jobs that were started, in order.
    started: Vec<TestJob>,
    pushed: u128,
}

impl Model {
    fn new(capacity: usize, slots: usize) -> Self {
        Self {
            queue: Queue::new(capacity, slots),
            now: DateTime::UNIX_EPOCH,
            waiting: Vec::new(),
            running: Vec::new(),
            taken: HashMap::new(),
            started: Vec::new(),
            pushed: 0,
        }
    }

    /// Whether it has a place.
    fn push(&mut self, user: u128, network: u16, is_submission: bool) -> bool {
        self.pushed += 1;
        let job = TestJob { id: self.pushed, user, network, is_submission };
        let pushed = self.queue.push(job.clone());
        if let Pushed::Replaced(old) = &pushed {
            assert!(!old.is_submission && old.user == user, "{old:?} is replaced by {job:?}");
            self.waiting.retain(|waiting| waiting != old);
        }
        let has_place = matches!(pushed, Pushed::Queued | Pushed::Replaced(_));
        if has_place {
            self.waiting.push(job);
        }
        self.fill();
        has_place
    }

    fn end(&mut self, which: prop::sample::Index, cpu_ms: u64) {
        if !self.running.is_empty() {
            self.end_at(which.index(self.running.len()), cpu_ms);
        }
    }

    fn end_at(&mut self, position: usize, cpu_ms: u64) {
        let job = self.running.remove(position);
        *self.taken.entry(job.network).or_default() += cpu_ms;
        let user = Uuid::from_u128(job.user);
        self.queue.leave(user, Duration::from_millis(cpu_ms), self.now);
        if job.is_submission {
            // Its result is stored while the slot is another's.
            self.fill();
        }
        self.queue.done(user);
        self.fill();
    }

    fn apply(&mut self, event: &Event) {
        match *event {
            Event::Push { user, network, is_submission } => {
                self.push(user, network, is_submission);
            }
            Event::End { which, cpu_ms } => self.end(which, cpu_ms),
            Event::Pass { seconds } => {
                self.now += TimeDelta::seconds(seconds);
                self.fill();
            }
        }
    }

    fn fill(&mut self) {
        while let Some(job) = self.queue.pop(self.now) {
            self.waiting.retain(|waiting| *waiting != job);
            self.started.push(job.clone());
            self.running.push(job);
        }
    }

    fn is_busy(&self, job: &TestJob) -> bool {
        self.running.iter().any(|running| running.user == job.user)
    }

    fn waiting_of(&self, network: u16) -> usize {
        self.waiting.iter().filter(|job| job.network == network).count()
    }

    fn running_of(&self, network: u16) -> usize {
        self.running.iter().filter(|job| job.network == network).count()
    }

    fn taken_of(&self, network: u16) -> u64 {
        self.taken.get(&network).copied().unwrap_or_default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_slot_is_idle_while_a_job_may_run(
        slots in 1..5_usize, events in events(any_length()), is_short in any::<bool>(),
    ) {
        let mut model = Model::new(12, slots);
        for event in events {
            match event {
                Event::End { which, .. } if is_short => model.end(which, SHORT_MS),
                event => model.apply(&event),
            }
            prop_assert_eq!(model.queue.running(), model.running.len());
            prop_assert_eq!(model.queue.waiting(), model.waiting.len());
            prop_assert!(model.running.len() <= slots);
            if model.running.len() == slots {
                continue;
            }
            prop_assert_eq!(model.queue.ready(model.now), 0);
            for job in &model.waiting {
                // A slot that stays free is the one that is left when a site's long runs have all others.
                let is_last = model.running_of(job.network) + 1 == slots;
                prop_assert!(model.is_busy(job) || (!is_short && is_last), "{:?} waits", job);
            }
        }
        // Nothing is lost.
        while !model.running.is_empty() {
            model.end_at(0, SHORT_MS);
        }
        prop_assert_eq!(model.queue.waiting(), 0);
    }

    #[test]
    fn a_user_has_one_runner_and_runs_wait_for_three_submissions_at_the_most(
        slots in 1..5_usize, events in events(short()),
    ) {
        let mut model = Model::new(12, slots);
        let mut in_a_row = 0;
        for event in events {
            let ready_run = model.waiting.iter().any(|job| !job.is_submission && !model.is_busy(job));
            let before = model.started.len();
            model.apply(&event);
            for (position, job) in model.running.iter().enumerate() {
                prop_assert!(model.running[..position].iter().all(|other| other.user != job.user));
            }
            for job in &model.started[before..] {
                in_a_row = if job.is_submission && ready_run { in_a_row + 1 } else { 0 };
                prop_assert!(in_a_row <= 3);
            }
        }
    }

    #[test]
    fn a_network_has_a_third_of_the_places_and_others_find_some(
        capacity in 1..40_usize, slots in 1..5_usize, events in events(any_length()),
    ) {
        let mut model = Model::new(capacity, slots);
        // Many users, so that places are what is short.
        let mut user = 1_000;
        for event in events {
            match event {
                Event::Push { network, is_submission, .. } => {
                    let (others_wait, free) = (model.waiting_of(network), capacity - model.waiting.len());
                    user += 1;
                    let has_place = model.push(user, network, is_submission);
                    prop_assert!(has_place || others_wait > 0 || free == 0, "a network with no place is refused one");
                    prop_assert!(model.waiting_of(network) <= capacity / 3 + 1);
                }
                event => model.apply(&event),
            }
            prop_assert!(model.queue.waiting() <= capacity);
        }
    }

    #[test]
    fn networks_that_wait_have_had_as_much_as_others(slots in 1..5_usize, events in events(short())) {
        // Jobs that were started when it looked right, and took the other's most: once for all slots of each.
        let bound = 2 * slots as u64 * SHORT_MS;
        let mut model = Model::new(60, slots);
        // What each network was behind each other when it began to wait.
        let mut behind: HashMap<(u16, u16), u64> = HashMap::new();
        let mut user = 1_000;
        for event in events {
            match event {
                Event::Push { network, .. } => {
                    user += 1;
                    model.push(user, network, false);
                }
                // Each takes its turn, and is charged for it.
                Event::End { which, cpu_ms } => model.end(which, cpu_ms.max(1)),
                // What is forgotten in time cannot be compared.
                Event::Pass { .. } => {}
            }
            for (one, other) in (0..NETWORKS).flat_map(|one| (0..NETWORKS).map(move |other| (one, other))) {
                let now = model.taken_of(other).saturating_sub(model.taken_of(one));
                if model.waiting_of(one) == 0 {
                    behind.insert((one, other), now);
                } else {
                    let at_first = behind.get(&(one, other)).copied().unwrap_or_default();
                    prop_assert!(now <= at_first + bound, "{} is {} ms behind {}", one, now, other);
                }
            }
        }
    }

    #[test]
    fn a_network_of_long_runs_never_has_all_slots(slots in 2..5_usize, events in events(short())) {
        const ATTACKER: u16 = 0;
        let mut model = Model::new(60, slots);
        let mut is_known = false;
        for event in events {
            let before = model.started.len();
            match event {
                // Time in which nothing is heard of it makes it a stranger again.
                Event::Pass { .. } => {}
                Event::End { which, cpu_ms } if !model.running.is_empty() => {
                    let position = which.index(model.running.len());
                    let is_attacker = model.running[position].network == ATTACKER;
                    is_known |= is_attacker;
                    model.end_at(position, if is_attacker { LONG_MS } else { cpu_ms });
                }
                event => model.apply(&event),
            }
            if is_known && model.started[before..].iter().any(|job| job.network == ATTACKER) {
                prop_assert!(model.running_of(ATTACKER) < slots);
            }
        }
    }
}

#[test]
fn a_network_that_used_much_has_its_turn_when_others_have_used_as_much() {
    let mut model = Model::new(12, 1);
    model.push(1, 1, false);
    model.end_at(0, LONG_MS);
    // Somebody else's run is always there.
    model.push(2, 2, false);
    model.push(1, 1, false);
    for turn in 1.. {
        let user = if turn % 2 == 0 { 2 } else { 3 };
        model.push(user, 2, false);
        model.end_at(0, SHORT_MS);
        if model.running[0].network == 1 {
            // With as much used by both networks, the one whose user has used more comes after.
            assert_eq!(turn, LONG_MS / SHORT_MS + 1);
            break;
        }
    }
}

#[test]
fn what_was_used_is_forgotten_however_many_strangers_come() {
    let mut model = Model::new(12, 1);
    model.push(1, 1, false);
    model.end_at(0, LONG_MS);
    model.push(2, 2, false);
    model.push(1, 1, false);
    for second in 0_u16.. {
        // Of a network that has never used anything.
        model.push(u128::from(second) + 10, second + 10, false);
        model.now += TimeDelta::seconds(1);
        model.end_at(0, SHORT_MS);
        if model.running[0].network == 1 {
            assert!(second < 10 * 60, "it took {second} s");
            break;
        }
    }
}
