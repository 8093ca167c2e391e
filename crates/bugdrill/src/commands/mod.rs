//! The commands that are not the server.

pub(crate) mod admin;
pub(crate) mod content;
pub(crate) mod doctor;
pub(crate) mod migrate;
