//! `POST /api/v1/snippets/{id}/hints/{tier}`: reveals a hint.

use axum::extract::State;
use bugdrill_model::event::EventKind;
use bugdrill_web::{Json, Learner, Path, Problem, problem::SnippetProblems, problems};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Shared, problems};

/// A hint.
#[derive(Serialize, ToSchema)]
pub(crate) struct Hint {
    /// 1 names the invariant, 2 the place, 3 the cause.
    tier: i32,
    #[expect(clippy::struct_field_names, reason = "the text of a hint is a hint")]
    hint: String,
    /// How many hints are revealed now.
    hints_revealed: i32,
}

problems! {
    RevealHintProblems {
        409: "`hint_out_of_order`: a hint before this one is not revealed yet",
    }
}

/// Reveals the next hint, or repeats one. The first hint of a snippet starts it.
#[utoipa::path(
    post,
    path = "/api/v1/snippets/{id}/hints/{tier}",
    tag = "learning",
    operation_id = "reveal_hint",
    params(
        ("id" = String, Path, description = "The snippet's id or slug"),
        ("tier" = i32, Path, description = "1 to 3", minimum = 1, maximum = 3),
    ),
    responses(
        SnippetProblems,
        RevealHintProblems,
        (status = 200, description = "The hint", body = Hint),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Path((id, tier)): Path<(String, i32)>,
) -> Result<Json<Hint>, Problem> {
    let stored = state.snippet(&id).await?;
    let snippet = &stored.snippet;
    let asked =
        u8::try_from(tier).ok().and_then(|tier| Some((tier, snippet.hints.get(usize::from(tier.checked_sub(1)?))?)));
    let (asked, hint) = asked.ok_or_else(|| Problem::not_found("hint"))?;
    let now = state.ambient.now();
    let revealed = state.store.learning().reveal_hint(learner.user_id, snippet.id, asked, now).await;
    let hints_revealed = revealed.map_err(problems::learning)?.into();
    state.tell(Some(learner.user_id), snippet.id, EventKind::Hint { tier: asked });
    Ok(Json(Hint { tier, hint: hint.clone(), hints_revealed }))
}
