//! `GET /auth/oauth`: the providers by which users may log in.

use axum::extract::State;
use bugdrill_web::{Json, problem::PublicProblems};
use serde::Serialize;
use utoipa::ToSchema;

use crate::Oauth;

/// The providers by which users may log in.
#[derive(Serialize, ToSchema)]
pub(crate) struct LoginProviders {
    providers: Vec<LoginProvider>,
}

/// A provider.
#[derive(Serialize, ToSchema)]
struct LoginProvider {
    /// Its name in paths.
    #[schema(example = "google")]
    id: &'static str,
    /// Its name for people.
    #[schema(example = "Google")]
    name: &'static str,
}

/// Lists the providers by which users may log in on this server; it may have none.
#[utoipa::path(
    get,
    path = "/auth/oauth",
    tag = "auth",
    operation_id = "list_login_providers",
    responses(
        PublicProblems,
        (status = 200, description = "The providers", body = LoginProviders),
    ),
)]
pub(crate) async fn handle(State(oauth): State<Oauth>) -> Json<LoginProviders> {
    let providers = oauth.0.providers.iter();
    let providers = providers.map(|provider| LoginProvider { id: provider.id, name: provider.name }).collect();
    Json(LoginProviders { providers })
}
