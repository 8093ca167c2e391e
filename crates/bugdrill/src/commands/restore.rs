//! `bugdrill restore`: a backup takes the place of the database.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use bugdrill::{
    config::{Config, ConfigFlags},
    data_dir::DataDir,
};
use bugdrill_platform::{Ambient, RootSecret};
use bugdrill_store::{AuditStamp, Restore, Restored, SealedKey};
use bugdrill_web::tokens::SEALED_FOR;
use clap::Args;

#[derive(Args)]
pub(crate) struct RestoreArguments {
    /// What `bugdrill backup` wrote, or what was kept in `backups` in the data folder.
    file: PathBuf,
    /// Put it in the place of the database that there is. That is kept in `backups`, as it was. Under PostgreSQL,
    /// everything in the schema goes.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    flags: ConfigFlags,
}

pub(crate) async fn run(arguments: RestoreArguments) -> Result<()> {
    let config = Config::load(&arguments.flags)?;
    // No server on this data folder works with the database from here on.
    let data = DataDir::open(&config.data_dir)?;
    config.check_secret()?;
    let ambient = Ambient::system();
    let now = ambient.now();
    let options = config.store(now);
    let file = arguments.file.display();
    let refused = || format!("{file} is not restored, and the database is as it was");
    let restore =
        Box::pin(Restore::prepare(&options, &arguments.file, arguments.replace)).await.with_context(refused)?;
    check_secret(config.existing_root_secret(&data)?.as_ref(), restore.signing_keys()).with_context(refused)?;
    if !restore.has_checksum() {
        println!(
            "There is no {file}.sha256: the backup can be read, and nothing tells whether a bit of it has changed."
        );
    }
    let stamp = AuditStamp { entry_id: ambient.new_id(), now };
    let restored = Box::pin(restore.put_in_place(&config.backups(now), stamp)).await;
    let Restored { kept, was_damaged, migration, pending_migrations } =
        restored.with_context(|| format!("{file} is not restored"))?;
    println!("{} is what {file} was, of the schema {migration}", options.url);
    if let Some(kept) = kept {
        let state = if was_damaged { "was damaged, and is" } else { "is" };
        println!("What was there before {state} kept as {}", kept.display());
    }
    if pending_migrations > 0 {
        let when =
            if options.url.sqlite_file().is_some() { "the next start applies" } else { "`bugdrill migrate` applies" };
        println!("The schema is of an earlier release: {when} {pending_migrations} migrations.");
    }
    println!("Accounts are logged out everywhere. What they changed after the backup, passwords included, is undone.");
    Ok(())
}

/// Fails unless the root secret opens what is sealed in the backup: no server would start on it.
fn check_secret(secret: Option<&RootSecret>, keys: &[SealedKey]) -> Result<()> {
    if keys.is_empty() {
        println!("Nothing in the backup tells which root secret it was made under; second factors need that one.");
        return Ok(());
    }
    let secret = secret.context(
        "there is no root secret here, and the backup needs the one of the server that it is of: put that into the data \
         folder as secret.key, or set secrets.key",
    )?;
    ensure!(
        keys.iter().all(|key| secret.open(SEALED_FOR, key.id.as_bytes(), &key.private_key).is_ok()),
        "the backup was made under another root secret than is here: put the one of the server that it is of into the \
         data folder as secret.key, or set secrets.key"
    );
    Ok(())
}
