//! What was done without a connection.

use bugdrill_model::content::Pack;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::{
    fixtures::{SUM, SUM_BUGGY, SUM_FIXED, TALLY, TALLY_FIXED, fillers, id_of, pack},
    support::{Learner, Options, PASSWORD, Request, TestApp, shared_app},
};

const ADA: &str = "ada@example.com";

fn item(client_id: &str, slug: &str, code: &str, at: DateTime<Utc>) -> Value {
    json!({
        "client_id": client_id, "snippet_id": id_of(slug), "revision": 1, "code": code,
        "started_at": at - TimeDelta::minutes(1), "submitted_at": at,
    })
}

fn request<'a>(learner: &Learner<'a>, sent_at: DateTime<Utc>, items: &[Value]) -> Request<'a> {
    learner.post("/api/v1/users/progress/sync").json(&json!({"sent_at": sent_at, "items": items}))
}

async fn sync(learner: &Learner<'_>, sent_at: DateTime<Utc>, items: &[Value]) -> Vec<Value> {
    request(learner, sent_at, items).await.expect(200)["items"].as_array().unwrap().clone()
}

async fn attempts(app: &TestApp) -> i64 {
    app.database.number("SELECT count(*) FROM user_snippet_attempts").await
}

fn is(item: &Value, status: &str, reason: Value) -> bool {
    item["status"] == status && item["reason"] == reason
}

#[tokio::test]
async fn each_item_is_judged_once_and_has_its_answer() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.account(ADA).await;
    let now = app.ambient.now();
    let mut strange = item("unknown", SUM, SUM_FIXED, now);
    strange["snippet_id"] = json!("00000000-0000-4000-8000-000000000000");
    let mut future = item("future", SUM, SUM_FIXED, now);
    future["revision"] = json!(9);
    let items = [
        item("wrong", SUM, SUM_BUGGY, now),
        item("right", SUM, SUM_FIXED, now),
        strange,
        future,
        item("long", SUM, &"x".repeat(10_001), now),
        item("right", SUM, SUM_FIXED, now),
        item("right", TALLY, TALLY_FIXED, now),
    ];
    let first = sync(&ada, now, &items).await;
    assert_eq!(first.len(), items.len());
    for (answer, item) in first.iter().zip(&items) {
        assert_eq!(answer["client_id"], item["client_id"]);
    }
    assert!(is(&first[0], "judged", Value::Null) && first[0]["verdict"] == "wrong_answer");
    assert!(is(&first[1], "judged", Value::Null) && first[1]["verdict"] == "accepted");
    assert_eq!((&first[1]["points"], &first[1]["badges"][0]["id"]), (&json!(10), &json!("first_fix")));
    assert!(is(&first[2], "refused", json!("unknown_snippet")));
    assert!(is(&first[3], "refused", json!("unknown_snippet")));
    assert!(is(&first[4], "refused", json!("code_too_long")));
    assert_eq!(first[5], first[1]);
    assert!(is(&first[6], "refused", json!("idempotency_key_reused")));
    assert_eq!(sync(&ada, now, &items).await, first, "sent again, it is answered alike");
    assert_eq!(attempts(&app).await, 2);
    let whole = ada.execution(first[1]["execution_id"].as_str().unwrap()).await.expect(200);
    assert_eq!((&whole["passed"], &whole["points"]), (&json!(4), &json!(10)));
    assert_eq!(sync(&ada, now, &[]).await, [] as [Value; 0]);
}

