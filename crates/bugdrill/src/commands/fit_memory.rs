//! `bugdrill fit-memory`: finds out how fast learners forget.

use anyhow::Result;
use bugdrill::{config::Config, fitting};
use bugdrill_platform::Ambient;
use bugdrill_store::Store;

/// Looks for the parameters of all learners who have many more reviews than the last time.
pub(crate) async fn run(config: &Config) -> Result<()> {
    let ambient = Ambient::system();
    let store = Store::open(&config.store(ambient.now())).await?;
    let learners = fitting::fit(&store, &ambient).await?;
    store.close().await?;
    println!("looked for the parameters of {learners} learners");
    Ok(())
}
