//! Benchmarks: `target/release/bugdrill-bench [name]`, all of them without a name.
//!
//! They print what they measure and what it is compared with, on the machine that they run on, and judge nothing.

mod accounts;
mod crowd;
mod fairness;
mod http;
mod learning;
mod load;
mod native;
mod sandbox;
mod statistics;

use std::process::ExitCode;

/// The benchmarks, by name.
const ALL: [&str; 7] = ["sandbox", "http", "fairness", "accounts", "load", "learning", "crowd"];

fn main() -> anyhow::Result<ExitCode> {
    let name = std::env::args().nth(1);
    if name.as_deref() == Some("runner") {
        // The sandbox starts its runners with this executable.
        return Ok(bugdrill_sandbox::runner_main());
    }
    if name.as_deref() == Some(sandbox::INSTANCES_ARGUMENT) {
        return sandbox::live_instances(&std::env::args().nth(2).unwrap_or_default());
    }
    let chosen: Vec<&str> = ALL.into_iter().filter(|known| name.as_deref().is_none_or(|name| name == *known)).collect();
    anyhow::ensure!(!chosen.is_empty(), "the benchmarks are: {}", ALL.join(", "));
    for name in chosen {
        println!("# {name}\n");
        match name {
            "accounts" => tokio::runtime::Runtime::new()?.block_on(accounts::run())?,
            "crowd" => tokio::runtime::Runtime::new()?.block_on(crowd::run())?,
            "load" => tokio::runtime::Runtime::new()?.block_on(load::run())?,
            "fairness" => tokio::runtime::Runtime::new()?.block_on(fairness::run())?,
            "http" => tokio::runtime::Runtime::new()?.block_on(http::run())?,
            "learning" => learning::run(),
            "sandbox" => sandbox::run()?,
            _ => unreachable!("all names are handled"),
        }
    }
    Ok(ExitCode::SUCCESS)
}
