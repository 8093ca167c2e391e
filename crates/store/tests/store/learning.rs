//! Starting snippets, hints, giving up.

use bugdrill_model::{SnippetStatus, learning::HintOutOfOrder};
use bugdrill_store::LearningError;
use chrono::TimeDelta;
use futures::future::join_all;

use crate::{
    merging::attempt,
    support::{Fresh, id_of, snippet},
};

#[tokio::test]
async fn of_ten_snippets_started_at_once_a_trial_gets_as_many_as_it_may() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(4).await;
    let learning = fresh.store.learning();
    let starts = join_all((0..10).map(|index| learning.start(user, id_of(index % 6 + 1), fresh.now()))).await;
    for result in starts {
        assert!(matches!(result, Ok(()) | Err(LearningError::TrialExhausted(_))));
    }
    assert_eq!(fresh.number("SELECT count(*) FROM user_snippets").await, 4);
    assert_eq!(fresh.store.users().find(user).await.unwrap().unwrap().trial_snippets_remaining, 0);
}

#[tokio::test]
async fn ten_starts_of_one_snippet_at_once_cost_one() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let learning = fresh.store.learning();
    for started in join_all((0..10).map(|_| learning.start(user, id_of(1), fresh.now()))).await {
        started.unwrap();
    }
    assert_eq!(fresh.store.users().find(user).await.unwrap().unwrap().trial_remaining(), Some(4));
}

#[tokio::test]
async fn a_full_user_starts_as_many_snippets_as_there_are() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(0).await;
    fresh.execute("UPDATE users SET is_trial = FALSE").await;
    for number in 1..=6 {
        fresh.store.learning().start(user, id_of(number), fresh.now()).await.unwrap();
    }
    assert_eq!(fresh.store.users().find(user).await.unwrap().unwrap().trial_remaining(), None);
}

#[tokio::test]
async fn whoever_does_not_exist_starts_nothing() {
    let fresh = Fresh::new().await;
    let nobody = fresh.ambient.new_id();
    let learning = fresh.store.learning();
    let started = learning.start(nobody, id_of(1), fresh.now()).await;
    assert!(matches!(started, Err(LearningError::UnknownUser)));
    let hint = learning.reveal_hint(nobody, id_of(1), 1, fresh.now()).await;
    assert!(matches!(hint, Err(LearningError::UnknownUser)));
    assert_eq!(fresh.number("SELECT count(*) FROM user_snippets").await, 0);
}

#[tokio::test]
async fn a_hint_out_of_order_starts_nothing() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let learning = fresh.store.learning();
    let skipped = learning.reveal_hint(user, id_of(1), 2, fresh.now()).await;
    assert!(matches!(skipped, Err(LearningError::HintOutOfOrder(HintOutOfOrder { next: 1 }))));
    assert!(learning.state(user, id_of(1)).await.unwrap().is_none());
    for (tier, revealed) in [(1, 1), (2, 2), (1, 2), (3, 3)] {
        assert_eq!(learning.reveal_hint(user, id_of(1), tier, fresh.now()).await.unwrap(), revealed);
    }
}

#[tokio::test]
async fn the_same_hint_asked_for_ten_times_at_once_is_revealed_once() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let learning = fresh.store.learning();
    for revealed in join_all((0..10).map(|_| learning.reveal_hint(user, id_of(1), 1, fresh.now()))).await {
        assert_eq!(revealed.unwrap(), 1);
    }
}

#[tokio::test]
async fn giving_up_is_reviewed_once() {
    let fresh = Fresh::new().await;
    let user = fresh.trial(5).await;
    let learning = fresh.store.learning();
    for _ in 0..2 {
        learning.give_up(fresh.ambient.new_id(), user, &snippet(1), fresh.now()).await.unwrap();
    }
    assert_eq!(learning.state(user, id_of(1)).await.unwrap().unwrap().status, SnippetStatus::GivenUp);
    assert_eq!(fresh.number("SELECT count(*) FROM reviews WHERE rating = 'again' AND first_exposure").await, 1);
    learning.give_up(fresh.ambient.new_id(), user, &snippet(2), fresh.now()).await.unwrap();
    assert_eq!(fresh.number("SELECT count(*) FROM reviews WHERE NOT first_exposure").await, 1);
}

#[tokio::test]
async fn what_is_solved_is_due_again_on_a_day_of_the_learner() {
    let fresh = Fresh::new().await;
    let user = fresh.account().await;
    fresh.execute("UPDATE users SET time_zone = 'Asia/Tokyo'").await;
    let due = async || {
        let progress = fresh.store.learning().progress(user).await.unwrap().remove(0);
        (progress.next_review_at, progress.mastery_level)
    };
    attempt(&fresh, user, 1, "wrong", false).await;
    assert_eq!(due().await, (None, 0));
    attempt(&fresh, user, 1, "right", true).await;
    // In two days, which begin nine hours earlier there: it is nine in the evening of the fifteenth.
    let midnight = "2026-01-16T15:00:00Z".parse().unwrap();
    assert_eq!(due().await, (Some(midnight), 1));
    fresh.clock.advance(TimeDelta::hours(2));
    attempt(&fresh, user, 2, "right", true).await;
    assert_eq!(due().await, (Some(midnight), 1), "more on the same day is practice");
    fresh.clock.advance(TimeDelta::hours(26));
    fresh.store.learning().give_up(fresh.ambient.new_id(), user, &snippet(3), fresh.now()).await.unwrap();
    let tomorrow = "2026-01-17T15:00:00Z".parse().unwrap();
    assert_eq!(due().await, (Some(tomorrow), 1), "what was given up comes back the next day");
}

#[tokio::test]
async fn progress_is_each_learners_own() {
    let fresh = Fresh::new().await;
    let (ada, bob) = (fresh.trial(5).await, fresh.trial(5).await);
    let learning = fresh.store.learning();
    learning.start(ada, id_of(4), fresh.now()).await.unwrap();
    assert_eq!(learning.states(ada, None).await.unwrap().len(), 1);
    assert_eq!(learning.states(ada, Some(1)).await.unwrap().len(), 0);
    assert_eq!(learning.states(bob, None).await.unwrap().len(), 0);
    assert_eq!(learning.progress(bob).await.unwrap().len(), 2, "patterns never practised are there");
}
