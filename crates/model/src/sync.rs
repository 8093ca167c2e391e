//! When things happened that were done without a connection.
//!
//! A device tells them by its own clock, which may be wrong, together with what that clock says now: the difference to
//! ours is taken off. Their order is that in which they are told, whatever the times say.

use chrono::{DateTime, TimeDelta, Utc};

/// How long ago something may have been done, in days: what is older counts as of then.
const MAX_AGE_DAYS: i64 = 30;

/// When something was begun and done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// When the learner began.
    pub started_at: DateTime<Utc>,
    /// When it was done.
    pub done_at: DateTime<Utc>,
}

impl Times {
    /// Of what is done at once.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self { started_at: now, done_at: now }
    }
}

/// What a device says of its clock, and what we know.
#[derive(Clone, Copy, Debug)]
pub struct Clocks {
    /// What the device's clock showed when it sent this.
    pub sent_at: DateTime<Utc>,
    /// What ours shows.
    pub now: DateTime<Utc>,
    /// When the learner came: nothing was done before.
    pub came_at: DateTime<Utc>,
}

impl Clocks {
    /// The times of what a device tells, by our clock: never later than now, none earlier than the one before it.
    pub fn put_right(self, told: impl IntoIterator<Item = Times>) -> Vec<Times> {
        let Self { sent_at, now, came_at } = self;
        let ahead = sent_at.signed_duration_since(now);
        let oldest = now.checked_sub_signed(TimeDelta::days(MAX_AGE_DAYS)).unwrap_or(now);
        let mut earliest = came_at.max(oldest).min(now);
        let ours = |theirs: DateTime<Utc>| theirs.checked_sub_signed(ahead).unwrap_or(now);
        let put_right = |Times { started_at, done_at }| {
            let done_at = ours(done_at).clamp(earliest, now);
            earliest = done_at;
            Times { started_at: ours(started_at).min(done_at), done_at }
        };
        told.into_iter().map(put_right).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
    }

    fn times(sent_at: i64, told: &[(i64, i64)]) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let clocks = Clocks { sent_at: at(sent_at), now: at(0), came_at: at(-1_000) };
        let told = told.iter().map(|(started, done)| Times { started_at: at(*started), done_at: at(*done) });
        clocks.put_right(told).into_iter().map(|times| (times.started_at, times.done_at)).collect()
    }

    #[test]
    fn a_clock_that_is_wrong_is_put_right() {
        assert_eq!(times(0, &[(-20, -10)]), [(at(-20), at(-10))]);
        assert_eq!(times(500, &[(480, 490)]), [(at(-20), at(-10))], "ahead");
        assert_eq!(times(-500, &[(-520, -510)]), [(at(-20), at(-10))], "behind");
    }

    #[test]
    fn the_order_is_that_in_which_it_is_told() {
        assert_eq!(
            times(0, &[(-30, -10), (-60, -40), (-9, -5)]).iter().map(|times| times.1).collect::<Vec<_>>(),
            [at(-10), at(-10), at(-5)]
        );
    }

    #[test]
    fn nothing_is_done_in_the_future_or_before_the_learner_came_or_is_begun_after_it_was_done() {
        assert_eq!(times(0, &[(5, 10)]), [(at(0), at(0))]);
        assert_eq!(times(0, &[(-3_000, -2_000)])[0].1, at(-1_000));
        let clocks = Clocks { sent_at: at(0), now: at(0), came_at: DateTime::UNIX_EPOCH };
        let old = clocks.put_right([Times::at(DateTime::UNIX_EPOCH)]);
        assert_eq!(old[0].done_at, at(0) - TimeDelta::days(MAX_AGE_DAYS));
        let (past, future) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        for (sent_at, done_at) in [(past, future), (future, past), (past, past), (future, future)] {
            let clocks = Clocks { sent_at, now: at(0), came_at: at(-1_000) };
            let done_at = clocks.put_right([Times::at(done_at)])[0].done_at;
            assert!(at(-1_000) <= done_at && done_at <= at(0));
        }
    }
}
