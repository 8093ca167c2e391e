//! That what is kept of progress is what the logs say, whatever learners did.

use bugdrill_model::SnippetStatus;
use bugdrill_store::{ActiveDay, DailyChallenge, Reviewer, TrialMerge};
use chrono::TimeDelta;
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any},
    prop_oneof,
    test_runner::{Config, TestCaseError, TestRunner},
};
use uuid::Uuid;

use crate::{
    merging::attempt,
    support::{Fresh, id_of, snippet},
};

async fn give_up(fresh: &Fresh, user: Uuid, number: i32) {
    let review = fresh.ambient.new_id();
    fresh.store.learning().give_up(review, user, &snippet(number), fresh.now()).await.unwrap();
}

async fn differs(fresh: &Fresh, user: Uuid) -> bool {
    fresh.store.learning().recount(user, true).await.unwrap()
}

#[tokio::test]
async fn what_was_given_up_comes_back_and_is_solved_on_a_later_day() {
    let fresh = Fresh::new().await;
    let user = fresh.account().await;
    let state = async || fresh.store.learning().state(user, id_of(1)).await.unwrap().unwrap();
    give_up(&fresh, user, 1).await;
    let given_up_on = state().await.reviewed_on.unwrap();
    assert!(state().await.is_to_retry);
    attempt(&fresh, user, 1, "copied", true).await;
    assert_eq!(state().await.status, SnippetStatus::GivenUp);
    fresh.clock.advance(TimeDelta::days(1));
    attempt(&fresh, user, 1, "wrong", false).await;
    attempt(&fresh, user, 1, "right", true).await;
    let after = state().await;
    assert_eq!((after.status, after.is_to_retry, after.attempts), (SnippetStatus::Solved, false, 3));
    assert_eq!(after.reviewed_on, Some(given_up_on.plus(1)));
    assert_eq!(fresh.store.learning().progress(user).await.unwrap()[0].snippets_solved, 1);
    assert_eq!(fresh.number("SELECT count(*) FROM reviews WHERE rating = 'good' AND failed_submits = 1").await, 1);
    let days = fresh.store.learning().activity(user).await.unwrap();
    let day = |day, solved, points| ActiveDay { day, drills: 1, solved, points };
    assert_eq!(days, [day(given_up_on, 0, 0), day(given_up_on.plus(1), 1, 25)]);
    assert!(!differs(&fresh, user).await);
}

