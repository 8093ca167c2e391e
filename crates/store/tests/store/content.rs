//! Importing a pack.

use bugdrill_store::{ImportSummary, Store};

use crate::support::{Fresh, id_of, pack, snippet};

#[tokio::test]
async fn what_was_imported_comes_back_unchanged() {
    let fresh = Fresh::new().await;
    let stored = fresh.store.content().snippet("snippet-1").await.unwrap().unwrap();
    assert_eq!((stored.snippet, stored.revision), (snippet(1), 1));
    let patterns = fresh.store.content().active().await.unwrap().patterns;
    assert_eq!(patterns.into_iter().map(|stored| stored.pattern).collect::<Vec<_>>(), pack().patterns);
}

#[tokio::test]
async fn the_same_pack_again_changes_nothing() {
    let fresh = Fresh::new().await;
    let summary = fresh.store.content().import(&pack(), fresh.now()).await.unwrap();
    assert_eq!(summary, ImportSummary { unchanged: 6, ..ImportSummary::default() });
}

#[tokio::test]
async fn a_changed_snippet_gets_the_next_revision_and_the_others_keep_theirs() {
    let fresh = Fresh::new().await;
    let mut changed = pack();
    changed.snippets[0].title = "Another title".into();
    let summary = fresh.store.content().import(&changed, fresh.now()).await.unwrap();
    assert_eq!(summary, ImportSummary { updated: 1, unchanged: 5, ..ImportSummary::default() });
    let content = fresh.store.content();
    let stored = content.snippet("snippet-1").await.unwrap().unwrap();
    assert_eq!((stored.snippet.title.as_str(), stored.revision), ("Another title", 2));
    assert_eq!(content.snippet("snippet-2").await.unwrap().unwrap().revision, 1);
    let revision = async |revision| content.revision(id_of(1), revision).await.unwrap();
    assert_eq!(revision(1).await.unwrap().snippet, snippet(1), "what was judged by it refers to it");
    assert_eq!(revision(2).await.unwrap(), stored);
    assert_eq!(revision(3).await, None);
}

#[tokio::test]
async fn what_an_earlier_release_or_an_editor_left_is_kept_before_it_changes() {
    let fresh = Fresh::new().await;
    fresh.execute("DELETE FROM snippet_revisions").await;
    fresh
        .execute("UPDATE snippets SET origin = 'editor', title = 'Edited', revision = 7 WHERE slug = 'snippet-2'")
        .await;
    let mut changed = pack();
    changed.snippets[0].title = "Another title".into();
    let content = fresh.store.content();
    content.import(&changed, fresh.now()).await.unwrap();
    assert_eq!(content.revision(id_of(1), 1).await.unwrap().unwrap().snippet, snippet(1));
    assert_eq!(content.revision(id_of(2), 7).await.unwrap().unwrap().snippet.title, "Edited");
}

#[tokio::test]
async fn all_who_remember_the_content_hear_of_an_import() {
    let fresh = Fresh::new().await;
    let before = fresh.store.content_version();
    let mut broken = pack();
    broken.snippets[5].pattern_id = 99;
    fresh.store.content().import(&broken, fresh.now()).await.unwrap_err();
    assert_eq!(fresh.store.content_version(), before);
    fresh.store.content().import(&pack(), fresh.now()).await.unwrap();
    assert_ne!(fresh.store.content_version(), before);
}

