//! `GET /api/v1/leaderboards/{period}`: who earned the most points.

use axum::extract::State;
use bugdrill_model::leaderboard::{Period, is_listed, ranks, week_of};
use bugdrill_store::Ranked;
use bugdrill_web::{Json, Learner, Path, Problem, problem::LearnerProblems, problems};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Shared;

/// How many learners are shown.
const SHOWN: u64 = 50;

/// For what time points are added up.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LeaderboardPeriod {
    /// The week since Monday, in UTC.
    Weekly,
    /// From the first day on.
    AllTime,
}

/// Those with the most points.
#[derive(Serialize, ToSchema)]
pub(crate) struct Leaderboard {
    period: LeaderboardPeriod,
    /// When its points begin anew.
    ends_at: Option<DateTime<Utc>>,
    /// The first 50.
    entries: Vec<RankedLearner>,
    /// Where the learner stands, listed or not; null without points.
    me: Option<OwnPlace>,
    /// Whether others see the learner's points.
    is_listed: bool,
}

/// A learner among others.
#[derive(Serialize, ToSchema)]
pub(crate) struct RankedLearner {
    /// 1 is the first. Those with as many points share a rank.
    rank: u64,
    /// What they want to be called; null where they did not say.
    name: Option<String>,
    points: i32,
    is_me: bool,
}

/// Where the learner stands.
#[derive(Serialize, ToSchema)]
struct OwnPlace {
    rank: u64,
    points: i32,
}

/// All of them with their ranks, the most points first.
pub(crate) fn with_ranks(learners: Vec<Ranked>, me: &Learner) -> Vec<RankedLearner> {
    let points: Vec<i32> = learners.iter().map(|learner| learner.points).collect();
    let shown = |(rank, Ranked { user_id, display_name, points })| {
        let is_me = user_id == me.user_id;
        RankedLearner { rank, name: display_name, points, is_me }
    };
    ranks(&points).zip(learners).map(shown).collect()
}

problems! {
    GetLeaderboardProblems {
        404: "`not_found`: no such leaderboard",
    }
}

/// Who earned the most points, among accounts that did not opt out.
#[utoipa::path(
    get,
    path = "/api/v1/leaderboards/{period}",
    tag = "learning",
    operation_id = "get_leaderboard",
    params(("period" = LeaderboardPeriod, Path, description = "For what time")),
    responses(
        LearnerProblems,
        GetLeaderboardProblems,
        (status = 200, description = "The leaderboard", body = Leaderboard),
    ),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    learner: Learner,
    Path(name): Path<LeaderboardPeriod>,
) -> Result<Json<Leaderboard>, Problem> {
    let period = match name {
        LeaderboardPeriod::Weekly => Period::Week(week_of(state.ambient.now())),
        LeaderboardPeriod::AllTime => Period::AllTime,
    };
    let user = state.user(&learner).await?;
    let leaderboards = state.store.leaderboards();
    let (top, place) = tokio::try_join!(leaderboards.top(period, SHOWN), leaderboards.place(learner.user_id, period))?;
    Ok(Json(Leaderboard {
        period: name,
        ends_at: period.ends_at(),
        entries: with_ranks(top, &learner),
        me: place.map(|place| OwnPlace { rank: place.rank, points: place.points }),
        is_listed: is_listed(user.is_trial, user.settings.is_on_leaderboards),
    }))
}
