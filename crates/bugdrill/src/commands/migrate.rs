//! `bugdrill migrate`: brings the schema of the database up to date.

use anyhow::{Context, Result};
use bugdrill::{config::Config, data_dir::DataDir};
use bugdrill_platform::Ambient;
use bugdrill_store::Store;

pub(crate) async fn run(config: &Config) -> Result<()> {
    let options = config.store(Ambient::system().now());
    // A SQLite file belongs to the server that has the folder.
    let _data = options.url.sqlite_file().map(|_| DataDir::open(&config.data_dir)).transpose()?;
    let url = &options.url;
    let migrated = Store::migrate(&options).await.with_context(|| format!("the database {url} is not migrated"))?;
    if migrated > 0 && url.sqlite_file().is_none() {
        println!("PostgreSQL is not backed up by a migration: `bugdrill backup` does that, best before each of them");
    }
    println!("{url} is up to date: {migrated} migrations applied");
    Ok(())
}
