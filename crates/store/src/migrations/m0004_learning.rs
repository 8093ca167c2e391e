//! What a review earned and on which day it was; what comes back; how skilled learners are and how hard snippets.

use sea_orm::DatabaseBackend;
use sea_orm_migration::{
    prelude::*,
    schema::{
        boolean, boolean_null, double, double_null, integer, string, string_null, timestamp_with_time_zone, uuid,
    },
};

use super::shapes::{index, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            ("reviews", string_null("reviewed_on")),
            ("reviews", integer("points").default(0).to_owned()),
            ("submissions", integer("points").default(0).to_owned()),
            ("user_snippets", string_null("reviewed_on")),
            ("user_snippets", boolean("is_to_retry").default(false).to_owned()),
            ("user_snippets", boolean_null("why_is_right")),
            ("user_pattern_progress", double_null("skill")),
            ("user_pattern_progress", integer("skill_observations").default(0).to_owned()),
        ];
        for (of, mut column) in columns {
            let mut table = Table::alter();
            table.table(of).add_column(&mut column);
            manager.alter_table(table).await?;
        }
        // The day was not kept. That of UTC is a learner's to within a day.
        let day = |column: &str| match manager.get_database_backend() {
            DatabaseBackend::Postgres => format!("to_char({column} at time zone 'UTC', 'YYYY-MM-DD')"),
            _ => format!("substr({column}, 1, 10)"),
        };
        let reviews = format!("update reviews set reviewed_on = {}", day("created_at"));
        let states = format!("update user_snippets set reviewed_on = {}", day("coalesce(solved_at, given_up_at)"));
        for statement in [reviews, states] {
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        manager.create_index(index("reviews", &["user_id", "reviewed_on"])).await?;
        let difficulties = vec![uuid("snippet_id"), double("difficulty"), integer("observations")];
        let snippet = ("snippet_id", "snippets", ForeignKeyAction::Cascade);
        manager.create_table(table("snippet_difficulties", difficulties, &["snippet_id"], &[snippet])).await?;
        let daily =
            vec![string("day"), string("exercise_id"), string("bug_id"), timestamp_with_time_zone("created_at")];
        manager.create_table(table("daily_challenges", daily, &["day"], &[])).await
    }
}
