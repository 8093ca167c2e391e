//! One module for each table. Columns are described where their name does not say it all.

#![expect(unreachable_pub, reason = "the derives want public types; the module is private")]

pub mod audit_entry;
pub mod daily_challenge;
pub mod leaderboard_points;
pub mod league_member;
pub mod login_challenge;
pub mod mailed_token;
pub mod memory_parameters;
pub mod oauth_flow;
pub mod pattern_category;
pub mod recovery_code;
pub mod refresh_token;
pub mod report;
pub mod review;
pub mod session;
pub mod signing_key;
pub mod snippet;
pub mod snippet_difficulty;
pub mod snippet_revision;
pub mod submission;
pub mod user;
pub mod user_badge;
pub mod user_identity;
pub mod user_pattern_progress;
pub mod user_snippet;
pub mod user_snippet_attempt;
pub mod user_tally;
pub mod write_trial;
