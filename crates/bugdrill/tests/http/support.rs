//! The harness: an app under test, requests, learners.

use std::{
    path::PathBuf,
    process::Command,
    sync::{Arc, LazyLock, atomic::AtomicBool},
    time::Duration,
};

use axum::{
    Router,
    http::{HeaderMap, Method},
};
use bugdrill::server::{self, Services};
use bugdrill_api::Catalog;
use bugdrill_auth::{Oauth, OauthOptions, PasswordOptions, Passwords};
use bugdrill_execution::{ExecutionConfig, Executions, Progress};
use bugdrill_model::event::LearnerEvent;
use bugdrill_platform::{
    Ambient, EventBus, RootSecret,
    ambient::testing::ManualClock,
    mail::{MailQueue, OutboxFolder},
    rate_limit::EmbeddedRateLimiter,
};
use bugdrill_sandbox::{Sandbox, SandboxConfig};
use bugdrill_store::{Store, testing::TestDatabase};
use bugdrill_web::{
    Gate, HttpOptions, Origin,
    gate::RateLimits,
    tokens::{DEFAULT_KEY_DAYS, Tokens},
};
use futures::{FutureExt, future::BoxFuture};
use serde_json::json;
use tempfile::TempDir;
use tokio::{
    runtime::{Handle, Runtime},
    sync::OnceCell,
};
use uuid::Uuid;

mod learner;
mod request;

pub(crate) use learner::{Learner, code_body, verdicts};
pub(crate) use request::{Answer, Request};

use crate::fixtures;

/// The secret under which the apps' others are sealed.
pub(crate) const ROOT_SECRET: RootSecret = RootSecret::new([7; 32]);

/// Where people reach the apps under test.
pub(crate) const PUBLIC_URL: &str = "https://drill.example.com";

/// The password of all accounts.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// How an app under test differs from the others.
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) limits: RateLimits,
    pub(crate) slots: usize,
    pub(crate) execution: ExecutionConfig,
    pub(crate) http: HttpOptions,
    pub(crate) passwords: PasswordOptions,
    pub(crate) oauth: OauthOptions,
}

impl Default for Options {
    fn default() -> Self {
        let high = 1_000_000;
        Self {
            limits: RateLimits {
                content: high,
                execute: high,
                anonymous_users: high,
                credentials: high,
                attempts: high / 100,
                standard: high,
                account: high,
            },
            slots: 1,
            // Tests want to see runs, not results of runs before.
            execution: ExecutionConfig { result_cache_bytes: 0, ..ExecutionConfig::default() },
            http: HttpOptions::default(),
            // The fastest there is.
            passwords: PasswordOptions { cost: 4, ..PasswordOptions::default() },
            oauth: OauthOptions::default(),
        }
    }
}

/// The service, whole, on a database of its own.
pub(crate) struct TestApp {
    pub(crate) store: Store,
    pub(crate) executions: Executions,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) ambient: Ambient,
    pub(crate) tokens: Arc<Tokens>,
    pub(crate) passwords: Passwords,
    mails: MailQueue,
    pub(crate) events: EventBus<LearnerEvent>,
    outbox: TempDir,
    router: Router,
    /// Where it answers: its connections to the database live as long as the runtime that they were opened on.
    runtime: Handle,
    pub(crate) database: Arc<TestDatabase>,
    /// An argument by which this app's runners are told from others'.
    mark: String,
}

/// Where compiled guests are kept, from one test run to the next.
pub(crate) fn compiled_guests() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("compiled-guests")
}

/// A sandbox whose runners have `mark` among their arguments.
pub(crate) async fn start_sandbox(slots: usize, mark: &str) -> Sandbox {
    let mut config = SandboxConfig::new(compiled_guests());
    config.runner_command = vec![env!("CARGO_BIN_EXE_bugdrill").into(), "runner".into(), mark.into()];
    config.slots = slots;
    Sandbox::start(config).await.unwrap()
}

