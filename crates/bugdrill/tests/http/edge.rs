//! What stands between clients and the service: proxies, pages of other origins, encryption.

use std::{
    io::{Read, Write},
    path::Path,
    process::Command,
    sync::Arc,
    time::Duration,
};

use axum::http::Method;
use bugdrill_web::{HttpOptions, gate::RateLimits};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs, pki_types::ServerName},
};

use crate::{
    process::{Server, fails_to_start, folder, serve},
    support::{Answer, Options, TestApp},
};

const ORIGIN: &str = "https://admin.example.com";

/// The options of a server with a certificate.
const CERTIFIED: [(&str, &str); 2] = [("BUGDRILL_TLS__CERTIFICATE", "cert.pem"), ("BUGDRILL_TLS__KEY", "key.pem")];

/// An app with its default limits, behind a proxy, which pages of [`ORIGIN`] may use.
async fn app_at_the_edge() -> TestApp {
    let http: HttpOptions = serde_json::from_value(serde_json::json!({
        "trusted_proxies": ["10.0.0.0/8"],
        "allowed_origins": [ORIGIN],
    }))
    .unwrap();
    TestApp::start(Options { limits: RateLimits::default(), http, ..Options::default() }).await
}

/// The operating system's first word on open files is for programs that have few.
#[tokio::test]
async fn more_connections_are_open_than_a_process_gets_files_at_its_start() {
    let folder = folder().await;
    let command = serve(folder.path());
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -Sn 300 && exec \"$0\" \"$@\""]).arg(command.get_program()).args(command.get_args());
    let server = Server::start_by(limited.current_dir(folder.path()));
    let mut clients: Vec<std::net::TcpStream> =
        (0..400).map(|_| std::net::TcpStream::connect(server.address()).unwrap()).collect();
    for client in &mut clients {
        client.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        client.write_all(b"GET /health HTTP/1.1\r\nhost: bugdrill\r\n\r\n").unwrap();
        let mut answer = [0; 15];
        client.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200 OK");
    }
}

#[tokio::test]
async fn clients_behind_a_trusted_proxy_have_limits_of_their_own() {
    let app = app_at_the_edge().await;
    let from = |peer: &str, client: &str| app.get("/api/v1/patterns").from(peer).header("x-forwarded-for", client);
    for _ in 0..60 {
        from("10.0.0.1", "198.51.100.1").await.expect(200);
    }
    from("10.0.0.1", "198.51.100.1").await.expect_problem(429, "rate_limited");
    // By way of another proxy, and with a lie in front, it is still the same client.
    from("10.0.0.2", "203.0.113.5, 198.51.100.1, 10.0.0.1").await.expect_problem(429, "rate_limited");
    from("10.0.0.1", "198.51.100.2").await.expect(200);
    // Nobody else is believed.
    for _ in 0..60 {
        from("192.0.2.1", "198.51.100.3").await.expect(200);
    }
    from("192.0.2.1", "198.51.100.4").await.expect_problem(429, "rate_limited");
}

#[tokio::test]
async fn pages_of_named_origins_may_use_the_api_and_no_others() {
    let app = app_at_the_edge().await;
    let preflight = |origin: &str| {
        app.request(Method::OPTIONS, "/api/v1/snippets/x/submit")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type,idempotency-key")
    };
    let allowed = preflight(ORIGIN).await;
    assert_eq!(allowed.header("access-control-allow-origin"), ORIGIN);
    assert!(allowed.header("access-control-allow-methods").contains("POST"));
    for name in ["authorization", "content-type", "idempotency-key", "prefer"] {
        assert!(allowed.header("access-control-allow-headers").contains(name), "{name}");
    }
    let is_denied = |answer: &Answer| !answer.headers.contains_key("access-control-allow-origin");
    for stranger in ["https://example.com", "https://admin.example.com.evil.test", "null"] {
        assert!(is_denied(&preflight(stranger).await), "{stranger}");
    }
    let answer = app.get("/api/v1/patterns").header("origin", ORIGIN).await;
    assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
    assert!(answer.header("access-control-expose-headers").contains("ratelimit-remaining"));
    // Tokens travel in a header: no cookie of ours is ever sent along.
    assert!(!answer.headers.contains_key("access-control-allow-credentials"));
    let by_default = TestApp::start(Options::default()).await;
    assert!(is_denied(&by_default.get("/api/v1/patterns").header("origin", ORIGIN).await));
}

#[tokio::test]
async fn a_server_with_a_certificate_speaks_https_only() {
    let folder = folder().await;
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(folder.path().join("cert.pem"), certified.cert.pem()).unwrap();
    std::fs::write(folder.path().join("key.pem"), certified.signing_key.serialize_pem()).unwrap();
    let server = Server::start_by(serve(folder.path()).envs(CERTIFIED));

    let mut roots = RootCertStore::empty();
    roots.add(certified.cert.der().clone()).unwrap();
    let answer = get_health(connect(&server, roots).await.unwrap()).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.to_lowercase().contains("strict-transport-security: max-age="), "{answer}");

    assert!(connect(&server, RootCertStore::empty()).await.is_err(), "nobody vouches for the certificate");
    let plain = get_health(TcpStream::connect(server.address()).await.unwrap()).await;
    assert!(!plain.contains("200"), "{plain}");
}

#[test]
fn unusable_certificates_are_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let start = |options: &[(&str, &str)]| fails_to_start(serve(folder.path()).envs(options.iter().copied()));
    assert!(start(&CERTIFIED[..1]).contains("both a certificate and a key"));
    assert!(start(&CERTIFIED).contains("cert.pem"));
    let certified = |name: &str| rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let write = |name: &str, text: String| std::fs::write(Path::join(folder.path(), name), text).unwrap();
    write("cert.pem", certified("one").cert.pem());
    write("key.pem", certified("another").signing_key.serialize_pem());
    assert!(start(&CERTIFIED).contains("with this key"));
}

async fn connect(server: &Server, roots: RootCertStore) -> std::io::Result<impl AsyncRead + AsyncWrite + Unpin> {
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(server.address()).await?;
    TlsConnector::from(Arc::new(config)).connect(ServerName::try_from("localhost").unwrap(), stream).await
}

async fn get_health(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> String {
    stream.write_all(b"GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    // A server that speaks TLS breaks off what is none.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}
