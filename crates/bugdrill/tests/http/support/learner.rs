//! Learners, and what they ask for.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Request, TestApp};
use crate::fixtures;

/// Somebody with tokens.
pub(crate) struct Learner<'a> {
    pub(crate) app: &'a TestApp,
    pub(crate) id: Uuid,
    pub(crate) token: String,
    pub(crate) refresh_token: String,
}

impl<'a> Learner<'a> {
    /// The learner of this session.
    pub(crate) fn of(app: &'a TestApp, session: &Value) -> Self {
        let text = |name: &str| session[name].as_str().unwrap().to_owned();
        Self {
            app,
            id: session["user"]["id"].as_str().unwrap().parse().unwrap(),
            token: text("access_token"),
            refresh_token: text("refresh_token"),
        }
    }

    pub(crate) fn get(&self, path: &str) -> Request<'a> {
        self.app.get(path).token(&self.token)
    }

    pub(crate) fn post(&self, path: &str) -> Request<'a> {
        self.app.post(path).token(&self.token)
    }

    pub(crate) fn patch(&self, path: &str) -> Request<'a> {
        self.app.patch(path).token(&self.token)
    }

    pub(crate) fn delete(&self, path: &str) -> Request<'a> {
        self.app.delete(path).token(&self.token)
    }

    /// Exchanges the refresh token.
    pub(crate) fn refresh(&self) -> Request<'a> {
        self.app.post("/auth/refresh").json(&json!({"refresh_token": self.refresh_token}))
    }

    /// Runs code; the language is the one that the slug ends with.
    pub(crate) fn execute(&self, slug: &str, code: &str) -> Request<'a> {
        self.post(&format!("/api/v1/snippets/{slug}/execute")).json(&code_body(slug, code))
    }

    /// Traces code on the test of this number.
    pub(crate) fn trace(&self, slug: &str, code: &str, test_case: usize) -> Request<'a> {
        let mut body = code_body(slug, code);
        body["test_case"] = json!(test_case);
        self.post(&format!("/api/v1/snippets/{slug}/trace")).json(&body)
    }

    /// Runs code that takes its time: on a busy machine, longer than the server waits.
    pub(crate) async fn run(&self, slug: &str, code: &str) -> Value {
        let started = self.execute(slug, code).header("prefer", "respond-async").await;
        let id = started.body["execution_id"].as_str().unwrap_or_else(|| panic!("{}", started.text));
        self.app.finished(id).await;
        self.execution(id).await.expect(200)
    }

    /// Puts an endless loop into a runner, behind which everything else of this learner has to wait for a second.
    pub(crate) async fn keep_busy(&self) -> String {
        let started = self.execute(fixtures::SUM, fixtures::SUM_ENDLESS).header("prefer", "respond-async").await;
        let id = started.expect(202)["execution_id"].as_str().unwrap().to_owned();
        self.app.running(&id).await;
        id
    }

    pub(crate) fn submit(&self, slug: &str, code: &str) -> Request<'a> {
        self.post(&format!("/api/v1/snippets/{slug}/submit")).json(&code_body(slug, code))
    }

    pub(crate) fn hint(&self, slug: &str, tier: &str) -> Request<'a> {
        self.post(&format!("/api/v1/snippets/{slug}/hints/{tier}"))
    }

    pub(crate) fn give_up(&self, slug: &str) -> Request<'a> {
        self.post(&format!("/api/v1/snippets/{slug}/give-up"))
    }

    pub(crate) fn report(&self, slug: &str, body: &Value) -> Request<'a> {
        self.post(&format!("/api/v1/snippets/{slug}/report")).json(body)
    }

    pub(crate) fn execution(&self, id: &str) -> Request<'a> {
        self.get(&format!("/api/v1/executions/{id}"))
    }

    pub(crate) async fn progress(&self) -> Value {
        self.get("/api/v1/users/progress").await.expect(200)
    }

    /// The state of one snippet.
    pub(crate) async fn state(&self, slug: &str) -> Value {
        self.get(&format!("/api/v1/users/progress/snippets/{slug}")).await.expect(200)
    }

    /// All that is stored of the learner and can be seen.
    pub(crate) async fn everything(&self) -> Value {
        let states = self.get("/api/v1/users/progress/snippets").await.expect(200);
        json!([self.progress().await, states])
    }

    /// How many snippets the trial may still start.
    pub(crate) async fn remaining(&self) -> i64 {
        self.progress().await["trial_snippets_remaining"].as_i64().unwrap()
    }
}

/// The body of `execute` and `submit`.
pub(crate) fn code_body(slug: &str, code: &str) -> Value {
    json!({"code": code, "language": slug.rsplit('-').next().unwrap()})
}

/// The verdicts of the tests of a result.
pub(crate) fn verdicts(result: &Value) -> Vec<&str> {
    result["test_results"].as_array().unwrap().iter().map(|test| test["verdict"].as_str().unwrap()).collect()
}
