//! `GET /api/v1/patterns`: all patterns.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use bugdrill_model::{Difficulty, Language};
use bugdrill_store::PatternSummary;
use bugdrill_web::{Problem, cacheable, problem::PublicProblems};
use serde::Serialize;
use utoipa::ToSchema;

use crate::ApiState;

/// All patterns, in their order.
#[derive(Serialize, ToSchema)]
struct PatternList {
    data: Vec<Pattern>,
}

/// A pattern.
#[derive(Serialize, ToSchema)]
struct Pattern {
    id: i32,
    /// The name in URLs.
    slug: String,
    name: String,
    /// One sentence.
    description: String,
    /// When to recognise the pattern, its invariant and its slips, in Markdown.
    introduction: String,
    template: Template,
    icon_url: Option<String>,
    order_index: i32,
    /// The number of snippets for each language and difficulty that has any.
    snippet_counts: Vec<SnippetCount>,
}

/// The bare pattern, as code.
#[derive(Serialize, ToSchema)]
struct Template {
    python: String,
    javascript: String,
}

/// How many snippets there are.
#[derive(Serialize, ToSchema)]
struct SnippetCount {
    language: Language,
    difficulty: Difficulty,
    count: i64,
}

impl From<PatternSummary> for Pattern {
    fn from(summary: PatternSummary) -> Self {
        let pattern = summary.pattern;
        let count = |count: bugdrill_store::SnippetCount| SnippetCount {
            language: count.language,
            difficulty: count.difficulty,
            count: count.count,
        };
        Self {
            id: pattern.id,
            slug: pattern.slug,
            name: pattern.name,
            description: pattern.description,
            introduction: pattern.introduction,
            template: Template { python: pattern.template.python, javascript: pattern.template.javascript },
            icon_url: summary.icon_url,
            order_index: pattern.order,
            snippet_counts: summary.snippet_counts.into_iter().map(count).collect(),
        }
    }
}

/// All patterns with their introductions and the number of their snippets. Needs no token.
#[utoipa::path(
    get,
    path = "/api/v1/patterns",
    tag = "content",
    operation_id = "list_patterns",
    responses((status = 200, description = "The patterns", body = PatternList), PublicProblems),
)]
pub(crate) async fn handle(State(state): State<Arc<ApiState>>, headers: HeaderMap) -> Result<Response, Problem> {
    let patterns = state.store.content().patterns().await?;
    cacheable::json(&headers, &PatternList { data: patterns.into_iter().map(Pattern::from).collect() })
}