#[tokio::test]
async fn a_server_hears_of_what_another_process_changes() {
    let fresh = Fresh::new().await;
    let user = fresh.account().await;
    let session = fresh.session(user, b"token").await;
    let find = || async { fresh.store.sessions().find(user, session, fresh.now()).await.unwrap() };
    let watching = {
        let store = fresh.store.clone();
        tokio::spawn(async move { store.watch_changes().await })
    };
    // Whoever watches begins by forgetting everything, or has looked once.
    let started = fresh.store.content_version();
    let other = Store::open(&fresh.database.options()).await.unwrap();
    let deadline = std::time::Duration::from_secs(30);
    tokio::time::timeout(deadline, async {
        // Until the watching has begun, nothing is heard: say it again.
        while fresh.store.content_version() < started + 2 {
            other.content().import(&pack(), fresh.now()).await.unwrap();
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the import is heard of");
    assert!(find().await.is_some());
    other.sessions().end_all_by_operator(user, fresh.stamp()).await.unwrap();
    tokio::time::timeout(deadline, async {
        while find().await.is_some() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the end of the session is heard of");
    watching.abort();
}

#[tokio::test]
async fn a_snippet_gone_from_the_pack_is_archived_and_comes_back_with_it() {
    let fresh = Fresh::new().await;
    let content = fresh.store.content();
    let mut smaller = pack();
    smaller.snippets.remove(1);
    let summary = content.import(&smaller, fresh.now()).await.unwrap();
    assert_eq!(summary, ImportSummary { archived: 1, unchanged: 5, ..ImportSummary::default() });
    assert!(content.snippet("snippet-2").await.unwrap().is_none());
    assert!(content.snippet(&id_of(2).to_string()).await.unwrap().is_none());
    assert!(content.revision(id_of(2), 1).await.unwrap().is_some(), "a submission outlives it");
    assert_eq!(content.active().await.unwrap().snippets.len(), 5);
    let again = content.import(&smaller, fresh.now()).await.unwrap();
    assert_eq!(again, ImportSummary { unchanged: 5, ..ImportSummary::default() }, "archived once");

    let summary = content.import(&pack(), fresh.now()).await.unwrap();
    assert_eq!(summary, ImportSummary { updated: 1, unchanged: 5, ..ImportSummary::default() });
    assert_eq!(content.snippet("snippet-2").await.unwrap().unwrap().revision, 2);
}

#[tokio::test]
async fn a_snippet_edited_here_is_kept_whatever_the_pack_says() {
    let fresh = Fresh::new().await;
    let content = fresh.store.content();
    fresh.execute("UPDATE snippets SET origin = 'editor', title = 'Edited' WHERE slug = 'snippet-1'").await;
    let mut changed = pack();
    changed.snippets[0].title = "Another title".into();
    let summary = content.import(&changed, fresh.now()).await.unwrap();
    assert_eq!(summary, ImportSummary { kept: 1, unchanged: 5, ..ImportSummary::default() });
    changed.snippets.remove(0);
    let summary = content.import(&changed, fresh.now()).await.unwrap();
    assert_eq!(summary, ImportSummary { unchanged: 5, ..ImportSummary::default() });
    let stored = content.snippet("snippet-1").await.unwrap().unwrap();
    assert_eq!((stored.snippet.title.as_str(), stored.revision), ("Edited", 1));
}

#[tokio::test]
async fn snippets_may_swap_names_and_take_those_of_snippets_that_are_gone() {
    let fresh = Fresh::new().await;
    let content = fresh.store.content();
    let mut renamed = pack();
    for (index, slug) in [(0, "snippet-2"), (1, "snippet-1")] {
        renamed.snippets[index].slug = slug.into();
    }
    // The exercise was replaced by another one, under the same name.
    renamed.snippets[2].id = id_of(7);
    let summary = content.import(&renamed, fresh.now()).await.unwrap();
    let expected = ImportSummary { inserted: 1, updated: 2, unchanged: 3, archived: 1, ..ImportSummary::default() };
    assert_eq!(summary, expected);
    for (slug, number) in [("snippet-1", 2), ("snippet-2", 1), ("snippet-3", 7)] {
        assert_eq!(content.snippet(slug).await.unwrap().unwrap().snippet.id, id_of(number));
    }
    content.import(&pack(), fresh.now()).await.unwrap();
    assert_eq!(content.snippet("snippet-3").await.unwrap().unwrap().snippet.id, id_of(3));
}

#[tokio::test]
async fn a_changed_pattern_is_updated() {
    let fresh = Fresh::new().await;
    let mut changed = pack();
    changed.patterns[0].name = "Renamed".into();
    changed.patterns.swap(0, 1);
    for (order, pattern) in (1..).zip(&mut changed.patterns) {
        pattern.order = order;
    }
    fresh.store.content().import(&changed, fresh.now()).await.unwrap();
    let patterns = fresh.store.content().active().await.unwrap().patterns;
    let names: Vec<_> = patterns.iter().map(|stored| stored.pattern.name.as_str()).collect();
    assert_eq!(names, ["Pattern 2", "Renamed"]);
}

#[tokio::test]
async fn a_pack_that_cannot_be_imported_changes_nothing() {
    let fresh = Fresh::new().await;
    let mut broken = pack();
    broken.snippets[0].title = "Another title".into();
    broken.snippets[5].pattern_id = 99;
    assert!(fresh.store.content().import(&broken, fresh.now()).await.is_err());
    let stored = fresh.store.content().snippet("snippet-1").await.unwrap().unwrap();
    assert_eq!((stored.snippet, stored.revision), (snippet(1), 1));
}

#[tokio::test]
async fn of_two_servers_that_import_at_once_the_second_finds_all_done() {
    let fresh = Fresh::new().await;
    let other = Store::open(&fresh.database.options()).await.unwrap();
    let mut changed = pack();
    changed.snippets[0].title = "Another title".into();
    // Names that move between snippets are freed before they are taken.
    changed.snippets[1].slug = "snippet-3".into();
    changed.snippets[2].slug = "snippet-2".into();
    let (this, other) = (fresh.store.content(), other.content());
    let (one, two) = futures::join!(this.import(&changed, fresh.now()), other.import(&changed, fresh.now()));
    let mut updated = [one.unwrap().updated, two.unwrap().updated];
    updated.sort_unstable();
    assert_eq!(updated, [0, 3]);
    assert_eq!(this.snippet("snippet-1").await.unwrap().unwrap().revision, 2);
}
