//! `GET /api/v1/patterns/{id}/snippets`: the snippets of a pattern.

use axum::{extract::State, http::HeaderMap, response::Response};
use bugdrill_web::{Path, Problem, Query, problem::PublicProblems, problems};

use crate::{
    Shared,
    snippets::{SnippetPage, SnippetQuery, answer},
};

problems! {
    ListPatternSnippetsProblems {
        400: "`invalid_query`",
        404: "`not_found`: no such pattern",
    }
}

/// The snippets of a pattern, filtered and paged. Needs no token.
#[utoipa::path(
    get,
    path = "/api/v1/patterns/{id}/snippets",
    tag = "content",
    operation_id = "list_pattern_snippets",
    params(("id" = String, Path, description = "The pattern's id or slug"), SnippetQuery),
    responses(
        PublicProblems,
        ListPatternSnippetsProblems,
        (status = 200, description = "A page of snippets", body = SnippetPage),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(query): Query<SnippetQuery>,
) -> Result<Response, Problem> {
    answer(&state, &headers, query.within(id)).await
}
