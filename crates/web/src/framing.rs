//! Where a request goes and where it ends: requests that contradict themselves about that are refused (RFC 9110,
//! RFC 9112, RFC 9113), because a proxy may have understood them otherwise.
//!
//! hyper refuses most of them itself, such as two lengths that differ. But it serves requests without a host, or with
//! several; and of a request with both a length and a transfer coding it drops the length and closes the connection
//! after it, as the standard allows. The latter cannot be seen in the request any more, so [`Heads`] reads along.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, Version, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use memchr::memchr;

use crate::Problem;

/// How much of a line is looked at: names, lengths and codings are far shorter.
const MAX_LINE: usize = 256;

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Malformed {
    /// It does not say, clearly and once, which host it is for.
    Host,
    /// It does not say clearly where it ends.
    Length,
}

/// Refuses the requests that [`serving`](crate::serving) found malformed: the layer of routers that have not the
/// [`standard`](crate::layers::standard) ones.
pub async fn refuse_malformed(request: Request, next: Next) -> Response {
    match refusal(&request) {
        Some(refusal) => refusal,
        None => next.run(request).await,
    }
}

/// The answer to a request that [`serving`](crate::serving) found malformed.
pub(crate) fn refusal(request: &Request) -> Option<Response> {
    let malformed = request.extensions().get::<Malformed>()?;
    let detail = match malformed {
        Malformed::Host => "A request names its host, once and as a host with or without a port.",
        Malformed::Length => "A request has either a length or the transfer coding `chunked`, once.",
    };
    let mut response = Problem::new(StatusCode::BAD_REQUEST, "bad_request", detail).into_response();
    // Where it ends, and so where the next one begins, nobody knows for sure.
    if *malformed == Malformed::Length {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Some(response)
}

/// What is wrong with a request; `has_both` says that it came with a length and a transfer coding.
pub(crate) fn check<B>(request: &axum::http::Request<B>, has_both: bool) -> Result<(), Malformed> {
    let headers = request.headers();
    let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
    let is_chunked = codings.next().is_none_or(|coding| coding.as_bytes().eq_ignore_ascii_case(b"chunked"));
    if has_both || !is_chunked || codings.next().is_some() {
        return Err(Malformed::Length);
    }
    let host = host(headers)?;
    let authority = request.uri().authority().map(Authority::as_str);
    let is_clear = match (request.version(), host, authority) {
        (Version::HTTP_09 | Version::HTTP_10, ..) => true,
        (Version::HTTP_11, host, _) => host.is_some(),
        (_, Some(host), Some(authority)) => is_host(authority) && host.eq_ignore_ascii_case(authority),
        (_, host, authority) => host.or(authority).is_some_and(is_host),
    };
    if is_clear { Ok(()) } else { Err(Malformed::Host) }
}

/// The host that the headers name, where they name one.
fn host(headers: &HeaderMap) -> Result<Option<&str>, Malformed> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let Some(host) = hosts.next() else { return Ok(None) };
    let host = host.to_str().ok().filter(|host| is_host(host)).ok_or(Malformed::Host)?;
    if hosts.next().is_none() { Ok(Some(host)) } else { Err(Malformed::Host) }
}

/// Whether this is a host, with or without a port.
fn is_host(text: &str) -> bool {
    // As nearly every host is, and cheaper to see than to parse.
    let name = text.trim_end_matches(|character: char| character.is_ascii_digit()).strip_suffix(':').unwrap_or(text);
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')) {
        return true;
    }
    let Ok(authority) = text.parse::<Authority>() else { return false };
    let (host, is_alone) = (authority.host(), !text.contains('@'));
    let port = text.strip_prefix(host).unwrap_or_default();
    let is_port = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    is_alone && !host.is_empty() && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

/// The heads of the requests on one HTTP/1 connection, as their bytes arrive: read along with hyper, which comes to the
/// same heads in the same order. What hyper does not accept ends the connection, so both lose their way together.
#[derive(Clone, Default)]
pub(crate) struct Heads(Arc<Mutex<Reading>>);

#[derive(Default)]
struct Reading {
    state: State,
    line: Vec<u8>,
    /// Of each head that is complete and not yet asked for, whether it has both a length and a transfer coding.
    heads: VecDeque<bool>,
    /// Whether a number was too long to be read: where the next request begins is not known then.
    is_lost: bool,
}

