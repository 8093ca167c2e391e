//! `GET /api/v1/users/badges`: what the learner has to show.

use axum::extract::State;
use bugdrill_model::badge::{BADGES, Badge};
use bugdrill_web::{Json, Learner, Problem, problem::LearnerProblems};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::Shared;

/// All badges, in the order in which they are shown.
#[derive(Serialize, ToSchema)]
pub(crate) struct Badges {
    badges: Vec<BadgeStanding>,
}

/// A badge, and how far the learner is with it.
#[derive(Serialize, ToSchema)]
struct BadgeStanding {
    #[serde(flatten)]
    badge: BadgeName,
    /// When it was earned; null while it is not.
    earned_at: Option<DateTime<Utc>>,
    /// How often what it is for was done, at most as often as needed.
    done: u32,
    needed: u32,
}

/// A badge.
#[derive(Serialize, ToSchema)]
pub(crate) struct BadgeName {
    id: &'static str,
    name: &'static str,
    /// What it is for.
    description: &'static str,
}

impl From<&'static Badge> for BadgeName {
    fn from(Badge { id, name, description, .. }: &'static Badge) -> Self {
        Self { id, name, description }
    }
}

/// What the learner has to show, and what there is to earn. A badge that was earned stays.
#[utoipa::path(
    get,
    path = "/api/v1/users/badges",
    tag = "learning",
    operation_id = "get_badges",
    responses(LearnerProblems, (status = 200, description = "The badges", body = Badges)),
    security(("bearer" = [])),
)]
pub(crate) async fn handle(State(state): State<Shared>, learner: Learner) -> Result<Json<Badges>, Problem> {
    let standing = state.store.learning().badges(learner.user_id).await?;
    let shown = |badge: &'static Badge| {
        let progress = badge.progress(&standing.tally);
        let earned_at = standing.earned.get(badge.id).copied();
        // What was earned once may have been counted otherwise since.
        let done = if earned_at.is_some() { progress.needed } else { progress.done };
        BadgeStanding { badge: badge.into(), earned_at, done, needed: progress.needed }
    };
    Ok(Json(Badges { badges: BADGES.iter().map(shown).collect() }))
}
