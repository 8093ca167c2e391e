//! `bugdrill serve` as a process, killed and started again.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::fs::symlink,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use bugdrill::CONTENT_PACK;
use bugdrill_content::pack;
use bugdrill_model::Language;
use serde_json::{Value, json};

use crate::support::{compile_guests, compiled_guests};

/// A server, killed when this is dropped.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// Starts a server on this folder, and waits until it says that it is ready.
    fn start(folder: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_bugdrill"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir", "data"])
            .current_dir(folder)
            .env("BUGDRILL_SANDBOX__SLOTS", "1")
            .env("BUGDRILL_LIMITS__EXECUTE", "1000000")
            .env("BUGDRILL_LOG__FILTER", "info")
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap()).lines().map(Result::unwrap);
        let mut seen = Vec::new();
        let address = loop {
            let line = log.next().unwrap_or_else(|| panic!("it ended:\n{}", seen.join("\n")));
            if let Some((_, address)) = line.split_once("ready on http://") {
                break address.trim().to_owned();
            }
            seen.push(line);
        };
        // Read on, so that it never waits for somebody to read its log.
        thread::spawn(move || log.for_each(drop));
        Self { process, address }
    }

    /// One request on a connection of its own.
    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
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
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        (status, serde_json::from_str(body).unwrap_or(Value::Null))
    }

    /// Kills it as `kill -9` does.
    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Asks it to stop, and waits until it has.
    fn stop(mut self) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn a_killed_server_finishes_what_it_accepted_when_it_is_back() {
    compile_guests().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    symlink(compiled_guests(), folder.path().join("data/cache")).unwrap();
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
    let second = Command::new(env!("CARGO_BIN_EXE_bugdrill"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir", "data"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(!second.status.success());
    assert!(String::from_utf8_lossy(&second.stderr).contains("another server uses the data folder"));
}
