//! What transactions consist of: each of these changes rows in a transaction that somebody else began and will commit.
//! Repositories are made of them, and they know no repository.

pub(crate) mod badges;
pub(crate) mod credentials;
pub(crate) mod leaderboards;
pub(crate) mod learning;
pub(crate) mod recounting;
pub(crate) mod sessions;
pub(crate) mod users;
