//! For how many days a learner has practised.
//!
//! A day counts by one drill that was solved. A day that is missed costs a freeze, by itself; two are there at first, and
//! every fifth day of practice gives one back. Without a freeze the streak begins anew; nothing else is lost.

use serde::{Deserialize, Serialize};

use crate::calendar::Day;

/// The most freezes that a learner has.
pub const MAX_FREEZES: u32 = 2;

/// So many days of practice give a freeze back.
const DAYS_FOR_A_FREEZE: u32 = 5;

/// The days on which a learner practised, as far as streaks depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practice {
    days: u32,
    longest: u32,
    freezes_left: u32,
    last: Option<Day>,
}

impl Default for Practice {
    fn default() -> Self {
        Self { days: 0, longest: 0, freezes_left: MAX_FREEZES, last: None }
    }
}

impl Practice {
    /// Adds a day of practice. One that is not after the last of them changes nothing.
    pub fn add(&mut self, day: Day) {
        if self.last.is_some_and(|last| day <= last) {
            return;
        }
        self.miss(self.last.map_or(0, |last| day.since(last) - 1));
        self.days += 1;
        self.longest = self.longest.max(self.days);
        if self.days.is_multiple_of(DAYS_FOR_A_FREEZE) {
            self.freezes_left = MAX_FREEZES.min(self.freezes_left + 1);
        }
        self.last = Some(day);
    }

    /// The longest streak that there ever was, in days of practice.
    pub fn longest(self) -> u32 {
        self.longest
    }

    fn miss(&mut self, days: u32) {
        if let Some(left) = self.freezes_left.checked_sub(days) {
            self.freezes_left = left;
        } else {
            (self.days, self.freezes_left) = (0, MAX_FREEZES);
        }
    }
}

/// A learner's streak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Streak {
    /// The days of practice in it. Those that a freeze covers do not count.
    pub days: u32,
    /// The longest that there ever was.
    pub longest: u32,
    /// How many more days may be missed.
    pub freezes_left: u32,
    /// Whether today counts already.
    pub is_today_done: bool,
}

impl Streak {
    /// The streak of who practised on these days, in their order, as it stands today: a day is missed when it is over.
    pub fn of(days: impl IntoIterator<Item = Day>, today: Day) -> Self {
        let mut practice = Practice::default();
        days.into_iter().for_each(|day| practice.add(day));
        let last = practice.last;
        practice.miss(last.map_or(0, |last| today.since(last).saturating_sub(1)));
        let Practice { days, longest, freezes_left, .. } = practice;
        // A learner who moved west may have practised "tomorrow".
        Self { days, longest, freezes_left, is_today_done: last.is_some_and(|last| last >= today) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;

    fn day(number: u32) -> Day {
        Calendar::of(None).day("2026-01-15T12:00:00Z".parse().unwrap()).plus(number)
    }

    fn streak(days: &[u32], today: u32) -> (u32, u32, u32, bool) {
        let streak = Streak::of(days.iter().map(|number| day(*number)), day(today));
        (streak.days, streak.longest, streak.freezes_left, streak.is_today_done)
    }

    #[test]
    fn days_in_a_row_count_and_today_is_not_missed_before_it_is_over() {
        assert_eq!(streak(&[], 0), (0, 0, 2, false));
        assert_eq!(streak(&[0], 0), (1, 1, 2, true));
        assert_eq!(streak(&[0, 1, 1], 1), (2, 2, 2, true));
        assert_eq!(streak(&[0, 1], 2), (2, 2, 2, false));
    }

    #[test]
    fn two_missed_days_are_covered_and_the_third_begins_anew() {
        assert_eq!(streak(&[0, 2], 2), (2, 2, 1, true));
        assert_eq!(streak(&[0, 3], 3), (2, 2, 0, true));
        assert_eq!(streak(&[0], 3), (1, 1, 0, false));
        assert_eq!(streak(&[0, 1], 5), (0, 2, 2, false));
        assert_eq!(streak(&[0, 1, 9], 9), (1, 2, 2, true));
    }

    #[test]
    fn five_days_of_practice_earn_a_freeze_back() {
        assert_eq!(streak(&[0, 3, 4, 5], 5), (4, 4, 0, true));
        assert_eq!(streak(&[0, 3, 4, 5, 6], 6), (5, 5, 1, true));
        assert_eq!(streak(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 9), (10, 10, 2, true), "two at the most");
    }

    #[test]
    fn who_moves_west_loses_nothing() {
        assert_eq!(streak(&[0, 1], 0), (2, 2, 2, true));
    }
}
