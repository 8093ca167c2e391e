//! Who sees whose points, and how leagues are filled.

use bugdrill_model::{
    leaderboard::{Period, week_of},
    league::Tier,
};
use bugdrill_store::{ProfileChange, Ranked};
use chrono::TimeDelta;
use uuid::Uuid;

use crate::{merging::attempt, support::Fresh};

async fn solve(fresh: &Fresh, user: Uuid, snippets: &[i32]) {
    for number in snippets {
        attempt(fresh, user, *number, "right", true).await;
    }
}

async fn change(fresh: &Fresh, user: Uuid, change: ProfileChange) {
    assert!(fresh.store.users().change_profile(user, change).await.unwrap());
}

async fn is_on_leaderboards(fresh: &Fresh, user: Uuid, wanted: bool) {
    let change_to = ProfileChange { is_on_leaderboards: Some(wanted), ..ProfileChange::default() };
    change(fresh, user, change_to).await;
}

async fn is_in_leagues(fresh: &Fresh, user: Uuid, wanted: bool) {
    let change_to = ProfileChange { is_in_leagues: Some(wanted), ..ProfileChange::default() };
    change(fresh, user, change_to).await;
}

fn names(ranked: &[Ranked]) -> Vec<Uuid> {
    ranked.iter().map(|ranked| ranked.user_id).collect()
}

async fn top(fresh: &Fresh, period: Period) -> Vec<Uuid> {
    names(&fresh.store.leaderboards().top(period, 50).await.unwrap())
}

#[tokio::test]
async fn accounts_are_ranked_by_what_they_earned_and_seen_while_they_want_to_be() {
    let fresh = Fresh::new().await;
    let (ada, bob, trial) = (fresh.account().await, fresh.account().await, fresh.trial(9).await);
    solve(&fresh, ada, &[1, 4]).await;
    solve(&fresh, bob, &[1]).await;
    solve(&fresh, trial, &[1, 4, 5]).await;
    let [all_time, week] = Period::of(fresh.now());
    let leaderboards = fresh.store.leaderboards();
    let place = async |user, period| leaderboards.place(user, period).await.unwrap();
    assert_eq!(top(&fresh, week).await, [ada, bob]);
    let (first, second) = (place(ada, week).await.unwrap(), place(bob, week).await.unwrap());
    assert_eq!((first.rank, second.rank), (1, 2));
    assert!(first.points > second.points);
    assert_eq!(place(trial, week).await.unwrap().rank, 1, "as if they were listed");

    is_on_leaderboards(&fresh, ada, false).await;
    assert_eq!(top(&fresh, all_time).await, [bob]);
    assert_eq!(place(bob, week).await.unwrap().rank, 1);
    solve(&fresh, ada, &[5]).await;
    assert_eq!(top(&fresh, week).await, [bob], "what is earned meanwhile is not shown either");
    is_on_leaderboards(&fresh, ada, true).await;
    assert_eq!(top(&fresh, week).await, [ada, bob]);

    fresh.clock.advance(TimeDelta::days(7));
    let [_, next_week] = Period::of(fresh.now());
    assert_eq!(place(ada, next_week).await, None);
    assert!(top(&fresh, next_week).await.is_empty());
    assert_eq!(top(&fresh, all_time).await, [ada, bob]);
}

#[tokio::test]
async fn a_trial_is_listed_once_it_is_an_account_and_counts_once_when_merged() {
    let fresh = Fresh::new().await;
    let [all_time, _] = Period::of(fresh.now());
    let (ada, trial) = (fresh.account().await, fresh.trial(9).await);
    solve(&fresh, ada, &[1]).await;
    fresh.clock.advance(TimeDelta::seconds(1));
    solve(&fresh, trial, &[1, 4]).await;
    let both = fresh.store.leaderboards().place(trial, all_time).await.unwrap().unwrap().points;
    fresh.store.users().merge_trial(trial, ada, fresh.stamp()).await.unwrap();
    assert_eq!(fresh.store.leaderboards().place(ada, all_time).await.unwrap().unwrap().points, both);
    assert_eq!(top(&fresh, all_time).await, [ada]);

    let trial = fresh.trial(9).await;
    solve(&fresh, trial, &[1]).await;
    let new = bugdrill_store::NewAccount {
        id: fresh.ambient.new_id(),
        email: "eve@example.com".into(),
        password_hash: String::new(),
        display_name: Some("Eve".into()),
    };
    let users = fresh.store.users();
    users.create_account(new, Some(trial), fresh.new_session(&[1]), fresh.stamp()).await.unwrap();
    let listed = fresh.store.leaderboards().top(all_time, 50).await.unwrap();
    assert_eq!(names(&listed), [ada, trial]);
    assert_eq!(listed[1].display_name.as_deref(), Some("Eve"));
}

#[tokio::test]
async fn a_leagues_group_holds_thirty_and_the_first_of_a_week_goes_up() {
    let fresh = Fresh::new().await;
    let leaderboards = fresh.store.leaderboards();
    let mut users = Vec::new();
    for _ in 0..31 {
        let user = fresh.account().await;
        is_in_leagues(&fresh, user, true).await;
        solve(&fresh, user, &[1]).await;
        users.push(user);
    }
    let (first, last) = (users[0], users[30]);
    solve(&fresh, first, &[4]).await;
    let league = async |user| leaderboards.league(user, week_of(fresh.now())).await.unwrap();
    let group = league(first).await.unwrap();
    assert_eq!((group.tier, group.members.len(), group.members[0].user_id), (Tier::Bronze, 30, first));
    assert_eq!(names(&league(last).await.unwrap().members), [last]);

    is_in_leagues(&fresh, users[1], false).await;
    assert_eq!(league(first).await.unwrap().members.len(), 29, "who left is not shown");
    let outside = fresh.account().await;
    solve(&fresh, outside, &[1]).await;
    assert_eq!(league(outside).await, None, "nobody is in one who did not ask for it");

    // Two weeks later: the one without points costs nothing.
    fresh.clock.advance(TimeDelta::days(14));
    assert_eq!(league(first).await, None);
    solve(&fresh, first, &[5]).await;
    solve(&fresh, users[29], &[4]).await;
    assert_eq!(league(first).await.unwrap().tier, Tier::Silver);
    assert_eq!(league(users[29]).await.unwrap().tier, Tier::Silver, "all others share a rank that goes up");
}
