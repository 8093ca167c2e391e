//! Puts the services together and serves them.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::available_parallelism,
};

use anyhow::{Context, Result};
use axum::{
    Router,
    extract::{Request, State},
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use bugdrill_api::{ApiState, Cards, Catalog};
use bugdrill_auth::{AuthState, Oauth, Passwords};
use bugdrill_content::pack;
use bugdrill_execution::Executions;
use bugdrill_model::event::LearnerEvent;
use bugdrill_platform::{Ambient, EventBus, RootSecret, mail::MailQueue, rate_limit::EmbeddedRateLimiter};
use bugdrill_sandbox::{Sandbox, SandboxConfig};
use bugdrill_store::Store;
use bugdrill_web::{Gate, HttpOptions, Origin, Problem, layers, openapi, serving, tokens::Tokens};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::{net::TcpListener, signal, sync::Mutex};
use utoipa::openapi::OpenApi;

use crate::{
    CONTENT_PACK,
    app::AppFiles,
    config::{Config, SandboxOptions},
    data_dir::DataDir,
    fitting, housekeeping,
    metrics::{MetricsListener, count_events},
    open_files::allow_connections,
};

/// Everything that the services share.
#[derive(Clone)]
pub struct Services {
    /// The database.
    pub store: Store,
    /// The content.
    pub catalog: Catalog,
    /// Runs code.
    pub executions: Executions,
    /// Guards the routes.
    pub gate: Gate,
    /// Clock and randomness.
    pub ambient: Ambient,
    /// Told what learners do, and what comes of it.
    pub events: EventBus<LearnerEvent>,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Sends mails.
    pub mails: MailQueue,
    /// The providers by which users may log in.
    pub oauth: Oauth,
    /// Seals the secrets of second factors.
    pub secret: RootSecret,
    /// Where people reach this server.
    pub public_url: Origin,
    /// How many snippets a trial may start.
    pub trial_snippets: u32,
}

/// Whether the server takes requests, and what it needs for that.
#[derive(Clone)]
struct Readiness {
    store: Store,
    ambient: Ambient,
    closing: Arc<AtomicBool>,
    /// When it was last tried whether the database takes what is written, and whether it did.
    last_trial: Arc<Mutex<Option<Trial>>>,
}

/// When it was tried whether the database takes what is written, and whether it did.
type Trial = (DateTime<Utc>, bool);

impl Readiness {
    /// Whether the database takes what is written. Tried once a second, however often it is asked.
    async fn can_write(&self) -> bool {
        let mut last = self.last_trial.lock().await;
        let now = self.ambient.now();
        if let Some((at, worked)) = *last
            && (at..at + TRIAL_PERIOD).contains(&now)
        {
            return worked;
        }
        let tried = self.store.try_writing(now).await;
        if let Err(error) = &tried {
            tracing::error!(%error, "the database takes nothing");
        }
        *last = Some((now, tried.is_ok()));
        tried.is_ok()
    }
}

/// How long it is believed that the database takes what is written.
const TRIAL_PERIOD: TimeDelta = TimeDelta::seconds(1);

/// The whole HTTP service.
pub fn router(services: &Services, http: &HttpOptions, closing: Arc<AtomicBool>) -> Router {
    let auth = bugdrill_auth::router(AuthState {
        store: services.store.clone(),
        gate: services.gate.clone(),
        ambient: services.ambient.clone(),
        passwords: services.passwords.clone(),
        mails: services.mails.clone(),
        oauth: services.oauth.clone(),
        secret: services.secret.clone(),
        public_url: services.public_url.clone(),
        trial_snippets: services.trial_snippets,
    });
    let api = bugdrill_api::router(ApiState {
        store: services.store.clone(),
        catalog: services.catalog.clone(),
        executions: services.executions.clone(),
        ambient: services.ambient.clone(),
        events: services.events.clone(),
        cards: Cards::default(),
        public_url: services.public_url.clone(),
    });
    let (router, document) = auth.merge(api).split_for_parts();
    let document = openapi::complete(document);
    let readiness = Readiness {
        store: services.store.clone(),
        ambient: services.ambient.clone(),
        closing,
        last_trial: Arc::default(),
    };
    let operations =
        Router::new().route("/health", get(|| async { "ok" })).route("/ready", get(ready)).with_state(readiness);
    let app = Arc::new(AppFiles::new());
    let router = router
        .merge(operations)
        .merge(openapi::router(&document))
        .fallback(move |request: Request| {
            let app = Arc::clone(&app);
            async move { fallback(&app, &request) }
        })
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This address has no such method.")
        });
    layers::standard(router, &services.gate, &services.ambient, http)
}

/// The OpenAPI document of all services.
pub fn document() -> OpenApi {
    let mut document = bugdrill_auth::routes().into_openapi();
    document.merge(bugdrill_api::routes().into_openapi());
    openapi::complete(document)
}

async fn ready(State(readiness): State<Readiness>) -> Response {
    if readiness.closing.load(Ordering::Relaxed) {
        return Problem::unavailable("The server is closing.").into_response();
    }
    if readiness.can_write().await {
        "ready".into_response()
    } else {
        Problem::unavailable("The database takes nothing.").into_response()
    }
}

