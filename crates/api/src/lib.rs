//! The API service: content, running code, hints, progress.
//!
//! One module for each endpoint: its types, its errors, its OpenAPI text and its handler. To add one, write its
//! module, name it in [`routes`] under the rate limit that it should have, and run `make openapi`.
#![forbid(unsafe_code)]

mod activity;
mod badges;
mod catalog;
mod daily;
mod drill;
mod due_reviews;
mod execute;
mod execution;
mod execution_events;
mod execution_view;
mod give_up;
mod hint;
mod leaderboard;
mod league;
mod next_drill;
mod pattern_snippets;
mod patterns;
mod problems;
mod progress;
mod progress_patterns;
mod progress_snippet;
mod progress_snippets;
mod report;
mod reveal;
mod share;
mod snippet;
mod snippets;
mod submit;
mod sync;
mod trace;
mod why;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
pub use catalog::Catalog;
pub use share::Cards;

use bugdrill_execution::Executions;
use bugdrill_model::event::{EventKind, LearnerEvent};
use bugdrill_platform::{Ambient, EventBus};
use bugdrill_store::{Store, StoredSnippet, User};
use bugdrill_web::{Learner, Origin, Problem, RateClass, gate::admit, layers::CODE_BODY_LIMIT};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

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
    /// Told what learners do.
    pub events: EventBus<LearnerEvent>,
    /// The pictures of what is shared.
    pub cards: Cards,
    /// Where people reach this server.
    pub public_url: Origin,
}

impl ApiState {
    /// The learner works on a snippet, which may take one of a trial's.
    async fn start(&self, learner: &Learner, stored: &StoredSnippet) -> Result<(), Problem> {
        let started = self.store.learning().start(learner.user_id, stored.snippet.id, self.ambient.now()).await;
        started.map_err(problems::learning)?;
        Ok(())
    }

    /// Tells that a learner did something with a snippet.
    fn tell(&self, user_id: Option<Uuid>, snippet_id: Uuid, kind: EventKind) {
        self.events.publish(LearnerEvent { user_id, snippet_id, at: self.ambient.now(), kind });
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
        .routes(routes!(daily::handle))
        .routes(routes!(snippet::handle))
        .merge(share::routes())
        .route_layer(admit(RateClass::Content));
    let execute = OpenApiRouter::new()
        .routes(routes!(execute::handle))
        .routes(routes!(trace::handle))
        .layer(DefaultBodyLimit::max(CODE_BODY_LIMIT))
        .routes(routes!(execution::handle))
        .routes(routes!(execution_events::handle))
        .route_layer(admit(RateClass::Execute));
    let submit = OpenApiRouter::new()
        .routes(routes!(submit::handle))
        .layer(DefaultBodyLimit::max(CODE_BODY_LIMIT))
        .routes(routes!(hint::handle))
        .routes(routes!(give_up::handle))
        .routes(routes!(report::handle))
        .routes(routes!(why::handle))
        .routes(routes!(next_drill::handle))
        .routes(routes!(due_reviews::handle))
        .routes(routes!(progress::handle))
        .routes(routes!(progress_patterns::handle))
        .routes(routes!(activity::handle))
        .routes(routes!(badges::handle))
        .routes(routes!(leaderboard::handle))
        .routes(routes!(league::handle))
        .routes(routes!(progress_snippets::handle))
        .routes(routes!(progress_snippet::handle))
        .route_layer(admit(RateClass::Standard));
    let sync = OpenApiRouter::new()
        .routes(routes!(sync::handle))
        .layer(DefaultBodyLimit::max(sync::BODY_LIMIT))
        .route_layer(admit(RateClass::Execute));
    content.merge(execute).merge(submit).merge(sync)
}

/// The service.
pub fn router(state: ApiState) -> OpenApiRouter {
    routes().with_state(Shared::from(state))
}
