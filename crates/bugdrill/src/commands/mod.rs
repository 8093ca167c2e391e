//! The commands that are not the server.

pub(crate) mod admin;
pub(crate) mod backup;
pub(crate) mod content;
pub(crate) mod doctor;
pub(crate) mod fit_memory;
pub(crate) mod migrate;
pub(crate) mod recount;
pub(crate) mod restore;
