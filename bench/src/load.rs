//! The server under load: how much it answers beside a handler that does nothing but send the same bytes, how many
//! submissions it takes, and how long users wait whose think time is that of people.
//!
//! The load comes from `wrk` (Debian's package), with the scripts in `bench/load`.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use axum::{Router, http::header, routing::get};
use futures::{StreamExt, TryStreamExt, stream};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::spawn_blocking};

use crate::{http::Server, statistics};

/// Connections where as much as possible is asked for.
const CONNECTIONS: usize = 32;
/// How long each measurement takes, in seconds.
const SECONDS: usize = 5;
/// How often each is made, by turns with what it is compared with.
const TURNS: usize = 3;
/// How many learners submit by turns.
const SUBMITTERS: usize = 256;
/// The submissions of the learner who asks for their progress.
const ATTEMPTS: u32 = 10_000;
/// How many users the mix has.
const USERS: [usize; 2] = [1_000, 5_000];
/// How long the mix goes on, in seconds.
const SECONDS_OF_MIX: usize = 30;

/// What `wrk` measured.
#[derive(Clone, Copy, Debug, Default)]
struct Load {
    requests: f64,
    seconds: f64,
    p50: f64,
    p95: f64,
    p99: f64,
    /// Answers with a status of 400 and more.
    refused: f64,
    /// Requests without an answer.
    failed: f64,
}

impl Load {
    fn per_second(&self) -> f64 {
        self.requests / self.seconds
    }

    fn times(&self) -> [String; 3] {
        [self.p50, self.p95, self.p99].map(|time| format!("{time:.2} ms"))
    }
}

/// Runs `wrk` on `url` with these options and a script's arguments.
async fn wrk(url: String, options: Vec<String>, arguments: Vec<String>) -> Result<Load> {
    let run = move || -> Result<Load> {
        let mut command = Command::new("wrk");
        command.args(options).arg(url).arg("--").args(arguments).stderr(Stdio::inherit());
        let output = command.output().context("wrk does not start: it is in Debian's package of that name")?;
        let text = String::from_utf8_lossy(&output.stdout);
        let line = text.lines().find_map(|line| line.strip_prefix("result ")).with_context(|| text.to_string())?;
        let mut load = Load::default();
        for (name, value) in line.split(' ').filter_map(|field| field.split_once('=')) {
            let value: f64 = value.parse()?;
            *match name {
                "requests" => &mut load.requests,
                "seconds" => &mut load.seconds,
                "p50" => &mut load.p50,
                "p95" => &mut load.p95,
                "p99" => &mut load.p99,
                "refused" => &mut load.refused,
                "failed" => &mut load.failed,
                other => bail!("wrk tells of {other}"),
            } = value;
        }
        Ok(load)
    };
    spawn_blocking(run).await?
}

fn options(connections: usize, seconds: usize, script: &str) -> Vec<String> {
    let threads = connections.min(2);
    [
        format!("-t{threads}"),
        format!("-c{connections}"),
        format!("-d{seconds}s"),
        "--timeout=20s".into(),
        format!("-sbench/load/{script}.lua"),
    ]
    .into()
}

/// Runs the benchmark.
pub(crate) async fn run() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::start_caching(folder.path())?;
    let client = Client::new();
    reads(&client, &server).await?;
    submissions(&client, &server, folder.path()).await?;
    progress(&client, &server, folder.path()).await?;
    for users in USERS {
        mix(&client, &server, folder.path(), users).await?;
    }
    Ok(())
}

/// A trial's token.
async fn token(client: &Client, server: &Server) -> Result<String> {
    let trial: Value =
        client.post(format!("{}/auth/anonymous", server.base)).send().await?.error_for_status()?.json().await?;
    Ok(trial["access_token"].as_str().context("a trial has a token")?.to_owned())
}

/// A file with the tokens of so many new trials.
async fn tokens(client: &Client, server: &Server, folder: &Path, count: usize) -> Result<String> {
    let tokens: Vec<String> =
        stream::iter(0..count).map(|_| token(client, server)).buffer_unordered(16).try_collect().await?;
    let file = folder.join(format!("tokens-{count}"));
    fs::write(&file, tokens.join("\n"))?;
    Ok(file.to_string_lossy().into_owned())
}

