//! What is next, what is due, the challenge of the day, and the days of practice.

use bugdrill_model::{event::EventKind, rating::Rating};
use bugdrill_platform::events::Told;
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    fixtures::{SUM, SUM_FIXED, SUM_JS, TALLY, TALLY_FIXED},
    support::{Learner, Options, PASSWORD, TestApp, shared_app},
};

async fn next(learner: &Learner<'_>, language: &str) -> Value {
    learner.get(&format!("/api/v1/users/next?language={language}")).await.expect(200)
}

async fn due(learner: &Learner<'_>) -> Vec<(String, String)> {
    let due = learner.get("/api/v1/users/reviews/due?language=python").await.expect(200);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let drills = due["data"].as_array().unwrap().iter();
    drills.map(|drill| (text(&drill["reason"]), text(&drill["snippet"]["slug"]))).collect()
}

async fn activity(learner: &Learner<'_>) -> Value {
    learner.get("/api/v1/users/progress/activity").await.expect(200)
}

const ADA: &str = "ada@example.com";

/// The account some time later, with a token of then.
async fn after(app: &TestApp, time: TimeDelta) -> Learner<'_> {
    app.clock.advance(time);
    Learner::of(app, &app.log_in(ADA, PASSWORD).await.expect(200))
}

#[tokio::test]
async fn who_begins_starts_with_the_first_pattern_in_their_language() {
    let ada = shared_app().await.trial().await;
    let first = next(&ada, "python").await;
    assert_eq!((&first["drill"]["reason"], &first["drill"]["snippet"]["slug"]), (&json!("new"), &json!(SUM)));
    assert_eq!(first["due"], 0);
    assert_eq!(first["drill"]["snippet"]["pattern"], "running-total");
    assert_eq!(ada.remaining().await, 5, "looking starts nothing");
    ada.submit(SUM, SUM_FIXED).await.expect(200);
    let second = next(&ada, "python").await;
    assert_eq!(second["drill"]["snippet"]["pattern"], "design", "another pattern is begun beside it");
    assert_eq!(due(&ada).await, []);
    assert_eq!(next(&ada, "javascript").await["drill"]["snippet"]["language"], "javascript");
}

#[tokio::test]
async fn what_was_given_up_comes_back_the_next_day_and_what_was_solved_when_it_is_due() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.account(ADA).await;
    ada.give_up(TALLY).await.expect(200);
    let solved = ada.submit(SUM, SUM_FIXED).await.expect(200);
    assert_eq!(solved["points"], 10);
    assert_eq!(due(&ada).await, [], "not on the same day");
    let ada = after(&app, TimeDelta::days(1)).await;
    let retry = ("retry".to_owned(), TALLY.to_owned());
    assert_eq!(due(&ada).await, [retry]);
    assert_eq!(next(&ada, "python").await["drill"]["reason"], "retry");
    let again = ada.submit(TALLY, TALLY_FIXED).await.expect(200);
    assert_eq!((&again["rating"], &again["points"]), (&json!("good"), &json!(15)));
    assert_eq!(ada.state(TALLY).await["status"], "solved");
    assert_eq!(due(&ada).await, []);

    // The first pattern has two snippets in Python that are of one exercise: it waits until that has rested.
    let ada = after(&app, TimeDelta::days(2)).await;
    assert_eq!(due(&ada).await.iter().filter(|(_, slug)| slug == SUM || slug == SUM_JS).count(), 0);
    let ada = after(&app, TimeDelta::days(10)).await;
    let all = due(&ada).await;
    assert!(all.iter().all(|(reason, _)| reason == "review") && all.len() == 2, "{all:?}");
    assert!(all.contains(&("review".to_owned(), SUM.to_owned())), "all of the pattern is seen: {all:?}");
    let review = ada.submit(SUM, SUM_FIXED).await.expect(200);
    assert_eq!((&review["rating"], &review["points"]), (&json!("good"), &json!(5)));
    assert_eq!(ada.submit(SUM, SUM_FIXED).await.expect(200)["rating"], Value::Null, "once a day");
    assert_eq!(due(&ada).await.len(), 1);
}

