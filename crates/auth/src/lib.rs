//! The Auth service: trials, accounts, sessions, and the keys to verify tokens with.
//!
//! One module for each endpoint, or for the few of one thing: types, errors, OpenAPI text and handlers.
#![forbid(unsafe_code)]

mod anonymous;
mod audit;
mod client;
mod delete;
mod email;
mod email_address;
mod export;
mod key_set;
mod log_in;
mod log_in_second_factor;
mod logout;
mod mails;
mod oauth;
mod password;
mod passwords;
mod problems;
mod profile;
mod proof;
mod refresh;
mod second_factor;
mod session;
mod sessions;
mod sign_up;
mod token;
mod totp;

use bugdrill_platform::{Ambient, RootSecret, mail::MailQueue};
use bugdrill_store::Store;
use bugdrill_web::{Gate, Origin, RateClass, gate::admit};
use utoipa_axum::{router::OpenApiRouter, routes};

pub use email_address::{EmailAddress, InvalidEmailAddress};
pub use oauth::{GitHubOptions, GoogleOptions, Oauth, OauthOptions, UnusableOauthOptions};
pub use passwords::{Password, PasswordError, PasswordOptions, Passwords};

/// How many snippets a trial may start, unless configured otherwise.
pub const DEFAULT_TRIAL_SNIPPETS: u32 = 5;

/// What the handlers work with.
pub struct AuthState {
    /// The database.
    pub store: Store,
    /// Signs the tokens and counts attempts.
    pub gate: Gate,
    /// Clock and randomness.
    pub ambient: Ambient,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Sends mails.
    pub mails: MailQueue,
    /// The providers by which users may log in.
    pub oauth: Oauth,
    /// Seals the secrets of second factors.
    pub secret: RootSecret,
    /// Where people reach this server.
    pub public_url: Origin,
    /// How many snippets a trial may start.
    pub trial_snippets: u32,
}

bugdrill_web::shared_state!(AuthState { ambient: Ambient, gate: Gate, oauth: Oauth, public_url: Origin, store: Store });

/// The routes of the service.
pub fn routes() -> OpenApiRouter<Shared> {
    let anonymous = OpenApiRouter::new().routes(routes!(anonymous::handle)).route_layer(admit(RateClass::Anonymous));
    let credentials = OpenApiRouter::new()
        .routes(routes!(sign_up::handle))
        .routes(routes!(log_in::handle))
        .routes(routes!(password::forgot))
        .routes(routes!(password::reset))
        .routes(routes!(email::verify))
        .routes(routes!(email::mail))
        .routes(routes!(oauth::start::handle))
        .routes(routes!(oauth::exchange::handle))
        .routes(routes!(log_in_second_factor::handle))
        .route_layer(admit(RateClass::Credentials));
    let standard = OpenApiRouter::new()
        .routes(routes!(refresh::handle))
        .routes(routes!(logout::handle))
        .routes(routes!(profile::get, profile::patch, delete::handle))
        .routes(routes!(export::handle))
        .routes(routes!(password::change))
        .routes(routes!(second_factor::offer, second_factor::disable))
        .routes(routes!(second_factor::confirm))
        .routes(routes!(second_factor::renew))
        .routes(routes!(sessions::list, sessions::end_all))
        .routes(routes!(sessions::end))
        .routes(routes!(oauth::callback::handle))
        .route_layer(admit(RateClass::Standard));
    let content = OpenApiRouter::new()
        .routes(routes!(key_set::handle))
        .routes(routes!(oauth::list::handle))
        .route_layer(admit(RateClass::Content));
    anonymous.merge(credentials).merge(standard).merge(content)
}

/// The service.
pub fn router(state: AuthState) -> OpenApiRouter {
    routes().with_state(Shared::from(state))
}
