//! `GET /api/v1/patterns`: all patterns.

use axum::{extract::State, http::HeaderMap, response::Response};
use bugdrill_model::{Difficulty, Language};
use bugdrill_web::problem::PublicProblems;
use serde::Serialize;
use utoipa::ToSchema;

use crate::catalog::{Catalog, PatternEntry};

/// All patterns, in their order.
#[derive(Serialize, ToSchema)]
pub(crate) struct PatternList {
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
    count: usize,
}

impl PatternList {
    pub(crate) fn new(entries: &[PatternEntry]) -> Self {
        Self { data: entries.iter().map(Pattern::new).collect() }
    }
}

impl Pattern {
    fn new(PatternEntry { pattern, icon_url, counts }: &PatternEntry) -> Self {
        let counts = counts.iter();
        Self {
            id: pattern.id,
            slug: pattern.slug.clone(),
            name: pattern.name.clone(),
            description: pattern.description.clone(),
            introduction: pattern.introduction.clone(),
            template: Template {
                python: pattern.template.python.clone(),
                javascript: pattern.template.javascript.clone(),
            },
            icon_url: icon_url.clone(),
            order_index: pattern.order,
            snippet_counts: counts
                .map(|&(language, difficulty, count)| SnippetCount { language, difficulty, count })
                .collect(),
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
pub(crate) async fn handle(State(catalog): State<Catalog>, headers: HeaderMap) -> Response {
    catalog.view().await.patterns_body.answer(&headers)
}
