//! The OpenAPI document and its page, health and readiness.

use std::{fs, path::Path};

use serde_json::Value;

use crate::support::shared_app;

#[test]
fn the_committed_document_is_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let committed: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let current = serde_json::to_value(bugdrill::server::document()).unwrap();
    assert!(committed == current, "docs/openapi.json is out of date: run `make openapi` and commit it");
}

#[tokio::test]
async fn the_document_is_served() {
    let answer = shared_app().await.get("/openapi.json").await;
    assert_eq!(answer.header("content-type"), "application/json");
    let served = answer.expect(200);
    assert_eq!(served, serde_json::to_value(bugdrill::server::document()).unwrap());
}

#[tokio::test]
async fn the_page_is_served_and_loads_nothing_from_elsewhere() {
    let app = shared_app().await;
    let moved = app.get("/docs").await;
    assert_eq!((moved.status, moved.header("location")), (308, "/docs/"));
    let page = app.get("/docs/").await;
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.header("content-security-policy").contains("default-src 'self'"));
    let is_file = |part: &&str| Path::new(part).extension().is_some_and(|kind| kind == "js" || kind == "css");
    let loaded: Vec<&str> = page.text.split(['"', '\'']).filter(is_file).collect();
    assert!(loaded.len() >= 3, "{}", page.text);
    let mut texts = vec![page.text.clone()];
    for file in &loaded {
        let answer = app.get(&format!("/docs/{}", file.trim_start_matches("./"))).await;
        assert_eq!(answer.status, 200, "{file}");
        if file.contains("initializer") {
            assert!(answer.text.contains("/openapi.json"), "{}", answer.text);
            texts.push(answer.text);
        }
    }
    assert_eq!(texts.len(), 2, "the page has a configuration: {loaded:?}");
    for text in texts {
        assert!(!text.contains("http://") && !text.contains("https://") && !text.contains("src=\"//"), "{text}");
    }
    assert_eq!(app.get("/docs/nothing.js").await.status, 404);
}

#[tokio::test]
async fn every_operation_has_a_name_of_its_own_and_says_what_it_does() {
    let document = serde_json::to_value(bugdrill::server::document()).unwrap();
    let mut names = Vec::new();
    for operation in document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values())
    {
        names.push(operation["operationId"].as_str().unwrap());
        assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{operation}");
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[tokio::test]
async fn health_and_readiness_answer() {
    let app = shared_app().await;
    for path in ["/health", "/ready"] {
        assert_eq!(app.get(path).await.status, 200, "{path}");
    }
}
