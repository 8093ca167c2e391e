//! The API service: content, running code, hints, progress.
//!
//! One module for each endpoint: its types, its errors, its OpenAPI text and its handler. To add one, write its
//! module, name it in [`routes`] under the rate limit that it should have, and run `make openapi`.
#![forbid(unsafe_code)]

mod catalog;
mod execute;
mod execution;
mod execution_view;
mod give_up;
mod hint;
mod pattern_snippets;
mod patterns;
mod problems;
mod progress;
mod progress_snippet;
mod progress_snippets;
mod report;
mod reveal;
mod snippet;
mod snippets;
mod submit;
mod trace;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
pub use catalog::Catalog;

use bugdrill_execution::Executions;
use bugdrill_platform::Ambient;
use bugdrill_store::{Store, StoredSnippet, User};
use bugdrill_web::{Learner, Problem, RateClass, gate::admit, layers::CODE_BODY_LIMIT};
use utoipa_axum::{router::OpenApiRouter, routes};

/// What the handlers work with.
pub struct ApiState {
    /// The database.
    pub store: Store,
    /// The content.
    pub catalog: Catalog,
    /// Runs code.
    pub executions: Executions,
    /// Clock and randomness.
    pub ambient: Ambient,
}

impl ApiState {
    /// The learner works on a snippet, which may take one of a trial's.
    async fn start(&self, learner: &Learner, stored: &StoredSnippet) -> Result<(), Problem> {
        let started = self.store.learning().start(learner.user_id, stored.snippet.id, self.ambient.now()).await;
        started.map_err(problems::learning)?;
        Ok(())
    }

    /// The user of a session.
    async fn user(&self, learner: &Learner) -> Result<User, Problem> {
        self.store.users().find(learner.user_id).await?.ok_or_else(problems::unknown_user)
    }

    /// The active snippet with this id or slug.
    async fn snippet(&self, id_or_slug: &str) -> Result<Arc<StoredSnippet>, Problem> {
        let view = self.catalog.view().await;
        view.snippet(id_or_slug).map(|entry| Arc::clone(&entry.stored)).ok_or_else(|| Problem::not_found("snippet"))
    }
}

bugdrill_web::shared_state!(ApiState { catalog: Catalog });

/// The routes of the service.
pub fn routes() -> OpenApiRouter<Shared> {
    let content = OpenApiRouter::new()
        .routes(routes!(patterns::handle))
        .routes(routes!(pattern_snippets::handle))
        .routes(routes!(snippets::handle))
        .routes(routes!(snippet::handle))
        .route_layer(admit(RateClass::Content));
    let execute = OpenApiRouter::new()
        .routes(routes!(execute::handle))
        .routes(routes!(trace::handle))
        .layer(DefaultBodyLimit::max(CODE_BODY_LIMIT))
        .routes(routes!(execution::handle))
        .route_layer(admit(RateClass::Execute));
    let submit = OpenApiRouter::new()
        .routes(routes!(submit::handle))
        .layer(DefaultBodyLimit::max(CODE_BODY_LIMIT))
        .routes(routes!(hint::handle))
        .routes(routes!(give_up::handle))
        .routes(routes!(report::handle))
        .routes(routes!(progress::handle))
        .routes(routes!(progress_snippets::handle))
        .routes(routes!(progress_snippet::handle))
        .route_layer(admit(RateClass::Standard));
    content.merge(execute).merge(submit)
}

/// The service.
pub fn router(state: ApiState) -> OpenApiRouter {
    routes().with_state(Shared::from(state))
}