#[tokio::test]
async fn it_counts_for_the_day_on_which_it_was_done_whatever_the_devices_clock_says() {
    let app = TestApp::start(Options::default()).await;
    app.account(ADA).await;
    let came_at = app.ambient.now();
    app.clock.advance(TimeDelta::days(3));
    let ada = Learner::of(&app, &app.log_in(ADA, PASSWORD).await.expect(200));
    let now = app.ambient.now();
    let ahead = TimeDelta::days(400);
    let items = [
        item("before-the-account", &fillers()[0], SUM_FIXED, now - TimeDelta::days(300) + ahead),
        item("two-days-ago", SUM, SUM_FIXED, now - TimeDelta::days(2) + ahead),
        item("earlier-but-told-later", &fillers()[1], SUM_FIXED, now - TimeDelta::days(3) + ahead),
        item("tomorrow", TALLY, TALLY_FIXED, now + TimeDelta::days(1) + ahead),
    ];
    let answers = sync(&ada, now + ahead, &items).await;
    assert!(answers.iter().all(|answer| answer["verdict"] == "accepted"), "{answers:?}");
    let activity = ada.get("/api/v1/users/progress/activity").await.expect(200);
    let day = |at: DateTime<Utc>| at.date_naive().to_string();
    let days = activity["days"].as_array().unwrap().iter().map(|day| (day["date"].clone(), day["solved"].clone()));
    let expected = [(came_at, 1), (now - TimeDelta::days(2), 2), (now, 1)];
    let expected = expected.map(|(at, solved)| (json!(day(at)), json!(solved)));
    assert_eq!(days.collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn what_another_device_did_meanwhile_comes_after_it() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.account(ADA).await;
    let offline = app.ambient.now();
    app.clock.advance(TimeDelta::minutes(5));
    ada.submit(SUM, SUM_FIXED).await.expect(200);
    ada.submit(TALLY, TALLY_FIXED).await.expect(200);
    app.clock.advance(TimeDelta::minutes(5));
    let now = app.ambient.now();
    let items = [item("filler", &fillers()[0], SUM_FIXED, offline), item("same", SUM, SUM_FIXED, offline)];
    let answers = sync(&ada, now, &items).await;
    assert_eq!((&answers[0]["points"], &answers[1]["points"]), (&json!(10), &json!(0)), "{answers:?}");
    let reviewed = "SELECT count(*) FROM reviews";
    assert_eq!(app.database.number(reviewed).await, 3);
    assert!(!app.store.learning().recount(ada.id, true).await.unwrap());
}

#[tokio::test]
async fn it_is_judged_by_the_revision_that_was_seen_also_of_what_was_archived_since() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.account(ADA).await;
    let without =
        Pack { snippets: pack().snippets.into_iter().filter(|snippet| snippet.slug != SUM).collect(), ..pack() };
    app.store.content().import(&without, app.ambient.now()).await.unwrap();
    let now = app.ambient.now();
    ada.submit(SUM, SUM_FIXED).await.expect_problem(404, "not_found");
    let answers = sync(&ada, now, &[item("archived", SUM, SUM_FIXED, now)]).await;
    assert_eq!((&answers[0]["status"], &answers[0]["verdict"]), (&json!("judged"), &json!("accepted")));
}

#[tokio::test]
async fn five_hundred_items_are_taken_at_once_and_a_trial_has_as_many_snippets_as_ever() {
    let app = TestApp::start(Options::default()).await;
    let trial = app.trial().await;
    let now = app.ambient.now();
    let fillers = fillers();
    let mut items: Vec<_> =
        (0..6).map(|index| item(&format!("filler-{index}"), &fillers[index], SUM_FIXED, now)).collect();
    let again = (6..500).map(|index| item(&format!("again-{index}"), &fillers[0], SUM_BUGGY, now));
    items.extend(again);
    let mut answers = sync(&trial, now, &items).await;
    assert!(is(&answers[5], "refused", json!("trial_exhausted")), "{}", answers[5]);
    // On a busy machine it takes more than one request.
    while answers.iter().any(|answer| answer["status"] == "pending") {
        answers = sync(&trial, now, &items).await;
    }
    assert_eq!(answers.iter().filter(|answer| answer["status"] == "judged").count(), 499);
    assert_eq!(attempts(&app).await, 499);
    items.push(item("one-more", SUM, SUM_FIXED, now));
    request(&trial, now, &items).await.expect_problem(422, "invalid_request");
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_whole() {
    let app = shared_app().await;
    let ada = app.trial().await;
    let now = app.ambient.now();
    let with = |key: &str, value: Value| {
        let mut item = item("id", SUM, SUM_FIXED, now);
        item[key] = value;
        item
    };
    for bad in [
        with("client_id", json!("")),
        with("client_id", json!("é")),
        with("client_id", json!("x".repeat(101))),
        with("snippet_id", json!(SUM)),
        with("submitted_at", json!("yesterday")),
        with("verdict", json!("accepted")),
    ] {
        request(&ada, now, &[bad]).await.expect_problem(422, "invalid_request");
    }
    ada.post("/api/v1/users/progress/sync").json(&json!({"items": []})).await.expect_problem(422, "invalid_request");
    let large = json!({"sent_at": now, "items": [], "padding": "x".repeat(5 << 20)});
    let answer = ada.post("/api/v1/users/progress/sync").json(&large).await;
    answer.expect_problem(413, "body_too_large");
}