#[tokio::test]
async fn days_of_practice_are_those_of_the_learners_time_zone() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.account(ADA).await;
    ada.patch("/auth/me").json(&json!({"time_zone": "Asia/Tokyo"})).await.expect(200);
    let none = json!({"days": 0, "longest": 0, "freezes_left": 2, "is_today_done": false});
    assert_eq!(activity(&ada).await, json!({"today": "2026-01-15", "streak": none, "points": 0, "days": []}));
    ada.submit(SUM, SUM_FIXED).await.expect(200);
    // It is nine in the evening there.
    let ada = after(&app, TimeDelta::hours(4)).await;
    assert_eq!(activity(&ada).await["today"], "2026-01-16");
    assert_eq!(activity(&ada).await["streak"]["is_today_done"], false);
    ada.submit(TALLY, TALLY_FIXED).await.expect(200);
    ada.give_up("filler-1-python").await.expect(200);
    let done = activity(&ada).await;
    assert_eq!(done["streak"], json!({"days": 2, "longest": 2, "freezes_left": 2, "is_today_done": true}));
    assert_eq!(done["points"], 20);
    let day = |date: &str, drills: i32| json!({"date": date, "drills": drills, "solved": 1, "points": 10});
    assert_eq!(done["days"], json!([day("2026-01-15", 1), day("2026-01-16", 2)]));
    let ada = after(&app, TimeDelta::days(5)).await;
    assert_eq!(
        activity(&ada).await["streak"],
        json!({"days": 0, "longest": 2, "freezes_left": 2, "is_today_done": false})
    );
}

#[tokio::test]
async fn a_trial_that_is_used_up_is_led_to_what_it_started() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.trial().await;
    ada.give_up(TALLY).await.expect(200);
    for number in 1..=4 {
        ada.give_up(&format!("filler-{number}-python")).await.expect(200);
    }
    assert_eq!(ada.remaining().await, 0);
    assert_eq!(next(&ada, "python").await["drill"], Value::Null);
    app.clock.advance(TimeDelta::days(1));
    let ada = Learner { token: ada.refresh().await.expect(200)["access_token"].as_str().unwrap().into(), ..ada };
    assert_eq!(next(&ada, "python").await["due"], 5);
}

#[tokio::test]
async fn everyone_has_the_same_challenge_for_a_day() {
    let app = TestApp::start(Options::default()).await;
    let daily =
        async |language: &str| app.get(&format!("/api/v1/snippets/daily?language={language}")).await.expect(200);
    let today = daily("python").await;
    assert_eq!(today["date"], "2026-01-15");
    assert_eq!(today["ends_at"], "2026-01-16T00:00:00Z");
    assert_eq!(daily("python").await, today);
    assert_eq!(today["snippet"]["slug"], SUM, "it is the one that both languages have");
    assert_eq!(daily("javascript").await["snippet"]["slug"], SUM_JS);
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(daily("python").await["date"], "2026-01-16");
    for path in ["/api/v1/snippets/daily", "/api/v1/snippets/daily?language=cobol"] {
        app.get(path).await.expect_problem(400, "invalid_query");
    }
}

