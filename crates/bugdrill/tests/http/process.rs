//! `bugdrill serve` as a process, killed and started again.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::fs::symlink,
    path::Path,
    process::{Child, Command, Stdio},
    thread::{self, JoinHandle},
    time::Duration,
};

use bugdrill::CONTENT_PACK;
use bugdrill_content::pack;
use bugdrill_model::{Language, Role};
use bugdrill_platform::{Ambient, RootSecret};
use bugdrill_store::{DatabaseUrl, Store, StoreOptions, testing::TestDatabase};
use bugdrill_web::tokens::{DEFAULT_KEY_DAYS, Tokens};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{compile_guests, compiled_guests};

/// `bugdrill` with the command `name`, in this folder.
fn bugdrill(name: &str, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bugdrill"));
    command.args([name, "--data-dir", "data"]).current_dir(folder);
    command
}

/// `bugdrill serve`, on a free port.
pub(crate) fn serve(folder: &Path) -> Command {
    let mut command = bugdrill("serve", folder);
    command.args(["--listen", "127.0.0.1:0"]);
    command
}

/// What a server that cannot start says.
pub(crate) fn fails_to_start(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

/// A server, killed when this is dropped.
pub(crate) struct Server {
    process: Child,
    address: String,
    /// The address of the metrics, where they are served.
    metrics: Option<String>,
    log: JoinHandle<String>,
}

impl Server {
    /// Starts a server on this folder, and waits until it says that it is ready.
    fn start(folder: &Path) -> Self {
        Self::start_by(&mut serve(folder))
    }

    pub(crate) fn start_by(command: &mut Command) -> Self {
        let mut process = command
            .env("BUGDRILL_SANDBOX__SLOTS", "1")
            .env("BUGDRILL_LIMITS__EXECUTE", "1000000")
            .env("BUGDRILL_LOG__FILTER", "trace")
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines().map(Result::unwrap);
        let (mut log, mut metrics) = (String::new(), None);
        let address = loop {
            let line = lines.next().unwrap_or_else(|| panic!("it ended:\n{log}"));
            log = log + &line + "\n";
            if let Some((_, address)) = line.split_once("ready on http") {
                break address.trim_start_matches('s').trim_start_matches("://").trim().to_owned();
            }
            if let Some((_, address)) = line.split_once("metrics on http://") {
                metrics = address.trim().strip_suffix("/metrics").map(str::to_owned);
            }
        };
        // Read on, so that it never waits for somebody to read its log.
        let log = thread::spawn(move || lines.fold(log, |log, line| log + &line + "\n"));
        Self { process, address, metrics, log }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// One request on a connection of its own.
    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
        let (status, body) = send(&self.address, method, path, headers, body);
        (status, serde_json::from_str(&body).unwrap_or(Value::Null))
    }

    /// Kills it as `kill -9` does.
    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Asks it to stop, waits until it has, and answers all that it logged.
    pub(crate) fn stop(mut self) -> String {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert!(self.process.wait().unwrap().success());
        let log = std::mem::replace(&mut self.log, thread::spawn(String::new));
        log.join().unwrap()
    }
}

/// One request on a connection of its own.
fn send(address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let headers: String = headers.iter().flat_map(|(name, value)| [name, ": ", value, "\r\n"]).collect();
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: bugdrill\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A folder for a server, which finds the compiled guests there.
pub(crate) async fn folder() -> TempDir {
    compile_guests().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    symlink(compiled_guests(), folder.path().join("data/cache")).unwrap();
    folder
}

#[tokio::test]
async fn a_killed_server_finishes_what_it_accepted_when_it_is_back() {
    let folder = folder().await;
    let content = pack::decode(CONTENT_PACK).unwrap();
    let snippet = content.snippets.iter().find(|snippet| snippet.language == Language::Python).unwrap();

    let server = Server::start(folder.path());
    assert_eq!(server.send("GET", "/ready", &[], "").0, 200);
    let (status, session) = server.send("POST", "/auth/anonymous", &[], "");
    assert_eq!(status, 201);
    let bearer = format!("Bearer {}", session["access_token"].as_str().unwrap());
    let submit = |server: &Server, code: &str| {
        let path = format!("/api/v1/snippets/{}/submit", snippet.slug);
        let headers = [("authorization", bearer.as_str()), ("prefer", "respond-async")];
        let (status, accepted) =
            server.send("POST", &path, &headers, &json!({"code": code, "language": "python"}).to_string());
        assert_eq!(status, 202, "{accepted}");
        accepted["execution_id"].as_str().unwrap().to_owned()
    };
    // One in the runner when the server dies, one that waits behind it.
    let running = submit(&server, "while True: pass");
    let waiting = submit(&server, &snippet.correct_code);
    server.kill();

    let server = Server::start(folder.path());
    let mut ticks = tokio::time::interval(Duration::from_millis(50));
    for (id, verdict) in [(&running, "time_limit"), (&waiting, "accepted")] {
        let mut last = Value::Null;
        for _ in 0..600 {
            ticks.tick().await;
            let path = format!("/api/v1/executions/{id}");
            let (status, execution) = server.send("GET", &path, &[("authorization", &bearer)], "");
            assert_eq!(status, 200, "the key, the user and the submission outlive the server: {execution}");
            last = execution;
            if last["status"] == "completed" {
                break;
            }
        }
        assert_eq!(last["verdict"], verdict, "{last}");
    }
    let (_, progress) = server.send("GET", "/api/v1/users/progress", &[("authorization", &bearer)], "");
    assert_eq!((&progress["total_attempts"], &progress["snippets_solved"]), (&json!(2), &json!(1)));
    server.stop();
}

#[test]
fn a_second_server_on_the_same_data_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let _first = bugdrill::data_dir::DataDir::open(&folder.path().join("data")).unwrap();
    assert!(fails_to_start(&mut serve(folder.path())).contains("another server uses the data folder"));
}

#[tokio::test]
async fn a_server_with_another_secret_than_before_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let store = Store::open(&StoreOptions::new(DatabaseUrl::sqlite(data.join("bugdrill.db")))).await.unwrap();
    let before = Tokens::new(store, RootSecret::new([7; 32]), DEFAULT_KEY_DAYS, Ambient::system());
    before.reload().await.unwrap();
    let said = fails_to_start(&mut serve(folder.path()));
    assert!(said.contains("sealed under another secret") && said.contains("secret.key"), "{said}");
    let another = RootSecret::new([8; 32]).to_base64();
    let said = fails_to_start(serve(folder.path()).env("BUGDRILL_SECRETS__KEY", &another));
    assert!(said.contains("sealed under another secret") && !said.contains(&another), "{said}");
    let said = fails_to_start(serve(folder.path()).env("BUGDRILL_SECRETS__KEY", &another[1..]));
    assert!(said.contains("openssl rand -base64 32") && !said.contains(&another[1..]), "{said}");
}