/// Compiles the guests where that is missing, once, although tests start side by side.
pub(crate) async fn compile_guests() {
    static COMPILED: OnceCell<()> = OnceCell::const_new();
    COMPILED.get_or_init(|| async { start_sandbox(1, "first").await.close().await }).await;
}

/// The app that most tests share: each works with learners of its own, and none moves its clock.
pub(crate) async fn shared_app() -> &'static TestApp {
    // Workers live as long as the runtime that they were started on: longer than a test.
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    static APP: OnceCell<TestApp> = OnceCell::const_new();
    let start = || async { RUNTIME.spawn(TestApp::start(Options { slots: 2, ..Options::default() })).await.unwrap() };
    APP.get_or_init(start).await
}

impl TestApp {
    /// Starts an app of its own for a test that moves the clock, counts requests or stops runners.
    pub(crate) fn start(options: Options) -> BoxFuture<'static, Self> {
        let (ambient, clock) = bugdrill_platform::ambient::testing::manual_ambient();
        async move { Box::pin(Self::open(Arc::new(TestDatabase::new().await), options, ambient, clock)).await }.boxed()
    }

    /// Stops the app and starts another one on the same data.
    pub(crate) async fn restart(self, options: Options) -> Self {
        self.executions.close().await;
        Box::pin(Self::open(self.database, options, self.ambient, self.clock)).await
    }

    /// Starts another app on the same database and clock.
    pub(crate) async fn beside(&self, options: Options) -> Self {
        let (ambient, clock) = (self.ambient.clone(), Arc::clone(&self.clock));
        Box::pin(Self::open(Arc::clone(&self.database), options, ambient, clock)).await
    }

    async fn open(database: Arc<TestDatabase>, options: Options, ambient: Ambient, clock: Arc<ManualClock>) -> Self {
        compile_guests().await;
        let store = database.open().await;
        store.content().import(&fixtures::pack(), ambient.now()).await.unwrap();
        let mark = format!("--for={}", database.url());
        let sandbox = start_sandbox(options.slots, &mark).await;
        let events = EventBus::default();
        let executions = Executions::start(options.execution, sandbox, store.clone(), ambient.clone(), events.clone());
        let tokens = Arc::new(Tokens::new(store.clone(), ROOT_SECRET, DEFAULT_KEY_DAYS, ambient.clone()));
        tokens.reload().await.unwrap();
        let limiter = Arc::new(EmbeddedRateLimiter::new(ambient.clone()));
        let outbox = tempfile::tempdir().unwrap();
        let sender = "drill@example.com".to_owned().try_into().unwrap();
        let mails = MailQueue::new(Arc::new(OutboxFolder::new(outbox.path(), sender)));
        let passwords = Passwords::new(options.passwords, ambient.clone());
        let public_url = Origin::parse(PUBLIC_URL).unwrap();
        let services = Services {
            store: store.clone(),
            catalog: Catalog::load(store.clone(), ambient.clone()).await.unwrap(),
            executions: executions.clone(),
            gate: Gate::new(Arc::clone(&tokens), store.clone(), ambient.clone(), limiter, options.limits),
            ambient: ambient.clone(),
            events: events.clone(),
            trial_snippets: 5,
            passwords: passwords.clone(),
            mails: mails.clone(),
            oauth: Oauth::new(&options.oauth, &public_url, ambient.clone()).unwrap(),
            public_url,
            secret: ROOT_SECRET,
        };
        let router = server::router(&services, &options.http, Arc::new(AtomicBool::new(false)));
        Self {
            store,
            executions,
            clock,
            ambient,
            tokens,
            passwords,
            mails,
            events,
            outbox,
            router,
            runtime: Handle::current(),
            database,
            mark,
        }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> Request<'_> {
        Request {
            app: self,
            method,
            path: path.to_owned(),
            headers: HeaderMap::new(),
            body: Vec::new(),
            address: ([192, 0, 2, 1], 4711).into(),
            before_body: None,
        }
    }

    pub(crate) fn get(&self, path: &str) -> Request<'_> {
        self.request(Method::GET, path)
    }

    pub(crate) fn post(&self, path: &str) -> Request<'_> {
        self.request(Method::POST, path)
    }

    pub(crate) fn patch(&self, path: &str) -> Request<'_> {
        self.request(Method::PATCH, path)
    }

    pub(crate) fn delete(&self, path: &str) -> Request<'_> {
        self.request(Method::DELETE, path)
    }

    /// Signs up with this address and [`PASSWORD`].
    pub(crate) async fn account(&self, email: &str) -> Learner<'_> {
        let request = self.post("/auth/signup").json(&json!({"email": email, "password": PASSWORD}));
        Learner::of(self, &request.await.expect(201))
    }

    /// Logs in.
    pub(crate) fn log_in(&self, email: &str, password: &str) -> Request<'_> {
        self.post("/auth/login").json(&json!({"email": email, "password": password}))
    }

    /// All mails that were sent, the newest last.
    pub(crate) async fn mails(&self) -> Vec<String> {
        self.mails.settled().await;
        let mut files: Vec<_> =
            std::fs::read_dir(self.outbox.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort_by_key(|file| std::fs::metadata(file).unwrap().modified().unwrap());
        files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect()
    }

    /// The mails to this address, the newest last.
    pub(crate) async fn mails_to(&self, address: &str) -> Vec<String> {
        let to = format!("\r\nTo: {address}\r\n");
        self.mails().await.into_iter().filter(|mail| mail.contains(&to)).collect()
    }

    /// Changes the database as no request can.
    pub(crate) async fn execute_sql(&self, sql: &str) {
        self.database.execute(sql).await;
        self.store.forget_everything();
    }

    /// Starts a trial.
    pub(crate) async fn trial(&self) -> Learner<'_> {
        Learner::of(self, &self.post("/auth/anonymous").await.expect(201))
    }

    /// Waits until the execution is over, without asking for it by HTTP.
    pub(crate) async fn finished(&self, execution_id: &str) {
        let id = uuid_of(execution_id);
        // Not found: it is over, and its result is in the database.
        let Some(mut execution) = self.executions.find(id) else { return };
        let progress = execution.wait(Duration::from_secs(30)).await;
        assert!(matches!(progress, Progress::Finished(_) | Progress::Superseded), "{execution_id} is {progress:?}");
    }

    /// Waits until the execution has left the queue.
    pub(crate) async fn running(&self, execution_id: &str) {
        let id = uuid_of(execution_id);
        while self.executions.find(id).is_some_and(|execution| matches!(execution.progress(), Progress::Queued)) {
            tokio::task::yield_now().await;
        }
    }

    /// The processes of this app's runners.
    pub(crate) fn runners(&self) -> Vec<String> {
        let processes = std::fs::read_dir("/proc").unwrap().flatten();
        let ids = processes.filter_map(|entry| entry.file_name().into_string().ok());
        let is_mine = |id: &String| {
            let arguments = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
            arguments.split(|byte| *byte == 0).any(|argument| argument == self.mark.as_bytes())
        };
        ids.filter(|id| id.parse::<u32>().is_ok()).filter(is_mine).collect()
    }

    /// Kills this app's runners; tells how many there were.
    pub(crate) fn kill_runners(&self) -> usize {
        let runners = self.runners();
        for id in &runners {
            assert!(Command::new("kill").args(["-KILL", id]).status().unwrap().success());
        }
        runners.len()
    }
}

/// The id in the database of a client's execution id.
pub(crate) fn uuid_of(execution_id: &str) -> Uuid {
    Uuid::parse_str(execution_id.strip_prefix("exec_").unwrap()).unwrap()
}
