//! The server over HTTP: how long a learner waits, on the built binary with its embedded defaults.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use reqwest::Client;
use serde_json::{Value, json};

use crate::statistics::{Times, milliseconds};

const ROUNDS: usize = 300;

/// A snippet with five visible tests, in both languages.
const SNIPPETS: [(&str, &str); 2] = [("Python", "two-sum-1-python"), ("JavaScript", "two-sum-1-javascript")];

/// A running server, killed when dropped.
pub(crate) struct Server {
    process: Child,
    /// Its address, as a URL.
    pub(crate) base: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing else to do about it here.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    /// Starts the binary beside this benchmark on a free port, with limits that do not matter.
    pub(crate) fn start(data_dir: &Path) -> Result<Self> {
        // The same code again and again: it is to be run each time.
        Self::start_with(data_dir, &[("BUGDRILL_EXECUTION__RESULT_CACHE_BYTES", "0")])
    }

    /// As [`Server::start`], but results are cached.
    pub(crate) fn start_caching(data_dir: &Path) -> Result<Self> {
        Self::start_with(data_dir, &[])
    }

    fn start_with(data_dir: &Path, variables: &[(&str, &str)]) -> Result<Self> {
        let binary = std::env::current_exe()?.with_file_name("bugdrill");
        ensure!(binary.exists(), "{} is missing: run `make build`", binary.display());
        let mut process = Command::new(binary)
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(data_dir)
            .envs(variables.iter().copied())
            // Clients are from where they say.
            .env("BUGDRILL_HTTP__TRUSTED_PROXIES", r#"["127.0.0.1"]"#)
            .env("BUGDRILL_LIMITS__ANONYMOUS_USERS", "1000000")
            .env("BUGDRILL_LIMITS__CONTENT", "1000000")
            .env("BUGDRILL_LIMITS__EXECUTE", "1000000")
            .env("BUGDRILL_LIMITS__STANDARD", "1000000")
            .env("BUGDRILL_LIMITS__ACCOUNT", "1000000")
            .env("BUGDRILL_LIMITS__CREDENTIALS", "1000000")
            .env("BUGDRILL_LIMITS__ATTEMPTS", "1000000")
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .spawn()?;
        let mut log = BufReader::new(process.stderr.take().context("the server has a log")?).lines();
        let base = log
            .find_map(|line| line.ok()?.split_once("ready on ").map(|(_, address)| address.trim().to_owned()))
            .context("the server does not start")?;
        // Read on, so that the server never waits for its log.
        std::thread::spawn(move || log.for_each(drop));
        Ok(Self { process, base })
    }
}

/// Runs the benchmark.
pub(crate) async fn run() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::start(folder.path())?;
    let client = Client::new();
    let post = |path: String| client.post(format!("{}{path}", server.base));
    let trial: Value = post("/auth/anonymous".into()).send().await?.error_for_status()?.json().await?;
    let token = trial["access_token"].as_str().context("a trial has a token")?;

    println!("{ROUNDS} requests each, one after the other, over one connection\n");
    println!("{:<44} {:>10} {:>10}", "", "median", "p95");
    let get = async |path: &str| -> Result<()> {
        client.get(format!("{}{path}", server.base)).send().await?.error_for_status()?.bytes().await?;
        Ok(())
    };
    for path in ["/health", "/api/v1/patterns", "/api/v1/snippets/two-sum-1-python"] {
        report(&format!("GET {path}"), measure(async || get(path).await).await?);
    }
    for (language, slug) in SNIPPETS {
        let snippet: Value = client.get(format!("{}/api/v1/snippets/{slug}", server.base)).send().await?.json().await?;
        ensure!(snippet["tests"].as_array().map(Vec::len) == Some(5), "{slug} does not have five visible tests");
        let body = json!({ "code": snippet["buggy_code"], "language": snippet["language"] });
        for action in ["execute", "submit"] {
            let times = measure(async || {
                let request = post(format!("/api/v1/snippets/{slug}/{action}")).bearer_auth(token).json(&body);
                let answer: Value = request.send().await?.error_for_status()?.json().await?;
                ensure!(answer["status"] == "completed", "not judged: {answer}");
                Ok(())
            })
            .await?;
            report(&format!("POST {action}, {language}"), times);
        }
    }
    Ok(())
}

pub(crate) async fn measure(request: impl AsyncFn() -> Result<()>) -> Result<Times> {
    let mut times: Vec<Duration> = Vec::with_capacity(ROUNDS);
    for _ in 0..10 {
        request().await?;
    }
    for _ in 0..ROUNDS {
        let started = Instant::now();
        request().await?;
        times.push(started.elapsed());
    }
    Ok(Times::new(times))
}

pub(crate) fn report(what: &str, times: Times) {
    println!("{what:<44} {:>10} {:>10}", milliseconds(times.median()), milliseconds(times.percentile_95()));
}
