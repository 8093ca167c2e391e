//! The pages that links to what is shared lead to.

use std::sync::LazyLock;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use bugdrill_web::{Origin, cacheable::CacheableBody};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::card::{Card, HEIGHT, WIDTH};

const STYLE: &str = include_str!("page.css");

/// Pages have one picture and one style, which is named by its hash, and do nothing.
static CONTENT_SECURITY_POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; img-src 'self'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).expect("base64 may stand in a header")
});

/// A page about something that is shared. It knows nobody: who shares it is not in it.
pub(super) struct Page<'a> {
    /// Its path on this server; that of its picture is `card.png` below it.
    pub(super) path: &'a str,
    pub(super) card: &'a Card,
    /// What it is, in a sentence.
    pub(super) description: &'a str,
    /// What can be done.
    pub(super) actions: &'a [Action],
}

/// Something that can be done, and the path where.
pub(super) struct Action {
    pub(super) label: String,
    pub(super) path: String,
}

impl Page<'_> {
    /// Answers with the page.
    pub(super) fn answer(&self, origin: &Origin, request: &HeaderMap) -> Response {
        let title = format!("{}: {}", self.card.caption, self.card.title);
        let address = format!("{}{}", origin.as_str(), self.path);
        let picture = format!("{address}/card.png");
        let head = html! {
            meta name="description" content=(self.description);
            link rel="canonical" href=(address);
            meta property="og:type" content="website";
            meta property="og:site_name" content="bugdrill";
            meta property="og:title" content=(title);
            meta property="og:description" content=(self.description);
            meta property="og:url" content=(address);
            meta property="og:image" content=(picture);
            meta property="og:image:type" content="image/png";
            meta property="og:image:width" content=(WIDTH);
            meta property="og:image:height" content=(HEIGHT);
            meta property="og:image:alt" content=(title);
            meta name="twitter:card" content="summary_large_image";
        };
        let body = html! {
            // Not by the public address: the page may be looked at by another.
            img src=(format!("{}/card.png", self.path)) width=(WIDTH) height=(HEIGHT) alt=(title);
            p { (self.description) }
            nav {
                @for action in self.actions {
                    a href=(action.path) { (action.label) }
                }
            }
        };
        protected(CacheableBody::html(document(&title, head, body)).answer(request))
    }
}

/// Says that there is no such thing, and where to go on.
pub(super) fn not_found() -> Response {
    let title = "Nothing is here";
    let body = html! {
        h1 { (title) }
        p { "This link leads nowhere: it may be cut, or what it named is gone." }
        nav { a href="/" { "Fix a bug instead" } }
    };
    let page = document(title, html! { meta name="robots" content="noindex"; }, body);
    protected((StatusCode::NOT_FOUND, Html(page)).into_response())
}

fn document(title: &str, head: Markup, body: Markup) -> String {
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · bugdrill" }
                (head)
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    };
    document.into_string()
}

fn protected(response: Response) -> Response {
    ([(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY.clone())], response).into_response()
}
