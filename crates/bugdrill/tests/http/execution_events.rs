//! Executions as they go on, by server-sent events.

use serde_json::Value;

use crate::{
    fixtures::{SUM, SUM_FIXED},
    submit::store_only,
    support::{Learner, Options, TestApp, shared_app},
};

/// The names of the events of an execution and what they hold, until the stream ends.
async fn events(learner: &Learner<'_>, id: &str) -> Vec<(String, Value)> {
    let answer = learner.get(&format!("/api/v1/executions/{id}/events")).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/event-stream"), "{}", answer.text);
    let event = |text: &str| {
        let (name, data) = text.strip_prefix("event: ")?.split_once("\ndata: ")?;
        Some((name.to_owned(), serde_json::from_str(data).unwrap_or_else(|_| data.into())))
    };
    answer.text.split("\n\n").filter_map(event).collect()
}

#[tokio::test]
async fn the_result_is_told_as_soon_as_it_is_there_and_ends_the_stream() {
    let app = TestApp::start(Options::default()).await;
    let ada = app.trial().await;
    let id = store_only(&ada).await;
    let (told, ()) = tokio::join!(events(&ada, &id), async {
        app.executions.recover().await.unwrap();
    });
    let (last, before) = told.split_last().unwrap();
    assert!(before.iter().all(|(name, of)| name == "status" && of["verdict"].is_null()), "{before:?}");
    assert_eq!((last.0.as_str(), &last.1), ("result", &ada.execution(&id).await.expect(200)));
    assert_eq!(last.1["verdict"], "accepted");
    assert_eq!(events(&ada, &id).await, std::slice::from_ref(last), "of what is over there is one event");
}

#[tokio::test]
async fn what_another_server_judges_is_told_as_well() {
    let app = TestApp::start(Options::default()).await;
    let other = app.beside(Options::default()).await;
    let session = app.post("/auth/anonymous").await.expect(201);
    let (here, there) = (Learner::of(&app, &session), Learner::of(&other, &session));
    let id = store_only(&here).await;
    let (told, ()) = tokio::join!(events(&there, &id), async {
        app.executions.recover().await.unwrap();
    });
    assert_eq!(told.last().unwrap().0, "result");
}

#[tokio::test]
async fn nobody_watches_what_somebody_else_executes() {
    let app = shared_app().await;
    let (ada, eve) = (app.trial().await, app.trial().await);
    let run = ada.submit(SUM, SUM_FIXED).await.expect(200);
    let path = format!("/api/v1/executions/{}/events", run["execution_id"].as_str().unwrap());
    eve.get(&path).await.expect_problem(404, "not_found");
    app.get(&path).await.expect_problem(401, "token_missing");
}
