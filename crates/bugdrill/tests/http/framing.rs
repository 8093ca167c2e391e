//! Requests that contradict themselves about where they go and where they end, on a raw socket.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

use crate::process::{Server, folder, serve};

const GOOD: &str = "GET /health HTTP/1.1\r\nhost: drill.example.com\r\n\r\n";
/// Its body, in two chunks, is `{"refresh_token":"x"}`.
const GOOD_CHUNKED: &str = "POST /auth/refresh HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n\
     transfer-encoding: chunked\r\n\r\n6\r\n{\"refr\r\nf\r\nesh_token\":\"x\"}\r\n0\r\n\r\n";

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// It is served.
    Served(u16),
    /// Refused by us, with a problem that says why.
    Problem,
    /// Refused by us in the same way, and the connection ends.
    ProblemAndEnd,
    /// Refused by hyper, without a word, and the connection ends.
    End,
}

use Fate::{End, Problem, ProblemAndEnd, Served};

const REQUESTS: [(&str, Fate); 36] = [
    (GOOD, Served(200)),
    (GOOD_CHUNKED, Served(401)),
    ("GET http://a/health HTTP/1.1\r\nhost: a\r\n\r\n", Served(200)),
    ("GET /health HTTP/1.1\r\nhost: 127.0.0.1:8080\r\ncontent-length: 0\r\ncontent-length: 0\r\n\r\n", Served(200)),
    // The host: clear where the request ends, so the next one is served.
    ("GET /health HTTP/1.1\r\n\r\n", Problem),
    ("GET http://a/health HTTP/1.1\r\n\r\n", Problem),
    ("GET /auth/me HTTP/1.1\r\naccept: */*\r\n\r\n", Problem),
    ("GET /nowhere HTTP/1.1\r\n\r\n", Problem),
    ("GET /health HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n", Problem),
    ("GET /health HTTP/1.1\r\nhost: a\r\nHost: a\r\n\r\n", Problem),
    ("GET /health HTTP/1.1\r\nhost:\r\n\r\n", Problem),
    ("GET /health HTTP/1.1\r\nhost: a b\r\n\r\n", Problem),
    ("GET /health HTTP/1.1\r\nhost: a, b\r\n\r\n", Problem),
    ("GET /health HTTP/1.1\r\nhost: ada@a\r\n\r\n", Problem),
    ("GET /health HTTP/1.1\r\nhost: a/b\r\n\r\n", Problem),
    ("GET /health HTTP/1.1\r\nhost: http://a\r\n\r\n", Problem),
    ("GET /health HTTP/1.1\r\nhost: a:b\r\n\r\n", Problem),
    ("GET /health HTTP/1.1\r\nhost: \u{e9}\r\n\r\n", Problem),
    // The length.
    (
        "POST /auth/refresh HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        ProblemAndEnd,
    ),
    (
        "POST /auth/refresh HTTP/1.1\r\nhost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        ProblemAndEnd,
    ),
    (
        "GET /health HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\ntransfer-encoding: CHUNKED\r\n\r\n0\r\n\r\n",
        ProblemAndEnd,
    ),
    ("GET /health HTTP/1.1\r\ncontent-length: 0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", ProblemAndEnd),
    ("POST /auth/refresh HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n", ProblemAndEnd),
    (
        "POST /auth/refresh HTTP/1.1\r\nhost: a\r\ntransfer-encoding: identity\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        ProblemAndEnd,
    ),
    (
        "POST /auth/refresh HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        ProblemAndEnd,
    ),
    ("POST /auth/refresh HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab", End),
    ("POST /auth/refresh HTTP/1.1\r\nhost: a\r\ncontent-length: 1, 1\r\n\r\na", End),
    ("POST /auth/refresh HTTP/1.1\r\nhost: a\r\ncontent-length: +1\r\n\r\na", End),
    ("POST /auth/refresh HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\na", End),
    ("POST /auth/refresh HTTP/1.1\r\nhost: a\r\ncontent-length: 0x1\r\n\r\na", End),
    ("POST /auth/refresh HTTP/1.1\r\nhost: a\r\ncontent-length : 1\r\n\r\na", End),
    ("POST /auth/refresh HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip\r\n\r\n0\r\n\r\n", End),
    ("POST /auth/refresh HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked, gzip\r\n\r\n0\r\n\r\n", End),
    ("POST /auth/refresh HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n", End),
    ("POST /auth/refresh HTTP/1.0\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", End),
    ("GET /health HTTP/1.1\r\nhost: a\r\n folded\r\n\r\n", End),
];

