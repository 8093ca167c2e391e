//! The Auth service: anonymous trials and the refreshing of tokens.
//!
//! One module for each endpoint: its types, its errors, its OpenAPI text and its handler.
#![forbid(unsafe_code)]

mod anonymous;
mod refresh;
mod session;

use std::sync::Arc;

use bugdrill_platform::Ambient;
use bugdrill_store::Store;
use bugdrill_web::{Gate, RateClass, admit};
use utoipa_axum::{router::OpenApiRouter, routes};

/// How many snippets a trial may start, unless configured otherwise.
pub const DEFAULT_TRIAL_SNIPPETS: u32 = 5;

/// What the handlers work with.
#[derive(Clone)]
pub struct AuthState {
    /// The database.
    pub store: Store,
    /// Signs the tokens and guards the routes.
    pub gate: Gate,
    /// Clock and randomness.
    pub ambient: Ambient,
    /// How many snippets a trial may start.
    pub trial_snippets: u32,
}

/// The routes of the service, behind `gate`.
pub fn routes(gate: &Gate) -> OpenApiRouter<Arc<AuthState>> {
    OpenApiRouter::new()
        .routes(routes!(anonymous::handle))
        .route_layer(admit!(gate, RateClass::Anonymous))
        .merge(OpenApiRouter::new().routes(routes!(refresh::handle)).route_layer(admit!(gate, RateClass::Standard)))
}

/// The service.
pub fn router(state: AuthState) -> OpenApiRouter {
    routes(&state.gate).with_state(Arc::new(state))
}
