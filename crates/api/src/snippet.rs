//! `GET /api/v1/snippets/{id}`: one snippet.

use axum::{extract::State, http::HeaderMap, response::Response};
use bugdrill_model::{
    Comparison, Difficulty, Language, Signature, TestCase, content::Pattern, event::EventKind, run::Limits,
    signature::name_in,
};
use bugdrill_store::StoredSnippet;
use bugdrill_web::{Path, Problem, problem::PublicProblems, problems};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Shared;

/// A snippet, without what a learner has to find out.
#[derive(Serialize, ToSchema)]
pub(crate) struct Snippet {
    id: Uuid,
    /// The name in URLs.
    slug: String,
    /// Gives nothing away.
    title: String,
    /// The pattern's slug.
    pattern: String,
    pattern_name: String,
    difficulty: Difficulty,
    language: Language,
    time_estimate_minutes: u32,
    /// Goes up when the snippet changes; `execute` and `submit` want it back.
    revision: i32,
    /// What the function has to do, in Markdown.
    description: String,
    /// The code to fix.
    buggy_code: String,
    /// The function or class that the code has to define, as it is named in this language.
    function_name: String,
    /// The visible tests.
    tests: Vec<VisibleTest>,
    /// By what code is judged, besides the tests: for clients that run it without the server.
    judging: Judging,
    /// How many more tests a submission has to pass.
    hidden_test_count: usize,
    hint_count: usize,
    /// The largest edit, in tokens, that counts as a fix rather than a rewrite.
    edit_budget: u32,
    /// The slug of the snippet before this one in its pattern and language.
    previous: Option<String>,
    /// The slug of the snippet after this one in its pattern and language.
    next: Option<String>,
}

/// By what code is judged, in the wire form of the model's `Task`.
#[derive(Serialize, ToSchema)]
struct Judging {
    /// What the code has to define.
    #[schema(value_type = Object)]
    signature: Signature,
    /// When an answer is right.
    #[schema(value_type = Object)]
    comparison: Comparison,
    /// How much a run may use.
    #[schema(value_type = Object)]
    limits: Limits,
    /// Whether the server alone can tell whether an answer is right.
    needs_server: bool,
}

/// A test that learners see. It has either `input` or `calls`.
#[derive(Serialize, ToSchema)]
struct VisibleTest {
    /// The number of the test, counted from 1 over all tests.
    test_case: usize,
    name: String,
    /// The arguments, by the parameters' names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    input: Option<Json>,
    /// A sequence of calls: name and arguments each.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Vec<serde_json::Value>>>)]
    calls: Option<Json>,
    /// The right answer, in wire form.
    #[schema(value_type = serde_json::Value)]
    expected: Json,
    note: Option<String>,
}

/// The input or the calls of a test, as they are shown.
pub(crate) fn stimulus(test: &TestCase) -> (Option<Json>, Option<Json>) {
    (test.input.clone().map(Json::Object), test.calls.as_ref().map(|calls| serde_json::json!(calls)))
}

problems! {
    GetSnippetProblems {
        404: "`not_found`",
    }
}

/// A snippet. Needs no token, and is the same for everyone.
#[utoipa::path(
    get,
    path = "/api/v1/snippets/{id}",
    tag = "content",
    operation_id = "get_snippet",
    params(("id" = String, Path, description = "The snippet's id or slug")),
    responses(
        PublicProblems,
        GetSnippetProblems,
        (status = 200, description = "The snippet", body = Snippet),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let view = state.catalog.view().await;
    let entry = view.snippet(&id).ok_or_else(|| Problem::not_found("snippet"))?;
    state.tell(None, entry.stored.snippet.id, EventKind::Viewed);
    Ok(entry.body.answer(&headers))
}

impl Snippet {
    /// What is shown of a snippet of this pattern that stands between these two.
    pub(crate) fn new(
        StoredSnippet { snippet, revision }: &StoredSnippet,
        pattern: &Pattern,
        previous: Option<String>,
        next: Option<String>,
    ) -> Self {
        let visible = snippet.task.tests.iter().enumerate().filter(|(_, test)| !test.hidden);
        let tests: Vec<VisibleTest> = visible
            .map(|(index, test)| {
                let (input, calls) = stimulus(test);
                VisibleTest {
                    test_case: index + 1,
                    name: test.id.clone(),
                    input,
                    calls,
                    expected: test.expected.to_json(),
                    note: test.note.clone(),
                }
            })
            .collect();
        Self {
            id: snippet.id,
            slug: snippet.slug.clone(),
            title: snippet.title.clone(),
            pattern: pattern.slug.clone(),
            pattern_name: pattern.name.clone(),
            difficulty: snippet.difficulty,
            language: snippet.language,
            time_estimate_minutes: snippet.time_estimate_minutes,
            revision: *revision,
            description: snippet.description.clone(),
            buggy_code: snippet.buggy_code.clone(),
            function_name: name_in(snippet.language, snippet.task.signature.name()),
            hidden_test_count: snippet.task.tests.len() - tests.len(),
            tests,
            judging: Judging {
                signature: snippet.task.signature.clone(),
                comparison: snippet.task.comparison.clone(),
                limits: snippet.task.limits,
                needs_server: snippet.task.checker.is_some(),
            },
            hint_count: snippet.hints.len(),
            edit_budget: snippet.edit_budget,
            previous,
            next,
        }
    }
}
