//! One answer of each endpoint, whole, so that a change of the shape is seen in a review.
//!
//! After an intended change: `INSTA_UPDATE=always cargo test --release -p bugdrill --test http`, and look at the
//! difference.

use serde_json::{Value, json};

use crate::{
    fixtures::{SUM, SUM_BUGGY, SUM_FIXED, TALLY},
    support::shared_app,
};

/// The same answer with what differs from run to run replaced.
fn steady(mut answer: Value) -> Value {
    fn redact(value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let differs = match name.as_str() {
                        "access_token" | "refresh_token" | "execution_id" | "id" => member.is_string(),
                        "total_time_ms" | "execution_time_ms" => member.is_number(),
                        _ => false,
                    };
                    if differs {
                        *member = format!("[{name}]").into();
                    } else {
                        redact(member);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(redact),
            _ => {}
        }
    }
    redact(&mut answer);
    answer
}

macro_rules! assert_snapshot {
    ($name:literal, $answer:expr) => {
        insta::assert_json_snapshot!($name, steady($answer))
    };
}

#[tokio::test]
async fn auth() {
    let app = shared_app().await;
    let session = app.post("/auth/anonymous").await.expect(201);
    let token = json!({"refresh_token": session["refresh_token"]});
    assert_snapshot!("start_trial", session);
    assert_snapshot!("refresh", app.post("/auth/refresh").json(&token).await.expect(200));
}

#[tokio::test]
async fn content() {
    let app = shared_app().await;
    assert_snapshot!("list_patterns", app.get("/api/v1/patterns").await.expect(200));
    assert_snapshot!("list_snippets", app.get("/api/v1/snippets?limit=2").await.expect(200));
    assert_snapshot!("list_pattern_snippets", app.get("/api/v1/patterns/design/snippets?limit=1").await.expect(200));
    assert_snapshot!("get_snippet", app.get(&format!("/api/v1/snippets/{SUM}")).await.expect(200));
    assert_snapshot!("get_snippet_of_a_class", app.get(&format!("/api/v1/snippets/{TALLY}")).await.expect(200));
    assert_snapshot!("not_found", app.get("/api/v1/snippets/nothing").await.expect(404));
}

#[tokio::test]
async fn learning() {
    let ada = shared_app().await.trial().await;
    assert_snapshot!("get_snippet_progress_untouched", ada.state(SUM).await);
    assert_snapshot!("execute", ada.execute(SUM, SUM_BUGGY).await.expect(200));
    assert_snapshot!("trace", ada.trace(SUM, SUM_BUGGY, 4).await.expect(200));
    assert_snapshot!("execute_syntax_error", ada.execute(SUM, "def sum_up(:\n").await.expect(200));
    assert_snapshot!("reveal_hint", ada.hint(SUM, "1").await.expect(200));
    assert_snapshot!("submit_wrong", ada.submit(SUM, SUM_BUGGY).await.expect(200));
    let solved = ada.submit(SUM, SUM_FIXED).await.expect(200);
    let id = solved["execution_id"].as_str().unwrap().to_owned();
    assert_snapshot!("submit", solved);
    assert_snapshot!("get_execution", ada.execution(&id).await.expect(200));
    assert_snapshot!("get_snippet_progress", ada.state(SUM).await);
    assert_snapshot!("give_up", ada.give_up(TALLY).await.expect(200));
    assert_snapshot!("report", ada.report(SUM, &json!({"reason": "unclear"})).await.expect(201));
    assert_snapshot!("get_progress", ada.progress().await);
    assert_snapshot!("list_snippet_progress", ada.get("/api/v1/users/progress/snippets").await.expect(200));
}
