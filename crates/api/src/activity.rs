//! `GET /api/v1/users/progress/activity`: on which days the learner practised.

use axum::extract::State;
use bugdrill_model::{
    calendar::{Calendar, Day},
    streak,
};
use bugdrill_store::ActiveDay;
use bugdrill_web::{Json, Learner, Problem, problem::LearnerProblems};
use serde::Serialize;
use utoipa::ToSchema;

use crate::Shared;

/// Days older than this are not listed: 53 weeks.
const DAYS_SHOWN: u32 = 371;

/// When a learner practised.
#[derive(Serialize, ToSchema)]
pub(crate) struct Activity {
    /// The learner's day.
    today: Day,
    streak: Streak,
    /// All points that were ever earned.
    points: i64,
    /// The days of the last 53 weeks on which something was done, in their order.
    days: Vec<ActivityDay>,
}

/// For how many days a learner has practised. A missed day costs a freeze, by itself; five days of practice earn one back.
#[derive(Serialize, ToSchema)]
struct Streak {
    /// Days on which a snippet was solved.
    days: u32,
    longest: u32,
    /// How many more days may be missed.
    freezes_left: u32,
    is_today_done: bool,
}

/// What was done on a day.
#[derive(Serialize, ToSchema)]
struct ActivityDay {
    date: Day,
    /// Snippets whose solution was found or shown.
    drills: i64,
    solved: i64,
    points: i64,
}

/// On which of the learner's days they practised, and for how many in a row.
#[utoipa::path(
    get,
    path = "/api/v1/users/progress/activity",
    tag = "learning",
    operation_id = "get_activity",
    responses(LearnerProblems, (status = 200, description = "The days", body = Activity)),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(State(state): State<Shared>, learner: Learner) -> Result<Json<Activity>, Problem> {
    let user = state.user(&learner).await?;
    let today = Calendar::of(user.time_zone.as_deref()).day(state.ambient.now());
    let days = state.store.learning().activity(learner.user_id).await?;
    let practised = days.iter().filter(|active| active.solved > 0).map(|active| active.day);
    let streak::Streak { days: in_a_row, longest, freezes_left, is_today_done } = streak::Streak::of(practised, today);
    let first_shown = today.minus(DAYS_SHOWN - 1);
    Ok(Json(Activity {
        today,
        streak: Streak { days: in_a_row, longest, freezes_left, is_today_done },
        points: days.iter().map(|active| active.points).sum(),
        days: days.into_iter().filter(|active| active.day >= first_shown).map(ActivityDay::from).collect(),
    }))
}

impl From<ActiveDay> for ActivityDay {
    fn from(ActiveDay { day, drills, solved, points }: ActiveDay) -> Self {
        Self { date: day, drills, solved, points }
    }
}
