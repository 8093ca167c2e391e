//! Rate limits by the generic cell rate algorithm: a bucket of `limit` requests that refills evenly.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use governor::{
    clock::{Clock as GovernorClock, Reference},
    middleware::StateInformationMiddleware,
    nanos::Nanos,
    state::keyed::DashMapStateStore,
};

use crate::Ambient;

/// How many requests a key may make in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quota {
    /// The number of requests, at least one.
    pub limit: u32,
    /// The period.
    pub period: Duration,
}

/// Whether a request may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It may.
    Allowed {
        /// How many more may follow at once.
        remaining: u32,
        /// How long until all of the quota is there again.
        reset: Duration,
    },
    /// It may be tried again after this time.
    Limited {
        /// How long to wait.
        retry_after: Duration,
    },
}

/// Counts requests.
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Counts a request of `key` against `quota`.
    async fn check(&self, quota: Quota, key: String) -> Decision;
}

/// The clock of an [`Ambient`], as `governor` wants it.
#[derive(Clone)]
struct AmbientClock(Ambient);

impl GovernorClock for AmbientClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::new(u64::try_from(self.0.now().timestamp_nanos_opt().unwrap_or_default()).unwrap_or_default())
    }
}

type Keyed = governor::RateLimiter<String, DashMapStateStore<String>, AmbientClock, StateInformationMiddleware>;

/// Counts in this process.
pub struct EmbeddedRateLimiter {
    clock: AmbientClock,
    by_quota: RwLock<HashMap<Quota, Arc<Keyed>>>,
    checks: AtomicU64,
}

/// After so many checks, keys whose bucket is full again are forgotten.
const CHECKS_BETWEEN_SWEEPS: u64 = 4_096;

impl EmbeddedRateLimiter {
    /// Counts by the clock of `ambient`.
    pub fn new(ambient: Ambient) -> Self {
        Self { clock: AmbientClock(ambient), by_quota: RwLock::default(), checks: AtomicU64::default() }
    }

    fn limiter(&self, quota: Quota) -> Arc<Keyed> {
        if let Some(limiter) = self.by_quota.read().unwrap_or_else(PoisonError::into_inner).get(&quota) {
            return Arc::clone(limiter);
        }
        let mut by_quota = self.by_quota.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(by_quota.entry(quota).or_insert_with(|| {
            let limit = std::num::NonZeroU32::new(quota.limit).unwrap_or(std::num::NonZeroU32::MIN);
            let cell = governor::Quota::with_period(quota.period / limit.get())
                .unwrap_or_else(|| governor::Quota::per_second(limit))
                .allow_burst(limit);
            Arc::new(Keyed::new(cell, DashMapStateStore::default(), self.clock.clone()))
        }))
    }
}

#[async_trait]
impl RateLimiter for EmbeddedRateLimiter {
    async fn check(&self, quota: Quota, key: String) -> Decision {
        let limiter = self.limiter(quota);
        if self.checks.fetch_add(1, Ordering::Relaxed) % CHECKS_BETWEEN_SWEEPS == CHECKS_BETWEEN_SWEEPS - 1 {
            limiter.retain_recent();
        }
        match limiter.check_key(&key) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let reset = state.quota().replenish_interval() * quota.limit.saturating_sub(remaining);
                Decision::Allowed { remaining, reset }
            }
            Err(until) => {
                let wait = until.earliest_possible().duration_since(self.clock.now());
                Decision::Limited { retry_after: wait.into() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::ambient::testing::manual_ambient;

    #[tokio::test]
    async fn the_request_over_the_limit_waits_and_keys_do_not_share() {
        let (ambient, clock) = manual_ambient();
        let limiter = EmbeddedRateLimiter::new(ambient);
        let quota = Quota { limit: 10, period: Duration::from_mins(1) };
        let allowed = |remaining, seconds| Decision::Allowed { remaining, reset: Duration::from_secs(seconds) };
        for used in 1..=10 {
            assert_eq!(limiter.check(quota, "a".into()).await, allowed(10 - used, 6 * u64::from(used)));
        }
        assert_eq!(limiter.check(quota, "a".into()).await, Decision::Limited { retry_after: Duration::from_secs(6) });
        assert_eq!(limiter.check(quota, "b".into()).await, allowed(9, 6));
        clock.advance(TimeDelta::seconds(6));
        assert_eq!(limiter.check(quota, "a".into()).await, allowed(0, 60));
        assert!(matches!(limiter.check(quota, "a".into()).await, Decision::Limited { .. }));
    }
}
