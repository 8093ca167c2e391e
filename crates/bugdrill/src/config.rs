//! The configuration: defaults, then a file, then the environment, then flags.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::{Context, Result, bail, ensure};
use bugdrill_auth::{OauthOptions, PasswordOptions};
use bugdrill_execution::ExecutionConfig;
use bugdrill_platform::{
    Ambient, RootSecret,
    mail::{MailUrl, Sender},
};
use bugdrill_store::{Backups, DatabaseUrl, StoreOptions};
use bugdrill_web::{HttpOptions, Origin, gate::RateLimits, tls::Tls};
use chrono::{DateTime, Utc};
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
    value::Value,
};
use serde::{Deserialize, Deserializer, Serialize, de::Error};

use crate::{data_dir::DataDir, housekeeping::Retention};

/// The defaults, with a comment on every option.
pub const DEFAULTS: &str = include_str!("default.toml");

/// The file that is read when no other is named.
const DEFAULT_FILE: &str = "bugdrill.toml";

/// All options; `default.toml` describes them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where everything is kept.
    pub data_dir: PathBuf,
    /// The address to serve.
    pub listen: SocketAddr,
    /// The database.
    pub database: DatabaseConfig,
    /// The root secret.
    pub secrets: SecretsOptions,
    /// Access tokens.
    pub tokens: TokensOptions,
    /// Logging.
    pub log: LogConfig,
    /// Metrics.
    pub metrics: MetricsOptions,
    /// The sandbox.
    pub sandbox: SandboxOptions,
    /// The Execution service.
    pub execution: ExecutionOptions,
    /// Trials.
    pub trial: TrialOptions,
    /// Passwords.
    pub passwords: PasswordOptions,
    /// Mail.
    pub mail: MailOptions,
    /// Log-in by other providers.
    pub oauth: OauthOptions,
    /// For how long things are kept.
    pub retention: Retention,
    /// Rate limits.
    pub limits: RateLimits,
    /// Proxies and other origins.
    pub http: HttpOptions,
    /// Encryption.
    pub tls: TlsOptions,
}

/// Encryption. Without both files there is none.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsOptions {
    /// The server's certificate and those that lead to its authority, as PEM; empty for none.
    pub certificate: PathBuf,
    /// Its private key, as PEM; empty for none.
    pub key: PathBuf,
}

impl TlsOptions {
    /// The certificate and the key that the server encrypts with, where it does.
    pub fn read(&self) -> Result<Option<Tls>> {
        let is_empty = |path: &PathBuf| path.as_os_str().is_empty();
        match (is_empty(&self.certificate), is_empty(&self.key)) {
            (true, true) => Ok(None),
            (false, false) => Ok(Some(Tls::read(&self.certificate, &self.key)?)),
            _ => bail!("encryption needs both a certificate and a key: set tls.certificate and tls.key"),
        }
    }
}

/// The database.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// Where it is; in the data folder, when this is not set.
    pub url: Option<DatabaseUrl>,
    /// How many connections are open at the most.
    pub max_connections: u32,
    /// How long to wait for a connection.
    pub connect_timeout_seconds: u64,
}

/// The root secret.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretsOptions {
    /// Under which secrets in the database are sealed; a file in the data folder, when this is not set.
    #[serde(default, deserialize_with = "root_secret")]
    pub key: Option<RootSecret>,
}

/// Reads a root secret; the error repeats nothing, whatever stands there.
fn root_secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<RootSecret>, D::Error> {
    let value = <Value as Deserialize>::deserialize(deserializer)?;
    RootSecret::from_base64(value.as_str().unwrap_or_default()).map(Some).map_err(D::Error::custom)
}

/// Access tokens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokensOptions {
    /// For how many days a key signs them.
    pub key_days: u32,
}

/// Logging.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    /// `tracing` filters.
    pub filter: String,
    /// The form of a line.
    pub format: LogFormat,
}

/// The form of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// Metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricsOptions {
    /// The address that serves them; None where they are not collected.
    #[serde(default)]
    pub listen: Option<SocketAddr>,
}

/// The sandbox.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SandboxOptions {
    /// Runs at a time; 0 for one a core.
    pub slots: usize,
    /// Runs code even where the kernel lacks protections.
    pub allow_unconfined: bool,
}

