//! Leaderboards, leagues, and who wants to be on them.

use serde_json::{Value, json};

use crate::{
    fixtures::{SUM, SUM_FIXED, TALLY, TALLY_FIXED},
    support::{Learner, Options, TestApp},
};

async fn weekly(learner: &Learner<'_>) -> Value {
    learner.get("/api/v1/leaderboards/weekly").await.expect(200)
}

async fn set(learner: &Learner<'_>, change: Value) -> Value {
    learner.patch("/auth/me").json(&change).await.expect(200)
}

#[tokio::test]
async fn learners_see_where_they_stand_and_nobody_who_does_not_want_to_be_seen() {
    let app = TestApp::start(Options::default()).await;
    let (ada, bob) = (app.account("ada@example.com").await, app.account("bob@example.com").await);
    assert_eq!(weekly(&ada).await["me"], Value::Null);
    set(&ada, json!({"display_name": "Ada"})).await;
    ada.submit(SUM, SUM_FIXED).await.expect(200);
    ada.submit(TALLY, TALLY_FIXED).await.expect(200);
    let earned = bob.submit(SUM, SUM_FIXED).await.expect(200)["points"].clone();
    let seen = weekly(&bob).await;
    assert_eq!((&seen["period"], &seen["is_listed"]), (&json!("weekly"), &json!(true)));
    assert!(seen["ends_at"].is_string());
    assert_eq!(seen["me"], json!({"rank": 2, "points": earned}));
    assert_eq!(seen["entries"][1], json!({"rank": 2, "name": null, "points": earned, "is_me": true}));
    assert_eq!((&seen["entries"][0]["name"], &seen["entries"][0]["is_me"]), (&json!("Ada"), &json!(false)));

    set(&ada, json!({"is_on_leaderboards": false})).await;
    let without = bob.get("/api/v1/leaderboards/all-time").await.expect(200);
    assert_eq!((&without["ends_at"], without["entries"].as_array().unwrap().len()), (&Value::Null, 1));
    assert_eq!(without["me"]["rank"], 1);
    let own = weekly(&ada).await;
    assert_eq!((&own["is_listed"], &own["me"]["rank"]), (&json!(false), &json!(1)));

    let trial = app.trial().await;
    trial.submit(SUM, SUM_FIXED).await.expect(200);
    let of_trial = weekly(&trial).await;
    assert_eq!((&of_trial["is_listed"], &of_trial["me"]["rank"]), (&json!(false), &json!(1)));
    assert_eq!(weekly(&bob).await["entries"].as_array().unwrap().len(), 1);
    bob.get("/api/v1/leaderboards/fortnightly").await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_league_is_for_those_who_ask_for_it() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.account("ada@example.com").await;
    let league = async || ada.get("/api/v1/leagues/current").await.expect(200);
    let before = league().await;
    assert_eq!(
        (&before["is_joined"], &before["tier"], &before["standings"]),
        (&json!(false), &json!("bronze"), &json!([]))
    );
    assert_eq!(set(&ada, json!({"is_in_leagues": true})).await["is_in_leagues"], true);
    ada.submit(SUM, SUM_FIXED).await.expect(200);
    let joined = league().await;
    assert_eq!((&joined["is_joined"], &joined["promoted"], &joined["relegated"]), (&json!(true), &json!(1), &json!(0)));
    assert_eq!(joined["standings"], json!([{"rank": 1, "name": null, "points": 10, "is_me": true}]));
    set(&ada, json!({"is_in_leagues": false})).await;
    assert_eq!(league().await["standings"], json!([]));
    let change = ada.patch("/auth/me").json(&json!({"is_in_leagues": null}));
    change.await.expect_problem(422, "invalid_request");
}
