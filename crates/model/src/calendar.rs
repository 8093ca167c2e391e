//! The days of a learner.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A day of a calendar, in JSON `2026-01-15`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Day(NaiveDate);

impl Day {
    /// The day so many days later; the last of all days where there is none.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        Self(self.0.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX))
    }

    /// The day so many days earlier; the first of all days where there is none.
    #[must_use]
    pub fn minus(self, days: u32) -> Self {
        Self(self.0.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN))
    }

    /// The Monday of its week.
    #[must_use]
    pub fn monday(self) -> Self {
        self.minus(self.0.weekday().num_days_from_monday())
    }

    /// How many days after 1 January 1970 it is; 0 when it is before.
    pub fn number(self) -> u32 {
        self.since(Self(NaiveDate::default()))
    }

    /// As people write it: `15 January 2026`.
    pub fn in_words(self) -> String {
        self.0.format("%-d %B %Y").to_string()
    }

    /// How many days this is after `other`; 0 when it is not.
    pub fn since(self, other: Self) -> u32 {
        u32::try_from((self.0 - other.0).num_days()).unwrap_or_default()
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
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

    /// The hour of the day at a moment, 0 to 23.
    pub fn hour(self, at: DateTime<Utc>) -> u8 {
        u8::try_from(at.with_timezone(&self.0).hour()).unwrap_or_default()
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
        assert_eq!((utc.hour(evening), tokyo.hour(evening)), (15, 0));
    }

    #[test]
    fn days_are_counted_by_the_calendar_whatever_the_clock_does() {
        let berlin = Calendar::of(Some("Europe/Berlin"));
        let before = berlin.day(at("2026-03-28T22:30:00Z"));
        let after = berlin.day(at("2026-03-29T22:30:00Z"));
        assert_eq!(after.since(before), 2, "23:30 of the one day, and half past midnight of the day after the next");
        assert_eq!((before.since(after), before.plus(2)), (0, after));
        assert_eq!(before.monday(), berlin.day(at("2026-03-23T12:00:00Z")));
        assert_eq!(before.monday().monday(), before.monday());
        // On this day it is one o'clock right after 23:59:59.
        let beirut = Calendar::of(Some("Asia/Beirut"));
        let day = beirut.day(at("2026-03-29T12:00:00Z"));
        assert_eq!(beirut.start(day), at("2026-03-28T22:00:00Z"));
        assert_eq!(beirut.day(beirut.start(day)), day);
    }
}