/// The Execution service.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExecutionOptions {
    /// How many runs may wait.
    pub queue_capacity: usize,
    /// How much memory results may take that are used again, in bytes; 0 for none.
    pub result_cache_bytes: u64,
    /// For how many minutes such a result stays without being used.
    pub result_cache_idle_minutes: u32,
}

impl ExecutionOptions {
    /// This part of the configuration, in the service's own terms.
    pub fn config(&self) -> ExecutionConfig {
        ExecutionConfig {
            queue_capacity: self.queue_capacity,
            result_cache_bytes: self.result_cache_bytes,
            result_cache_idle: Duration::from_mins(self.result_cache_idle_minutes.into()),
            ..ExecutionConfig::default()
        }
    }
}

/// Trials.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrialOptions {
    /// How many snippets an anonymous user may start.
    pub snippets: u32,
}

/// Mail.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailOptions {
    /// Where mails go.
    pub url: MailUrl,
    /// Who they come from.
    pub from: Sender,
}

/// The options that are flags too.
#[derive(Clone, Debug, Default, Serialize, clap::Args)]
pub struct ConfigFlags {
    /// The configuration file; `bugdrill.toml` when there is one.
    #[arg(long)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Where the database, the root secret and the compiled guests are kept.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_dir: Option<PathBuf>,
    /// The address to serve.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    /// The server's certificate, as PEM; with --tls-key it serves HTTPS.
    #[arg(long)]
    #[serde(skip)]
    pub tls_cert: Option<PathBuf>,
    /// The certificate's private key, as PEM.
    #[arg(long)]
    #[serde(skip)]
    pub tls_key: Option<PathBuf>,
}

/// Whether an environment variable that starts with `BUGDRILL_` is an option: the tests and the build have theirs too.
fn is_option(name: &figment::value::UncasedStr) -> bool {
    !name.starts_with("test_") && name != "guests_dir"
}

impl Config {
    /// Puts the configuration together, or says what is wrong with it.
    pub fn load(flags: &ConfigFlags) -> Result<Self> {
        let file = match &flags.config {
            Some(path) => Toml::file_exact(path),
            None => Toml::file(DEFAULT_FILE),
        };
        let mut config: Self = Figment::from(Toml::string(DEFAULTS))
            .merge(file)
            .merge(Env::prefixed("BUGDRILL_").filter(is_option).split("__"))
            .merge(Serialized::defaults(flags))
            .extract()
            .context("the configuration is not usable")?;
        config.tls.certificate = flags.tls_cert.clone().unwrap_or(config.tls.certificate);
        config.tls.key = flags.tls_key.clone().unwrap_or(config.tls.key);
        ensure!(
            config.limits.all().iter().all(|limit| *limit > 0),
            "the configuration is not usable: a limit is 0, which admits nobody"
        );
        ensure!(config.execution.queue_capacity > 0, "the configuration is not usable: execution.queue_capacity is 0");
        let costs = PasswordOptions::COSTS;
        ensure!(
            costs.contains(&config.passwords.cost),
            "the configuration is not usable: passwords.cost is not between {} and {}",
            costs.start(),
            costs.end()
        );
        ensure!(config.tokens.key_days > 0, "the configuration is not usable: tokens.key_days is 0");
        let Retention { code_days, audit_days, trial_days } = config.retention;
        ensure!(
            [code_days, audit_days, trial_days].iter().all(|days| (1..=36_500).contains(days)),
            "the configuration is not usable: a number of days in `retention` is not between 1 and 36500"
        );
        ensure!(config.database.max_connections > 0, "the configuration is not usable: database.max_connections is 0");
        Ok(config)
    }

    /// Where people reach this server.
    pub fn public_url(&self) -> Origin {
        let scheme = if self.tls.certificate.as_os_str().is_empty() { "http" } else { "https" };
        let listening = || Origin::parse(&format!("{scheme}://{}", self.listen)).expect("an address is a host");
        self.http.public_url.clone().unwrap_or_else(listening)
    }

    /// The root secret. Servers that share a database have to be given the same one.
    pub fn root_secret(&self, data: &DataDir, ambient: &Ambient) -> Result<RootSecret> {
        self.check_secret()?;
        self.secrets.key.clone().map_or_else(|| data.root_secret(ambient), Ok)
    }

