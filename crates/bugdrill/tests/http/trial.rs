//! `POST /auth/anonymous`, and what a trial may do.

use std::future::IntoFuture;

use futures::future::join_all;
use serde_json::json;

use crate::{
    fixtures::{SUM, SUM_FIXED, fillers},
    support::shared_app,
};

#[tokio::test]
async fn a_trial_gets_tokens_and_five_snippets() {
    let session = shared_app().await.post("/auth/anonymous").await.expect(201);
    assert_eq!(session["token_type"], "Bearer");
    assert_eq!(session["expires_in"], 900);
    assert_eq!(session["user"]["is_trial"], true);
    assert_eq!(session["user"]["trial_snippets_remaining"], 5);
}

#[tokio::test]
async fn execute_hint_submit_and_give_up_each_consume_a_snippet_once() {
    let ada = shared_app().await.trial().await;
    let snippets = fillers();
    for remaining in [4, 4] {
        ada.execute(&snippets[0], SUM_FIXED).await.expect(200);
        assert_eq!(ada.remaining().await, remaining);
    }
    for remaining in [3, 3] {
        ada.hint(&snippets[1], "1").await.expect(200);
        assert_eq!(ada.remaining().await, remaining);
    }
    for remaining in [2, 2] {
        let result = ada.submit(&snippets[2], SUM_FIXED).await.expect(200);
        assert_eq!(result["trial_snippets_remaining"], remaining);
    }
    for remaining in [1, 1] {
        ada.give_up(&snippets[3]).await.expect(200);
        assert_eq!(ada.remaining().await, remaining);
    }
    ada.report(&snippets[4], &json!({"reason": "other"})).await.expect(201);
    ada.state(&snippets[4]).await;
    assert_eq!(ada.remaining().await, 1, "looking and complaining are free");
}

#[tokio::test]
async fn the_sixth_snippet_is_refused_in_every_way_and_the_five_stay_usable() {
    let ada = shared_app().await.trial().await;
    let snippets = fillers();
    for slug in &snippets[..5] {
        ada.hint(slug, "1").await.expect(200);
    }
    let before = ada.everything().await;
    let sixth = &snippets[5];
    let refused = [
        ada.execute(sixth, SUM_FIXED),
        ada.submit(sixth, SUM_FIXED),
        ada.hint(sixth, "1"),
        ada.give_up(sixth),
        ada.submit(sixth, SUM_FIXED).header("idempotency-key", "sixth"),
    ];
    for request in refused {
        assert_eq!(request.await.expect_problem(403, "trial_exhausted")["trial_snippets_remaining"], 0);
    }
    assert_eq!(ada.everything().await, before);
    assert_eq!(ada.state(sixth).await["is_available"], false);

    let first = &snippets[0];
    assert_eq!(ada.state(first).await["is_available"], true);
    ada.execute(first, SUM_FIXED).await.expect(200);
    ada.hint(first, "2").await.expect(200);
    ada.submit(first, SUM_FIXED).await.expect(200);
    ada.give_up(&snippets[1]).await.expect(200);
}

#[tokio::test]
async fn of_ten_snippets_started_at_once_exactly_five_pass() {
    let ada = shared_app().await.trial().await;
    let snippets = fillers();
    let answers = join_all(snippets.iter().map(|slug| ada.hint(slug, "1").into_future())).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 403, 403, 403, 403, 403]);
    assert_eq!(ada.remaining().await, 0);
    let started = ada.get("/api/v1/users/progress/snippets").await.expect(200);
    assert_eq!(started["data"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn ten_requests_at_once_for_one_snippet_consume_one() {
    let ada = shared_app().await.trial().await;
    let requests = (0..10).map(|number| match number % 2 {
        0 => ada.execute(SUM, SUM_FIXED).header("prefer", "respond-async").into_future(),
        _ => ada.hint(SUM, "1").into_future(),
    });
    for answer in join_all(requests).await {
        // A newer run takes the place of a waiting one.
        assert!([200, 202, 409].contains(&answer.status), "{}", answer.text);
    }
    assert_eq!(ada.remaining().await, 4);
}

#[tokio::test]
async fn two_trials_have_nothing_in_common() {
    let app = shared_app().await;
    let (ada, bob) = (app.trial().await, app.trial().await);
    assert_ne!(ada.id, bob.id);
    ada.submit(SUM, SUM_FIXED).await.expect(200);
    assert_eq!(bob.remaining().await, 5);
    assert_eq!(bob.state(SUM).await["status"], json!(null));
}