fn fallback(app: &AppFiles, request: &Request) -> Response {
    let path = request.uri().path();
    let within = |rest: &str| rest.is_empty() || rest.starts_with('/');
    let is_service = ["/api", "/auth", "/admin/v1", "/docs", "/share"]
        .iter()
        .any(|prefix| path.strip_prefix(prefix).is_some_and(within));
    if is_service || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::not_found("address").into_response();
    }
    app.serve(request.uri(), request.headers())
}

/// Starts the sandbox that the configuration asks for.
pub async fn start_sandbox(options: &SandboxOptions, cache: PathBuf) -> Result<Sandbox> {
    Sandbox::start(sandbox_config(options, cache)).await.context("the sandbox does not start")
}

/// The sandbox's part of the configuration, in its own terms.
pub fn sandbox_config(options: &SandboxOptions, cache: PathBuf) -> SandboxConfig {
    let mut config = SandboxConfig::new(cache);
    config.slots = match options.slots {
        0 => available_parallelism().map_or(1, usize::from),
        slots => slots,
    };
    config.allow_unconfined = options.allow_unconfined;
    config
}

/// Serves until the process is told to stop.
pub async fn serve(config: &Config, ambient: Ambient) -> Result<()> {
    let tls = config.tls.read()?;
    let oauth =
        Oauth::new(&config.oauth, &config.public_url(), ambient.clone()).context("the configuration is not usable")?;
    let data = DataDir::open(&config.data_dir)?;
    let mailer = config.mail.url.mailer(&config.mail.from, &config.data_dir).context("no mail can be sent")?;
    let secret = config.root_secret(&data, &ambient)?;
    // Bound first, so that a taken port is found before the slow steps; early clients wait.
    let listener =
        TcpListener::bind(config.listen).await.with_context(|| format!("cannot listen on {}", config.listen))?;
    let metrics = match config.metrics.listen {
        Some(address) => Some(MetricsListener::bind(address).await?),
        None => None,
    };
    let options = config.store(ambient.now());
    let store = Store::open(&options).await.with_context(|| format!("the database {} does not open", options.url))?;
    let tokens = Arc::new(Tokens::new(store.clone(), secret.clone(), config.tokens.key_days, ambient.clone()));
    tokens.reload().await.context("no tokens can be signed")?;
    if !store.is_shared() {
        // The data folder's lock says that no other server works on them.
        store.submissions().give_back_all().await?;
    }
    let content = pack::decode(CONTENT_PACK)?;
    let imported = store.content().import(&content, ambient.now()).await?;
    tracing::info!(
        new = imported.inserted,
        changed = imported.updated,
        same = imported.unchanged,
        archived = imported.archived,
        kept = imported.kept,
        "imported the content"
    );
    let sandbox = start_sandbox(&config.sandbox, data.cache()).await?;
    let catalog = Catalog::load(store.clone(), ambient.clone()).await?;
    let events = EventBus::default();
    let executions =
        Executions::start(config.execution.config(), sandbox, store.clone(), ambient.clone(), events.clone());
    let limiter = Arc::new(EmbeddedRateLimiter::new(ambient.clone()));
    let services = Services {
        gate: Gate::new(Arc::clone(&tokens), store.clone(), ambient.clone(), limiter, config.limits),
        oauth,
        secret,
        public_url: config.public_url(),
        trial_snippets: config.trial.snippets,
        passwords: Passwords::new(config.passwords, ambient.clone()),
        mails: MailQueue::new(mailer),
        store,
        catalog,
        executions,
        ambient,
        events,
    };
    let closing = Arc::new(AtomicBool::new(false));
    let http = HttpOptions { strict_transport: tls.is_some(), ..config.http.clone() };
    let router = router(&services, &http, Arc::clone(&closing));
    let recovering = {
        let executions = services.executions.clone();
        tokio::spawn(async move { executions.keep_recovering().await })
    };
    let watching = {
        let store = services.store.clone();
        tokio::spawn(async move { store.watch_changes().await })
    };
    let reloading = tokio::spawn(async move { tokens.keep_reloading().await });
    let counting = tokio::spawn(count_events(services.events.listen()));
    let metrics = metrics.map(|listener| listener.serve(services.executions.clone()));
    let tidying = tokio::spawn(housekeeping::keep(services.store.clone(), services.ambient.clone(), config.retention));
    let fitting = tokio::spawn(fitting::keep(services.store.clone(), services.ambient.clone()));
    let scheme = if tls.is_some() { "https" } else { "http" };
    tracing::info!("ready on {scheme}://{}", listener.local_addr().unwrap_or(config.listen));
    let connections = allow_connections(services.executions.sandbox().slots(), config.database.max_connections);
    serving::serve(listener, router, tls, connections, stop_signal(closing)).await;
    tidying.abort();
    counting.abort();
    fitting.abort();
    watching.abort();
    reloading.abort();
    recovering.abort();
    services.executions.close().await;
    services.mails.close().await;
    if let Some(metrics) = metrics {
        metrics.stop().await;
    }
    tracing::info!("stopped");
    Ok(())
}

async fn stop_signal(closing: Arc<AtomicBool>) {
    let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate()).ok();
    let terminated = async {
        match &mut terminate {
            Some(signal) => signal.recv().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = signal::ctrl_c() => {}
        _ = terminated => {}
    }
    tracing::info!("stopping: no new requests, running ones finish");
    closing.store(true, Ordering::Relaxed);
}