struct Answer {
    status: u16,
    head: String,
    body: String,
}

struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(server: &Server) -> Self {
        let stream = TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        Self(BufReader::new(stream))
    }

    /// Sends this; a connection that ends meanwhile shows in what is answered.
    fn send(&mut self, text: &str) {
        let _ = self.0.get_mut().write_all(text.as_bytes());
    }

    /// The next answer; None where the connection ends before one.
    fn answer(&mut self) -> Option<Answer> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.0.read_line(&mut head).unwrap_or_default() == 0 {
                assert_eq!(head, "", "the connection ends within an answer");
                return None;
            }
        }
        let head = head.to_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let (_, length) = head.split_once("\r\ncontent-length: ").unwrap();
        let mut body = vec![0; length.split_once("\r\n").unwrap().0.parse().unwrap()];
        self.0.read_exact(&mut body).unwrap();
        Some(Answer { status, head, body: String::from_utf8(body).unwrap() })
    }

    /// Looks at the answer on a request of this fate, and whether the connection goes on.
    fn expect(&mut self, fate: Fate, request: &str) -> bool {
        let Answer { status, head, body } = self.answer().unwrap_or_else(|| panic!("no answer: {request:?}"));
        let problem = || serde_json::from_str::<Value>(&body).unwrap()["code"].as_str().unwrap().to_owned();
        match fate {
            Served(expected) => assert_eq!(status, expected, "{request:?}: {body}"),
            End => assert_eq!((status, body.as_str()), (400, ""), "{request:?}"),
            Problem | ProblemAndEnd => {
                assert_eq!((status, problem().as_str()), (400, "bad_request"), "{request:?}");
                for header in ["content-type: application/problem+json", "x-request-id: ", "x-content-type-options: "] {
                    assert!(head.contains(header), "{header} of {request:?}: {head}");
                }
            }
        }
        let goes_on = matches!(fate, Served(_) | Problem);
        assert_eq!(head.contains("\r\nconnection: close\r\n"), !goes_on, "{request:?}: {head}");
        goes_on
    }
}

#[tokio::test]
async fn what_contradicts_itself_is_refused_wherever_it_stands() {
    let folder = folder().await;
    let server = Server::start_by(
        serve(folder.path()).env("BUGDRILL_LIMITS__STANDARD", "100000").env("BUGDRILL_LIMITS__CREDENTIALS", "100000"),
    );
    for (request, fate) in REQUESTS {
        // One after the other …
        let mut connection = Connection::open(&server);
        for (before, fate) in [(GOOD, Served(200)), (GOOD_CHUNKED, Served(401))] {
            connection.send(before);
            assert!(connection.expect(fate, before));
        }
        connection.send(request);
        let goes_on = connection.expect(fate, request);
        connection.send(GOOD);
        assert_eq!(connection.answer().map(|answer| answer.status), goes_on.then_some(200), "{request:?}");

        // … and all at once.
        let mut connection = Connection::open(&server);
        connection.send(&[GOOD_CHUNKED, GOOD, request, GOOD_CHUNKED].concat());
        connection.expect(Served(401), GOOD_CHUNKED);
        connection.expect(Served(200), GOOD);
        let goes_on = connection.expect(fate, request);
        assert_eq!(connection.answer().map(|answer| answer.status), goes_on.then_some(401), "{request:?}");
    }
    let mut old = Connection::open(&server);
    old.send("GET /health HTTP/1.0\r\n\r\n");
    assert_eq!(old.answer().unwrap().status, 200, "HTTP/1.0 knows no host");
    server.stop();
}
