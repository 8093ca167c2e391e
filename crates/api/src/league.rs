//! `GET /api/v1/leagues/current`: the learner's league in this week.

use axum::extract::State;
use bugdrill_model::{
    leaderboard::{Period, week_of},
    league::{Moves, Tier, takes_part},
};
use bugdrill_web::{Json, Learner, Problem, problem::LearnerProblems};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Shared,
    leaderboard::{RankedLearner, with_ranks},
};

/// The group in which the learner is compared, for a week from Monday, in UTC.
#[derive(Serialize, ToSchema)]
pub(crate) struct League {
    /// Whether the learner takes part.
    is_joined: bool,
    /// The tier of this week; the lowest before there were points in it.
    tier: Tier,
    ends_at: Option<DateTime<Utc>>,
    /// How many of the first go up.
    promoted: u32,
    /// How many of the last go down.
    relegated: u32,
    /// The members, the most points first; none before the learner earned points in this week.
    standings: Vec<RankedLearner>,
}

/// The learner's league in this week. Accounts join one by asking for it and earning points.
#[utoipa::path(
    get,
    path = "/api/v1/leagues/current",
    tag = "learning",
    operation_id = "get_league",
    responses(LearnerProblems, (status = 200, description = "The league", body = League)),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(State(state): State<Shared>, learner: Learner) -> Result<Json<League>, Problem> {
    let user = state.user(&learner).await?;
    let week = week_of(state.ambient.now());
    let is_joined = takes_part(user.is_trial, user.settings.is_in_leagues);
    let league = if is_joined { state.store.leaderboards().league(learner.user_id, week).await? } else { None };
    let (tier, members) = league.map_or_else(Default::default, |league| (league.tier, league.members));
    let Moves { promoted, relegated } = Moves::of(tier, u32::try_from(members.len()).unwrap_or(u32::MAX));
    let (ends_at, standings) = (Period::Week(week).ends_at(), with_ranks(members, &learner));
    Ok(Json(League { is_joined, tier, ends_at, promoted, relegated, standings }))
}