#[tokio::test]
async fn the_log_holds_neither_code_nor_tokens_nor_addresses() {
    let folder = folder().await;
    let content = pack::decode(CONTENT_PACK).unwrap();
    let snippet = content.snippets.iter().find(|snippet| snippet.language == Language::Python).unwrap();
    let server = Server::start(folder.path());
    let forwarded = ("x-forwarded-for", "203.0.113.77");
    let (_, session) = server.send("POST", "/auth/anonymous", &[forwarded], "");
    let token = |name: &str| session[name].as_str().unwrap().to_owned();
    let (access, refresh) = (token("access_token"), token("refresh_token"));
    let bearer = format!("Bearer {access}");
    let headers = [("authorization", bearer.as_str()), forwarded];
    for (action, code) in [("execute", "secret_of_the_code = 1"), ("submit", "secret_of_the_code = print('printed')")] {
        let body = json!({"code": code, "language": "python"}).to_string();
        assert_eq!(server.send("POST", &format!("/api/v1/snippets/{}/{action}", snippet.slug), &headers, &body).0, 200);
    }
    let path = format!("/api/v1/users/progress?token={access}");
    server.send("GET", &path, &headers, "");
    for body in [json!({ "refresh_token": refresh }), json!({ "refresh_token": "guessed-token" }), json!("rubbish")] {
        server.send("POST", "/auth/refresh", &[forwarded], &body.to_string());
    }
    let log = server.stop();
    assert!(log.contains("/submit"), "requests are logged:\n{log}");
    let signature = access.rsplit('.').next().unwrap();
    let root = std::fs::read_to_string(folder.path().join("data/secret.key")).unwrap();
    for secret in ["secret_of_the_code", "printed", signature, &refresh, "guessed-token", "203.0.113.77", root.trim()] {
        if let Some(line) = log.lines().find(|line| line.contains(secret)) {
            panic!("the log tells {secret}: {line}");
        }
    }
}

