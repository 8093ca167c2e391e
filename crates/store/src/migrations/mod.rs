//! The schema's history. Migrations only add; a released one never changes.

use std::collections::HashSet;

use sea_orm::{DatabaseTransaction, EntityTrait};
use sea_orm_migration::{IntoSchemaManagerConnection, prelude::*, seaql_migrations};

mod m0001_main_job;
mod m0002_accounts;
mod m0003_revisions;
mod shapes;

struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_main_job::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_revisions::Migration),
        ]
    }
}

/// How many migrations of this release the schema lacks. Changes nothing, and needs no right to.
pub(crate) async fn pending<'a>(connection: impl IntoSchemaManagerConnection<'a>) -> Result<usize, DbErr> {
    let migrations = Migrator::migrations();
    let manager = SchemaManager::new(connection);
    if !manager.has_table("seaql_migrations").await? {
        return Ok(migrations.len());
    }
    let applied = seaql_migrations::Entity::find().all(manager.get_connection()).await?;
    let applied: HashSet<String> = applied.into_iter().map(|migration| migration.version).collect();
    Ok(migrations.iter().filter(|migration| !applied.contains(migration.name())).count())
}

/// Applies what is pending.
pub(crate) async fn run(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    Migrator::up(transaction, None).await
}
