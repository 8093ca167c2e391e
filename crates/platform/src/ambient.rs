//! Clock and randomness, passed in.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The time now, in UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// Gives unpredictable bytes.
pub trait Randomness: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system for the time")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// The system's, put forward.
struct ClockAhead(TimeDelta);

impl Clock for ClockAhead {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + self.0
    }
}

struct SystemRandomness;

impl Randomness for SystemRandomness {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system for randomness")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

/// The clock and the randomness that a process runs on.
#[derive(Clone)]
pub struct Ambient {
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
}

impl Ambient {
    /// Those of the operating system.
    pub fn system() -> Self {
        Self::new(SystemClock, SystemRandomness)
    }

    /// Those of the operating system, whose clock is ahead by this.
    pub fn ahead(by: TimeDelta) -> Self {
        Self::new(ClockAhead(by), SystemRandomness)
    }

    /// Those given.
    pub fn new(clock: impl Clock + 'static, randomness: impl Randomness + 'static) -> Self {
        Self { clock: Arc::new(clock), randomness: Arc::new(randomness) }
    }

    /// The time now, in UTC with milliseconds, as it is stored.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now().trunc_subsecs(3)
    }

    /// Unpredictable bytes.
    pub fn random_bytes<const LENGTH: usize>(&self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        self.randomness.fill(&mut bytes);
        bytes
    }

    /// A new UUIDv7.
    pub fn new_id(&self) -> Uuid {
        let millis = u64::try_from(self.clock.now().timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random_bytes()).into_uuid()
    }
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> DateTime<Utc> {
        (**self).now()
    }
}

impl<R: Randomness + ?Sized> Randomness for Arc<R> {
    fn fill(&self, bytes: &mut [u8]) {
        (**self).fill(bytes);
    }
}

/// A clock that stands still until it is moved, and randomness that repeats itself: for tests.
#[cfg(feature = "testing")]
pub mod testing {
    use std::sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    };

    use chrono::{DateTime, TimeDelta, TimeZone, Utc};

    use super::{Ambient, Clock, Randomness};

    /// A clock that stands still until it is moved.
    pub struct ManualClock(Mutex<DateTime<Utc>>);

    impl ManualClock {
        /// Moves the clock forward.
        pub fn advance(&self, by: TimeDelta) {
            *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) += by;
        }
    }

    impl Clock for ManualClock {
        fn now(&self) -> DateTime<Utc> {
            *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
        }
    }

    struct CountingRandomness(AtomicU64);

    impl Randomness for CountingRandomness {
        fn fill(&self, bytes: &mut [u8]) {
            for chunk in bytes.chunks_mut(8) {
                // Steps of an odd constant visit every number once, so no two chunks are alike.
                let number = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
                chunk.copy_from_slice(&number.to_be_bytes()[..chunk.len()]);
            }
        }
    }

    /// An ambient on a manual clock, set to a fixed day.
    pub fn manual_ambient() -> (Ambient, Arc<ManualClock>) {
        let day = Utc.with_ymd_and_hms(2026, 1, 15, 12, 0, 0).single().unwrap_or_default();
        let clock = Arc::new(ManualClock(Mutex::new(day)));
        (Ambient::new(clock.clone(), CountingRandomness(AtomicU64::new(1))), clock)
    }
}
