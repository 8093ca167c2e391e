//! Badges, and what they depend on.

use sea_orm_migration::{
    prelude::*,
    schema::{boolean, integer_null, string, text, text_null, timestamp_with_time_zone, uuid},
};

use super::shapes::{USER, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            ("reviews", integer_null("hour")),
            ("reviews", boolean("was_due").default(false).to_owned()),
            ("submissions", text_null("badges")),
        ];
        for (of, mut column) in columns {
            let mut table = Table::alter();
            table.table(of).add_column(&mut column);
            manager.alter_table(table).await?;
        }
        let badges = vec![uuid("user_id"), string("badge"), timestamp_with_time_zone("earned_at")];
        manager.create_table(table("user_badges", badges, &["user_id", "badge"], &[USER])).await?;
        let tallies = vec![uuid("user_id"), text("tally")];
        manager.create_table(table("user_tallies", tallies, &["user_id"], &[USER])).await
    }
}