    /// Fails where the root secret has to be an option, and is none.
    pub fn check_secret(&self) -> Result<()> {
        ensure!(
            self.secrets.key.is_some() || self.database_url().sqlite_file().is_some(),
            "servers on PostgreSQL need the same secret: give them as secrets.key (BUGDRILL_SECRETS__KEY) what \
             `openssl rand -base64 32` prints once"
        );
        Ok(())
    }

    /// The root secret, if there is one yet.
    pub fn existing_root_secret(&self, data: &DataDir) -> Result<Option<RootSecret>> {
        self.secrets.key.clone().map_or_else(|| data.existing_root_secret(), |secret| Ok(Some(secret)))
    }

    /// Where the database is.
    pub fn database_url(&self) -> DatabaseUrl {
        self.database.url.clone().unwrap_or_else(|| DatabaseUrl::sqlite(self.data_dir.join("bugdrill.db")))
    }

    /// How to reach the database. Were it to be backed up, the backup would be of this time.
    pub fn store(&self, now: DateTime<Utc>) -> StoreOptions {
        StoreOptions {
            url: self.database_url(),
            max_connections: self.database.max_connections,
            connect_timeout: Duration::from_secs(self.database.connect_timeout_seconds),
            backups: Some(self.backups(now)),
        }
    }

    /// Where backups are kept that nobody names a file for.
    pub fn backups(&self, now: DateTime<Utc>) -> Backups {
        Backups { folder: self.data_dir.join("backups"), now }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_complete_and_those_of_the_code() {
        let config = Config::load(&ConfigFlags::default()).unwrap();
        assert_eq!(config.limits, RateLimits::default());
        assert_eq!(config.trial.snippets, bugdrill_auth::DEFAULT_TRIAL_SNIPPETS);
        assert_eq!(config.passwords, PasswordOptions::default());
        assert_eq!(config.tokens.key_days, bugdrill_web::tokens::DEFAULT_KEY_DAYS);
        // Secrets have no equality, and both are empty.
        assert_eq!(format!("{:?}", config.oauth), format!("{:?}", OauthOptions::default()));
        assert_eq!(config.retention, Retention::default());
        assert_eq!(config.execution.config(), ExecutionConfig::default());
        let now = DateTime::UNIX_EPOCH;
        let expected = StoreOptions {
            backups: Some(Backups { folder: "./data/backups".into(), now }),
            ..StoreOptions::new(DatabaseUrl::sqlite("./data/bugdrill.db"))
        };
        assert_eq!(config.store(now), expected);
    }

    #[test]
    fn a_password_in_the_url_of_the_database_is_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bugdrill.toml");
        let flags = ConfigFlags { config: Some(path.clone()), ..ConfigFlags::default() };
        std::fs::write(&path, "[database]\nurl = 'postgres://ada:hunter2@db.example/drill'\n").unwrap();
        let config = Config::load(&flags).unwrap();
        assert_eq!(config.database_url().to_string(), "postgres://db.example:5432/drill");
        assert!(!format!("{config:?}").contains("hunter2"));
        for unusable in ["mysql://ada:hunter2@db.example/drill", "postgres://ada:hunter2@db.example:port/drill"] {
            std::fs::write(&path, format!("[database]\nurl = '{unusable}'\n")).unwrap();
            let error = Config::load(&flags).unwrap_err();
            assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
            assert!(format!("{error:#}").contains("the URL of the database is neither"), "{error:#}");
        }
    }

