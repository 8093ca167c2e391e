//! One module for each table. Columns are described where their name does not say it all.

#![expect(unreachable_pub, reason = "the derives want public types; the module is private")]

pub mod pattern_category;
pub mod refresh_token;
pub mod report;
pub mod review;
pub mod snippet;
pub mod submission;
pub mod user;
pub mod user_pattern_progress;
pub mod user_snippet;
pub mod user_snippet_attempt;
