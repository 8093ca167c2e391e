//! `GET /api/v1/users/next`: what the learner should drill next.

use axum::extract::State;
use bugdrill_model::Language;
use bugdrill_web::{Json, Learner, Problem, Query, problem::LearnerProblems, problems};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    Shared,
    drill::{Desk, Drill},
};

/// What to drill next.
#[derive(Serialize, ToSchema)]
pub(crate) struct NextDrill {
    /// Null when all that may be done is done.
    drill: Option<Drill>,
    /// How many retries and reviews are due.
    due: usize,
}

/// Which snippets are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DrillQuery {
    /// Only those in this language; without it, all.
    pub(crate) language: Option<Language>,
}

problems! {
    GetNextDrillProblems {
        400: "`invalid_query`",
    }
}

/// What the learner should drill next: what comes back, else what is due, else something new that is neither too easy
/// nor too hard.
#[utoipa::path(
    get,
    path = "/api/v1/users/next",
    tag = "learning",
    operation_id = "get_next_drill",
    params(DrillQuery),
    responses(
        LearnerProblems,
        GetNextDrillProblems,
        (status = 200, description = "What is next", body = NextDrill),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Query(query): Query<DrillQuery>,
) -> Result<Json<NextDrill>, Problem> {
    let user = state.user(&learner).await?;
    let view = state.catalog.view().await;
    let desk = Desk::read(&state, &view, &learner, &user, query.language).await?;
    let due = desk.due();
    let count = due.len();
    Ok(Json(NextDrill { drill: due.into_iter().next().or_else(|| desk.new_drill()), due: count }))
}
