//! Users.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{Store, StoreError, entities::user};

/// A user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The id.
    pub id: Uuid,
    /// `user`, `editor` or `admin`.
    pub role: String,
    /// Whether this is an anonymous trial.
    pub is_trial: bool,
    /// How many more snippets a trial may start.
    pub trial_snippets_remaining: i32,
}

impl User {
    /// How many more snippets this user may start, when it is a trial.
    pub fn trial_remaining(&self) -> Option<i32> {
        self.is_trial.then_some(self.trial_snippets_remaining)
    }
}

impl From<user::Model> for User {
    fn from(model: user::Model) -> Self {
        Self {
            id: model.id,
            role: model.role,
            is_trial: model.is_trial,
            trial_snippets_remaining: model.trial_snippets_remaining,
        }
    }
}

/// Users.
#[derive(Clone, Copy, Debug)]
pub struct UserRepository<'a> {
    pub(crate) store: &'a Store,
}

impl UserRepository<'_> {
    /// Creates an anonymous user, who may start `snippets` snippets.
    pub async fn create_trial(&self, id: Uuid, snippets: u32, now: DateTime<Utc>) -> Result<User, StoreError> {
        let model = user::ActiveModel {
            id: Set(id),
            email: Set(None),
            password_hash: Set(None),
            display_name: Set(None),
            role: Set("user".into()),
            preferred_language: Set(None),
            time_zone: Set(None),
            created_at: Set(now),
            last_login_at: Set(Some(now)),
            is_trial: Set(true),
            trial_snippets_remaining: Set(i32::try_from(snippets).unwrap_or(i32::MAX)),
        };
        Ok(model.insert(&self.store.connection).await?.into())
    }

    /// Forgets trials that nobody has come back to since `before`, with all that they did. Returns how many.
    pub async fn purge_idle_trials(&self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        let purged = user::Entity::delete_many()
            .filter(user::Column::IsTrial.eq(true))
            .filter(user::Column::LastLoginAt.lt(before))
            .exec(&self.store.connection)
            .await?;
        Ok(purged.rows_affected)
    }

    /// The user of this id.
    pub async fn find(&self, id: Uuid) -> Result<Option<User>, StoreError> {
        Ok(user::Entity::find_by_id(id).one(&self.store.connection).await?.map(User::from))
    }
}
