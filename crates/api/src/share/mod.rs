//! What learners share: pages and pictures that say what was done, and neither by whom nor how.

mod badge;
mod card;
mod daily;
mod page;

pub use card::Cards;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::Shared;

/// The addresses of what is shared.
pub(crate) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(badge::page))
        .routes(routes!(badge::picture))
        .routes(routes!(daily::page))
        .routes(routes!(daily::picture))
}
