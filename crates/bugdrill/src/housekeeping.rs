//! What a server forgets, once a day.

use std::time::Duration;

use bugdrill_platform::Ambient;
use bugdrill_store::{Store, StoreError};
use chrono::TimeDelta;

/// A trial that nobody has come back to for so long is forgotten, with all that it did.
const IDLE_TRIAL_DAYS: i64 = 30;

const PERIOD: Duration = Duration::from_hours(24);

/// Forgets now, and then once a day, until it is aborted.
pub async fn keep(store: Store, ambient: Ambient) {
    let mut days = tokio::time::interval(PERIOD);
    loop {
        days.tick().await;
        match forget(&store, &ambient).await {
            Ok((0, 0)) => {}
            Ok((trials, tokens)) => tracing::info!(trials, tokens, "forgot idle trials and expired refresh tokens"),
            Err(error) => tracing::error!(%error, "cannot forget idle trials and expired refresh tokens"),
        }
    }
}

/// Forgets idle trials and expired refresh tokens, and tells how many of each.
pub async fn forget(store: &Store, ambient: &Ambient) -> Result<(u64, u64), StoreError> {
    let now = ambient.now();
    let trials = store.users().purge_idle_trials(now - TimeDelta::days(IDLE_TRIAL_DAYS)).await?;
    let tokens = store.sessions().purge_expired(now).await?;
    Ok((trials, tokens))
}

#[cfg(test)]
mod tests {
    use bugdrill_platform::ambient::testing::manual_ambient;
    use bugdrill_store::testing::TestDatabase;

    use super::*;

    #[tokio::test]
    async fn a_trial_is_forgotten_a_month_after_its_last_visit() {
        let database = TestDatabase::new().await;
        let store = database.open().await;
        let (ambient, clock) = manual_ambient();
        let user = store.users().create_trial(ambient.new_id(), 5, ambient.now()).await.unwrap();
        clock.advance(TimeDelta::days(IDLE_TRIAL_DAYS));
        assert_eq!(forget(&store, &ambient).await.unwrap(), (0, 0));
        clock.advance(TimeDelta::seconds(1));
        assert_eq!(forget(&store, &ambient).await.unwrap(), (1, 0));
        assert_eq!(store.users().find(user.id).await.unwrap(), None);
    }
}
