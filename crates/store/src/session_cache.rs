//! Sessions that were looked up, so that not every request asks the database.
//!
//! What is remembered is forgotten by the very transaction that changes it ([`crate::writing::Transaction`]), before
//! anybody is told that it changed, so that on one server the end of a session holds at once. Other servers on the
//! same database hear of it from [`crate::changes`]; should that fail, what they remember holds for [`LIFETIME`].

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use moka::sync::Cache;
use uuid::Uuid;

use crate::sessions::ActiveSession;

/// How long a session is remembered at the most.
const LIFETIME: Duration = Duration::from_secs(5);

/// Of how many users sessions are remembered.
const CAPACITY: u64 = 100_000;

/// The sessions of a user that were looked up. Who looks one up takes this first, then asks the database, then adds
/// the answer here: if the user changes in between, this is not the one that others find any more.
#[derive(Clone, Debug, Default)]
pub(crate) struct SessionsOfUser(Arc<Mutex<HashMap<Uuid, ActiveSession>>>);

impl SessionsOfUser {
    pub(crate) fn get(&self, id: Uuid) -> Option<ActiveSession> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    pub(crate) fn add(&self, session: ActiveSession) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(session.session.id, session);
    }
}

#[derive(Clone, Debug)]
pub(crate) struct SessionCache(Cache<Uuid, SessionsOfUser>);

impl Default for SessionCache {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(CAPACITY).time_to_live(LIFETIME).build())
    }
}

impl SessionCache {
    /// What is remembered of this user.
    pub(crate) fn of_user(&self, id: Uuid) -> SessionsOfUser {
        self.0.get_with(id, SessionsOfUser::default)
    }

    pub(crate) fn forget(&self, user_id: Uuid) {
        self.0.invalidate(&user_id);
    }

    pub(crate) fn forget_all(&self) {
        self.0.invalidate_all();
    }
}

#[cfg(test)]
mod tests {
    use bugdrill_model::Role;
    use chrono::DateTime;

    use super::*;
    use crate::Session;

    #[test]
    fn what_was_read_before_a_change_is_not_remembered_after_it() {
        let user = Uuid::from_u128(1);
        let at = DateTime::UNIX_EPOCH;
        let session = Session {
            id: Uuid::from_u128(2),
            client: None,
            created_at: at,
            last_used_at: at,
            authenticated_at: at,
            second_factor: false,
        };
        let active = ActiveSession { session, user_id: user, is_trial: false, role: Role::User, expires_at: at };
        let cache = SessionCache::default();
        let reading = cache.of_user(user);
        cache.forget(user);
        reading.add(active.clone());
        assert_eq!(cache.of_user(user).get(active.session.id), None);
        cache.of_user(user).add(active.clone());
        assert_eq!(cache.of_user(user).get(active.session.id), Some(active.clone()));
        cache.forget_all();
        assert_eq!(cache.of_user(user).get(active.session.id), None);
    }
}