#[tokio::test]
async fn first_submissions_tell_how_skilled_learners_are_and_how_hard_snippets() {
    let fresh = Fresh::new().await;
    let (ada, bob) = (fresh.account().await, fresh.account().await);
    let learning = fresh.store.learning();
    let skill = async |user| learning.progress(user).await.unwrap()[0].special_skill();
    attempt(&fresh, ada, 1, "right", true).await;
    let (able, first) = (skill(ada).await, learning.difficulties().await.unwrap()[&id_of(1)]);
    assert_eq!((able.count, first.count), (1, 1));
    attempt(&fresh, bob, 1, "wrong", false).await;
    let second = learning.difficulties().await.unwrap()[&id_of(1)];
    assert!(second.value > first.value && second.count == 2);
    assert!(skill(bob).await.value < able.value);
    let general = async |user| learning.general_skill(user).await.unwrap();
    assert!(general(bob).await.value < 0.0 && 0.0 < general(ada).await.value);
    // A second submission says nothing, nor does a fix that was known from a sibling.
    attempt(&fresh, bob, 1, "right", true).await;
    attempt(&fresh, bob, 2, "right", true).await;
    assert_eq!((skill(bob).await.count, general(bob).await.count), (1, 1));
    assert_eq!(learning.difficulties().await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_wrong_is_found_and_put_right() {
    let fresh = Fresh::new().await;
    let user = fresh.account().await;
    attempt(&fresh, user, 1, "right", true).await;
    fresh.clock.advance(TimeDelta::seconds(1));
    give_up(&fresh, user, 4).await;
    let before = fresh.export(user).await;
    for damage in [
        "UPDATE user_snippets SET attempts = 7, is_to_retry = FALSE, status = 'attempted'",
        "UPDATE user_pattern_progress SET snippets_solved = 9",
        "UPDATE user_pattern_progress SET mastery_level = 5, next_review_at = NULL",
        "UPDATE user_snippets SET reviewed_on = NULL, solved_at = NULL",
        "UPDATE leaderboard_points SET points = points + 1 WHERE period = 'all_time'",
        "DELETE FROM leaderboard_points",
        "UPDATE user_tallies SET tally = '{}'",
        "DELETE FROM user_tallies",
        "DELETE FROM user_badges WHERE badge = 'first_fix'",
    ] {
        fresh.execute(damage).await;
        assert!(differs(&fresh, user).await, "{damage}");
        assert!(differs(&fresh, user).await, "a check changes nothing: {damage}");
        assert!(fresh.store.learning().recount(user, false).await.unwrap());
        assert!(!differs(&fresh, user).await, "{damage}");
        let after = fresh.export(user).await;
        for list in ["snippets", "progress", "badges", "tallies", "points"] {
            assert_eq!(after[list], before[list], "{damage}");
        }
    }
    assert_eq!(fresh.store.learning().learners_after(None).await.unwrap(), [user]);
    assert!(fresh.store.learning().learners_after(Some(user)).await.unwrap().is_empty());
}

#[tokio::test]
async fn badges_are_earned_once_and_those_of_a_trial_are_kept() {
    let fresh = Fresh::new().await;
    let (trial, account) = (fresh.trial(5).await, fresh.account().await);
    let earned = async |user| {
        let mut earned: Vec<_> = fresh.store.learning().badges(user).await.unwrap().earned.into_iter().collect();
        earned.sort_unstable();
        earned
    };
    attempt(&fresh, trial, 1, "right", true).await;
    let first = fresh.now();
    attempt(&fresh, trial, 1, "again", true).await;
    fresh.clock.advance(TimeDelta::hours(1));
    attempt(&fresh, account, 4, "wrong", false).await;
    assert!(earned(account).await.is_empty());
    attempt(&fresh, account, 4, "right", true).await;
    assert_eq!(earned(account).await[0], ("first_fix".to_owned(), fresh.now()));
    // Of a learner whose reviews are older than badges, the next review gives out what they earned.
    for table in ["user_tallies", "user_badges"] {
        let of_account = format!("DELETE FROM {table} WHERE user_id IN (SELECT id FROM users WHERE NOT is_trial)");
        fresh.execute(&of_account).await;
    }
    fresh.clock.advance(TimeDelta::days(1));
    give_up(&fresh, account, 5).await;
    assert_eq!(earned(account).await[0].0, "first_fix");
    fresh.store.users().merge_trial(trial, account, fresh.stamp()).await.unwrap();
    let of_both = earned(account).await;
    assert!(of_both.contains(&("first_fix".to_owned(), first)), "{of_both:?}");
    assert_eq!(fresh.number("SELECT count(*) FROM user_badges WHERE badge = 'first_fix'").await, 1);
    assert!(!differs(&fresh, account).await);
}

#[tokio::test]
async fn who_reviewed_much_is_asked_by_their_own_parameters() {
    let fresh = Fresh::new().await;
    let (ada, bob) = (fresh.account().await, fresh.account().await);
    let learning = fresh.store.learning();
    attempt(&fresh, bob, 1, "right", true).await;
    fresh.clock.advance(TimeDelta::seconds(1));
    for round in 0..410 {
        let number = [1, 4][round % 2];
        attempt(&fresh, ada, number, "right", true).await;
        fresh.clock.advance(TimeDelta::days(1));
    }
    let due = async || learning.progress(ada).await.unwrap()[0].next_review_at.unwrap();
    let by_everybodys = due().await;
    let reviewers = learning.reviewers_after(None).await.unwrap();
    assert_eq!(reviewers.iter().map(|of| of.user_id).collect::<Vec<_>>(), [ada], "{reviewers:?}");
    assert!(learning.reviewers_after(Some(ada)).await.unwrap().is_empty());
    assert!(learning.fit_memory(reviewers[0], fresh.now()).await.unwrap());
    assert!(!learning.fit_memory(reviewers[0], fresh.now()).await.unwrap(), "nothing has happened since");
    assert_eq!(due().await, by_everybodys, "two patterns say too little");
    // Of somebody who forgets everything within hours.
    let hasty = "[0.01,0.01,0.01,0.01,6.4,0.8,3,0.001,0,0.8,0.001,1.5,0.06,0.26,1.6,0.6,1.9,0.5,0.09,0.07,0.15]";
    fresh.execute(&format!("UPDATE memory_parameters SET parameters = '{hasty}'")).await;
    assert!(learning.recount(ada, false).await.unwrap());
    assert!(due().await < by_everybodys);
    assert_eq!(fresh.export(ada).await["memory_parameters"][0][4], 6.4);
    assert!(!differs(&fresh, ada).await, "the plan is that of a recount");
    let more = Reviewer { reviews: 1_000, ..reviewers[0] };
    assert!(learning.fit_memory(more, fresh.now()).await.unwrap());
    assert_eq!(due().await, by_everybodys);
    assert!(!differs(&fresh, ada).await, "mastery, and what it earned, follow as well");
    assert!(!differs(&fresh, bob).await);
}

#[derive(Clone, Copy, Debug)]
enum Event {
    Submission { is_right: bool },
    GivingUp,
    Hint,
}

#[test]
fn whatever_learners_do_a_recount_finds_nothing_else() {
    let event = prop_oneof![
        3 => any::<bool>().prop_map(|is_right| Event::Submission { is_right }),
        1 => Just(Event::GivingUp),
        1 => Just(Event::Hint),
    ];
    let history = vec((any::<bool>(), 1..=4_i32, 0..30_i64, event), 1..25);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let result = runner.run(&history, |history| {
        runtime.block_on(async {
            let fresh = Fresh::new().await;
            let (trial, account) = (fresh.trial(5).await, fresh.account().await);
            fresh.execute("UPDATE users SET time_zone = 'Asia/Tokyo' WHERE NOT is_trial").await;
            for (is_trial, number, hours, event) in history {
                let user = if is_trial { trial } else { account };
                // Of what happens at the same instant, the log does not tell the order.
                fresh.clock.advance(TimeDelta::hours(hours) + TimeDelta::seconds(1));
                match event {
                    Event::Submission { is_right } => attempt(&fresh, user, number, "code", is_right).await,
                    Event::GivingUp => give_up(&fresh, user, number).await,
                    Event::Hint => {
                        let revealed = fresh.store.learning().reveal_hint(user, id_of(number), 1, fresh.now()).await;
                        revealed.unwrap();
                    }
                }
            }
            for user in [trial, account] {
                if differs(&fresh, user).await {
                    return Err(TestCaseError::fail("before the trial is merged"));
                }
            }
            let merged = fresh.store.users().merge_trial(trial, account, fresh.stamp()).await.unwrap();
            assert_eq!(merged, TrialMerge::Merged);
            if differs(&fresh, account).await {
                return Err(TestCaseError::fail("after the trial was merged"));
            }
            Ok(())
        })
    });
    result.unwrap();
}

#[tokio::test]
async fn who_asks_first_decides_the_challenge_of_a_day_for_everyone() {
    let fresh = Fresh::new().await;
    let challenge = |bug: &str| DailyChallenge { exercise_id: "exercise".into(), bug_id: bug.into() };
    let day = bugdrill_model::calendar::Calendar::of(None).day(fresh.now());
    let content = fresh.store.content();
    let asked = ["one", "other"].map(|bug| content.daily_challenge(day, challenge(bug), fresh.now()));
    let first: Vec<_> = futures::future::join_all(asked).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(first[0], first[1]);
    assert_eq!(content.daily_challenge(day, challenge("third"), fresh.now()).await.unwrap(), first[0]);
    assert_eq!(
        content.daily_challenge(day.plus(1), challenge("third"), fresh.now()).await.unwrap(),
        challenge("third")
    );
}