enum State {
    /// The lines of a head.
    Head { lines: usize, length: Option<u64>, is_chunked: bool },
    /// A body, or a part of one, of so many more bytes.
    Body { left: u64, is_chunk: bool },
    /// The line that tells how large the next chunk is.
    ChunkSize,
    /// The end of the line after a chunk.
    ChunkEnd,
    /// The lines after the last chunk.
    Trailers,
    /// HTTP/2, which frames its requests itself; or nothing that hyper serves.
    Unread,
}

impl Default for State {
    fn default() -> Self {
        Self::Head { lines: 0, length: None, is_chunked: false }
    }
}

impl Heads {
    /// Reads what has arrived.
    pub(crate) fn read(&self, bytes: &[u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).read(bytes);
    }

    /// Whether the next request came with both a length and a transfer coding.
    pub(crate) fn next_has_both(&self) -> bool {
        let mut reading = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        reading.heads.pop_front().unwrap_or(reading.is_lost)
    }
}

impl Reading {
    fn read(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match &mut self.state {
                State::Unread => return,
                State::Body { left, is_chunk } => {
                    let taken = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len());
                    bytes = &bytes[taken..];
                    *left -= taken as u64;
                    if *left == 0 {
                        self.state = if *is_chunk { State::ChunkEnd } else { State::default() };
                    }
                }
                _ => {
                    let end = memchr(b'\n', bytes);
                    let (part, rest) = bytes.split_at(end.map_or(bytes.len(), |end| end + 1));
                    bytes = rest;
                    // Most lines tell nothing of where the request ends.
                    if end.is_some()
                        && self.line.is_empty()
                        && let State::Head { lines: lines @ 1.., .. } = &mut self.state
                        && part[0].is_ascii_alphabetic()
                        && !matches!(part[0].to_ascii_lowercase(), b'c' | b't')
                    {
                        *lines += 1;
                        continue;
                    }
                    // White space never matters where hyper accepts it.
                    let part = part.iter().filter(|byte| !byte.is_ascii_whitespace());
                    self.line.extend(part.take(MAX_LINE - self.line.len()));
                    if end.is_some() {
                        let line = std::mem::take(&mut self.line);
                        self.end_line(&line);
                    }
                }
            }
        }
    }

    /// Goes on after a line.
    fn end_line(&mut self, line: &[u8]) {
        let after = match std::mem::replace(&mut self.state, State::Unread) {
            State::Head { lines: 0, .. } | State::Trailers if line.is_empty() => State::default(),
            State::Head { lines: 0, .. } if line == b"PRI*HTTP/2.0" => State::Unread,
            State::Head { lines, length, is_chunked } if !line.is_empty() => {
                let (mut length, mut is_chunked) = (length, is_chunked);
                if lines > 0
                    && let Some(colon) = line.iter().position(|&byte| byte == b':')
                {
                    let (name, value) = (&line[..colon], &line[colon + 1..]);
                    if name.eq_ignore_ascii_case(b"content-length") {
                        length = number(value, 10).or(Some(u64::MAX));
                        self.is_lost |= line.len() >= MAX_LINE;
                    }
                    is_chunked |= name.eq_ignore_ascii_case(b"transfer-encoding");
                }
                State::Head { lines: lines + 1, length, is_chunked }
            }
            State::Head { length, is_chunked, .. } => {
                self.heads.push_back(self.is_lost || (length.is_some() && is_chunked));
                match length {
                    _ if self.is_lost => State::Unread,
                    _ if is_chunked => State::ChunkSize,
                    Some(left @ 1..) => State::Body { left, is_chunk: false },
                    _ => State::default(),
                }
            }
            State::ChunkSize => {
                let digits = line.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
                self.is_lost |= digits >= MAX_LINE;
                match number(&line[..digits], 16) {
                    _ if self.is_lost => State::Unread,
                    Some(0) => State::Trailers,
                    Some(left) => State::Body { left, is_chunk: true },
                    None => State::Unread,
                }
            }
            State::ChunkEnd => State::ChunkSize,
            State::Trailers => State::Trailers,
            State::Body { .. } | State::Unread => State::Unread,
        };
        self.state = after;
    }
}

