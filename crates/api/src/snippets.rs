//! `GET /api/v1/snippets`: the list of snippets.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use bugdrill_model::{Difficulty, Language, content::Pattern};
use bugdrill_store::StoredSnippet;
use bugdrill_web::{Problem, Query, problem::PublicProblems, problems};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    ApiState, Shared,
    catalog::{Filter, PageKey},
};

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
    time_estimate_minutes: u32,
    /// Goes up when the snippet changes.
    revision: i32,
}

/// Where a page stands among all.
#[derive(Serialize, ToSchema)]
struct Pagination {
    /// Counted from 1.
    page: usize,
    limit: usize,
    total: usize,
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
    page: Option<usize>,
    /// Snippets on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<usize>,
}

const DEFAULT_LIMIT: usize = 20;
const MAX_LIMIT: usize = 100;
/// Pages beyond this are empty anyway; it keeps the offset within what the database counts.
const MAX_PAGE: usize = 1_000_000;

problems! {
    ListSnippetsProblems {
        400: "`invalid_query`",
        404: "`not_found`: no such pattern",
    }
}

/// The snippets, filtered and paged. Needs no token.
#[utoipa::path(
    get,
    path = "/api/v1/snippets",
    tag = "content",
    operation_id = "list_snippets",
    params(SnippetQuery),
    responses(
        PublicProblems,
        ListSnippetsProblems,
        (status = 200, description = "A page of snippets", body = SnippetPage),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
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
    let view = state.catalog.view().await;
    let pattern_id = query.pattern.as_deref().map(|pattern| view.pattern_id(pattern)).transpose()?;
    let filter = Filter { pattern_id, difficulty: query.difficulty, language: query.language };
    Ok(view.page(PageKey { filter, page, limit })?.answer(headers))
}

impl SnippetQuery {
    /// The same query within a pattern.
    pub(crate) fn within(self, pattern: String) -> Self {
        Self { pattern: Some(pattern), ..self }
    }
}

impl SnippetPage {
    /// The page of this key with these snippets, of `total` on all pages.
    pub(crate) fn new<'a>(
        items: impl Iterator<Item = (&'a Arc<StoredSnippet>, &'a Pattern)>,
        PageKey { page, limit, .. }: PageKey,
        total: usize,
    ) -> Self {
        Self {
            data: items.map(|(stored, pattern)| SnippetListItem::new(stored, pattern)).collect(),
            pagination: Pagination { page, limit, total, has_next: page * limit < total },
        }
    }
}

impl SnippetListItem {
    /// What a list tells of a snippet of this pattern.
    pub(crate) fn new(StoredSnippet { snippet, revision }: &StoredSnippet, pattern: &Pattern) -> Self {
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
        }
    }
}
