//! `GET /share/daily/{date}`: the challenge of a day.

use std::cmp::Ordering;

use axum::{extract::State, http::HeaderMap, response::Response};
use bugdrill_model::{
    Difficulty,
    calendar::{Calendar, Day},
};
use bugdrill_store::StoredSnippet;
use bugdrill_web::{Path, Problem, problem::PublicProblems, problems};

use super::{
    card::Card,
    page::{self, Action, Page},
};
use crate::{Shared, daily};

problems! {
    GetDailyPictureProblems {
        404: "`not_found`: no challenge of this day",
    }
}

/// A page for the challenge of a day that somebody shares. It does not say how it is solved.
#[utoipa::path(
    get,
    path = "/share/daily/{date}",
    tag = "sharing",
    operation_id = "get_daily_challenge_page",
    params(("date" = Day, Path, description = "The day, in UTC")),
    responses(
        PublicProblems,
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 404, description = "A page that says that there is no such challenge", body = String, content_type = "text/html"),
    ),
)]
pub(super) async fn page(
    State(state): State<Shared>,
    day: Result<Path<Day>, Problem>,
    request: HeaderMap,
) -> Result<Response, Problem> {
    let Ok(Path(day)) = day else { return Ok(page::not_found()) };
    let Some(shared) = find(&state, day).await? else { return Ok(page::not_found()) };
    let page = Page {
        path: &format!("/share/daily/{day}"),
        card: &shared.card,
        description: "One small bug hides in a short function. Find it, fix it, and see it pass.",
        actions: &shared.drills,
    };
    Ok(page.answer(&state.public_url, &request))
}

/// The picture of a day's challenge, 1200 × 630 pixels.
#[utoipa::path(
    get,
    path = "/share/daily/{date}/card.png",
    tag = "sharing",
    operation_id = "get_daily_challenge_picture",
    params(("date" = Day, Path, description = "The day, in UTC")),
    responses(
        PublicProblems,
        GetDailyPictureProblems,
        (status = 200, description = "The picture", body = Vec<u8>, content_type = "image/png"),
    ),
)]
pub(super) async fn picture(
    State(state): State<Shared>,
    Path(day): Path<Day>,
    request: HeaderMap,
) -> Result<Response, Problem> {
    let shared = find(&state, day).await?.ok_or_else(|| Problem::not_found("challenge"))?;
    Ok(state.cards.picture(shared.card).await?.answer(&request))
}

/// A challenge as it is shared.
struct SharedChallenge {
    card: Card,
    /// Where it can be solved, in each language.
    drills: Vec<Action>,
}

/// The challenge of a day; None for days to come, for those on which nobody asked for it, and where it is gone.
async fn find(state: &Shared, day: Day) -> Result<Option<SharedChallenge>, Problem> {
    let today = Calendar::of(None).day(state.ambient.now());
    let view = state.catalog.view().await;
    let challenge = match day.cmp(&today) {
        Ordering::Less => state.store.content().kept_daily_challenge(day).await?,
        Ordering::Equal => daily::of_today(state, &view).await?,
        Ordering::Greater => None,
    };
    let Some(challenge) = challenge else { return Ok(None) };
    let mut snippets: Vec<_> = daily::snippets_of(&view, &challenge).collect();
    snippets.sort_by_key(|stored| stored.snippet.language);
    let Some(StoredSnippet { snippet: first, .. }) = snippets.first() else { return Ok(None) };
    let pattern = view.patterns.iter().find(|entry| entry.pattern.id == first.pattern_id);
    let card = Card {
        caption: format!("Bug of {}", day.in_words()),
        title: first.title.clone(),
        text: format!("{} · {}", pattern.map_or("", |entry| &entry.pattern.name), in_words(first.difficulty)),
    };
    let drill = |stored: &&StoredSnippet| Action {
        label: format!("Find it in {}", stored.snippet.language.name()),
        path: format!("/drill/{}", stored.snippet.slug),
    };
    Ok(Some(SharedChallenge { card, drills: snippets.iter().map(drill).collect() }))
}

fn in_words(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Beginner => "for beginners",
        Difficulty::Medium => "medium",
        Difficulty::Hard => "hard",
    }
}
