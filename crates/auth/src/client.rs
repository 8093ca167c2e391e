//! How a client keeps its session: it holds the refresh token itself, or its browser does, in a cookie that no script
//! can read.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
};
use bugdrill_web::{Origin, Problem};
use utoipa::{IntoParams, ToSchema};

use crate::AuthState;

/// With the value `cookie`, the refresh token goes only into a cookie, and comes from there.
const SESSION_HEADER: HeaderName = HeaderName::from_static("bugdrill-session");

/// Browsers accept the prefix only from encrypted pages, for one host and all of its paths.
const SECURE_COOKIE: &str = "__Host-bugdrill_refresh";

/// For development, where pages are not encrypted.
const PLAIN_COOKIE: &str = "bugdrill_refresh";

/// How much of what a client calls itself is kept, in characters.
const MAX_NAME_LENGTH: usize = 200;

/// Where a client keeps its refresh token.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "for the document alone")]
pub(crate) struct SessionHeader {
    /// With `cookie`, the refresh token is in a cookie of this server's pages, and in no body.
    #[param(rename = "Bugdrill-Session", inline, required = false)]
    session: SessionPlace,
}

/// Where a refresh token is kept.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "for the document alone")]
enum SessionPlace {
    /// In a cookie.
    Cookie,
}

/// The client that sent a request.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    /// What it calls itself.
    pub(crate) name: Option<String>,
    /// Where its refresh token is, when its browser keeps that.
    pub(crate) cookie: Option<Cookie>,
}

/// The cookie with the refresh token.
#[derive(Clone)]
pub(crate) struct Cookie {
    is_secure: bool,
    token: Option<String>,
}

impl std::fmt::Debug for Cookie {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Cookie").field("is_secure", &self.is_secure).finish_non_exhaustive()
    }
}

impl Client {
    /// The refresh token that it presents: the one in the body, else that of its cookie.
    pub(crate) fn presented(&self, in_body: Option<String>) -> Option<String> {
        in_body.or_else(|| self.cookie.as_ref().and_then(|cookie| cookie.token.clone()))
    }
}

impl Cookie {
    fn read(headers: &HeaderMap, is_secure: bool) -> Self {
        let name = if is_secure { SECURE_COOKIE } else { PLAIN_COOKIE };
        let token = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(key, value)| (key == name && !value.is_empty()).then(|| value.to_owned()));
        Self { is_secure, token }
    }

    /// Tells the browser to keep `token` for so many seconds; none at all for an empty one.
    fn set(&self, token: &str, seconds: i64) -> HeaderValue {
        let (name, secure) = if self.is_secure { (SECURE_COOKIE, "; Secure") } else { (PLAIN_COOKIE, "") };
        let cookie = format!("{name}={token}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Strict{secure}");
        let mut value = HeaderValue::try_from(cookie).expect("tokens are base64");
        value.set_sensitive(true);
        value
    }

    /// Tells the browser to keep `token` for so many seconds.
    pub(crate) fn keep(&self, token: &str, seconds: i64) -> HeaderValue {
        self.set(token, seconds)
    }

    /// Tells the browser to forget the token.
    pub(crate) fn forget(&self) -> HeaderValue {
        self.set("", 0)
    }
}

/// The origin of the page that sent the request, if it is one of this server's own.
fn own_origin(parts: &Parts, public_url: &Origin) -> Option<Origin> {
    let origin = Origin::parse(parts.headers.get(header::ORIGIN)?.to_str().ok()?)?;
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    // HTTP/2 has the host in its address.
    let host = host.or_else(|| parts.uri.authority().map(axum::http::uri::Authority::as_str));
    (origin == *public_url || host.is_some_and(|host| host.eq_ignore_ascii_case(origin.authority()))).then_some(origin)
}

impl FromRequestParts<Arc<AuthState>> for Client {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AuthState>) -> Result<Self, Problem> {
        let name = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        let name = name
            .map(|name| name.trim().chars().take(MAX_NAME_LENGTH).collect())
            .filter(|name: &String| !name.is_empty());
        let cookie = match parts.headers.get(SESSION_HEADER) {
            None => None,
            Some(kind) if kind.as_bytes() == b"cookie" => {
                // The header alone keeps other sites' forms away; this keeps their scripts away too.
                let origin = own_origin(parts, &state.public_url).ok_or_else(|| {
                    let detail = "A session by cookie is for the pages of this server alone.";
                    Problem::new(StatusCode::FORBIDDEN, "origin_not_allowed", detail)
                })?;
                Some(Cookie::read(&parts.headers, origin.is_secure()))
            }
            Some(_) => return Err(Problem::invalid("`Bugdrill-Session` knows no other value than `cookie`.")),
        };
        Ok(Self { name, cookie })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(headers: &[(HeaderName, &str)]) -> Parts {
        let mut request = axum::http::Request::new(());
        for (name, value) in headers {
            request.headers_mut().append(name, value.parse().unwrap());
        }
        request.into_parts().0
    }

    #[test]
    fn an_origin_is_our_own_by_the_host_it_asked_or_by_the_public_url() {
        let public_url = Origin::parse("https://drill.example.com").unwrap();
        let own = |origin: &str, host: &str| {
            own_origin(&parts(&[(header::ORIGIN, origin), (header::HOST, host)]), &public_url)
        };
        for (origin, host) in [
            ("https://drill.example.com", "internal:8080"),
            ("http://127.0.0.1:8080", "127.0.0.1:8080"),
            ("https://Drill.example.org", "drill.example.org"),
        ] {
            assert_eq!(own(origin, host).unwrap().as_str(), origin);
        }
        for (origin, host) in [
            ("http://drill.example.com", "internal:8080"),
            ("https://evil.example", "drill.example.com"),
            ("https://drill.example.com.evil.example", "drill.example.com"),
            ("http://127.0.0.1:8081", "127.0.0.1:8080"),
            ("null", "drill.example.com"),
            ("", ""),
        ] {
            assert_eq!(own(origin, host), None, "{origin} of {host}");
        }
        assert_eq!(own_origin(&parts(&[(header::HOST, "drill.example.com")]), &public_url), None);
    }

    #[test]
    fn an_encrypted_page_has_a_cookie_of_its_own() {
        let headers = parts(&[
            (header::COOKIE, "other=1; bugdrill_refresh=plain"),
            (header::COOKIE, "__Host-bugdrill_refresh=secure; bugdrill_refresh_=x"),
        ])
        .headers;
        let (plain, secure) = (Cookie::read(&headers, false), Cookie::read(&headers, true));
        assert_eq!((plain.token.as_deref(), secure.token.as_deref()), (Some("plain"), Some("secure")));
        assert_eq!(
            secure.keep("token", 60),
            "__Host-bugdrill_refresh=token; Max-Age=60; Path=/; HttpOnly; SameSite=Strict; Secure"
        );
        assert_eq!(plain.forget(), "bugdrill_refresh=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict");
        assert!(!format!("{plain:?}").contains("plain\""));
    }
}
