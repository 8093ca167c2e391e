//! Answers that are the same bytes for everyone.

use std::{
    io::{self, Read, Write},
    sync::OnceLock,
};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::Problem;

/// How hard brotli tries, of 11: a body is compressed once and sent often, but somebody waits for the first time.
const BROTLI_QUALITY: u32 = 9;
const BROTLI_WINDOW: u32 = 20;
/// Smaller bodies fit into a packet as they are.
const SMALLEST_TO_COMPRESS: usize = 512;

/// As many headers as an answer may get on its way: room for them is made once.
const MAX_HEADERS: usize = 24;

/// How long a browser may show a picture without asking whether it has changed: a day.
const PICTURE_CACHING: &str = "public, max-age=86400";

/// A body that is made once and sent often: with its entity tag, and compressed when that is first asked for.
#[derive(Debug)]
pub struct CacheableBody {
    plain: Bytes,
    content_type: &'static str,
    caching: &'static str,
    /// Whether compressing it gains anything.
    is_text: bool,
    brotli: OnceLock<Option<Bytes>>,
    gzip: OnceLock<Option<Bytes>>,
    /// Weak: it names what is said, not the bytes, which compression changes.
    tag: HeaderValue,
}

impl CacheableBody {
    /// The body that says `value`.
    pub fn json(value: &impl Serialize) -> Result<Self, serde_json::Error> {
        Ok(Self::text(serde_json::to_vec(value)?, "application/json"))
    }

    /// A page.
    pub fn html(page: String) -> Self {
        Self::text(page.into_bytes(), "text/html; charset=utf-8")
    }

    /// A picture.
    pub fn png(picture: Vec<u8>) -> Self {
        Self { caching: PICTURE_CACHING, is_text: false, ..Self::text(picture, "image/png") }
    }

    fn text(plain: Vec<u8>, content_type: &'static str) -> Self {
        let plain = Bytes::from(plain);
        let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(&plain));
        let tag = HeaderValue::try_from(format!("W/\"{}\"", &digest[..22])).expect("base64 may stand in a header");
        let (brotli, gzip) = (OnceLock::new(), OnceLock::new());
        Self { plain, content_type, caching: "public, no-cache", is_text: true, brotli, gzip, tag }
    }

    /// How many bytes it takes, in all its forms.
    pub fn memory(&self) -> usize {
        let compressed =
            [&self.brotli, &self.gzip].map(|form| form.get().and_then(Option::as_ref).map_or(0, Bytes::len));
        self.plain.len() + compressed.iter().sum::<usize>()
    }

    /// Answers with the body in the form that the client likes best, or with 304 when it has it already.
    pub fn answer(&self, request: &HeaderMap) -> Response {
        let tag = self.tag.to_str().unwrap_or_default();
        let is_known = lists(request, &header::IF_NONE_MATCH, tag) || lists(request, &header::IF_NONE_MATCH, "*");
        let mut response = Response::default();
        response.headers_mut().reserve(MAX_HEADERS);
        if is_known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else {
            let (bytes, encoding) = self.form(request);
            *response.body_mut() = bytes.into();
            if let Some(encoding) = encoding {
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
        }
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.caching));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(header::ETAG, self.tag.clone());
        response
    }

    fn form(&self, request: &HeaderMap) -> (Bytes, Option<&'static str>) {
        let forms = [("br", &self.brotli, brotli as Compress), ("gzip", &self.gzip, gzip)];
        for (encoding, form, compress) in forms {
            if self.is_text
                && self.plain.len() >= SMALLEST_TO_COMPRESS
                && lists(request, &header::ACCEPT_ENCODING, encoding)
                // Writing to memory does not fail; if it did, the body goes as it is.
                && let Some(bytes) = form.get_or_init(|| compress(&self.plain).ok().map(Bytes::from))
            {
                return (bytes.clone(), Some(encoding));
            }
        }
        (self.plain.clone(), None)
    }
}

type Compress = fn(&[u8]) -> io::Result<Vec<u8>>;

fn brotli(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    brotli::CompressorReader::new(plain, plain.len(), BROTLI_QUALITY, BROTLI_WINDOW).read_to_end(&mut compressed)?;
    Ok(compressed)
}

fn gzip(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
}

/// Answers with `value` as JSON under an entity tag made of its content, or with 304 when the client has it already.
pub fn json(request: &HeaderMap, value: &impl Serialize) -> Result<Response, Problem> {
    Ok(CacheableBody::json(value).map_err(|error| Problem::internal(&error))?.answer(request))
}

/// Whether the list in this header of a request has this member, and does not refuse it (`q=0`).
pub fn lists(request: &HeaderMap, name: &HeaderName, member: &str) -> bool {
    let is_refused = |parameters: &str| {
        let quality = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("q="));
        quality.is_some_and(|quality| quality.trim().parse::<f32>() == Ok(0.0))
    };
    request.get_all(name).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(
        |item| {
            let (item, parameters) = item.split_once(';').unwrap_or((item, ""));
            item.trim() == member && !is_refused(parameters)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn a_client_that_has_the_bytes_gets_none() {
        let first = json(&HeaderMap::new(), &[1, 2]).unwrap();
        let tag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
        assert_eq!(first.status(), StatusCode::OK);

        for known in [tag.clone(), format!("W/\"other\", {tag}"), "*".to_owned()] {
            let request = request(header::IF_NONE_MATCH, &known);
            assert_eq!(json(&request, &[1, 2]).unwrap().status(), StatusCode::NOT_MODIFIED, "{known}");
        }
        assert_eq!(json(&request(header::IF_NONE_MATCH, &tag), &[1, 3]).unwrap().status(), StatusCode::OK);
    }

    #[test]
    fn pictures_are_kept_and_not_compressed_again() {
        let answer = CacheableBody::png(vec![0; 2_000]).answer(&request(header::ACCEPT_ENCODING, "br, gzip"));
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "image/png");
        assert_eq!(answer.headers()[header::CACHE_CONTROL], PICTURE_CACHING);
        assert!(!answer.headers().contains_key(header::CONTENT_ENCODING));
    }

    #[tokio::test]
    async fn a_body_comes_as_the_client_likes_it() {
        let value = "words ".repeat(1_000);
        let body = CacheableBody::json(&value).unwrap();
        let plain = serde_json::to_vec(&value).unwrap();
        for (accepted, encoding) in [
            ("", None),
            ("identity", None),
            ("br;q=0", None),
            ("gzip", Some("gzip")),
            ("gzip, deflate, br", Some("br")),
            ("br; q=0.0, gzip;q=0.5", Some("gzip")),
        ] {
            let response = body.answer(&request(header::ACCEPT_ENCODING, accepted));
            let sent = response.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap());
            assert_eq!(sent, encoding, "{accepted}");
            let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
            let mut read = Vec::new();
            match encoding {
                None => read.extend_from_slice(&bytes),
                Some("gzip") => drop(flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut read).unwrap()),
                Some(_) => drop(brotli::Decompressor::new(&bytes[..], 4_096).read_to_end(&mut read).unwrap()),
            }
            assert_eq!(read, plain, "{accepted}");
            assert!(encoding.is_none() || bytes.len() < plain.len() / 10);
        }
        assert!(body.memory() > plain.len());
    }
}
