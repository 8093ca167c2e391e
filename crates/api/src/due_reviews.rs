//! `GET /api/v1/users/reviews/due`: what the learner should see again.

use axum::extract::State;
use bugdrill_web::{Json, Learner, Problem, Query, problem::LearnerProblems, problems};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Shared,
    drill::{Desk, Drill},
    next_drill::DrillQuery,
};

/// What is due.
#[derive(Serialize, ToSchema)]
pub(crate) struct DueReviews {
    /// In the order in which it should be done. One of a pattern, but for what comes back.
    data: Vec<Drill>,
}

problems! {
    ListDueReviewsProblems {
        400: "`invalid_query`",
    }
}

/// What the learner should see again, with the snippet to do it by: unseen before seen, and none whose exercise was seen
/// within the last 7 days. A pattern of which there is none waits.
#[utoipa::path(
    get,
    path = "/api/v1/users/reviews/due",
    tag = "learning",
    operation_id = "list_due_reviews",
    params(DrillQuery),
    responses(
        LearnerProblems,
        ListDueReviewsProblems,
        (status = 200, description = "What is due", body = DueReviews),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Query(query): Query<DrillQuery>,
) -> Result<Json<DueReviews>, Problem> {
    let user = state.user(&learner).await?;
    let view = state.catalog.view().await;
    let desk = Desk::read(&state, &view, &learner, &user, query.language).await?;
    Ok(Json(DueReviews { data: desk.due() }))
}
