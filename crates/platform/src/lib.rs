//! What the services need from their surroundings, each as a trait with an embedded implementation.
//!
//! The clock and randomness come first: nothing else in the workspace may ask the operating system for either
//! (`clippy.toml` bans it), so that every test is deterministic.

pub mod ambient;
pub mod client_network;
pub mod events;
pub mod mail;
pub mod metrics;
pub mod rate_limit;
pub mod seal;

pub use ambient::{Ambient, Clock, Randomness};
pub use client_network::ClientNetwork;
pub use events::EventBus;
pub use seal::RootSecret;
