//! How learners stand beside others.

use bugdrill_model::{calendar::Day, leaderboard::Period, league::Tier};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationDef};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::{leaderboard_points, league_member, user},
    steps::leaderboards::members_of,
    text::Text,
};

pub use crate::steps::leaderboards::Ranked;

/// A learner's own place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// One more than the number of those listed who have more points.
    pub rank: u64,
    /// What was earned.
    pub points: i32,
}

/// A learner's league in a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct League {
    /// How high it is.
    pub tier: Tier,
    /// Those in the same group, the most points first.
    pub members: Vec<Ranked>,
}

/// Leaderboards and leagues.
#[derive(Clone, Copy, Debug)]
pub struct LeaderboardRepository<'a> {
    pub(crate) store: &'a Store,
}

impl LeaderboardRepository<'_> {
    /// Those with the most points, `limit` at the most.
    pub async fn top(&self, period: Period, limit: u64) -> Result<Vec<Ranked>, StoreError> {
        use leaderboard_points::{Column, Entity};
        let user: RelationDef = Entity::belongs_to(user::Entity).from(Column::UserId).to(user::Column::Id).into();
        let top = Entity::find()
            .select_only()
            .columns([Column::UserId, Column::Points])
            .column(user::Column::DisplayName)
            .join(JoinType::InnerJoin, user)
            .filter(Column::Period.eq(Text(period)))
            .filter(Column::IsListed.eq(true))
            .order_by_desc(Column::Points)
            .order_by_desc(Column::UserId)
            .limit(limit)
            .into_model()
            .all(&self.store.reader)
            .await?;
        Ok(top)
    }

    /// The place of a learner, listed or not; `None` without points.
    pub async fn place(&self, user_id: Uuid, period: Period) -> Result<Option<Place>, StoreError> {
        use leaderboard_points::{Column, Entity};
        let period = Text(period);
        let own = Entity::find_by_id((user_id, period)).one(&self.store.reader).await?;
        let Some(own) = own else { return Ok(None) };
        let before = Entity::find()
            .filter(Column::Period.eq(period))
            .filter(Column::IsListed.eq(true))
            .filter(Column::Points.gt(own.points))
            .count(&self.store.reader)
            .await?;
        Ok(Some(Place { rank: before + 1, points: own.points }))
    }

    /// The league of a learner in the week of this Monday; `None` before there were points in it.
    pub async fn league(&self, user_id: Uuid, week: Day) -> Result<Option<League>, StoreError> {
        let connection = &self.store.reader;
        let member = league_member::Entity::find_by_id((user_id, Text(week))).one(connection).await?;
        let Some(member) = member else { return Ok(None) };
        Ok(Some(League { tier: *member.tier, members: members_of(connection, &member).await? }))
    }
}
