//! The harness: an app under test, requests, learners.

use std::{
    convert::Infallible,
    future::IntoFuture,
    net::SocketAddr,
    path::PathBuf,
    process::Command,
    sync::{Arc, LazyLock, atomic::AtomicBool},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, HeaderName, HeaderValue, Method},
};
use bugdrill::server::{self, Services};
use bugdrill_api::Catalog;
use bugdrill_auth::{Oauth, OauthOptions, PasswordOptions, Passwords};
use bugdrill_execution::{ExecutionConfig, Executions, Progress};
use bugdrill_platform::{
    Ambient, RootSecret,
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
use futures::{FutureExt, future::BoxFuture, stream};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    runtime::{Handle, Runtime},
    sync::OnceCell,
};
use tower::ServiceExt;
use uuid::Uuid;

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
        let executions = Executions::start(options.execution, sandbox, store.clone(), ambient.clone());
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

/// A request under construction; awaiting it sends it.
pub(crate) struct Request<'a> {
    app: &'a TestApp,
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
    address: SocketAddr,
    /// What happens after the head was sent, and before the body is.
    before_body: Option<BoxFuture<'static, ()>>,
}

impl Request<'_> {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.append(HeaderName::try_from(name).unwrap(), HeaderValue::try_from(value).unwrap());
        self
    }

    pub(crate) fn token(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// Sends this as JSON.
    pub(crate) fn json(self, body: &Value) -> Self {
        self.text(&body.to_string()).header("content-type", "application/json")
    }

    /// Sends these bytes, without saying what they are.
    pub(crate) fn text(mut self, body: &str) -> Self {
        self.body = body.into();
        self
    }

    /// Sends the body once this has happened, which begins when the server asks for it.
    pub(crate) fn with_body_after(mut self, event: impl Future<Output = ()> + Send + 'static) -> Self {
        self.before_body = Some(event.boxed());
        self
    }

    /// Sends it from this address.
    pub(crate) fn from(mut self, address: &str) -> Self {
        self.address.set_ip(address.parse().unwrap());
        self
    }
}

impl<'a> IntoFuture for Request<'a> {
    type Output = Answer;
    type IntoFuture = BoxFuture<'a, Answer>;

    fn into_future(self) -> Self::IntoFuture {
        async move {
            let body = match self.before_body {
                None => Body::from(self.body),
                Some(event) => Body::from_stream(stream::once(event.map(|()| Ok::<_, Infallible>(self.body)))),
            };
            let mut request = axum::http::Request::builder()
                .method(self.method.clone())
                .uri(&self.path)
                .extension(ConnectInfo(self.address))
                .body(body)
                .unwrap();
            *request.headers_mut() = self.headers;
            let answering = self.app.router.clone().oneshot(request);
            let response = self.app.runtime.spawn(answering).await.unwrap().unwrap();
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let bytes = response.into_body().collect().await.unwrap().to_bytes();
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            let body = serde_json::from_str(&text).unwrap_or(Value::Null);
            let answer = Answer { status, headers, text, body };
            check_every_answer(&format!("{} {}", self.method, self.path), &answer);
            answer
        }
        .boxed()
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Answer {
    /// The body, when the status is this one.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.body
    }

    /// The body, when the problem is this one.
    #[track_caller]
    pub(crate) fn expect_problem(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.body["code"].as_str()), (status, Some(code)), "{}", self.text);
        self.body
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// The statuses that the OpenAPI document gives for a request; none for what is no operation.
fn documented_statuses(request: &str) -> Option<Vec<u16>> {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(server::document()).unwrap());
    let (method, address) = request.split_once(' ')?;
    let segments: Vec<&str> = address.split('?').next()?.split('/').collect();
    let fits = |path: &str| {
        let mut template = path.split('/');
        template.clone().count() == segments.len()
            && segments.iter().all(|segment| template.next().is_some_and(|of| of.starts_with('{') || of == *segment))
    };
    let (_, operations) = DOCUMENT["paths"].as_object()?.iter().find(|(path, _)| fits(path))?;
    let responses = operations.get(method.to_lowercase())?["responses"].as_object()?;
    Some(responses.keys().map(|status| status.parse().unwrap()).collect())
}

/// What holds for every answer of the service.
fn check_every_answer(request: &str, answer: &Answer) {
    if let Some(documented) = documented_statuses(request) {
        let is_documented = answer.status == 304 || documented.contains(&answer.status);
        assert!(is_documented, "{request} answers {}, which is not documented: {}", answer.status, answer.text);
    }
    for (name, value) in
        [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "same-origin")]
    {
        assert_eq!(answer.header(name), value, "{name} of {request}");
    }
    assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{request}");
    assert!(!answer.header("x-request-id").is_empty(), "{request}");
    let path = request.split_once(' ').unwrap().1;
    let is_service = ["/api", "/auth", "/admin/v1"].iter().any(|prefix| path.starts_with(prefix));
    let is_content = path.starts_with("/api/v1/patterns") || path.starts_with("/api/v1/snippets");
    if is_service && !(is_content && answer.header("cache-control") == "public, no-cache") {
        assert_eq!(answer.header("cache-control"), "no-store", "{request}");
    }
    if is_service && answer.status >= 400 {
        let body = &answer.body;
        assert_eq!(answer.header("content-type"), "application/problem+json", "{request}: {}", answer.text);
        let code = body["code"].as_str().unwrap_or_else(|| panic!("{request} has no code: {}", answer.text));
        assert_eq!(body["type"], format!("urn:bugdrill:problem:{code}"), "{request}");
        assert_eq!(body["status"], answer.status, "{request}");
        for member in ["title", "detail"] {
            assert!(body[member].as_str().is_some_and(|text| !text.is_empty()), "{member} of {request}");
        }
        let needs_retry_after = matches!(answer.status, 429 | 503);
        assert_eq!(answer.headers.contains_key("retry-after"), needs_retry_after, "{request}");
        assert_eq!(answer.headers.contains_key("www-authenticate"), answer.status == 401, "{request}");
    }
}