#[tokio::test]
async fn what_is_next_is_private() {
    let app = shared_app().await;
    for path in ["users/next", "users/reviews/due", "users/progress/activity"] {
        app.get(&format!("/api/v1/{path}")).await.expect_problem(401, "token_missing");
    }
    let ada = app.trial().await;
    ada.get("/api/v1/users/next?language=cobol").await.expect_problem(400, "invalid_query");
    let answer = ada.get("/api/v1/users/next").await;
    assert_eq!(answer.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn badges_come_with_the_submission_that_earns_them_and_are_kept() {
    let app = shared_app().await;
    let ada = app.trial().await;
    let badges = async || ada.get("/api/v1/users/badges").await.expect(200)["badges"].clone();
    let of =
        |badges: &Value, id: &str| badges.as_array().unwrap().iter().find(|badge| badge["id"] == id).unwrap().clone();
    let first = json!({
        "id": "first_fix", "name": "First fix", "description": "Solve a snippet.",
        "earned_at": null, "done": 0, "needed": 1,
    });
    assert_eq!(of(&badges().await, "first_fix"), first);
    let solved = ada.submit(SUM, SUM_FIXED).await.expect(200);
    let earned = solved["badges"].as_array().unwrap().iter().map(|badge| &badge["id"]).collect::<Vec<_>>();
    assert!(earned.contains(&&json!("first_fix")), "{earned:?}");
    assert_eq!(solved["badges"][0], json!({"id": "first_fix", "name": "First fix", "description": "Solve a snippet."}));
    let kept = ada.execution(solved["execution_id"].as_str().unwrap()).await.expect(200);
    assert_eq!(kept["badges"], solved["badges"]);
    assert_eq!(ada.submit(SUM, SUM_FIXED).await.expect(200)["badges"], json!([]));
    let now = badges().await;
    assert!(of(&now, "first_fix")["earned_at"].is_string());
    assert_eq!((&of(&now, "ten_fixes")["done"], &of(&now, "ten_fixes")["needed"]), (&json!(1), &json!(10)));
}

#[tokio::test]
async fn progress_in_each_pattern_is_what_progress_says_of_it() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.trial().await;
    let patterns = async || ada.get("/api/v1/users/progress/patterns").await.expect(200)["data"].clone();
    assert_eq!((&patterns().await[0]["solve_rate"], &patterns().await[0]["mastery_level"]), (&Value::Null, &json!(0)));
    ada.submit(SUM, "wrong").await.expect(200);
    ada.submit(SUM, SUM_FIXED).await.expect(200);
    let now = patterns().await;
    assert_eq!(now, ada.progress().await["patterns"]);
    assert_eq!((&now[0]["solve_rate"], &now[0]["avg_attempts_per_solve"]), (&json!(1.0), &json!(2.0)));
    ada.get("/api/v1/users/progress/patterns?language=cobol").await.expect_problem(400, "invalid_query");
}

#[tokio::test]
async fn each_step_is_told_to_who_listens() {
    let app = TestApp::start(Options::default()).await;
    let mut listener = app.events.listen();
    let ada = app.trial().await;
    let mut told = async |count: usize| {
        let mut kinds = Vec::new();
        for _ in 0..count {
            let Some(Told::Event(event)) = listener.next().await else { panic!("{kinds:?}") };
            assert_eq!(event.user_id, (event.kind != EventKind::Viewed).then_some(ada.id));
            kinds.push(event.kind);
        }
        kinds
    };
    ada.get(&format!("/api/v1/snippets/{SUM}")).await.expect(200);
    ada.execute(SUM, SUM_FIXED).await.expect(200);
    ada.submit(SUM, "wrong").await.expect(200);
    ada.hint(SUM, "1").await.expect(200);
    let before = [EventKind::Viewed, EventKind::Run, EventKind::Submitted, EventKind::Failed];
    assert_eq!(told(5).await, [before.as_slice(), &[EventKind::Hint { tier: 1 }]].concat());
    ada.submit(SUM, SUM_FIXED).await.expect(200);
    let reviewed = EventKind::Reviewed { rating: Rating::Good, points: 10 };
    assert_eq!(told(3).await, [EventKind::Submitted, EventKind::Solved, reviewed]);
    assert!(matches!(told(1).await[0], EventKind::BadgeEarned { badge } if badge.id == "first_fix"));
    ada.give_up(TALLY).await.expect(200);
    // There may have been more badges.
    while told(1).await != [EventKind::GaveUp] {}
    assert_eq!(told(1).await, [EventKind::Reviewed { rating: Rating::Again, points: 0 }]);
}
