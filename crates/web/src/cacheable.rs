//! Answers that are the same bytes for everyone.

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::Problem;

/// Answers with `value` as JSON under an ETag made of its content, or with 304 when the client has it already.
///
/// The tag is weak: compression on the way changes the bytes, not what they say.
pub fn json(request: &HeaderMap, value: &impl Serialize) -> Result<Response, Problem> {
    let body = serde_json::to_vec(value).map_err(|error| Problem::internal(&error))?;
    let tag = format!("W/\"{}\"", &URL_SAFE_NO_PAD.encode(Sha256::digest(&body))[..22]);
    let known = request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|candidate| candidate.trim() == tag || candidate.trim() == "*");
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { Bytes::from(body).into_response() };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    headers.insert(header::ETAG, HeaderValue::try_from(tag).map_err(|error| Problem::internal(&error))?);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_has_the_bytes_gets_none() {
        let first = json(&HeaderMap::new(), &[1, 2]).unwrap();
        let tag = first.headers()[header::ETAG].clone();
        assert_eq!(first.status(), StatusCode::OK);

        let request = HeaderMap::from_iter([(header::IF_NONE_MATCH, tag)]);
        assert_eq!(json(&request, &[1, 2]).unwrap().status(), StatusCode::NOT_MODIFIED);
        assert_eq!(json(&request, &[1, 3]).unwrap().status(), StatusCode::OK);
    }
}
