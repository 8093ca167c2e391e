//! The days of a learner.

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

/// A day of a learner's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The day so many days later; the last of all days where there is none.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        Self(self.0.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX))
    }

    /// How many days this is after `other`; 0 when it is not.
    pub fn since(self, other: Self) -> u32 {
        u32::try_from((self.0 - other.0).num_days()).unwrap_or_default()
    }
}

/// Where a learner's days begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar(Tz);

impl Calendar {
    /// The calendar of the time zone of this IANA name; UTC where there is none of this name.
    pub fn of(time_zone: Option<&str>) -> Self {
        Self(time_zone.and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC))
    }

    /// The day of a moment.
    pub fn day(self, at: DateTime<Utc>) -> Day {
        Day(at.with_timezone(&self.0).date_naive())
    }

    /// When a day begins: at midnight, or where the clock is put forward over it, at the first moment after that.
    pub fn start(self, Day(date): Day) -> DateTime<Utc> {
        let midnight = date.and_time(chrono::NaiveTime::MIN);
        let mut clocks = (0..=4).map(|hours| midnight + chrono::TimeDelta::hours(hours));
        let start = clocks.find_map(|clock| self.0.from_local_datetime(&clock).earliest());
        start.map_or_else(|| midnight.and_utc(), |start| start.to_utc())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_begins_at_the_learners_midnight() {
        let utc = Calendar::of(None);
        let tokyo = Calendar::of(Some("Asia/Tokyo"));
        let evening = at("2026-01-15T15:00:00Z");
        assert_eq!(tokyo.day(evening), utc.day(evening).plus(1));
        assert_eq!(tokyo.start(tokyo.day(evening)), evening);
        assert_eq!(utc.start(utc.day(evening)), at("2026-01-15T00:00:00Z"));
        assert_eq!(Calendar::of(Some("Middle/Earth")), utc);
    }

    #[test]
    fn days_are_counted_by_the_calendar_whatever_the_clock_does() {
        let berlin = Calendar::of(Some("Europe/Berlin"));
        let before = berlin.day(at("2026-03-28T22:30:00Z"));
        let after = berlin.day(at("2026-03-29T22:30:00Z"));
        assert_eq!(after.since(before), 2, "23:30 of the one day, and half past midnight of the day after the next");
        assert_eq!((before.since(after), before.plus(2)), (0, after));
        // On this day it is one o'clock right after 23:59:59.
        let beirut = Calendar::of(Some("Asia/Beirut"));
        let day = beirut.day(at("2026-03-29T12:00:00Z"));
        assert_eq!(beirut.start(day), at("2026-03-28T22:00:00Z"));
        assert_eq!(beirut.day(beirut.start(day)), day);
    }
}
