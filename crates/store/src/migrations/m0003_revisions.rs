//! What submissions were judged by is kept, and how they were rated; whether writing works can be tried.

use sea_orm_migration::{
    prelude::*,
    schema::{integer, string_null, text, timestamp_with_time_zone, uuid},
};

use super::shapes::{Reference, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const SNIPPET: Reference = ("snippet_id", "snippets", ForeignKeyAction::Restrict);

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let revisions =
            vec![uuid("snippet_id"), integer("revision"), text("content"), timestamp_with_time_zone("created_at")];
        manager.create_table(table("snippet_revisions", revisions, &["snippet_id", "revision"], &[SNIPPET])).await?;
        let mut submissions = Table::alter();
        submissions.table("submissions").add_column(string_null("rating"));
        manager.alter_table(submissions).await?;
        let trials = vec![integer("id"), timestamp_with_time_zone("tried_at")];
        manager.create_table(table("write_trials", trials, &["id"], &[])).await
    }
}
