//! `POST /api/v1/snippets/{id}/give-up`: shows the solution.

use axum::extract::State;
use bugdrill_model::{event::EventKind, learning::Reviewed};
use bugdrill_web::{Json, Learner, Path, Problem, problem::SnippetProblems};

use crate::{Shared, problems, reveal::Reveal};

/// Shows the solution. Before a solve, this counts as giving up.
#[utoipa::path(
    post,
    path = "/api/v1/snippets/{id}/give-up",
    tag = "learning",
    operation_id = "give_up",
    params(("id" = String, Path, description = "The snippet's id or slug")),
    responses((status = 200, description = "The solution", body = Reveal), SnippetProblems),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Path(id): Path<String>,
) -> Result<Json<Reveal>, Problem> {
    let stored = state.snippet(&id).await?;
    let snippet = &stored.snippet;
    let ambient = &state.ambient;
    let learning = state.store.learning();
    let given_up = learning.give_up(ambient.new_id(), learner.user_id, snippet, ambient.now()).await;
    if let Some(Reviewed { rating, points }) = given_up.map_err(problems::learning)? {
        for kind in [EventKind::GaveUp, EventKind::Reviewed { rating, points }] {
            state.tell(Some(learner.user_id), snippet.id, kind);
        }
    }
    Ok(Json(Reveal::of(snippet)))
}
