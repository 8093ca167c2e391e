//! The abuse suite: every program under `abuse/` gets its expected verdict, harms nobody, and leaves nothing behind.
//!
//! A case is a file `abuse/<language>/<group>/<case>` with a header (see `case.rs`). It has to define `solve(value)`,
//! the sum of a list, and gets two tests. The suite is written against [`engine::Engine`], so that every engine can be
//! held to it.
//!
//! One test for each group runs its cases one after the other, twice each, on an engine with a single place: what a
//! case breaks or leaves behind meets its own second run, and the canaries of both languages behind it. One more test
//! runs all cases eight at a time, in a shuffled order, with the canaries in between. It does so once, or until
//! `BUGDRILL_ABUSE_SECONDS` are over: `make soak`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod canary;
mod case;
mod engine;
mod suite;

use std::time::Duration;

use bugdrill_sandbox::Sandbox;

macro_rules! groups {
    ($($group:ident)*) => {
        const GROUPS: &[&str] = &[$(stringify!($group)),*];

        $(
            #[tokio::test]
            async fn $group() {
                suite::one_by_one::<Sandbox>(stringify!($group)).await;
            }
        )*
    };
}

groups! {
    cheating environment files kernel memory network output processes source state time values
}

#[tokio::test]
async fn all_at_once() {
    let seconds = std::env::var("BUGDRILL_ABUSE_SECONDS").map_or(0, |seconds| seconds.parse().unwrap());
    suite::all_at_once::<Sandbox>(Duration::from_secs(seconds)).await;
}

#[test]
fn there_are_enough_cases_in_every_group_and_both_languages() {
    let cases = case::all();
    assert!(cases.len() >= 120, "{} cases", cases.len());
    for group in GROUPS {
        for language in bugdrill_model::Language::ALL {
            let is_member = |case: &&case::Case| case.group == *group && case.language == language;
            assert!(cases.iter().any(|case| is_member(&case)), "no case of {group} in {language:?}");
        }
    }
    for case in &cases {
        assert!(GROUPS.contains(&case.group.as_str()), "{}: the group has no test", case.name);
    }
}
