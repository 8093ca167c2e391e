//! By what learners are ranked against each other.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Day};

/// For what time points are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Period {
    /// From the first day on.
    AllTime,
    /// The week that begins on this Monday. It is one week for all learners: that of UTC.
    Week(Day),
}

const ALL_TIME: &str = "all_time";

impl Period {
    /// Those to which a moment belongs.
    pub fn of(at: DateTime<Utc>) -> [Self; 2] {
        [Self::AllTime, Self::Week(week_of(at))]
    }

    /// When it ends.
    pub fn ends_at(self) -> Option<DateTime<Utc>> {
        match self {
            Self::AllTime => None,
            Self::Week(monday) => Some(Calendar::of(None).start(monday.plus(7))),
        }
    }
}

/// The Monday with which the week of a moment begins, in UTC.
pub fn week_of(at: DateTime<Utc>) -> Day {
    Calendar::of(None).day(at).monday()
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        match period {
            Period::AllTime => ALL_TIME.into(),
            Period::Week(monday) => monday.to_string(),
        }
    }
}

impl TryFrom<String> for Period {
    type Error = serde::de::value::Error;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        use serde::de::IntoDeserializer;
        if name == ALL_TIME {
            return Ok(Self::AllTime);
        }
        Day::deserialize(name.into_deserializer()).map(Self::Week)
    }
}

/// Whether others see a learner's points. Those of a trial nobody does: it is somebody for a few minutes.
pub fn is_listed(is_trial: bool, wants_to_be: bool) -> bool {
    wants_to_be && !is_trial
}

/// The rank of each of these points, the most first. Those who have as many share a rank.
pub fn ranks(points: &[i32]) -> impl Iterator<Item = u64> {
    let more = |own: &i32| points.partition_point(|points| points > own);
    points.iter().map(move |own| 1 + more(own) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_named_by_its_monday_and_ends_seven_days_later() {
        let sunday = "2026-01-18T23:59:59Z".parse().unwrap();
        let [all_time, week] = Period::of(sunday);
        assert_eq!(serde_json::to_value([all_time, week]).unwrap(), serde_json::json!(["all_time", "2026-01-12"]));
        let read: [Period; 2] = serde_json::from_str(r#"["all_time", "2026-01-12"]"#).unwrap();
        assert_eq!(read, [all_time, week]);
        assert!(serde_json::from_str::<Period>("\"fortnight\"").is_err());
        assert_eq!(week.ends_at(), Some("2026-01-19T00:00:00Z".parse().unwrap()));
        assert_eq!(all_time.ends_at(), None);
    }

    #[test]
    fn equal_points_share_a_rank_and_the_next_one_is_left_out() {
        assert_eq!(ranks(&[30, 20, 20, 5]).collect::<Vec<_>>(), [1, 2, 2, 4]);
        assert_eq!(ranks(&[]).count(), 0);
    }

    #[test]
    fn trials_are_never_listed_and_accounts_if_they_want() {
        assert_eq!([(true, true), (false, true), (false, false)].map(|(a, b)| is_listed(a, b)), [false, true, false]);
    }
}
