//! The keys that sign access tokens.

use bugdrill_store::SigningKey;
use futures::future::join_all;

use crate::support::Fresh;

fn key(fresh: &Fresh, id: &str, generation: i32) -> SigningKey {
    SigningKey {
        id: id.into(),
        generation,
        private_key: vec![0, 1, 255],
        signs_from: fresh.now(),
        created_at: fresh.now(),
    }
}

#[tokio::test]
async fn of_servers_that_make_the_next_key_at_once_one_wins() {
    let fresh = Fresh::new().await;
    let keys = fresh.store.signing_keys();
    for generation in 1..=3 {
        let made = (0..8).map(|server| keys.add(key(&fresh, &format!("{generation}-{server}"), generation)));
        let added = join_all(made).await.into_iter().filter(|added| *added.as_ref().unwrap());
        assert_eq!(added.count(), 1);
    }
    let generations: Vec<i32> = keys.list().await.unwrap().iter().map(|key| key.generation).collect();
    assert_eq!(generations, [1, 2, 3]);
}

#[tokio::test]
async fn a_key_comes_back_as_it_went_until_it_is_old() {
    let fresh = Fresh::new().await;
    let keys = fresh.store.signing_keys();
    let (first, second) = (key(&fresh, "first", 1), key(&fresh, "second", 2));
    for key in [&second, &first] {
        keys.add(key.clone()).await.unwrap();
    }
    assert_eq!(keys.list().await.unwrap(), [first, second.clone()]);
    keys.delete_before(2).await.unwrap();
    assert_eq!(keys.list().await.unwrap(), [second]);
}