/// The tokens in the mails of this server's outbox, once there are so many.
async fn mailed_tokens(folder: &Path, number: usize) -> Vec<String> {
    let mut ticks = tokio::time::interval(Duration::from_millis(20));
    for _ in 0..500 {
        ticks.tick().await;
        let files = std::fs::read_dir(folder.join("data/outbox")).into_iter().flatten().flatten();
        let mails = files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|kind| kind == "eml"));
        let mails: Vec<_> = mails.map(|path| std::fs::read_to_string(path).unwrap()).collect();
        let token = |mail: &String| {
            let (_, rest) = mail.split_once("#token=")?;
            Some(rest.split_whitespace().next()?.to_owned())
        };
        let tokens: Vec<_> = mails.iter().filter_map(token).collect();
        if tokens.len() == number {
            return tokens;
        }
    }
    panic!("there are not {number} mails with a link");
}

#[tokio::test]
async fn the_log_holds_nothing_of_accounts_and_their_mails() {
    let folder = folder().await;
    let mut command = serve(folder.path());
    let server = Server::start_by(command.env("BUGDRILL_PASSWORDS__COST", "4"));
    let post = |path: &str, body: Value| server.send("POST", path, &[], &body.to_string());
    let (email, password) = ("secret.address@example.com", "secret password");
    let account = json!({"email": email, "password": password, "display_name": "secret name"});
    let (status, session) = post("/auth/signup", account.clone());
    assert_eq!(status, 201, "{session}");
    assert_eq!(post("/auth/signup", account).0, 409);
    assert_eq!(post("/auth/login", json!({"email": email, "password": "guessed password"})).0, 401);
    assert_eq!(post("/auth/password/forgot", json!({"email": email})).0, 202);
    assert_eq!(post("/auth/password/forgot", json!({"email": "unknown.address@example.com"})).0, 202);
    let tokens = mailed_tokens(folder.path(), 2).await;
    for token in &tokens {
        post("/auth/email/verify", json!({ "token": token }));
        post("/auth/password/reset", json!({"token": token, "password": "another secret password"}));
    }
    post("/auth/password/reset", json!({"token": "guessed-token", "password": "another secret password"}));
    assert_eq!(post("/auth/login", json!({"email": email, "password": "another secret password"})).0, 200);
    let log = server.stop();
    assert!(log.contains("a mail lies in the outbox"), "{log}");
    let secrets = ["secret.address", "unknown.address", "secret password", "guessed password", "secret name", "$2b$"];
    for secret in secrets.into_iter().chain(tokens.iter().map(String::as_str)).chain(["guessed-token"]) {
        if let Some(line) = log.lines().find(|line| line.contains(secret)) {
            panic!("the log tells {secret}: {line}");
        }
    }
}

