//! The `bugdrill` command.
#![forbid(unsafe_code)]

mod commands;

use std::process::ExitCode;

use anyhow::{Result, ensure};
use bugdrill::{
    config::{self, Config, ConfigFlags},
    logging, server,
};
use bugdrill_platform::Ambient;
use chrono::TimeDelta;
use clap::{Args, Parser, Subcommand};

/// Practise coding-interview patterns by fixing bugs.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the app, the API and everything they need.
    Serve(ServeArguments),
    /// Bring the schema of the database up to date; `serve` does so itself under SQLite.
    Migrate(ConfigFlags),
    /// Write a copy of the database, of one moment; a server may be running.
    Backup(commands::backup::BackupArguments),
    /// Put a backup in the place of the database; no server may be running.
    Restore(commands::restore::RestoreArguments),
    /// Count what learners achieved anew, by what was logged; a server may be running.
    Recount(commands::recount::RecountArguments),
    /// Find out how fast learners forget who have reviewed much, and plan their reviews by it; a server, which does so
    /// once a day, may be running.
    FitMemory(ConfigFlags),
    /// Look after accounts.
    Admin {
        #[command(subcommand)]
        command: commands::admin::AdminCommand,
    },
    /// Work on the exercises.
    Content {
        #[command(subcommand)]
        command: commands::content::ContentCommand,
    },
    /// Say what works on this machine and what is missing; fails when something is that a server needs.
    Doctor(ConfigFlags),
    /// Print the default configuration, with a comment on every option.
    Config,
    /// Print the OpenAPI document.
    Openapi,
    /// Take runs on standard input: started by the server, for no other use.
    #[command(hide = true, disable_help_flag = true)]
    Runner {
        /// For the runner itself.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        _arguments: Vec<String>,
    },
}

/// How to serve.
#[derive(Args)]
struct ServeArguments {
    #[command(flatten)]
    config: ConfigFlags,
    /// For trying out what learners see on later days: the clock is so many days ahead. What is stored stays in that
    /// future.
    #[arg(long, default_value_t = 0, hide = true)]
    clock_offset_days: u16,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bugdrill: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Serve(ServeArguments { config, clock_offset_days }) => {
            let config = Config::load(&config)?;
            let is_local = config.listen.ip().is_loopback();
            ensure!(clock_offset_days == 0 || is_local, "--clock-offset-days is for servers on this machine alone");
            let ambient = Ambient::ahead(TimeDelta::days(clock_offset_days.into()));
            logging::start(&config.log)?;
            asynchronously(server::serve(&config, ambient))?;
        }
        Command::Migrate(flags) => asynchronously(commands::migrate::run(&Config::load(&flags)?))?,
        Command::Backup(arguments) => asynchronously(commands::backup::run(arguments))?,
        Command::Restore(arguments) => asynchronously(commands::restore::run(arguments))?,
        Command::Recount(arguments) => return asynchronously(commands::recount::run(arguments)),
        Command::FitMemory(flags) => asynchronously(commands::fit_memory::run(&Config::load(&flags)?))?,
        Command::Admin { command } => asynchronously(commands::admin::run(command))?,
        Command::Content { command } => return asynchronously(commands::content::run(command)),
        Command::Doctor(flags) => return asynchronously(commands::doctor::run(&Config::load(&flags)?)),
        Command::Config => print!("{}", config::DEFAULTS),
        Command::Openapi => println!("{}", server::document().to_pretty_json()?),
        Command::Runner { .. } => return Ok(bugdrill_sandbox::runner_main()),
    }
    Ok(ExitCode::SUCCESS)
}

fn asynchronously<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
