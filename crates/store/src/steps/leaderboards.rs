//! Points by week, and the groups of leagues.

use std::collections::BTreeMap;

use bugdrill_model::{
    calendar::Day,
    leaderboard::{Period, is_listed, ranks, week_of},
    league::{GROUP_SIZE, Tier, next_tier, takes_part},
};
use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, RelationDef,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use crate::{
    entities::{leaderboard_points, league_member, review, user},
    steps::learning::stored,
    text::Text,
};

fn is_listed_user(user: &user::Model) -> bool {
    is_listed(user.is_trial, user.is_on_leaderboards)
}

/// Adds what a review earned, and puts the learner into a league's group for the week if they want to be in one.
pub(crate) async fn add_points(
    transaction: &impl ConnectionTrait,
    user: &user::Model,
    points: u32,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    use leaderboard_points::Column::{IsListed, Points, UserId};
    if points == 0 {
        return Ok(());
    }
    let (points, is_listed) = (stored(points), is_listed_user(user));
    let rows = Period::of(at).map(|period| {
        leaderboard_points::Model { user_id: user.id, period: Text(period), points, is_listed }.into_active_model()
    });
    let more = OnConflict::columns([UserId, leaderboard_points::Column::Period])
        .value(Points, Expr::col((leaderboard_points::Entity, Points)).add(points))
        .update_column(IsListed)
        .to_owned();
    leaderboard_points::Entity::insert_many(rows).on_conflict(more).exec_without_returning(transaction).await?;
    if takes_part(user.is_trial, user.is_in_leagues) {
        join_league(transaction, user.id, week_of(at)).await?;
    }
    Ok(())
}

/// Makes the points anew of what all reviews earned, and tells whether any were different.
pub(crate) async fn recount_points(transaction: &impl ConnectionTrait, user: &user::Model) -> Result<bool, DbErr> {
    let of_user = || leaderboard_points::Column::UserId.eq(user.id);
    let earned = review::Entity::find()
        .select_only()
        .columns([review::Column::CreatedAt, review::Column::Points])
        .filter(review::Column::UserId.eq(user.id))
        .filter(review::Column::Points.gt(0))
        .into_tuple::<(DateTime<Utc>, i32)>()
        .all(transaction)
        .await?;
    let mut points = BTreeMap::<Period, i32>::new();
    for (at, earned) in earned {
        for period in Period::of(at) {
            *points.entry(period).or_default() += earned;
        }
    }
    let is_listed = is_listed_user(user);
    let row =
        |(period, points)| leaderboard_points::Model { user_id: user.id, period: Text(period), points, is_listed };
    let rows: Vec<_> = points.into_iter().map(row).collect();
    let mut kept = leaderboard_points::Entity::find().filter(of_user()).all(transaction).await?;
    kept.sort_unstable_by_key(|row| row.period.0);
    if rows == kept {
        return Ok(false);
    }
    leaderboard_points::Entity::delete_many().filter(of_user()).exec(transaction).await?;
    leaderboard_points::Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model))
        .exec_without_returning(transaction)
        .await?;
    Ok(true)
}

/// Shows the user's points to others, or no longer, as they want by now.
pub(crate) async fn list_again(transaction: &impl ConnectionTrait, user: &user::Model) -> Result<(), DbErr> {
    leaderboard_points::Entity::update_many()
        .col_expr(leaderboard_points::Column::IsListed, Expr::value(is_listed_user(user)))
        .filter(leaderboard_points::Column::UserId.eq(user.id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Puts a learner into the newest group of the tier they belong to, if they are in none in this week.
async fn join_league(transaction: &impl ConnectionTrait, user_id: Uuid, week: Day) -> Result<(), DbErr> {
    use league_member::{Column, Entity};
    let last = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Week.lte(Text(week)))
        .order_by_desc(Column::Week)
        .one(transaction)
        .await?;
    let tier = match last {
        None => Tier::default(),
        Some(member) if *member.week == week => return Ok(()),
        Some(member) => {
            let members = members_of(transaction, &member).await?;
            let points: Vec<i32> = members.iter().map(|member| member.points).collect();
            let rank = ranks(&points).zip(&members).find(|(_, other)| other.user_id == user_id);
            let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
            rank.map_or(*member.tier, |(rank, _)| next_tier(*member.tier, rank, count))
        }
    };
    let of_tier = || Entity::find().filter(Column::Week.eq(Text(week))).filter(Column::Tier.eq(Text(tier)));
    let newest = of_tier().order_by_desc(Column::LeagueGroup).one(transaction).await?;
    let newest = newest.map_or(1, |member| member.league_group);
    let members = of_tier().filter(Column::LeagueGroup.eq(newest)).count(transaction).await?;
    // Two who come at once may both take the last place: nobody minds a group of one more.
    let league_group = if members < GROUP_SIZE.into() { newest } else { newest + 1 };
    let row = league_member::Model { user_id, week: Text(week), tier: Text(tier), league_group };
    Entity::insert(row.into_active_model()).exec_without_returning(transaction).await?;
    Ok(())
}

/// Somebody whom others see, and the points of a time.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Ranked {
    /// The user.
    pub user_id: Uuid,
    /// What they want to be called.
    pub display_name: Option<String>,
    /// What they earned.
    pub points: i32,
}

/// Those in the group of this member, while they want to be in leagues, the most points first.
pub(crate) async fn members_of(
    connection: &impl ConnectionTrait,
    member: &league_member::Model,
) -> Result<Vec<Ranked>, DbErr> {
    use leaderboard_points::Column::Points;
    let user: RelationDef =
        league_member::Entity::belongs_to(user::Entity).from(league_member::Column::UserId).to(user::Column::Id).into();
    let points: RelationDef = league_member::Entity::belongs_to(leaderboard_points::Entity)
        .from(league_member::Column::UserId)
        .to(leaderboard_points::Column::UserId)
        .into();
    league_member::Entity::find()
        .select_only()
        .column(league_member::Column::UserId)
        .column(user::Column::DisplayName)
        .column(Points)
        .join(JoinType::InnerJoin, user)
        .join(JoinType::InnerJoin, points)
        .filter(leaderboard_points::Column::Period.eq(Text(Period::Week(*member.week))))
        .filter(user::Column::IsInLeagues.eq(true))
        .filter(league_member::Column::Week.eq(member.week))
        .filter(league_member::Column::Tier.eq(member.tier))
        .filter(league_member::Column::LeagueGroup.eq(member.league_group))
        .order_by_desc(Points)
        .order_by_desc(league_member::Column::UserId)
        .into_model()
        .all(connection)
        .await
}
