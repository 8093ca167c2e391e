//! How fast learners forget, where it was found out.

use sea_orm_migration::{
    prelude::*,
    schema::{integer, text_null, timestamp_with_time_zone, uuid},
};

use super::shapes::{USER, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns =
            vec![uuid("user_id"), text_null("parameters"), integer("reviews"), timestamp_with_time_zone("fitted_at")];
        manager.create_table(table("memory_parameters", columns, &["user_id"], &[USER])).await
    }
}
