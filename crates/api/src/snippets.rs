//! `GET /api/v1/snippets`: the list of snippets.

use std::{collections::HashMap, sync::Arc};

use axum::{extract::State, http::HeaderMap, response::Response};
use bugdrill_model::{Difficulty, Language};
use bugdrill_store::{SnippetFilter, SnippetSummary};
use bugdrill_web::{Problem, ProblemBody, Query, cacheable, problem::PublicProblems};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::ApiState;

/// A page of snippets.
#[derive(Serialize, ToSchema)]
pub(crate) struct SnippetPage {
    data: Vec<SnippetListItem>,
    pagination: Pagination,
}

/// A snippet as it stands in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct SnippetListItem {
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
    time_estimate_minutes: i32,
    /// Goes up when the snippet changes.
    revision: i32,
}

/// Where a page stands among all.
#[derive(Serialize, ToSchema)]
struct Pagination {
    /// Counted from 1.
    page: u64,
    limit: u64,
    total: u64,
    has_next: bool,
}

/// What a list of snippets is filtered and paged by.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SnippetQuery {
    /// A pattern's id or slug.
    pattern: Option<String>,
    difficulty: Option<Difficulty>,
    language: Option<Language>,
    /// Counted from 1.
    #[param(minimum = 1, maximum = 1_000_000, default = 1)]
    page: Option<u64>,
    /// Snippets on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

const DEFAULT_LIMIT: u64 = 20;
const MAX_LIMIT: u64 = 100;
/// Pages beyond this are empty anyway; it keeps the offset within what the database counts.
const MAX_PAGE: u64 = 1_000_000;

/// The snippets, filtered and paged. Needs no token.
#[utoipa::path(
    get,
    path = "/api/v1/snippets",
    tag = "content",
    operation_id = "list_snippets",
    params(SnippetQuery),
    responses(
        PublicProblems,
        (status = 200, description = "A page of snippets", body = SnippetPage),
        (status = 400, description = "`invalid_query`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such pattern", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Arc<ApiState>>,
    headers: HeaderMap,
    Query(query): Query<SnippetQuery>,
) -> Result<Response, Problem> {
    answer(&state, &headers, query).await
}

/// The page that `query` asks for.
pub(crate) async fn answer(state: &ApiState, headers: &HeaderMap, query: SnippetQuery) -> Result<Response, Problem> {
    let page = query.page.unwrap_or(1);
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_PAGE).contains(&page) || !(1..=MAX_LIMIT).contains(&limit) {
        return Err(Problem::new(
            axum::http::StatusCode::BAD_REQUEST,
            "invalid_query",
            format!("`page` counts from 1, `limit` is 1 to {MAX_LIMIT}."),
        ));
    }
    let content = state.store.content();
    let pattern_id = match &query.pattern {
        Some(pattern) => Some(content.pattern_id(pattern).await?.ok_or_else(|| Problem::not_found("pattern"))?),
        None => None,
    };
    let filter = SnippetFilter { pattern_id, difficulty: query.difficulty, language: query.language };
    let found = content.snippets(filter, page, limit).await?;
    let names: HashMap<i32, (String, String)> = content
        .patterns()
        .await?
        .into_iter()
        .map(|summary| (summary.pattern.id, (summary.pattern.slug, summary.pattern.name)))
        .collect();
    let data = found.items.into_iter().map(|summary| list_item(summary, &names)).collect();
    let pagination = Pagination { page, limit, total: found.total, has_next: page * limit < found.total };
    cacheable::json(headers, &SnippetPage { data, pagination })
}

impl SnippetQuery {
    /// The same query within a pattern.
    pub(crate) fn within(self, pattern: String) -> Self {
        Self { pattern: Some(pattern), ..self }
    }
}

fn list_item(summary: SnippetSummary, names: &HashMap<i32, (String, String)>) -> SnippetListItem {
    let (pattern, pattern_name) = names.get(&summary.pattern_id).cloned().unwrap_or_default();
    SnippetListItem {
        id: summary.id,
        slug: summary.slug,
        title: summary.title,
        pattern,
        pattern_name,
        difficulty: summary.difficulty,
        language: summary.language,
        time_estimate_minutes: summary.time_estimate_minutes,
        revision: summary.revision,
    }
}