/// Public content, without a token and with one, beside a bare handler that sends the same bytes.
async fn reads(client: &Client, server: &Server) -> Result<()> {
    let token = token(client, server).await?;
    println!("{CONNECTIONS} connections, {SECONDS} s each, medians of {TURNS} by turns\n");
    statistics::head(&["", "bare handler", "without token", "of bare", "with token", "of bare"]);
    for path in ["/api/v1/patterns", "/api/v1/snippets/two-sum-1-python", "/api/v1/snippets?language=python"] {
        let url = format!("{}{path}", server.base);
        let bytes = client.get(&url).send().await?.error_for_status()?.bytes().await?;
        let handler = get(move || async move { ([(header::CONTENT_TYPE, "application/json")], bytes) });
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let bare = format!("http://{}/", listener.local_addr()?);
        let serving = tokio::spawn(async move { axum::serve(listener, Router::new().route("/", handler)).await });
        let with_token = vec!["-H".to_owned(), format!("authorization: Bearer {token}")];
        let mut rates = [Vec::new(), Vec::new(), Vec::new()];
        for _ in 0..TURNS {
            for ((url, more), rates) in
                [(&bare, vec![]), (&url, vec![]), (&url, with_token.clone())].into_iter().zip(&mut rates)
            {
                let load = wrk(url.clone(), [options(CONNECTIONS, SECONDS, "report"), more].concat(), vec![]).await?;
                ensure!(load.refused + load.failed == 0.0, "{path}: {load:?}");
                rates.push(load.per_second());
            }
        }
        serving.abort();
        let [bare, without, with] = rates.map(median);
        statistics::row(&[
            &format!("`GET {path}`"),
            &format!("{bare:.0}/s"),
            &format!("{without:.0}/s"),
            &format!("{:.2}", without / bare),
            &format!("{with:.0}/s"),
            &format!("{:.2}", with / bare),
        ]);
    }
    println!();
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The path of a snippet, and the body of a request with its code.
async fn snippet(client: &Client, server: &Server, slug: &str) -> Result<(String, Value)> {
    let path = format!("/api/v1/snippets/{slug}");
    let snippet: Value = client.get(format!("{}{path}", server.base)).send().await?.error_for_status()?.json().await?;
    Ok((path, json!({ "code": snippet["buggy_code"], "language": snippet["language"] })))
}

async fn submissions(client: &Client, server: &Server, folder: &Path) -> Result<()> {
    let tokens = tokens(client, server, folder, SUBMITTERS).await?;
    let (path, body) = snippet(client, server, "two-sum-1-python").await?;
    let arguments = vec![tokens, format!("{path}/submit"), body.to_string()];
    let load = wrk(server.base.clone(), options(CONNECTIONS, 2 * SECONDS, "submit"), arguments).await?;
    println!("Submissions of {SUBMITTERS} learners by turns over {CONNECTIONS} connections, results cached:\n");
    report("`POST submit`", load);
    Ok(())
}

/// The progress of a learner with many attempts.
async fn progress(client: &Client, server: &Server, folder: &Path) -> Result<()> {
    let account = json!({"email": "learner@example.com", "password": "correct horse battery"});
    let request = client.post(format!("{}/auth/signup", server.base)).json(&account);
    let session: Value = request.send().await?.error_for_status()?.json().await?;
    let token = session["access_token"].as_str().context("an account has a token")?.to_owned();
    let (path, body) = snippet(client, server, "two-sum-1-python").await?;
    let tokens = folder.join("token");
    fs::write(&tokens, &token)?;
    let attempts = || async {
        let request = client.get(format!("{}/api/v1/users/progress", server.base)).bearer_auth(&token);
        let progress: Value = request.send().await?.error_for_status()?.json().await?;
        Ok::<_, anyhow::Error>(progress["total_attempts"].as_u64().unwrap_or_default())
    };
    while attempts().await? < ATTEMPTS.into() {
        let arguments = vec![tokens.to_string_lossy().into_owned(), format!("{path}/submit"), body.to_string()];
        wrk(server.base.clone(), options(1, SECONDS, "submit"), arguments).await?;
    }
    // With every snippet there is one of each that may come back.
    for page in 1.. {
        let url = format!("{}/api/v1/snippets?limit=100&page={page}", server.base);
        let snippets: Value = client.get(url).send().await?.error_for_status()?.json().await?;
        for snippet in snippets["data"].as_array().into_iter().flatten() {
            let slug = snippet["slug"].as_str().unwrap_or_default();
            let request = client.post(format!("{}/api/v1/snippets/{slug}/give-up", server.base)).bearer_auth(&token);
            request.send().await?.error_for_status()?;
        }
        if snippets["pagination"]["has_next"] != true {
            break;
        }
    }
    println!("A learner with {} attempts, and with all snippets, over one connection:\n", attempts().await?);
    let header = vec!["-H".to_owned(), format!("authorization: Bearer {token}")];
    for path in ["progress", "progress/activity", "next", "reviews/due"] {
        let url = format!("{}/api/v1/users/{path}", server.base);
        let load = wrk(url, [options(1, SECONDS, "report"), header.clone()].concat(), vec![]).await?;
        report(&format!("`GET /api/v1/users/{path}`"), load);
    }
    Ok(())
}

/// So many users, each with a connection of their own, who think before they ask.
async fn mix(client: &Client, server: &Server, folder: &Path, users: usize) -> Result<()> {
    let tokens = tokens(client, server, folder, users).await?;
    let mut lines = Vec::new();
    for slug in ["two-sum-1-python", "two-sum-1-javascript", "valid-parentheses-1-python", "move-zeroes-1-javascript"] {
        let (path, mut body) = snippet(client, server, slug).await?;
        let code = body["code"].as_str().context("a snippet has code")?;
        let comment = if slug.ends_with("python") { "#" } else { "//" };
        body["code"] = format!("{code}\n{comment} @\n").into();
        lines.push(format!("{path}\t{body}"));
    }
    let snippets = folder.join("snippets");
    fs::write(&snippets, lines.join("\n"))?;
    let arguments = vec![tokens, snippets.to_string_lossy().into_owned()];
    let load = wrk(server.base.clone(), options(users, SECONDS_OF_MIX, "mix"), arguments).await?;
    println!("{users} users who think 0.5 to 5.5 s: 70 % read, 20 % run code, 10 % submit, for {SECONDS_OF_MIX} s:\n");
    report("all requests", load);
    Ok(())
}

fn report(what: &str, load: Load) {
    statistics::head(&["", "a second", "median", "95 %", "99 %", "refused", "failed"]);
    let [p50, p95, p99] = load.times();
    let (rate, refused, failed) =
        (format!("{:.0}", load.per_second()), load.refused.to_string(), load.failed.to_string());
    statistics::row(&[what, &rate, &p50, &p95, &p99, &refused, &failed]);
    println!();
}
