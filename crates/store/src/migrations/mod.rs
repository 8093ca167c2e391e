//! The schema's history. Migrations only add; a released one never changes.

use sea_orm::{DatabaseTransaction, EntityTrait};
use sea_orm_migration::{IntoSchemaManagerConnection, prelude::*, seaql_migrations};

mod m0001_main_job;
mod m0002_accounts;
mod m0003_revisions;
mod m0004_learning;
mod m0005_badges;
mod m0006_leaderboards;
mod m0007_memory_parameters;
mod m0008_general_skill;
mod shapes;

struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_main_job::Migration),
            Box::new(m0002_accounts::Migration),
            Box::new(m0003_revisions::Migration),
            Box::new(m0004_learning::Migration),
            Box::new(m0005_badges::Migration),
            Box::new(m0006_leaderboards::Migration),
            Box::new(m0007_memory_parameters::Migration),
            Box::new(m0008_general_skill::Migration),
        ]
    }
}

/// What was done to a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct History {
    /// The names of the migrations that were applied, in their order.
    applied: Vec<String>,
}

impl History {
    /// Reads it. Changes nothing, and needs no right to.
    pub(crate) async fn read<'a>(connection: impl IntoSchemaManagerConnection<'a>) -> Result<Self, DbErr> {
        let manager = SchemaManager::new(connection);
        if !manager.has_table("seaql_migrations").await? {
            return Ok(Self { applied: Vec::new() });
        }
        let applied = seaql_migrations::Entity::find().all(manager.get_connection()).await?;
        Ok(Self::of(applied.into_iter().map(|migration| migration.version)))
    }

    /// That of a schema to which these were applied.
    pub(crate) fn of(applied: impl IntoIterator<Item = String>) -> Self {
        let mut applied: Vec<String> = applied.into_iter().collect();
        applied.sort_unstable();
        Self { applied }
    }

    /// Whether there is a schema of ours.
    pub(crate) fn is_ours(&self) -> bool {
        self.applied.iter().any(|name| name == m0001_main_job::Migration.name())
    }

    /// The last migration that was applied.
    pub(crate) fn newest(&self) -> Option<&str> {
        self.applied.last().map(String::as_str)
    }

    /// How many migrations of this release the schema lacks.
    pub(crate) fn pending(&self) -> usize {
        Migrator::migrations().iter().filter(|known| !self.applied.iter().any(|name| name == known.name())).count()
    }

    /// The last migration that was applied and that this release does not know: what it would do to such a schema,
    /// nobody has tried.
    pub(crate) fn unknown(&self) -> Option<&str> {
        let known = Migrator::migrations();
        self.applied.iter().rev().map(String::as_str).find(|name| known.iter().all(|known| known.name() != *name))
    }
}

/// Applies what is pending.
pub(crate) async fn run(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    Migrator::up(transaction, None).await
}
