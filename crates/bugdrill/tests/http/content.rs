//! Patterns and snippets: public, and the same for everyone.

use serde_json::json;

use crate::{
    fixtures::{PAIR, SUM, SUM_FIXED, SUM_JS, TALLY, fillers, id_of, pack},
    support::{Options, TestApp, shared_app},
};

/// The slugs of a page.
async fn slugs(path: &str) -> Vec<String> {
    let page = shared_app().await.get(path).await.expect(200);
    page["data"].as_array().unwrap().iter().map(|item| item["slug"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn patterns_come_in_their_order_with_the_number_of_their_snippets() {
    let patterns = shared_app().await.get("/api/v1/patterns").await.expect(200);
    let slugs: Vec<_> = patterns["data"].as_array().unwrap().iter().map(|pattern| &pattern["slug"]).collect();
    assert_eq!(slugs, ["running-total", "design"]);
    let counts = patterns["data"][0]["snippet_counts"].as_array().unwrap();
    assert_eq!(counts.iter().map(|count| count["count"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn snippets_are_filtered_by_pattern_language_and_difficulty() {
    assert_eq!(slugs("/api/v1/snippets?limit=100").await.len(), 14);
    assert_eq!(slugs("/api/v1/snippets?pattern=running-total").await, [SUM, SUM_JS, PAIR]);
    assert_eq!(slugs("/api/v1/snippets?pattern=1&language=javascript").await, [SUM_JS, PAIR]);
    assert_eq!(slugs("/api/v1/patterns/1/snippets").await, [SUM, SUM_JS, PAIR]);
    assert_eq!(slugs("/api/v1/patterns/running-total/snippets?language=python").await, [SUM]);
    assert!(slugs("/api/v1/snippets?difficulty=hard").await.is_empty());
    assert_eq!(slugs("/api/v1/snippets?difficulty=beginner&limit=100").await.len(), 14);
}

#[tokio::test]
async fn pages_together_hold_every_snippet_once() {
    let mut all = Vec::new();
    for page in 1..=3 {
        let answer = shared_app().await.get(&format!("/api/v1/snippets?limit=5&page={page}")).await.expect(200);
        assert_eq!(answer["pagination"]["total"], 14);
        assert_eq!(answer["pagination"]["has_next"], page < 3);
        all.extend(answer["data"].as_array().unwrap().iter().map(|item| item["slug"].as_str().unwrap().to_owned()));
    }
    let mut expected = vec![SUM.to_owned(), SUM_JS.into(), PAIR.into(), TALLY.into()];
    expected.extend(fillers());
    assert_eq!(all, expected);
    assert!(slugs("/api/v1/snippets?limit=5&page=4").await.is_empty());
}

#[tokio::test]
async fn queries_that_make_no_sense_are_refused() {
    let app = shared_app().await;
    for query in [
        "page=0",
        "page=-1",
        "page=x",
        "page=1000001",
        "page=99999999999999999999",
        "limit=0",
        "limit=101",
        "language=ruby",
        "difficulty=easy",
        "more=1",
        "page=1&page=2",
    ] {
        for path in ["/api/v1/snippets", "/api/v1/patterns/1/snippets"] {
            app.get(&format!("{path}?{query}")).await.expect_problem(400, "invalid_query");
        }
    }
    let ada = app.trial().await;
    ada.get("/api/v1/users/progress/snippets?more=1").await.expect_problem(400, "invalid_query");
}

#[tokio::test]
async fn a_snippet_is_found_by_id_and_by_slug() {
    let app = shared_app().await;
    let by_slug = app.get(&format!("/api/v1/snippets/{SUM}")).await;
    let by_id = app.get(&format!("/api/v1/snippets/{}", id_of(SUM))).await;
    assert_eq!(by_slug.text, by_id.text);
    let snippet = by_slug.expect(200);
    assert_eq!(snippet["revision"], 1);
    assert_eq!(snippet["hidden_test_count"], 2);
    assert_eq!(snippet["function_name"], "sum_up");
    let numbers: Vec<_> = snippet["tests"].as_array().unwrap().iter().map(|test| &test["test_case"]).collect();
    assert_eq!(numbers, [2, 4], "numbered over all tests, as in a result");
    let in_javascript = app.get(&format!("/api/v1/snippets/{SUM_JS}")).await.expect(200);
    assert_eq!(in_javascript["function_name"], "sumUp");
}

#[tokio::test]
async fn neighbours_are_of_the_same_pattern_and_language() {
    let app = shared_app().await;
    let neighbours = async |slug: &str| {
        let snippet = app.get(&format!("/api/v1/snippets/{slug}")).await.expect(200);
        json!([snippet["previous"], snippet["next"]])
    };
    assert_eq!(neighbours(SUM).await, json!([null, null]));
    assert_eq!(neighbours(SUM_JS).await, json!([null, PAIR]));
    assert_eq!(neighbours(PAIR).await, json!([SUM_JS, null]));
    assert_eq!(neighbours(&fillers()[0]).await, json!([TALLY, fillers()[1]]));
}

#[tokio::test]
async fn content_is_the_same_bytes_for_everyone_and_sent_once() {
    let app = shared_app().await;
    let (ada, bob) = (app.trial().await, app.trial().await);
    ada.give_up(SUM).await.expect(200);
    let snippet = format!("/api/v1/snippets/{SUM}");
    for path in [&snippet, "/api/v1/patterns", "/api/v1/snippets", "/api/v1/patterns/1/snippets"] {
        let plain = app.get(path).await;
        assert_eq!(plain.header("cache-control"), "public, no-cache", "{path}");
        let tag = plain.header("etag").to_owned();
        assert!(!tag.is_empty(), "{path}");
        for learner in [&ada, &bob] {
            let answer = learner.get(path).await;
            assert_eq!((answer.header("etag"), &answer.text), (tag.as_str(), &plain.text), "{path}");
        }
        for condition in [tag.clone(), "*".into(), format!("\"other\", {tag}")] {
            let known = app.get(path).header("if-none-match", &condition).await;
            assert_eq!((known.status, known.text.as_str()), (304, ""), "{path}");
            assert_eq!(known.header("etag"), tag);
            assert_eq!(known.header("cache-control"), "public, no-cache");
        }
        assert_eq!(app.get(path).header("if-none-match", "\"other\"").await.status, 200);
    }
}

#[tokio::test]
async fn archived_snippets_are_gone_from_everything_public() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.trial().await;
    ada.submit(SUM, SUM_FIXED).await.expect(200);
    let mut smaller = pack();
    smaller.snippets.retain(|snippet| snippet.slug != SUM);
    app.store.content().import(&smaller, app.ambient.now()).await.unwrap();
    app.get(&format!("/api/v1/snippets/{SUM}")).await.expect_problem(404, "not_found");
    ada.submit(SUM, SUM_FIXED).await.expect_problem(404, "not_found");
    let list = app.get("/api/v1/snippets?limit=100").await.expect(200);
    assert_eq!(list["pagination"]["total"], 13);
    assert_eq!(ada.progress().await["snippets_solved"], 1, "what was achieved stays");
}
