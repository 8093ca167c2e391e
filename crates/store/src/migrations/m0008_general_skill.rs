//! What learners can in any pattern.

use sea_orm_migration::{
    prelude::*,
    schema::{double, integer},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut column in [double("skill").default(0.0).to_owned(), integer("skill_observations").default(0).to_owned()]
        {
            let mut table = Table::alter();
            table.table("users").add_column(&mut column);
            manager.alter_table(table).await?;
        }
        // What was kept of a pattern was the whole of the skill there, and is now what is special there.
        let anew = "update user_pattern_progress set skill = null, skill_observations = 0";
        manager.get_connection().execute_unprepared(anew).await?;
        Ok(())
    }
}
