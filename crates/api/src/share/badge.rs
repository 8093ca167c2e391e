//! `GET /share/badge/{badge_id}`: a badge.

use axum::{extract::State, http::HeaderMap, response::Response};
use bugdrill_model::badge::{BADGES, Badge};
use bugdrill_web::{Path, Problem, problem::PublicProblems, problems};

use super::{
    card::Card,
    page::{self, Action, Page},
};
use crate::Shared;

problems! {
    GetBadgePictureProblems {
        404: "`not_found`: no such badge",
    }
}

/// A page for a badge that somebody shares.
#[utoipa::path(
    get,
    path = "/share/badge/{badge_id}",
    tag = "sharing",
    operation_id = "get_badge_page",
    params(("badge_id" = String, Path, description = "A badge's id")),
    responses(
        PublicProblems,
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 404, description = "A page that says that there is no such badge", body = String, content_type = "text/html"),
    ),
)]
pub(super) async fn page(State(state): State<Shared>, Path(id): Path<String>, request: HeaderMap) -> Response {
    let Some(badge) = find(&id) else { return page::not_found() };
    let page = Page {
        path: &format!("/share/badge/{}", badge.id),
        card: &card(badge),
        description: "Earned on bugdrill, by finding and fixing bugs in short functions.",
        actions: &[Action { label: "Fix a bug".to_owned(), path: "/".to_owned() }],
    };
    page.answer(&state.public_url, &request)
}

/// The picture of a badge, 1200 × 630 pixels.
#[utoipa::path(
    get,
    path = "/share/badge/{badge_id}/card.png",
    tag = "sharing",
    operation_id = "get_badge_picture",
    params(("badge_id" = String, Path, description = "A badge's id")),
    responses(
        PublicProblems,
        GetBadgePictureProblems,
        (status = 200, description = "The picture", body = Vec<u8>, content_type = "image/png"),
    ),
)]
pub(super) async fn picture(
    State(state): State<Shared>,
    Path(id): Path<String>,
    request: HeaderMap,
) -> Result<Response, Problem> {
    let badge = find(&id).ok_or_else(|| Problem::not_found("badge"))?;
    Ok(state.cards.picture(card(badge)).await?.answer(&request))
}

fn find(id: &str) -> Option<&'static Badge> {
    BADGES.iter().find(|badge| badge.id == id)
}

fn card(badge: &Badge) -> Card {
    Card { caption: "Badge earned".to_owned(), title: badge.name.to_owned(), text: badge.description.to_owned() }
}
