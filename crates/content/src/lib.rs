//! The exercises: from files to the pack that the server imports.
//!
//! A bug is an edit of the reference, so there is one truth for each function and a reviewer reads three lines.
//! [`library::Library::load`] reads a content folder and reports every mistake that reading can find;
//! `check` (with the feature of that name) proves the rest by running every reference and every bug in the
//! sandbox; [`pack`] makes the one file that is embedded in the binary.
//!
//! To add an exercise, copy the folder of one that is like it, change its `id`, and run
//! `bugdrill content check content/<pattern>/<exercise>` until it has nothing to say.
#![forbid(unsafe_code)]

#[cfg(feature = "check")]
pub mod check;
mod files;
pub mod library;
pub mod pack;

pub use library::{Exercise, Library, LoadError};
