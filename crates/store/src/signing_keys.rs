//! The keys that sign access tokens.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};

use crate::{Store, StoreError, entities::signing_key};

/// A key that signs access tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKey {
    /// The `kid` of its tokens.
    pub id: String,
    /// One more than that of the key before it.
    pub generation: i32,
    /// The private key, sealed; what is public of it follows from that.
    pub private_key: Vec<u8>,
    /// From when tokens are signed with it.
    pub signs_from: DateTime<Utc>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl From<signing_key::Model> for SigningKey {
    fn from(model: signing_key::Model) -> Self {
        let signing_key::Model { id, generation, private_key, signs_from, created_at } = model;
        Self { id, generation, private_key, signs_from, created_at }
    }
}

/// The keys that sign access tokens.
#[derive(Clone, Copy, Debug)]
pub struct SigningKeyRepository<'a> {
    pub(crate) store: &'a Store,
}

impl SigningKeyRepository<'_> {
    /// All keys, the newest last.
    pub async fn list(&self) -> Result<Vec<SigningKey>, StoreError> {
        let keys =
            signing_key::Entity::find().order_by_asc(signing_key::Column::Generation).all(&self.store.reader).await?;
        Ok(keys.into_iter().map(SigningKey::from).collect())
    }

    /// Adds a key, unless there is one of its generation. Tells whether it was added.
    pub async fn add(&self, key: SigningKey) -> Result<bool, StoreError> {
        let model = signing_key::ActiveModel {
            id: Set(key.id),
            generation: Set(key.generation),
            private_key: Set(key.private_key),
            signs_from: Set(key.signs_from),
            created_at: Set(key.created_at),
        };
        let added = signing_key::Entity::insert(model)
            .on_conflict(OnConflict::column(signing_key::Column::Generation).do_nothing().to_owned())
            .exec_without_returning(&self.store.writer)
            .await?;
        Ok(added > 0)
    }

    /// Deletes the keys before this generation.
    pub async fn delete_before(&self, generation: i32) -> Result<(), StoreError> {
        signing_key::Entity::delete_many()
            .filter(signing_key::Column::Generation.lt(generation))
            .exec(&self.store.writer)
            .await?;
        Ok(())
    }
}
