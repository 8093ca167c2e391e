//! Rows of users.

use bugdrill_model::Role;
use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};
use uuid::Uuid;

use crate::{entities::user, text::Text};

/// This user, unless they are gone.
pub(crate) async fn still_there(connection: &impl ConnectionTrait, id: Option<Uuid>) -> Result<Option<Uuid>, DbErr> {
    let Some(id) = id else { return Ok(None) };
    Ok(user::Entity::find_by_id(id).one(connection).await?.map(|user| user.id))
}

/// A new trial.
pub(crate) fn trial(id: Uuid, snippets: u32, now: DateTime<Utc>) -> user::ActiveModel {
    user::ActiveModel {
        is_trial: Set(true),
        trial_snippets_remaining: Set(i32::try_from(snippets).unwrap_or(i32::MAX)),
        ..blank(id, now)
    }
}

/// A new user, neither trial nor with a way to log in.
pub(crate) fn blank(id: Uuid, now: DateTime<Utc>) -> user::ActiveModel {
    user::ActiveModel {
        id: Set(id),
        role: Set(Text(Role::User)),
        created_at: Set(now),
        last_login_at: Set(Some(now)),
        is_trial: Set(false),
        trial_snippets_remaining: Set(0),
        ..Default::default()
    }
}