#[tokio::test]
async fn metrics_are_served_on_their_own_address_and_count_what_happened() {
    let folder = folder().await;
    let content = pack::decode(CONTENT_PACK).unwrap();
    let snippet = content.snippets.iter().find(|snippet| snippet.language == Language::Python).unwrap();
    let options = [("BUGDRILL_METRICS__LISTEN", "127.0.0.1:0"), ("BUGDRILL_LIMITS__ANONYMOUS_USERS", "1")];
    let server = Server::start_by(serve(folder.path()).envs(options));
    let metrics = server.metrics.clone().unwrap();

    for path in ["/api/v1/patterns", "/api/v1/patterns", "/nowhere/1", "/api/nowhere/2"] {
        server.send("GET", path, &[], "");
    }
    server.send("BREW", "/nowhere/3", &[], "");
    let (_, session) = server.send("POST", "/auth/anonymous", &[], "");
    let bearer = format!("Bearer {}", session["access_token"].as_str().unwrap());
    assert_eq!(server.send("POST", "/auth/anonymous", &[], "").0, 429);
    for (action, code) in [("execute", &snippet.correct_code); 2].into_iter().chain([("submit", &snippet.buggy_code)]) {
        let path = format!("/api/v1/snippets/{}/{action}", snippet.slug);
        let body = json!({"code": code, "language": "python"}).to_string();
        // With 202 it would be counted later.
        assert_eq!(server.send("POST", &path, &[("authorization", &bearer)], &body).0, 200);
    }

    let (status, text) = send(&metrics, "GET", "/metrics", &[], "");
    assert_eq!(status, 200);
    let values: HashMap<&str, f64> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(name, value)| (name, value.parse().unwrap()))
        .collect();
    let requests = |method: &str, route: &str, status: &str| {
        let name = format!("bugdrill_http_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}");
        values.get(name.as_str()).copied()
    };
    assert_eq!(requests("GET", "/api/v1/patterns", "2xx"), Some(2.0), "{text}");
    assert_eq!((requests("GET", "other", "4xx"), requests("other", "other", "4xx")), (Some(2.0), Some(1.0)), "{text}");
    assert_eq!(requests("POST", "/auth/anonymous", "4xx"), Some(1.0), "{text}");
    for (name, value) in [
        ("bugdrill_http_rate_limited_total{class=\"anonymous\"}", 1.0),
        ("bugdrill_http_request_duration_seconds_count{method=\"GET\",route=\"/api/v1/patterns\"}", 2.0),
        ("bugdrill_http_request_duration_seconds_bucket{method=\"GET\",route=\"/api/v1/patterns\",le=\"+Inf\"}", 2.0),
        ("bugdrill_executions_total{kind=\"run\",language=\"python\",verdict=\"accepted\"}", 2.0),
        ("bugdrill_execution_queue_duration_seconds_count{kind=\"run\"}", 2.0),
        ("bugdrill_execution_queue_duration_seconds_count{kind=\"submission\"}", 1.0),
        ("bugdrill_execution_run_duration_seconds_count{language=\"python\"}", 2.0),
        ("bugdrill_result_cache_hits_total", 1.0),
        ("bugdrill_result_cache_misses_total", 2.0),
        ("bugdrill_executions_waiting", 0.0),
        ("bugdrill_runners", 1.0),
        ("bugdrill_runner_runs_total", 2.0),
        ("bugdrill_runners_replaced_total", 0.0),
    ] {
        assert_eq!(values.get(name), Some(&value), "{name}: {text}");
    }
    // Nothing that clients choose becomes a label.
    let user = session["user"]["id"].as_str().unwrap();
    for unwanted in ["nowhere", "BREW", snippet.slug.as_str(), user] {
        assert!(!text.contains(unwanted), "{unwanted}: {text}");
    }
    let (status, text) = send(&server.address, "GET", "/metrics", &[], "");
    assert!(status != 200 && !text.contains("bugdrill_"), "{text}");
    server.stop();
}