fn number(digits: &[u8], radix: u32) -> Option<u64> {
    u64::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";
    const BOTH: &str = "POST / HTTP/1.1\r\nContent-Length: 3\r\nTRANSFER-encoding:\tchunked\r\n\r\n";
    const LENGTH: &str = "POST / HTTP/1.1\r\ncontent-length:  4 \r\n\r\n\r\n\r\n";
    const CHUNKED: &str = "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n1a;x=\"y\"\r\n\
                           content-length: 1\r\n\r\nabcdef\r\n001\r\n\n\r\n0\r\ncontent-length: 7\r\n\r\n";

    /// What is found in this stream, arriving in parts of so many bytes.
    fn heads(stream: &str, part: usize) -> Vec<bool> {
        let heads = Heads::default();
        for part in stream.as_bytes().chunks(part) {
            heads.read(part);
        }
        let mut reading = heads.0.lock().unwrap();
        std::mem::take(&mut reading.heads).into()
    }

    #[test]
    fn heads_are_found_among_bodies_however_they_arrive() {
        let (bare, long) = (PLAIN.replace("\r\n", "\n"), "b".repeat(9000));
        let streams = [
            (vec![PLAIN, PLAIN], vec![false, false]),
            (vec![BOTH, "0\r\n\r\n", PLAIN], vec![true, false]),
            (vec![LENGTH, BOTH], vec![false, true]),
            (vec![CHUNKED, LENGTH, CHUNKED, BOTH], vec![false, false, false, true]),
            (vec!["\r\n\n", &bare, BOTH], vec![false, true]),
            // The length behind the coding, in a line that is cut, and only in the body.
            (vec!["GET / HTTP/1.1\r\ntransfer-encoding: chunked\r\ncontent-length: 0\r\n\r\n"], vec![true]),
            (vec!["GET / HTTP/1.1\r\na: ", &long, "\r\n\r\n", BOTH], vec![false, true]),
            (vec!["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", BOTH], vec![]),
        ];
        for (stream, expected) in streams {
            let stream = stream.concat();
            for part in [1, 2, 3, 7, 100, stream.len()] {
                assert_eq!(heads(&stream, part), expected, "{stream:?} in parts of {part}");
            }
        }
    }

    #[test]
    fn after_a_number_that_is_too_long_to_read_nothing_is_believed() {
        let zeros = "0".repeat(MAX_LINE);
        for stream in [
            format!("POST / HTTP/1.1\r\ncontent-length: {zeros}3\r\n\r\n"),
            format!("POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n{zeros}3\r\n{PLAIN}"),
        ] {
            let heads = Heads::default();
            heads.read(stream.as_bytes());
            let first = heads.next_has_both();
            assert_eq!(first, stream.contains("length"), "{stream}");
            heads.read(PLAIN.as_bytes());
            assert!(heads.next_has_both(), "{stream}");
        }
    }

    #[test]
    fn rubbish_takes_no_memory() {
        let heads = Heads::default();
        for _ in 0..1000 {
            heads.read(&[b'x'; 1000]);
        }
        assert!(heads.0.lock().unwrap().line.len() <= MAX_LINE);
    }

    #[test]
    fn a_host_is_a_host_and_perhaps_a_port() {
        for host in ["a", "drill.example.com", "DRILL:443", "127.0.0.1:8080", "[::1]", "[2001:db8::1]:8", "a:", "a_b"] {
            assert!(is_host(host), "{host}");
        }
        for other in
            ["", ":80", "a b", "ada@a", "a:b", "a:80:80", "a/b", "a?b", "a#b", "http://a", "[::1", "::1", "a\\b"]
        {
            assert!(!is_host(other), "{other}");
        }
    }

    #[test]
    fn http_2_names_its_host_by_the_authority() {
        let check = |uri: &str, hosts: &[&str]| {
            let mut request = axum::http::Request::builder().version(Version::HTTP_2).uri(uri);
            for host in hosts {
                request = request.header(header::HOST, *host);
            }
            super::check(&request.body(()).unwrap(), false)
        };
        assert_eq!(check("https://a.example/x", &[]), Ok(()));
        assert_eq!(check("https://a.example/x", &["A.example"]), Ok(()));
        assert_eq!(check("/x", &["a.example"]), Ok(()));
        for (uri, hosts) in [
            ("/x", &[][..]),
            ("https://a.example/x", &["b.example"]),
            ("https://a.example/x", &["a.example", "a.example"]),
            ("https://ada@a.example/x", &[]),
        ] {
            assert_eq!(check(uri, hosts), Err(Malformed::Host), "{uri} {hosts:?}");
        }
    }
}
