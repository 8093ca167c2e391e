//! The app's files, embedded in the binary.

use std::collections::BTreeMap;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use bugdrill_web::cacheable::lists;

/// A file of the exported web app of `apps/mobile`, or of what it runs code with offline (`apps/offline`).
#[derive(Debug)]
struct AppFile {
    path: &'static str,
    /// A hash of the content, in hexadecimal.
    hash: &'static str,
    bytes: &'static [u8],
}

/// All files, sorted by path; none when the app had not been exported before the build.
static FILES: &[AppFile] = include!(concat!(env!("OUT_DIR"), "/app_files.rs"));

fn file(path: &str) -> Option<&'static AppFile> {
    let index = FILES.binary_search_by_key(&path, |file| file.path).ok()?;
    FILES.get(index)
}

/// The app's pages need what the browser gives by itself, WebAssembly, and inline styles, which React Native writes.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; object-src 'none'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Answers requests for the app's pages and files.
#[derive(Clone, Debug)]
pub struct AppFiles {
    /// Pages whose names have variables, such as `drill/[id].html`, by their segments.
    variable_pages: BTreeMap<Vec<&'static str>, &'static AppFile>,
}

impl AppFiles {
    /// Finds the pages of the embedded app.
    pub fn new() -> Self {
        let variable_pages = FILES
            .iter()
            .filter_map(|file| {
                let page = file.path.strip_suffix(".html").filter(|page| page.contains('['))?;
                Some((page.split('/').collect(), file))
            })
            .collect();
        Self { variable_pages }
    }

    /// Answers one request.
    pub fn serve(&self, uri: &Uri, request: &HeaderMap) -> Response {
        match self.find(uri.path().trim_matches('/')) {
            Some(file) => respond(StatusCode::OK, file, request),
            None => match file("+not-found.html") {
                Some(page) => respond(StatusCode::NOT_FOUND, page, request),
                None => (StatusCode::NOT_FOUND, "The app is not part of this build. Run `make build`.").into_response(),
            },
        }
    }

    fn find(&self, path: &str) -> Option<&'static AppFile> {
        if path.is_empty() {
            return file("index.html");
        }
        let named = ["", ".html", "/index.html", ".br"].iter().find_map(|rest| file(&format!("{path}{rest}")));
        named.or_else(|| {
            let segments: Vec<&str> = path.split('/').collect();
            let fits = |page: &[&str]| {
                page.len() == segments.len()
                    && page.iter().zip(&segments).all(|(page, segment)| page.starts_with('[') || page == segment)
            };
            self.variable_pages.iter().find(|(page, _)| fits(page)).map(|(_, file)| *file)
        })
    }
}

impl Default for AppFiles {
    fn default() -> Self {
        Self::new()
    }
}

fn respond(status: StatusCode, found: &AppFile, request: &HeaderMap) -> Response {
    // What is large is there compressed alone, for browsers that take nothing else over a connection worth caching from.
    let (path, is_packed) = found.path.strip_suffix(".br").map_or((found.path, false), |path| (path, true));
    let tag = format!("W/\"{}\"", found.hash);
    let mut headers = HeaderMap::new();
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let kind = if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    for (name, value) in [(header::CONTENT_TYPE, &kind), (header::ETAG, &tag)] {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    }
    // Names below `_expo/static` hold a hash of the content; other files may change under their name.
    let is_immutable = path.starts_with("_expo/static/");
    let caching = if is_immutable { "public, max-age=31536000, immutable" } else { "public, no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if lists(request, &header::IF_NONE_MATCH, &tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    // The export leaves compressed companions beside its files.
    let packed = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(encoding, _)| lists(request, &header::ACCEPT_ENCODING, encoding))
        .find_map(|(encoding, suffix)| Some((encoding, file(&format!("{path}.{suffix}"))?)));
    match packed {
        Some((encoding, packed)) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            (status, headers, packed.bytes).into_response()
        }
        None if is_packed => (StatusCode::NOT_ACCEPTABLE, "This file comes compressed by brotli.").into_response(),
        None => (status, headers, found.bytes).into_response(),
    }
}
