//! Points by week, leagues, and what learners want to be shown and to show.

use sea_orm_migration::{
    prelude::*,
    schema::{boolean, integer, string, uuid},
};

use super::shapes::{USER, index, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, default) in [("shows_streak", true), ("is_on_leaderboards", true), ("is_in_leagues", false)] {
            let mut table = Table::alter();
            table.table("users").add_column(boolean(name).default(default));
            manager.alter_table(table).await?;
        }
        let points = vec![uuid("user_id"), string("period"), integer("points"), boolean("is_listed")];
        manager.create_table(table("leaderboard_points", points, &["user_id", "period"], &[USER])).await?;
        // By the user at last, so that the order of equals is one, and that of the index.
        let by_points = ["period", "is_listed", "points", "user_id"];
        manager.create_index(index("leaderboard_points", &by_points)).await?;
        let members = vec![uuid("user_id"), string("week"), string("tier"), integer("league_group")];
        manager.create_table(table("league_members", members, &["user_id", "week"], &[USER])).await?;
        manager.create_index(index("league_members", &["week", "tier", "league_group"])).await
    }
}
