//! How fast learners forget, found out of what they did.

use std::collections::BTreeMap;

use bugdrill_model::{
    calendar::Calendar,
    memory::{Parameters, REVIEWS_TO_FIT, Review},
};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{ExprTrait, OnConflict},
};
use uuid::Uuid;

use crate::{
    LearningRepository, StoreError,
    entities::{memory_parameters, review, user},
    retention::BATCH,
    steps::{learning::day_of, recounting::recount_learner},
};

/// Parameters are looked for anew when there are so many times as many reviews as the last time.
const GROWTH_TO_FIT_ANEW: f64 = 1.2;

/// Somebody who has many reviews.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Reviewer {
    /// The user.
    pub user_id: Uuid,
    /// How many reviews they have.
    pub reviews: i64,
}

impl LearningRepository<'_> {
    /// Those with enough reviews that their own parameters may be found, in the order of their ids, some of them: the
    /// first, or those after this one.
    pub async fn reviewers_after(&self, id: Option<Uuid>) -> Result<Vec<Reviewer>, StoreError> {
        let enough = i64::try_from(REVIEWS_TO_FIT).unwrap_or(i64::MAX);
        let reviewers = review::Entity::find()
            .select_only()
            .column(review::Column::UserId)
            .column_as(review::Column::Id.count(), "reviews")
            .filter(review::Column::UserId.gt(id.unwrap_or_default()))
            .group_by(review::Column::UserId)
            .having(review::Column::Id.count().gte(enough))
            .order_by_asc(review::Column::UserId)
            .limit(BATCH)
            .into_model()
            .all(&self.store.reader)
            .await?;
        Ok(reviewers)
    }

    /// Looks for the parameters by which this learner forgets, where there are many more reviews than the last time, and
    /// plans all patterns by them. Tells whether it looked.
    pub async fn fit_memory(&self, reviewer: Reviewer, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let user_id = reviewer.user_id;
        let find = || memory_parameters::Entity::find_by_id(user_id);
        let last = find().one(&self.store.reader).await?;
        if last.is_some_and(|last| (reviewer.reviews as f64) < f64::from(last.reviews) * GROWTH_TO_FIT_ANEW) {
            return Ok(false);
        }
        let Some(user) = user::Entity::find_by_id(user_id).one(&self.store.reader).await? else { return Ok(false) };
        let reviews = review::Entity::find()
            .filter(review::Column::UserId.eq(user_id))
            .order_by_asc(review::Column::CreatedAt)
            .order_by_asc(review::Column::Id)
            .all(&self.store.reader)
            .await?;
        let calendar = Calendar::of(user.time_zone.as_deref());
        let count = i32::try_from(reviews.len()).unwrap_or(i32::MAX);
        let mut histories = BTreeMap::<i32, Vec<Review>>::new();
        for review in &reviews {
            let (rating, on) = (*review.rating, day_of(review, calendar));
            histories.entry(review.pattern_id).or_default().push(Review { rating, on });
        }
        let fitting = move || Parameters::fit(histories.values().map(Vec::as_slice));
        let parameters = tokio::task::spawn_blocking(fitting).await;
        let parameters = parameters.map_err(|error| DbErr::Custom(format!("no parameters were found: {error}")))?;
        let parameters = parameters.map(|parameters| serde_json::to_string(&parameters)).transpose()?;

        let Some((transaction, user)) = self.store.begin_learning_of(user_id).await? else { return Ok(false) };
        let row = memory_parameters::Model { user_id, parameters, reviews: count, fitted_at: now };
        let again = OnConflict::column(memory_parameters::Column::UserId)
            .update_columns([
                memory_parameters::Column::Parameters,
                memory_parameters::Column::Reviews,
                memory_parameters::Column::FittedAt,
            ])
            .to_owned();
        let inserting = memory_parameters::Entity::insert(row.into_active_model()).on_conflict(again);
        inserting.exec_without_returning(&transaction).await?;
        recount_learner(&transaction, &user).await?;
        transaction.commit().await?;
        Ok(true)
    }
}