    #[test]
    fn a_password_in_the_url_for_mail_is_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bugdrill.toml");
        let flags = ConfigFlags { config: Some(path.clone()), ..ConfigFlags::default() };
        assert_eq!(Config::load(&ConfigFlags::default()).unwrap().mail.url, MailUrl::Outbox);
        std::fs::write(&path, "[mail]\nurl = 'smtps://ada:hunter2@mail.example'\nfrom = 'drill@example.com'\n")
            .unwrap();
        let shown = format!("{:?}", Config::load(&flags).unwrap());
        assert!(shown.contains("mail.example") && !shown.contains("hunter2"), "{shown}");
        for unusable in ["url = 'smtp://ada:hunter2@mail.example?tls=no'", "from = 'nobody'"] {
            std::fs::write(&path, format!("[mail]\n{unusable}\n")).unwrap();
            let error = format!("{:?}", Config::load(&flags).unwrap_err());
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn the_root_secret_is_an_option_or_a_file_and_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bugdrill.toml");
        let load = |options: &str| {
            std::fs::write(&path, options).unwrap();
            Config::load(&ConfigFlags { config: Some(path.clone()), ..ConfigFlags::default() })
        };
        let data = DataDir::open(&folder.path().join("data")).unwrap();
        let ambient = Ambient::system();
        let in_file = load("").unwrap().root_secret(&data, &ambient).unwrap();

        let given = RootSecret::new([7; 32]);
        let text = given.to_base64();
        let option = format!("[secrets]\nkey = '{text}'\n");
        let postgres = "[database]\nurl = 'postgres://db.example/drill'\n";
        for options in [&option, &format!("{option}{postgres}")] {
            let config = load(options).unwrap();
            assert_eq!(config.root_secret(&data, &ambient).unwrap(), given);
            assert!(!format!("{config:?}").contains(&text));
        }
        assert_ne!(in_file, given);
        let error = load(postgres).unwrap().root_secret(&data, &ambient).unwrap_err().to_string();
        assert!(error.contains("secrets.key") && error.contains("openssl rand -base64 32"), "{error}");

        for unusable in ["'c2VjcmV0'", "'not base64'", "4711", "['c2VjcmV0']", "{ c2VjcmV0 = 1 }"] {
            let error = format!("{:?}", load(&format!("[secrets]\nkey = {unusable}\n")).unwrap_err());
            assert!(error.contains("openssl rand -base64 32") && error.contains("secrets.key"), "{error}");
            for secret in ["c2VjcmV0", "not base64", "4711"] {
                assert!(!error.contains(secret), "{error}");
            }
        }
    }

    #[test]
    fn flags_come_before_the_file_and_unknown_options_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bugdrill.toml");
        std::fs::write(&path, "listen = '127.0.0.1:1'\n[trial]\nsnippets = 7\n").unwrap();
        let flags = ConfigFlags {
            config: Some(path.clone()),
            listen: Some(([127, 0, 0, 1], 2).into()),
            ..ConfigFlags::default()
        };
        let config = Config::load(&flags).unwrap();
        assert_eq!((config.listen.port(), config.trial.snippets), (2, 7));

        std::fs::write(&path, "[trial]\nsnipets = 7\n").unwrap();
        let error = format!("{:#}", Config::load(&flags).unwrap_err());
        assert!(error.contains("snipets"), "{error}");
        for unusable in [
            "[limits]\ncontent = 0",
            "[passwords]\ncost = 3",
            "[passwords]\ncost = 32",
            "[tokens]\nkey_days = 0",
            "[retention]\naudit_days = 0",
            "[retention]\ncode_days = 40000",
        ] {
            std::fs::write(&path, unusable).unwrap();
            assert!(Config::load(&flags).is_err(), "{unusable}");
        }
    }

    #[test]
    fn proxies_and_origins_are_checked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bugdrill.toml");
        let load = |options: &str| {
            std::fs::write(&path, format!("[http]\n{options}\n")).unwrap();
            Config::load(&ConfigFlags { config: Some(path.clone()), ..ConfigFlags::default() })
        };
        for good in ["trusted_proxies = ['10.0.0.0/8', '::1']", "allowed_origins = ['http://localhost:8081']"] {
            assert_ne!(load(good).unwrap().http, HttpOptions::default(), "{good}");
        }
        for bad in [
            "trusted_proxies = ['10.0.0.0/33']",
            "trusted_proxies = ['proxy.example.com']",
            "allowed_origins = ['*']",
            "allowed_origins = ['https://app.example.com/']",
            "allowed_origins = ['app.example.com']",
        ] {
            assert!(load(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_certificate_needs_its_key() {
        let flags = ConfigFlags { tls_cert: Some("cert.pem".into()), ..ConfigFlags::default() };
        assert!(Config::load(&flags).unwrap().tls.read().is_err());
        assert!(Config::load(&ConfigFlags::default()).unwrap().tls.read().unwrap().is_none());
    }
}
