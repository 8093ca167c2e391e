//! The app's files, embedded in the binary.

use std::collections::BTreeMap;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;

/// The exported web app of `apps/mobile`.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../apps/mobile/dist"]
#[allow_missing = true]
struct MobileApp;

/// The app's pages need what the browser gives by itself, and inline styles, which React Native writes.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; object-src 'none'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Answers requests for the app's pages and files.
#[derive(Clone, Debug)]
pub struct AppFiles {
    /// Pages whose names have variables, such as `drill/[id].html`, by their segments.
    variable_pages: BTreeMap<Vec<String>, String>,
}

impl AppFiles {
    /// Finds the pages of the embedded app.
    pub fn new() -> Self {
        let variable_pages = MobileApp::iter()
            .filter_map(|file| {
                let page = file.strip_suffix(".html").filter(|page| page.contains('['))?;
                Some((page.split('/').map(str::to_owned).collect(), file.to_string()))
            })
            .collect();
        Self { variable_pages }
    }

    /// Answers one request.
    pub fn serve(&self, uri: &Uri, request: &HeaderMap) -> Response {
        let path = uri.path().trim_matches('/');
        match self.find(path) {
            Some(file) => respond(StatusCode::OK, &file, request),
            None if MobileApp::get("+not-found.html").is_some() => {
                respond(StatusCode::NOT_FOUND, "+not-found.html", request)
            }
            None => (StatusCode::NOT_FOUND, "The app is not part of this build. Run `make build`.").into_response(),
        }
    }

    fn find(&self, path: &str) -> Option<String> {
        let exists = |file: &String| MobileApp::get(file).is_some();
        if path.is_empty() {
            return Some("index.html".to_owned()).filter(exists);
        }
        [path.to_owned(), format!("{path}.html"), format!("{path}/index.html")].into_iter().find(exists).or_else(|| {
            let segments: Vec<&str> = path.split('/').collect();
            let fits = |page: &Vec<String>| {
                page.len() == segments.len()
                    && page.iter().zip(&segments).all(|(page, segment)| page.starts_with('[') || page == segment)
            };
            self.variable_pages.iter().find(|(page, _)| fits(page)).map(|(_, file)| file.clone())
        })
    }
}

impl Default for AppFiles {
    fn default() -> Self {
        Self::new()
    }
}

fn respond(status: StatusCode, file: &str, request: &HeaderMap) -> Response {
    let Some(plain) = MobileApp::get(file) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!(
        "W/\"{}\"",
        plain.metadata.sha256_hash()[..8].iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    );
    let mut headers = HeaderMap::new();
    let kind = mime_guess::from_path(file).first_or_octet_stream();
    let kind = if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    for (name, value) in [(header::CONTENT_TYPE, kind), (header::ETAG, tag.clone())] {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    }
    // Names below `_expo/static` hold a hash of the content; other files may change under their name.
    let caching =
        if file.starts_with("_expo/static/") { "public, max-age=31536000, immutable" } else { "public, no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let accepts = |name: header::HeaderName, token: &str| {
        request
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|value| value.split(';').next().is_some_and(|value| value.trim() == token))
    };
    if accepts(header::IF_NONE_MATCH, &tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let packed = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(encoding, suffix)| {
        let packed = MobileApp::get(&format!("{file}.{suffix}"))?;
        accepts(header::ACCEPT_ENCODING, encoding).then_some((encoding, packed))
    });
    let data = match packed {
        Some((encoding, packed)) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            packed.data
        }
        None => plain.data,
    };
    (status, headers, data.into_owned()).into_response()
}
