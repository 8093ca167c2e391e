//! `bugdrill admin`: the accounts of those who look after the rest.

use std::io::{self, Read};

use anyhow::{Context, Result, anyhow};
use bugdrill::{
    config::{Config, ConfigFlags},
    data_dir::DataDir,
};
use bugdrill_auth::{EmailAddress, Password, PasswordError, Passwords};
use bugdrill_model::Role;
use bugdrill_platform::Ambient;
use bugdrill_store::{AuditStamp, NewAccount, RoleChange, Store};
use clap::{
    Args, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};

/// The longest password that is read, and more than is accepted, in bytes.
const MAX_INPUT: u64 = 1024;

/// What made passwords consist of: none of these is taken for another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

#[derive(Subcommand)]
pub(crate) enum AdminCommand {
    /// Make an account with a role, or give the account that there is that role; a server may be running.
    Create(CreateArguments),
    /// Log an account out everywhere, at once; a server may be running.
    EndSessions(EndSessionsArguments),
}

#[derive(Args)]
pub(crate) struct CreateArguments {
    /// The account's e-mail address.
    #[arg(long)]
    email: String,
    /// What the account may do.
    #[arg(long, value_parser = roles(), default_value_t = Role::Admin)]
    role: Role,
    /// Read the new password from standard input, instead of making one and printing it. An account whose address is
    /// verified keeps its own.
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    flags: ConfigFlags,
}

#[derive(Args)]
pub(crate) struct EndSessionsArguments {
    /// The account's e-mail address.
    #[arg(long)]
    email: String,
    #[command(flatten)]
    flags: ConfigFlags,
}

/// The name of a role.
fn roles() -> impl TypedValueParser<Value = Role> {
    let names = [Role::Admin, Role::Editor, Role::User].map(Role::as_str);
    PossibleValuesParser::new(names).map(|name| Role::of_name(&name))
}

pub(crate) async fn run(command: AdminCommand) -> Result<()> {
    match command {
        AdminCommand::Create(arguments) => Box::pin(create(arguments)).await,
        AdminCommand::EndSessions(arguments) => Box::pin(end_sessions(arguments)).await,
    }
}

async fn create(arguments: CreateArguments) -> Result<()> {
    let config = Config::load(&arguments.flags)?;
    let (email, ambient) = (address(&arguments.email)?, Ambient::system());
    let text = if arguments.password_stdin { read_password()? } else { new_password(&ambient) };
    let password = Password::from(text.clone());
    password.check(Some(&email)).map_err(|error| anyhow!(explain(error)))?;
    let hash = Passwords::new(config.passwords, ambient.clone()).hash(password).await;
    let password_hash = hash.map_err(|_| anyhow!("the password cannot be hashed"))?;

    // A server may have the folder, and the database is made for several. Where there is no server yet, it is made here.
    let data = DataDir::open(&config.data_dir);
    if !config.data_dir.is_dir() {
        data.as_ref().map_err(|error| anyhow!("{error:#}"))?;
    }
    let store = open(&config, &ambient).await?;
    let (id, email, role) = (ambient.new_id(), email.as_str().to_owned(), arguments.role);
    let new = NewAccount { id, email: email.clone(), password_hash, display_name: None };
    let change = store.users().give_role(new, role, stamp(&ambient)).await?;
    store.wait_until_heard().await;
    match change {
        change @ (RoleChange::Created | RoleChange::Taken { .. }) => {
            match change {
                RoleChange::Taken { from } => println!(
                    "{email} has the role {role} instead of {from}. Nobody had verified the address: the account has a new \
                     password, and whoever made it is logged out."
                ),
                _ => println!("{email} is a new account with the role {role}."),
            }
            if !arguments.password_stdin {
                println!("password: {text}");
            }
        }
        RoleChange::Changed { from } => {
            println!("{email} has the role {role} instead of {from}. The password stays; all sessions have ended.");
        }
        RoleChange::Unchanged => println!("{email} has the role {role} already."),
    }
    if role != Role::User {
        println!("The role counts in sessions with a second factor: log in, and turn that on.");
    }
    Ok(())
}

async fn end_sessions(arguments: EndSessionsArguments) -> Result<()> {
    let config = Config::load(&arguments.flags)?;
    let (email, ambient) = (address(&arguments.email)?, Ambient::system());
    let store = open(&config, &ambient).await?;
    let user = store.users().by_email(email.as_str()).await?.context("there is no account with this address")?;
    let ended = store.sessions().end_all_by_operator(user.id, stamp(&ambient)).await?;
    store.wait_until_heard().await;
    println!("Sessions of {} that have ended: {ended}.", email.as_str());
    Ok(())
}

fn address(text: &str) -> Result<EmailAddress> {
    EmailAddress::parse(text).map_err(|_| anyhow!("this is not an e-mail address"))
}

async fn open(config: &Config, ambient: &Ambient) -> Result<Store> {
    let options = config.store(ambient.now());
    Store::open(&options).await.with_context(|| format!("the database {} does not open", options.url))
}

fn stamp(ambient: &Ambient) -> AuditStamp {
    AuditStamp { entry_id: ambient.new_id(), now: ambient.now() }
}

/// The first line of standard input.
fn read_password() -> Result<String> {
    let mut input = String::new();
    io::stdin().take(MAX_INPUT).read_to_string(&mut input).context("standard input cannot be read")?;
    Ok(input.lines().next().unwrap_or_default().to_owned())
}

/// A password of 100 random bits.
fn new_password(ambient: &Ambient) -> String {
    ambient.random_bytes::<20>().map(|byte| LETTERS[usize::from(byte) % LETTERS.len()]).map(char::from).iter().collect()
}

fn explain(error: PasswordError) -> &'static str {
    match error {
        PasswordError::TooShort => "a password has 8 or more characters",
        PasswordError::TooLong => "a password has at most 72 bytes",
        PasswordError::Common => "this password would be guessed",
        PasswordError::Nul => "a password cannot hold a NUL character",
    }
}
