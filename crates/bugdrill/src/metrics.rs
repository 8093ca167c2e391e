//! Metrics for Prometheus, on a listener of their own.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context, Result};
use axum::{Router, http::header, middleware, routing::get};
use bugdrill_execution::Executions;
use bugdrill_model::event::LearnerEvent;
use bugdrill_platform::{
    events::{Listener, Told},
    metrics as names,
};
use bugdrill_web::{framing::refuse_malformed, serving};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// How many may scrape at a time.
const MAX_CONNECTIONS: usize = 16;

/// How often measured durations are sorted into their buckets: until then, each takes memory.
const UPKEEP_PERIOD: Duration = Duration::from_secs(5);

/// Prometheus' text format.
const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A listener whose address is taken, and a recorder that takes what the process measures from now on.
pub struct MetricsListener {
    listener: TcpListener,
    recorder: PrometheusHandle,
}

impl MetricsListener {
    /// Takes the address and installs the recorder, of which a process has one.
    pub async fn bind(address: SocketAddr) -> Result<Self> {
        let listener =
            TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address} for metrics"))?;
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &names::DURATION_BUCKETS)?
            .install_recorder()?;
        names::describe();
        Ok(Self { listener, recorder })
    }

    /// Serves `/metrics`, until it is stopped.
    pub fn serve(self, executions: Executions) -> MetricsServer {
        let Self { listener, recorder } = self;
        if let Ok(address) = listener.local_addr() {
            tracing::info!("metrics on http://{address}/metrics");
        }
        let upkeep = {
            let recorder = recorder.clone();
            tokio::spawn(async move {
                let mut ticks = tokio::time::interval(UPKEEP_PERIOD);
                loop {
                    ticks.tick().await;
                    recorder.run_upkeep();
                }
            })
        };
        let metrics = get(move || async move {
            observe(&executions);
            ([(header::CONTENT_TYPE, CONTENT_TYPE)], recorder.render())
        });
        let router = Router::new().route("/metrics", metrics).layer(middleware::from_fn(refuse_malformed));
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(async move {
            let stopped = async {
                // It is dropped, never sent.
                let _ = stopped.await;
            };
            serving::serve(listener, router, None, MAX_CONNECTIONS, stopped).await;
            upkeep.abort();
        });
        MetricsServer { stop, server }
    }
}

/// A running metrics server.
pub struct MetricsServer {
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

impl MetricsServer {
    /// Ends it, when the scrape that runs is answered.
    pub async fn stop(self) {
        drop(self.stop);
        // It does not panic, and if it did, it would be stopped too.
        let _ = self.server.await;
    }
}

/// Counts what learners do, until nobody tells of it any more.
pub(crate) async fn count_events(mut events: Listener<LearnerEvent>) {
    while let Some(told) = events.next().await {
        let (event, count) = match told {
            Told::Event(event) => (event.kind.name(), 1),
            Told::Missed(missed) => ("missed", missed),
        };
        metrics::counter!(names::LEARNER_EVENTS, "event" => event).increment(count);
    }
}

/// Records what is not counted on the way, but true at the moment.
fn observe(executions: &Executions) {
    let (load, counts) = (executions.load(), executions.sandbox().counts());
    for (name, value) in [
        (names::EXECUTIONS_WAITING, load.waiting),
        (names::EXECUTIONS_RUNNING, load.running),
        (names::RUNNERS, load.slots),
    ] {
        metrics::gauge!(name).set(value as f64);
    }
    metrics::counter!(names::RUNNER_RUNS).absolute(counts.runs);
    metrics::counter!(names::RUNNERS_REPLACED).absolute(counts.replaced_runners);
}
