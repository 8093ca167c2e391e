//! `GET /api/v1/snippets/daily`: the challenge of the day.

use std::collections::BTreeMap;

use axum::extract::State;
use bugdrill_model::{
    Language,
    calendar::{Calendar, Day},
    selection::of_the_day,
};
use bugdrill_store::{DailyChallenge as StoredChallenge, StoreError, StoredSnippet};
use bugdrill_web::{Json, Problem, Query, problem::PublicProblems, problems};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    Shared,
    catalog::{Filter, View},
    snippets::SnippetListItem,
};

/// The challenge of a day: one exercise and bug for everyone, each in their language.
#[derive(Serialize, ToSchema)]
pub(crate) struct DailyChallenge {
    /// The day, in UTC.
    date: Day,
    /// When the next one comes.
    ends_at: DateTime<Utc>,
    snippet: SnippetListItem,
}

/// In which language it is wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DailyQuery {
    language: Language,
}

problems! {
    GetDailyChallengeProblems {
        400: "`invalid_query`",
        404: "`not_found`: there is no snippet in this language",
    }
}

/// The challenge of the day.
#[utoipa::path(
    get,
    path = "/api/v1/snippets/daily",
    tag = "content",
    operation_id = "get_daily_challenge",
    params(DailyQuery),
    responses(
        PublicProblems,
        GetDailyChallengeProblems,
        (status = 200, description = "The challenge", body = DailyChallenge),
    ),
)]
pub(crate) async fn handle(
    State(state): State<Shared>,
    Query(query): Query<DailyQuery>,
) -> Result<Json<DailyChallenge>, Problem> {
    let view = state.catalog.view().await;
    let utc = Calendar::of(None);
    let date = utc.day(state.ambient.now());
    let none = || Problem::not_found("snippet");
    let kept = of_today(&state, &view).await?.ok_or_else(none)?;
    let find = |challenge: &StoredChallenge| {
        snippets_of(&view, challenge).find(|stored| stored.snippet.language == query.language)
    };
    // What was chosen may not be there in this language, or not any more.
    let other = || choose(&view, date, Some(query.language)).and_then(|other| find(&other));
    let stored = find(&kept).or_else(other).ok_or_else(none)?;
    let pattern = view.patterns.iter().find(|entry| entry.pattern.id == stored.snippet.pattern_id).ok_or_else(none)?;
    let snippet = SnippetListItem::new(stored, &pattern.pattern);
    Ok(Json(DailyChallenge { date, ends_at: utc.start(date.plus(1)), snippet }))
}

/// The exercise and bug of today, for everyone; None where there is no content.
pub(crate) async fn of_today(state: &Shared, view: &View) -> Result<Option<StoredChallenge>, StoreError> {
    let now = state.ambient.now();
    let today = Calendar::of(None).day(now);
    let Some(choice) = choose(view, today, None) else { return Ok(None) };
    Ok(Some(state.store.content().daily_challenge(today, choice, now).await?))
}

/// The snippets of a challenge, one a language.
pub(crate) fn snippets_of<'view>(
    view: &'view View,
    challenge: &StoredChallenge,
) -> impl Iterator<Item = &'view StoredSnippet> {
    view.snippets_of(Filter::default()).filter(move |StoredSnippet { snippet, .. }| {
        snippet.exercise_id == challenge.exercise_id && snippet.bug_id == challenge.bug_id
    })
}

/// The exercise and bug of a day, among those in this language, or else those in the most languages.
fn choose(view: &View, day: Day, language: Option<Language>) -> Option<StoredChallenge> {
    let mut exercises = BTreeMap::<&str, BTreeMap<&str, usize>>::new();
    for stored in view.snippets_of(Filter { language, ..Filter::default() }) {
        let bugs = exercises.entry(&stored.snippet.exercise_id).or_default();
        *bugs.entry(&stored.snippet.bug_id).or_default() += 1;
    }
    let most = exercises.values().flat_map(BTreeMap::values).max().copied()?;
    for bugs in exercises.values_mut() {
        bugs.retain(|_, languages| *languages == most);
    }
    exercises.retain(|_, bugs| !bugs.is_empty());
    let (exercise_id, bugs) = exercises.iter().nth(of_the_day(exercises.len(), day)?)?;
    // Another bug of it each time that it comes.
    let round = usize::try_from(day.number()).ok()? / exercises.len();
    let bug_id = bugs.keys().nth(round % bugs.len())?;
    Some(StoredChallenge { exercise_id: (*exercise_id).to_owned(), bug_id: (*bug_id).to_owned() })
}
