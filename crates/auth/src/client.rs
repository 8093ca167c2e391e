//! How a client keeps its session: it holds the refresh token itself, or its browser does, in a cookie that no script
//! can read.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use bugdrill_web::{Origin, Problem};
use secrecy::{ExposeSecret, SecretString};
use time::Duration;
use utoipa::{IntoParams, ToSchema};

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
    pub(crate) cookie: Option<RefreshCookie>,
}

/// The cookie with the refresh token.
#[derive(Clone, Debug)]
pub(crate) struct RefreshCookie {
    is_secure: bool,
    token: Option<SecretString>,
}

impl Client {
    /// The refresh token that it presents: the one in the body, else that of its cookie.
    pub(crate) fn presented(&self, in_body: Option<String>) -> Option<String> {
        in_body.or_else(|| Some(self.cookie.as_ref()?.token.as_ref()?.expose_secret().to_owned()))
    }
}

impl RefreshCookie {
    fn name(is_secure: bool) -> &'static str {
        if is_secure { SECURE_COOKIE } else { PLAIN_COOKIE }
    }

    fn read(headers: &HeaderMap, is_secure: bool) -> Self {
        let jar = CookieJar::from_headers(headers);
        let token = jar.get(Self::name(is_secure)).map(Cookie::value).filter(|token| !token.is_empty());
        Self { is_secure, token: token.map(Into::into) }
    }

    /// Tells the browser to keep `token` for so many seconds; none at all for an empty one.
    fn set(&self, token: &str, seconds: i64) -> HeaderValue {
        let cookie = Cookie::build((Self::name(self.is_secure), token))
            .max_age(Duration::seconds(seconds))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Strict)
            .secure(self.is_secure);
        let mut value = HeaderValue::try_from(cookie.to_string()).expect("tokens are base64");
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

impl<S: Sync> FromRequestParts<S> for Client
where
    Origin: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let name = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        let name = name
            .map(|name| name.trim().chars().take(MAX_NAME_LENGTH).collect())
            .filter(|name: &String| !name.is_empty());
        let cookie = match parts.headers.get(SESSION_HEADER) {
            None => None,
            Some(kind) if kind.as_bytes() == b"cookie" => {
                // The header alone keeps other sites' forms away; this keeps their scripts away too.
                let origin = own_origin(parts, &Origin::from_ref(state)).ok_or_else(|| {
                    let detail = "A session by cookie is for the pages of this server alone.";
                    Problem::new(StatusCode::FORBIDDEN, "origin_not_allowed", detail)
                })?;
                Some(RefreshCookie::read(&parts.headers, origin.is_secure()))
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
        let (plain, secure) = (RefreshCookie::read(&headers, false), RefreshCookie::read(&headers, true));
        let token = |cookie: &RefreshCookie| cookie.token.as_ref().unwrap().expose_secret().to_owned();
        assert_eq!((token(&plain), token(&secure)), ("plain".into(), "secure".into()));
        assert_eq!(
            secure.keep("token", 60),
            "__Host-bugdrill_refresh=token; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=60"
        );
        assert_eq!(plain.forget(), "bugdrill_refresh=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
        assert!(!format!("{plain:?}").contains("plain\""));
    }
}
