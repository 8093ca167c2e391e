//! The OpenAPI document and the page that shows it. Nothing of either is downloaded, at build or at view time.

use std::sync::Arc;

use axum::{
    Router,
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        OpenApi,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_swagger_ui::Config;

use crate::{Problem, ProblemBody};

/// The name of the bearer token in the document.
pub const BEARER: &str = "bearer";

/// Adds what the whole document says once.
pub fn complete(mut document: OpenApi) -> OpenApi {
    document.info.title = "bugdrill".into();
    document.info.description = Some(
        "Practise coding patterns by fixing bugs. Errors are `application/problem+json` with a stable `code`.".into(),
    );
    document.info.license = None;
    document.info.version = env!("CARGO_PKG_VERSION").into();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let components = document.components.get_or_insert_default();
    // Groups of problems name it, and only what a route names itself is collected.
    components.schemas.insert(ProblemBody::name().into_owned(), ProblemBody::schema());
    components.security_schemes.insert(BEARER.into(), SecurityScheme::Http(bearer).into());
    document
}

/// Serves the document at `/openapi.json` and the page at `/docs`.
pub fn router(document: &OpenApi) -> Router {
    let json: Arc<str> = document.to_json().unwrap_or_default().into();
    let config = Arc::new(Config::from("/openapi.json").validator_url("none"));
    let page = move |file: String| {
        let config = Arc::clone(&config);
        async move { asset(&file, config) }
    };
    let index = page.clone();
    Router::new()
        .route(
            "/openapi.json",
            get(move || async move { ([(header::CONTENT_TYPE, "application/json")], json.to_string()) }),
        )
        .route("/docs", get(|| async { Redirect::permanent("/docs/") }))
        .route("/docs/", get(move || index(String::new())))
        .route("/docs/{*file}", get(move |Path(file): Path<String>| page(file)))
}

fn asset(file: &str, config: Arc<Config<'static>>) -> Response {
    match utoipa_swagger_ui::serve(file, config) {
        Ok(Some(file)) => {
            let mut response = ([(header::CONTENT_TYPE, file.content_type)], file.bytes.into_owned()).into_response();
            response.headers_mut().insert(
                header::CONTENT_SECURITY_POLICY,
                HeaderValue::from_static(
                    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
                ),
            );
            response
        }
        _ => Problem::not_found("page").into_response(),
    }
}
