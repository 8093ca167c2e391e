//! Rate limits, on the limits that the server has by default.

use bugdrill_web::gate::RateLimits;
use chrono::TimeDelta;

use crate::{
    fixtures::{SUM, SUM_FIXED, fillers},
    support::{Options, TestApp},
};

async fn limited_app() -> TestApp {
    TestApp::start(Options { limits: RateLimits::default(), ..Options::default() }).await
}

#[tokio::test]
async fn the_eleventh_standard_request_in_a_minute_waits_as_long_as_it_is_told() {
    let app = limited_app().await;
    let ada = app.trial().await;
    for _ in 0..10 {
        ada.hint(SUM, "1").await.expect(200);
    }
    let answer = ada.hint(SUM, "2").await;
    let wait = answer.header("retry-after").parse().unwrap();
    answer.expect_problem(429, "rate_limited");
    app.clock.advance(TimeDelta::seconds(wait) - TimeDelta::milliseconds(1));
    ada.hint(SUM, "2").await.expect_problem(429, "rate_limited");
    app.clock.advance(TimeDelta::milliseconds(1));
    assert_eq!(ada.hint(SUM, "2").await.expect(200)["hints_revealed"], 2);
    ada.hint(SUM, "2").await.expect_problem(429, "rate_limited");
    app.clock.advance(TimeDelta::minutes(1));
    for _ in 0..10 {
        ada.hint(SUM, "1").await.expect(200);
    }
}

#[tokio::test]
async fn every_answer_tells_what_is_left() {
    let app = limited_app().await;
    let ada = app.trial().await;
    let told = async || {
        let answer = ada.hint(SUM, "1").await;
        ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"].map(|name| answer.header(name).to_owned())
    };
    assert_eq!(told().await, ["10", "9", "6"]);
    assert_eq!(told().await, ["10", "8", "12"]);
    for _ in 0..8 {
        told().await;
    }
    assert_eq!(told().await, ["10", "0", "6"], "of a refused request: when the next one may come");
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(told().await, ["10", "9", "6"]);
}

#[tokio::test]
async fn routes_and_users_have_limits_of_their_own() {
    let app = limited_app().await;
    let (ada, bob) = (app.trial().await, app.trial().await);
    for tier in ["1", "2", "3", "4", "x"].iter().cycle().take(10) {
        assert_ne!(ada.hint(SUM, tier).await.status, 429);
    }
    // Another snippet is the same route, and what is refused counts as well.
    ada.hint(&fillers()[0], "1").await.expect_problem(429, "rate_limited");
    ada.progress().await;
    ada.state(SUM).await;
    ada.submit(SUM, SUM_FIXED).await.expect(200);
    bob.hint(SUM, "1").await.expect(200);
}

#[tokio::test]
async fn content_allows_sixty_a_minute_of_an_address() {
    let app = limited_app().await;
    let list = || app.get("/api/v1/snippets");
    for _ in 0..60 {
        list().await.expect(200);
    }
    list().await.expect_problem(429, "rate_limited");
    list().from("192.0.2.9").await.expect(200);
    app.get("/api/v1/patterns").await.expect(200);
    let ada = app.trial().await;
    list().token(&ada.token).await.expect(200);
    // A bad token is no way around the address's limit.
    list().token("rubbish").await.expect_problem(429, "rate_limited");
}

#[tokio::test]
async fn execute_allows_thirty_a_minute() {
    let app = limited_app().await;
    let ada = app.trial().await;
    for _ in 0..30 {
        ada.execute(SUM, SUM_FIXED).await.expect(200);
    }
    ada.execute(SUM, SUM_FIXED).await.expect_problem(429, "rate_limited");
}

#[tokio::test]
async fn twenty_trials_an_hour_of_an_address_whatever_token_comes_along() {
    let app = limited_app().await;
    for _ in 0..20 {
        app.trial().await;
    }
    let another = || app.post("/auth/anonymous");
    another().await.expect_problem(429, "rate_limited");
    let bob = another().from("192.0.2.9").await.expect(201);
    let token = bob["access_token"].as_str().unwrap();
    another().token(token).await.expect_problem(429, "rate_limited");
    app.clock.advance(TimeDelta::minutes(3));
    another().await.expect(201);
    another().await.expect_problem(429, "rate_limited");
}

#[tokio::test]
async fn addresses_of_one_ipv6_network_share_a_limit() {
    let app = limited_app().await;
    for host in 0..20 {
        app.post("/auth/anonymous").from(&format!("2001:db8:0:1::{host:x}")).await.expect(201);
    }
    app.post("/auth/anonymous").from("2001:db8:0:1:ffff::1").await.expect_problem(429, "rate_limited");
    app.post("/auth/anonymous").from("2001:db8:0:2::1").await.expect(201);
}

#[tokio::test]
async fn an_account_has_a_hundred_a_minute_on_each_route() {
    let app = limited_app().await;
    let ada = app.account("ada@example.com").await;
    for path in ["/api/v1/users/progress", "/api/v1/patterns"] {
        for _ in 0..100 {
            ada.get(path).await.expect(200);
        }
        ada.get(path).await.expect_problem(429, "rate_limited");
    }
}

#[tokio::test]
async fn health_and_documents_are_free() {
    let app = limited_app().await;
    for _ in 0..101 {
        app.get("/health").await.expect(200);
        app.get("/ready").await.expect(200);
    }
}
