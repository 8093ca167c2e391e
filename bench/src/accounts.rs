//! Accounts over HTTP: what log-ins cost everybody else, and whether their time tells who has an account.

use std::{
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use futures::future::try_join_all;
use reqwest::{Client, StatusCode};
use serde_json::json;

use crate::{
    http::{Server, measure, report},
    statistics::Times,
};

/// How many people log in at the same time, again and again.
const AT_ONCE: usize = 50;

/// How often each kind of log-in is measured.
const LOG_INS: usize = 100;

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "the analytical engine";

/// Runs the benchmark.
pub(crate) async fn run() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::start(folder.path())?;
    let client = Client::new();
    let account = json!({ "email": EMAIL, "password": PASSWORD });
    let sign_up = client.post(format!("{}/auth/signup", server.base)).json(&account).send().await?;
    ensure!(sign_up.status() == StatusCode::CREATED, "there is no account: {}", sign_up.text().await?);

    println!("{LOG_INS} log-ins each, by turns, one after the other\n");
    println!("{:<44} {:>10} {:>10}", "", "median", "p95");
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..LOG_INS {
        for (email, times) in [EMAIL, "nobody@example.com"].into_iter().zip(&mut times) {
            let started = Instant::now();
            let (status, _) = log_in(&client, &server, email, "not the password").await?;
            times.push(started.elapsed());
            ensure!(status == StatusCode::UNAUTHORIZED, "a log-in is answered with {status}");
        }
    }
    let [known, unknown] = times.map(Times::new);
    let ratio = unknown.median().as_secs_f64() / known.median().as_secs_f64();
    report("POST login, wrong password", known);
    report("POST login, unknown address", unknown);
    println!("\nunknown to known, medians: {ratio:.3}\n");

    beside_log_ins(&client, &server).await
}

/// Reads the patterns, first alone and then while others log in.
async fn beside_log_ins(client: &Client, server: &Server) -> Result<()> {
    let patterns = format!("{}/api/v1/patterns", server.base);
    let read = async || -> Result<()> {
        client.get(&patterns).send().await?.error_for_status()?.bytes().await?;
        Ok(())
    };
    println!("{:<44} {:>10} {:>10}", "", "median", "p95");
    let alone = measure(read).await?;
    let (done, succeeded, refused) = (AtomicBool::new(false), AtomicU32::new(0), AtomicU32::new(0));
    let started = Instant::now();
    let people = (0..AT_ONCE).map(|_| async {
        while !done.load(Ordering::Relaxed) {
            let (status, retry_after) = log_in(client, server, EMAIL, PASSWORD).await?;
            if status == StatusCode::SERVICE_UNAVAILABLE {
                refused.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(retry_after).await;
            } else {
                ensure!(status == StatusCode::OK, "a log-in is answered with {status}");
                succeeded.fetch_add(1, Ordering::Relaxed);
            }
        }
        Ok(())
    });
    let reading = async {
        let beside = measure(read).await;
        done.store(true, Ordering::Relaxed);
        beside
    };
    let (beside, _) = tokio::try_join!(reading, try_join_all(people))?;
    let elapsed = started.elapsed().as_secs_f64();
    let ratio = beside.percentile_95().as_secs_f64() / alone.percentile_95().as_secs_f64();
    report("GET /api/v1/patterns, alone", alone);
    report(&format!("GET /api/v1/patterns, beside {AT_ONCE} log-ins"), beside);
    let (succeeded, refused) = (succeeded.into_inner(), refused.into_inner());
    println!("\nbeside to alone, p95: {ratio:.2}");
    println!("{succeeded} log-ins in {elapsed:.1} s, {refused} asked to come back");
    Ok(())
}

/// The status of a log-in, and when to come back.
async fn log_in(client: &Client, server: &Server, email: &str, password: &str) -> Result<(StatusCode, Duration)> {
    let request = client.post(format!("{}/auth/login", server.base));
    let answer = request.json(&json!({ "email": email, "password": password })).send().await?;
    let status = answer.status();
    let seconds = match answer.headers().get("retry-after") {
        Some(seconds) => seconds.to_str()?.parse().context("a time to come back is in seconds")?,
        None => 0,
    };
    answer.bytes().await?;
    Ok((status, Duration::from_secs(seconds)))
}
