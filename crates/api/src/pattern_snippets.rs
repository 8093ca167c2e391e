//! `GET /api/v1/patterns/{id}/snippets`: the snippets of a pattern.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use bugdrill_web::{Path, Problem, ProblemBody, Query, problem::PublicProblems};

use crate::{
    ApiState,
    snippets::{SnippetPage, SnippetQuery, answer},
};

/// The snippets of a pattern, filtered and paged. Needs no token.
#[utoipa::path(
    get,
    path = "/api/v1/patterns/{id}/snippets",
    tag = "content",
    operation_id = "list_pattern_snippets",
    params(("id" = String, Path, description = "The pattern's id or slug"), SnippetQuery),
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
    Path(id): Path<String>,
    Query(query): Query<SnippetQuery>,
) -> Result<Response, Problem> {
    answer(&state, &headers, query.within(id)).await
}
