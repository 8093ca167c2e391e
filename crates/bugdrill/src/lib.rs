//! The bugdrill server: configuration, wiring, lifecycle.
#![forbid(unsafe_code)]

pub mod app;
pub mod config;
pub mod data_dir;
pub mod fitting;
pub mod housekeeping;
pub mod logging;
pub mod metrics;
pub mod open_files;
pub mod server;

/// The content that this binary brings along.
pub const CONTENT_PACK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/content.pack"));
