//! `GET` and `PATCH /auth/me`: what a user is, and how they want things.

use axum::extract::State;
use bugdrill_model::{Language, Role};
use bugdrill_store::ProfileChange;
use bugdrill_web::{
    Json, Learner, Problem,
    problem::{BodyProblems, LearnerProblems},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{AuthState, Shared, problems::session_ended};

/// The longest name to be called by, in characters.
const MAX_NAME_LENGTH: usize = 100;

/// What a user wants to be called: one line.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*[^\s][^\u0000-\u001f\u007f-\u009f]*$")]
pub(crate) struct DisplayName(String);

impl DisplayName {
    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl TryFrom<String> for DisplayName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.chars().count() > MAX_NAME_LENGTH {
            return Err("a display name has 100 characters at the most");
        }
        if text.chars().any(char::is_control) {
            return Err("a display name is one line without control characters");
        }
        let name = text.trim();
        if name.is_empty() {
            return Err("a display name is not empty");
        }
        Ok(Self(name.to_owned()))
    }
}

/// A time zone by its name in the IANA database, such as `Europe/Paris`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, example = "Europe/Paris")]
struct TimeZone(String);

impl TryFrom<String> for TimeZone {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse::<chrono_tz::Tz>().map_err(|_| "not the name of a time zone")?;
        Ok(Self(text))
    }
}

/// A user.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Profile {
    id: Uuid,
    /// The address of an account.
    email: Option<String>,
    /// Whether the user proved to receive mail there.
    email_verified: bool,
    /// What the user wants to be called.
    display_name: Option<String>,
    /// `user`, `editor` or `admin`. More than `user` counts only in sessions with a second factor.
    role: Role,
    /// Whether this is an anonymous trial.
    is_trial: bool,
    /// How many more snippets a trial may start.
    trial_snippets_remaining: Option<i32>,
    /// The language that the user practises.
    preferred_language: Option<Language>,
    /// The user's time zone, by its name in the IANA database.
    time_zone: Option<String>,
    /// Whether the user sees for how many days they practised.
    shows_streak: bool,
    /// Whether others see the points of an account.
    is_on_leaderboards: bool,
    /// Whether an account takes part in leagues.
    is_in_leagues: bool,
    /// Whether the user can log in with a password.
    has_password: bool,
    /// Whether logging in takes a second factor.
    second_factor: bool,
    /// The user's names at other providers.
    identities: Vec<Identity>,
    /// When the user came.
    created_at: DateTime<Utc>,
}

/// A user's name at another provider.
#[derive(Serialize, ToSchema)]
struct Identity {
    /// The provider.
    provider: String,
    /// The address that the provider gave.
    email: Option<String>,
}

/// What shall change: what is left out stays, null removes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "null removes, and what is left out stays")]
pub(crate) struct ProfileRequest {
    /// What the user wants to be called.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<DisplayName>)]
    display_name: Option<Option<DisplayName>>,
    /// The language that the user practises.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Language>)]
    preferred_language: Option<Option<Language>>,
    /// The user's time zone, by its name in the IANA database.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<TimeZone>)]
    time_zone: Option<Option<TimeZone>>,
    /// Whether the user sees for how many days they practised.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    shows_streak: Option<bool>,
    /// Whether others see the points of an account.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    is_on_leaderboards: Option<bool>,
    /// Whether an account takes part in leagues.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    is_in_leagues: Option<bool>,
}

/// Tells what is null from what is left out.
#[expect(clippy::option_option, reason = "that is what it is for")]
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// What may be left out, but is not null.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// The user of the access token.
#[utoipa::path(
    get,
    path = "/auth/me",
    tag = "auth",
    operation_id = "get_profile",
    security(("bearer" = [])),
    responses((status = 200, description = "The user", body = Profile), LearnerProblems),
)]
pub(crate) async fn get(State(state): State<Shared>, learner: Learner) -> Result<Json<Profile>, Problem> {
    find(&state, &learner).await
}

/// Changes the user of the access token, as far as users may.
#[utoipa::path(
    patch,
    path = "/auth/me",
    tag = "auth",
    operation_id = "change_profile",
    security(("bearer" = [])),
    request_body = ProfileRequest,
    responses(
        LearnerProblems,
        BodyProblems,
        (status = 200, description = "The user, changed", body = Profile),
    ),
)]
pub(crate) async fn patch(
    State(state): State<Shared>,
    learner: Learner,
    Json(request): Json<ProfileRequest>,
) -> Result<Json<Profile>, Problem> {
    let change = ProfileChange {
        display_name: request.display_name.map(|name| name.map(DisplayName::into_string)),
        preferred_language: request.preferred_language,
        time_zone: request.time_zone.map(|zone| zone.map(|TimeZone(name)| name)),
        shows_streak: request.shows_streak,
        is_on_leaderboards: request.is_on_leaderboards,
        is_in_leagues: request.is_in_leagues,
    };
    state.store.users().change_profile(learner.user_id, change).await?;
    find(&state, &learner).await
}

async fn find(state: &AuthState, learner: &Learner) -> Result<Json<Profile>, Problem> {
    let profile = state.store.users().profile(learner.user_id).await?;
    // Deleted between the gate and here.
    let profile = profile.ok_or_else(session_ended)?;
    let user = profile.user;
    Ok(Json(Profile {
        id: user.id,
        trial_snippets_remaining: user.trial_remaining(),
        has_password: user.password_hash().is_some(),
        second_factor: user.has_second_factor(),
        shows_streak: user.settings.shows_streak,
        is_on_leaderboards: user.settings.is_on_leaderboards,
        is_in_leagues: user.settings.is_in_leagues,
        email: user.email,
        email_verified: user.email_verified_at.is_some(),
        display_name: user.display_name,
        role: user.role,
        is_trial: user.is_trial,
        preferred_language: profile.preferred_language,
        time_zone: profile.time_zone,
        identities: profile
            .identities
            .into_iter()
            .map(|identity| Identity { provider: identity.provider, email: identity.email })
            .collect(),
        created_at: profile.created_at,
    }))
}