#[tokio::test]
#[ignore = "needs PostgreSQL"]
async fn postgresql_is_served_once_it_is_migrated() {
    let folder = folder().await;
    let database = TestDatabase::new().await;
    let secret = RootSecret::new([7; 32]).to_base64();
    let on_postgresql = |mut command: Command| {
        command.env("BUGDRILL_DATABASE__URL", database.url()).env("BUGDRILL_SECRETS__KEY", &secret);
        command
    };
    let without_secret = |name: &str| {
        let mut command = on_postgresql(bugdrill(name, folder.path()));
        command.env_remove("BUGDRILL_SECRETS__KEY");
        command
    };
    let said = fails_to_start(&mut without_secret("serve"));
    assert!(said.contains("secrets.key") && said.contains("openssl rand -base64 32"), "{said}");
    let said = without_secret("doctor").output().unwrap().stdout;
    assert!(String::from_utf8(said).unwrap().contains("MISSING  secret"));
    let output = |name: &str| {
        let output = on_postgresql(bugdrill(name, folder.path())).output().unwrap();
        (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    let (fine, said) = output("serve");
    assert!(!fine && said.contains("run `bugdrill migrate`"), "{said}");
    let (fine, said) = output("doctor");
    assert!(!fine && said.contains("MISSING  database           PostgreSQL"), "{said}");
    let (fine, said) = output("migrate");
    assert!(fine, "{said}");

    let server = Server::start_by(&mut on_postgresql(serve(folder.path())));
    assert_eq!(server.send("GET", "/ready", &[], "").0, 200);
    assert_eq!(server.send("POST", "/auth/anonymous", &[], "").0, 201);
    for file in ["data/bugdrill.db", "data/secret.key"] {
        assert!(!folder.path().join(file).exists(), "{file}");
    }
    server.stop();
    let (fine, said) = output("doctor");
    assert!(fine && said.contains("ok       database           PostgreSQL"), "{said}");
}

#[tokio::test]
async fn an_administrator_is_made_while_the_server_runs() {
    let folder = folder().await;
    let server = Server::start(folder.path());
    let run = |subcommand: &str, arguments: &[&str], input: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bugdrill"));
        command.args(["admin", subcommand, "--data-dir", "data"]).args(arguments).current_dir(folder.path());
        let streams = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = streams.spawn().unwrap();
        // It need not read it.
        let _ = process.stdin.take().unwrap().write_all(input.as_bytes());
        let output = process.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.success(), text(output.stdout), text(output.stderr))
    };
    let admin = |arguments: &[&str], input: &str| run("create", arguments, input);
    let log_in = |email: &str, password: &str| {
        let body = json!({"email": email, "password": password}).to_string();
        server.send("POST", "/auth/login", &[], &body)
    };
    let (made, told, _) = admin(&["--email", "Ada@example.com"], "");
    assert!(made && told.contains("ada@example.com is a new account with the role admin"), "{told}");
    let password = told.lines().find_map(|line| line.strip_prefix("password: ")).unwrap();
    assert_eq!(password.len(), 20);
    let (status, session) = log_in("ada@example.com", password);
    assert_eq!((status, &session["user"]["role"]), (200, &json!("user")), "no second factor yet");
    let token = format!("Bearer {}", session["access_token"].as_str().unwrap());
    let me = || server.send("GET", "/auth/me", &[("authorization", &token)], "");
    assert_eq!(me().1["role"], "admin");

    let (changed, told, _) = admin(&["--email", "ada@example.com", "--role", "editor"], "");
    assert!(changed && told.contains("role editor instead of admin") && !told.contains("password: "), "{told}");
    assert_eq!(me().1["code"], "session_ended");
    let (_, session) = log_in("ada@example.com", password);
    let token = format!("Bearer {}", session["access_token"].as_str().unwrap());
    let me = || server.send("GET", "/auth/me", &[("authorization", &token)], "");
    assert_eq!(me().1["role"], "editor");
    let (ended, told, _) = run("end-sessions", &["--email", "ADA@example.com"], "");
    assert!(ended && told.contains("Sessions of ada@example.com that have ended: 1."), "{told}");
    assert_eq!(me().1["code"], "session_ended");
    let (ended, _, problems) = run("end-sessions", &["--email", "nobody@example.com"], "");
    assert!(!ended && problems.contains("there is no account with this address"), "{problems}");
    let (unchanged, told, _) = admin(&["--email", "ada@example.com", "--role", "editor"], "");
    assert!(unchanged && told.contains("has the role editor already"), "{told}");

    let (made, told, _) = admin(&["--email", "bob@example.com", "--password-stdin"], "correct horse battery\n");
    assert!(made && !told.contains("correct horse"), "{told}");
    assert_eq!(log_in("bob@example.com", "correct horse battery").0, 200);
    for (email, input, problem) in [
        ("nobody", "", "not an e-mail address"),
        ("eve@example.com", "short\n", "8 or more characters"),
        ("eve@example.com", "password\n", "would be guessed"),
    ] {
        let (made, _, problems) = admin(&["--email", email, "--password-stdin"], input);
        assert!(!made && problems.contains(problem), "{problems}");
    }
    let log = server.stop();
    assert!(!log.contains("ada@example.com") && !log.contains(password));
}

#[tokio::test]
async fn an_administrator_is_made_before_the_first_start() {
    let folder = folder().await;
    let mut command = Command::new(env!("CARGO_BIN_EXE_bugdrill"));
    command.args(["admin", "create", "--data-dir", "data", "--email", "ada@example.com"]).current_dir(folder.path());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let store = Store::open(&StoreOptions::new(DatabaseUrl::sqlite(folder.path().join("data/bugdrill.db")))).await;
    let user = store.unwrap().users().by_email("ada@example.com").await.unwrap().unwrap();
    assert_eq!(user.role, Role::Admin);
}

#[tokio::test]
async fn a_clock_that_is_ahead_is_for_trying_out_on_this_machine_alone() {
    let folder = folder().await;
    let server = Server::start_by(serve(folder.path()).args(["--clock-offset-days", "40"]));
    let (_, session) = server.send("POST", "/auth/anonymous", &[], "");
    let bearer = format!("Bearer {}", session["access_token"].as_str().unwrap());
    let (_, profile) = server.send("GET", "/auth/me", &[("authorization", &bearer)], "");
    let created_at: DateTime<Utc> = profile["created_at"].as_str().unwrap().parse().unwrap();
    let ahead = created_at - Ambient::system().now();
    assert!((39..=40).contains(&ahead.num_days()), "{ahead}");
    server.stop();
    let mut public = bugdrill("serve", folder.path());
    let message = fails_to_start(public.args(["--listen", "0.0.0.0:0", "--clock-offset-days", "1"]));
    assert!(message.contains("this machine alone"), "{message}");
}
