//! `POST /api/v1/snippets/{id}/why`: takes the answer to the question why the code was wrong.

use axum::extract::State;
use bugdrill_web::{
    Json, Learner, Path, Problem,
    problem::{BodyProblems, SnippetProblems},
    problems,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Shared, problems, reveal::Reveal};

/// What the learner thinks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WhyAnswerRequest {
    /// The index of a choice.
    choice: usize,
}

/// Whether that is so.
#[derive(Serialize, ToSchema)]
pub(crate) struct WhyAnswer {
    is_right: bool,
    /// The index of the right choice.
    answer: usize,
    /// Whether the first answer that was ever given was right: that one is kept.
    first_was_right: bool,
}

problems! {
    AnswerWhyProblems {
        409: "`not_revealed`: the snippet is neither solved nor given up",
    }
}

/// Takes the answer to the question why the code was wrong. The first one is kept.
#[utoipa::path(
    post,
    path = "/api/v1/snippets/{id}/why",
    tag = "learning",
    operation_id = "answer_why",
    params(("id" = String, Path, description = "The snippet's id or slug")),
    request_body = WhyAnswerRequest,
    responses(
        SnippetProblems,
        BodyProblems,
        AnswerWhyProblems,
        (status = 200, description = "Whether it is so", body = WhyAnswer),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Path(id): Path<String>,
    Json(WhyAnswerRequest { choice }): Json<WhyAnswerRequest>,
) -> Result<Json<WhyAnswer>, Problem> {
    let stored = state.snippet(&id).await?;
    let question = Reveal::of(&stored.snippet).why_question;
    if choice >= question.choices.len() {
        return Err(Problem::invalid("There is no such choice."));
    }
    let is_right = choice == question.answer;
    let kept = state.store.learning().answer_why(learner.user_id, stored.snippet.id, is_right).await;
    let first_was_right = kept.map_err(problems::learning)?;
    Ok(Json(WhyAnswer { is_right, answer: question.answer, first_was_right }))
}
