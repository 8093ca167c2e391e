//! `bugdrill recount`: makes progress anew of what was logged.

use std::process::ExitCode;

use anyhow::Result;
use bugdrill::config::{Config, ConfigFlags};
use bugdrill_platform::Ambient;
use bugdrill_store::Store;
use clap::Args;

/// What is counted, and whether anything is changed.
#[derive(Args)]
pub(crate) struct RecountArguments {
    #[command(flatten)]
    config: ConfigFlags,
    /// Change nothing; fail when something is not what was logged.
    #[arg(long)]
    check: bool,
}

/// Counts all learners' progress anew, one after the other; a server may be running.
pub(crate) async fn run(RecountArguments { config, check }: RecountArguments) -> Result<ExitCode> {
    let config = Config::load(&config)?;
    let store = Store::open(&config.store(Ambient::system().now())).await?;
    let learning = store.learning();
    let (mut learners, mut different, mut last) = (0_u64, 0_u64, None);
    loop {
        let some = learning.learners_after(last).await?;
        if some.is_empty() {
            break;
        }
        last = some.last().copied();
        for learner in some {
            learners += 1;
            different += u64::from(learning.recount(learner, check).await?);
        }
    }
    store.close().await?;
    let done = if check { "differ from what was logged" } else { "were put right" };
    println!("{learners} learners counted, {different} of them {done}");
    Ok(if check && different > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
