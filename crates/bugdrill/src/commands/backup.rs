//! `bugdrill backup`: a copy of the database, of one moment, while a server may be running.

use std::path::PathBuf;

use anyhow::{Context, Result};
use bugdrill::config::{Config, ConfigFlags};
use bugdrill_platform::Ambient;
use bugdrill_store::{Backup, BackupTarget};
use clap::Args;

#[derive(Args)]
pub(crate) struct BackupArguments {
    /// The file to write, which there must not be yet; without it, one in `backups` in the data folder.
    #[arg(long)]
    output: Option<PathBuf>,
    #[command(flatten)]
    flags: ConfigFlags,
}

pub(crate) async fn run(arguments: BackupArguments) -> Result<()> {
    let config = Config::load(&arguments.flags)?;
    let now = Ambient::system().now();
    let (options, backups) = (config.store(now), config.backups(now));
    let target = arguments.output.as_deref().map_or(BackupTarget::Folder(&backups), BackupTarget::File);
    let made = Box::pin(Backup::make(&options, target)).await;
    let Backup { path, migration, bytes } =
        made.with_context(|| format!("the database {} is not backed up", options.url))?;
    println!("{}: {bytes} bytes, of the schema {migration}", path.display());
    println!(
        "The root secret is not in it: without that, signing keys and second factors do not open. Keep secrets.key, or \
         secret.key in the data folder, too, and apart from this file."
    );
    Ok(())
}
