//! What a learner waits for over HTTP while others run endless loops all the time, and while a class runs its code.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use futures::future::try_join_all;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::{sync::mpsc, task::JoinSet};

use crate::{
    http::{Server, measure},
    statistics::{Times, head, milliseconds, row},
};

/// How many run endless loops, at one address.
const ATTACKERS: usize = 20;

/// How many are in the class, at one address.
const LEARNERS: usize = 30;

/// How often each of the class runs its code, without a pause.
const RUNS: usize = 10;

const SNIPPET: &str = "two-sum-1-python";

const ENDLESS: &str = "def two_sum(nums, target):\n    while True:\n        pass\n";

/// An anonymous learner.
#[derive(Clone)]
struct Learner {
    client: Client,
    base: String,
    address: &'static str,
    token: String,
}

impl Learner {
    async fn new(client: &Client, server: &Server, address: &'static str) -> Result<Self> {
        let request = client.post(format!("{}/auth/anonymous", server.base)).header("x-forwarded-for", address);
        let trial: Value = request.send().await?.error_for_status()?.json().await?;
        let token = trial["access_token"].as_str().context("a trial has a token")?.to_owned();
        Ok(Self { client: client.clone(), base: server.base.clone(), address, token })
    }

    /// The status and the answer of a run.
    async fn run(&self, code: &str) -> Result<(StatusCode, Value)> {
        let request = self.client.post(format!("{}/api/v1/snippets/{SNIPPET}/execute", self.base));
        let request = request.header("x-forwarded-for", self.address).bearer_auth(&self.token);
        let answer = request.json(&json!({ "code": code, "language": "python" })).send().await?;
        Ok((answer.status(), answer.json().await?))
    }

    /// A run that is answered with its result.
    async fn run_to_end(&self, code: &str) -> Result<()> {
        let (status, answer) = self.run(code).await?;
        ensure!(status == StatusCode::OK && answer["status"] == "completed", "not judged: {status} {answer}");
        Ok(())
    }
}

/// Runs the benchmark.
pub(crate) async fn run() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::start(folder.path())?;
    let client = Client::new();
    let snippet: Value = client.get(format!("{}/api/v1/snippets/{SNIPPET}", server.base)).send().await?.json().await?;
    let code = snippet["buggy_code"].as_str().context("a snippet has code")?;
    let learner = Learner::new(&client, &server, "198.51.100.1").await?;
    let mut class = Vec::new();
    for _ in 0..LEARNERS {
        class.push(Learner::new(&client, &server, "203.0.113.1").await?);
    }

    println!("POST execute, {SNIPPET}, whose five tests are short\n");
    head(&["", "median", "95 %", "longest", "95 % to alone"]);
    let alone = measure(async || learner.run_to_end(code).await).await?;
    let show = |what: &str, times: &Times| {
        let ratio = times.percentile_95().as_secs_f64() / alone.percentile_95().as_secs_f64();
        let [median, most, longest] = [times.median(), times.percentile_95(), times.longest()].map(milliseconds);
        row(&[what, &median, &most, &longest, &format!("{ratio:.1}")]);
    };
    show("one learner, alone", &alone);
    show(&format!("{LEARNERS} learners at one address"), &in_class(&class, code).await?);

    let mut attackers = attack(&client, &server).await?;
    show(
        &format!("one learner, beside {ATTACKERS} who run endless loops at another address"),
        &measure(async || learner.run_to_end(code).await).await?,
    );
    show(&format!("{LEARNERS} learners at one address, beside the same"), &in_class(&class, code).await?);
    if let Some(ended) = attackers.try_join_next() {
        ended??;
    }
    println!();
    Ok(())
}

/// Starts the attackers, who go on until they are dropped; they have all had an answer then.
async fn attack(client: &Client, server: &Server) -> Result<JoinSet<Result<()>>> {
    let mut attackers = JoinSet::new();
    let (answered, mut answers) = mpsc::channel(ATTACKERS);
    for _ in 0..ATTACKERS {
        let (attacker, answered) = (Learner::new(client, server, "192.0.2.1").await?, answered.clone());
        attackers.spawn(async move {
            // It was stopped, or it still waits: then the next one takes its place.
            attacker.run(ENDLESS).await?;
            answered.send(()).await?;
            loop {
                let (status, answer) = attacker.run(ENDLESS).await?;
                ensure!(matches!(status, StatusCode::OK | StatusCode::ACCEPTED), "refused: {status} {answer}");
            }
        });
    }
    drop(answered);
    for _ in 0..ATTACKERS {
        answers.recv().await.context("all attackers have given up")?;
    }
    Ok(attackers)
}

/// The times of all runs of a class.
async fn in_class(class: &[Learner], code: &str) -> Result<Times> {
    let times = try_join_all(class.iter().map(async |learner| {
        let mut times: Vec<Duration> = Vec::with_capacity(RUNS);
        for _ in 0..RUNS {
            let started = Instant::now();
            learner.run_to_end(code).await?;
            times.push(started.elapsed());
        }
        anyhow::Ok(times)
    }));
    Ok(Times::new(times.await?.concat()))
}
