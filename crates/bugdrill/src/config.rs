//! The configuration: defaults, then a file, then the environment, then flags.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::{Context, Result, bail, ensure};
use bugdrill_execution::ExecutionConfig;
use bugdrill_store::{DatabaseUrl, StoreOptions};
use bugdrill_web::{HttpOptions, gate::RateLimits, tls::Tls};
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};

/// The defaults, with a comment on every option.
pub const DEFAULTS: &str = include_str!("default.toml");

/// The file that is read when no other is named.
const DEFAULT_FILE: &str = "bugdrill.toml";

/// All options; `default.toml` describes them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where everything is kept.
    pub data_dir: PathBuf,
    /// The address to serve.
    pub listen: SocketAddr,
    /// The database.
    pub database: DatabaseConfig,
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

/// The options that are flags too.
#[derive(Clone, Debug, Default, Serialize, clap::Args)]
pub struct ConfigFlags {
    /// The configuration file; `bugdrill.toml` when there is one.
    #[arg(long)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Where the database, the signing key and the compiled guests are kept.
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

/// Whether this is what browsers send as the `Origin` of a page: a scheme, a host and perhaps a port.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty() && host.chars().all(|letter| letter.is_ascii_alphanumeric() || "-.:[]".contains(letter))
    })
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
        for origin in &config.http.allowed_origins {
            ensure!(
                is_origin(origin),
                "the configuration is not usable: `{origin}` is not an origin such as https://app.example.com"
            );
        }
        let limits = &config.limits;
        let all = [limits.content, limits.execute, limits.standard, limits.account, limits.anonymous_users];
        ensure!(
            all.iter().all(|limit| *limit > 0),
            "the configuration is not usable: a limit is 0, which admits nobody"
        );
        ensure!(config.execution.queue_capacity > 0, "the configuration is not usable: execution.queue_capacity is 0");
        ensure!(config.database.max_connections > 0, "the configuration is not usable: database.max_connections is 0");
        Ok(config)
    }

    /// How to reach the database.
    pub fn store(&self) -> StoreOptions {
        let DatabaseConfig { url, max_connections, connect_timeout_seconds } = self.database.clone();
        StoreOptions {
            url: url.unwrap_or_else(|| DatabaseUrl::sqlite(self.data_dir.join("bugdrill.db"))),
            max_connections,
            connect_timeout: Duration::from_secs(connect_timeout_seconds),
        }
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
        assert_eq!(config.execution.config(), ExecutionConfig::default());
        assert_eq!(config.store(), StoreOptions::new(DatabaseUrl::sqlite("./data/bugdrill.db")));
    }

    #[test]
    fn a_password_in_the_url_of_the_database_is_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bugdrill.toml");
        let flags = ConfigFlags { config: Some(path.clone()), ..ConfigFlags::default() };
        std::fs::write(&path, "[database]\nurl = 'postgres://ada:secret@db.example/drill'\n").unwrap();
        let config = Config::load(&flags).unwrap();
        assert_eq!(config.store().url.to_string(), "postgres://db.example:5432/drill");
        assert!(!format!("{config:?}").contains("secret"));
        for unusable in ["mysql://ada:secret@db.example/drill", "postgres://ada:secret@db.example:port/drill"] {
            std::fs::write(&path, format!("[database]\nurl = '{unusable}'\n")).unwrap();
            let error = Config::load(&flags).unwrap_err();
            assert!(!format!("{error:?}").contains("secret"), "{error:?}");
            assert!(format!("{error:#}").contains("the URL of the database is neither"), "{error:#}");
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
        std::fs::write(&path, "[limits]\ncontent = 0\n").unwrap();
        assert!(Config::load(&flags).is_err());
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
