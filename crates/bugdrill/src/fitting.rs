//! The nightly search for how fast learners forget.

use std::time::Duration;

use bugdrill_platform::Ambient;
use bugdrill_store::{Store, StoreError};

/// How often it is looked for.
const PERIOD: Duration = Duration::from_hours(24);

/// Looks for the parameters of all learners now, and then once a day, until it is aborted.
pub async fn keep(store: Store, ambient: Ambient) {
    let mut days = tokio::time::interval(PERIOD);
    loop {
        days.tick().await;
        match fit(&store, &ambient).await {
            Ok(0) => {}
            Ok(learners) => tracing::info!(learners, "looked for how fast they forget"),
            Err(error) => tracing::error!(%error, "cannot look for how fast learners forget"),
        }
    }
}

/// Looks for the parameters of those who have many more reviews than the last time, one after the other, and tells how
/// many they are.
pub async fn fit(store: &Store, ambient: &Ambient) -> Result<u64, StoreError> {
    let learning = store.learning();
    let (mut fitted, mut last) = (0, None);
    loop {
        let some = learning.reviewers_after(last).await?;
        if some.is_empty() {
            return Ok(fitted);
        }
        last = some.last().map(|reviewer| reviewer.user_id);
        for reviewer in some {
            fitted += u64::from(learning.fit_memory(reviewer, ambient.now()).await?);
        }
    }
}