/// Somebody with tokens.
pub(crate) struct Learner<'a> {
    pub(crate) app: &'a TestApp,
    pub(crate) id: Uuid,
    pub(crate) token: String,
    pub(crate) refresh_token: String,
}

impl<'a> Learner<'a> {
    /// The learner of this session.
    pub(crate) fn of(app: &'a TestApp, session: &Value) -> Self {
        let text = |name: &str| session[name].as_str().unwrap().to_owned();
        Self {
            app,
            id: session["user"]["id"].as_str().unwrap().parse().unwrap(),
            token: text("access_token"),
            refresh_token: text("refresh_token"),
        }
    }

    pub(crate) fn get(&self, path: &str) -> Request<'a> {
        self.app.get(path).token(&self.token)
    }

    pub(crate) fn post(&self, path: &str) -> Request<'a> {
        self.app.post(path).token(&self.token)
    }

    pub(crate) fn patch(&self, path: &str) -> Request<'a> {
        self.app.patch(path).token(&self.token)
    }

    pub(crate) fn delete(&self, path: &str) -> Request<'a> {
        self.app.delete(path).token(&self.token)
    }

    /// Exchanges the refresh token.
    pub(crate) fn refresh(&self) -> Request<'a> {
        self.app.post("/auth/refresh").json(&json!({"refresh_token": self.refresh_token}))
    }

    /// Runs code; the language is the one that the slug ends with.
    pub(crate) fn execute(&self, slug: &str, code: &str) -> Request<'a> {
        self.post(&format!("/api/v1/snippets/{slug}/execute")).json(&code_body(slug, code))
    }

    /// Traces code on the test of this number.
    pub(crate) fn trace(&self, slug: &str, code: &str, test_case: usize) -> Request<'a> {
        let mut body = code_body(slug, code);
        body["test_case"] = json!(test_case);
        self.post(&format!("/api/v1/snippets/{slug}/trace")).json(&body)
    }

    /// Runs code that takes its time: on a busy machine, longer than the server waits.
    pub(crate) async fn run(&self, slug: &str, code: &str) -> Value {
        let started = self.execute(slug, code).header("prefer", "respond-async").await;
        let id = started.body["execution_id"].as_str().unwrap_or_else(|| panic!("{}", started.text));
        self.app.finished(id).await;
        self.execution(id).await.expect(200)
    }

    /// Puts an endless loop into a runner, behind which everything else of this learner has to wait for a second.
    pub(crate) async fn keep_busy(&self) -> String {
        let started = self.execute(fixtures::SUM, fixtures::SUM_ENDLESS).header("prefer", "respond-async").await;
        let id = started.expect(202)["execution_id"].as_str().unwrap().to_owned();
        self.app.running(&id).await;
        id
    }

    pub(crate) fn submit(&self, slug: &str, code: &str) -> Request<'a> {
        self.post(&format!("/api/v1/snippets/{slug}/submit")).json(&code_body(slug, code))
    }

    pub(crate) fn hint(&self, slug: &str, tier: &str) -> Request<'a> {
        self.post(&format!("/api/v1/snippets/{slug}/hints/{tier}"))
    }

    pub(crate) fn give_up(&self, slug: &str) -> Request<'a> {
        self.post(&format!("/api/v1/snippets/{slug}/give-up"))
    }

    pub(crate) fn report(&self, slug: &str, body: &Value) -> Request<'a> {
        self.post(&format!("/api/v1/snippets/{slug}/report")).json(body)
    }

    pub(crate) fn execution(&self, id: &str) -> Request<'a> {
        self.get(&format!("/api/v1/executions/{id}"))
    }

    pub(crate) async fn progress(&self) -> Value {
        self.get("/api/v1/users/progress").await.expect(200)
    }

    /// The state of one snippet.
    pub(crate) async fn state(&self, slug: &str) -> Value {
        self.get(&format!("/api/v1/users/progress/snippets/{slug}")).await.expect(200)
    }

    /// All that is stored of the learner and can be seen.
    pub(crate) async fn everything(&self) -> Value {
        let states = self.get("/api/v1/users/progress/snippets").await.expect(200);
        json!([self.progress().await, states])
    }

    /// How many snippets the trial may still start.
    pub(crate) async fn remaining(&self) -> i64 {
        self.progress().await["trial_snippets_remaining"].as_i64().unwrap()
    }
}

/// The body of `execute` and `submit`.
pub(crate) fn code_body(slug: &str, code: &str) -> Value {
    json!({"code": code, "language": slug.rsplit('-').next().unwrap()})
}

/// The verdicts of the tests of a result.
pub(crate) fn verdicts(result: &Value) -> Vec<&str> {
    result["test_results"].as_array().unwrap().iter().map(|test| test["verdict"].as_str().unwrap()).collect()
}
