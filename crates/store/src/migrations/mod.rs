//! The schema's history. Migrations only add; a released one never changes.

use sea_orm_migration::prelude::*;

mod m0001_main_job;

pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_main_job::Migration)]
    }
}
