//! The content that learners see, in memory.
//!
//! Content changes once a release, or when an editor saves, and is read with every request. So all of it is read at
//! once into one immutable [`View`], with its answers already written, and replaced as a whole when the store says that
//! something changed ([`Store::content_version`]).

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use bugdrill_model::{Difficulty, Language, content::Pattern};
use bugdrill_platform::Ambient;
use bugdrill_store::{ActiveContent, Store, StoreError, StoredPattern, StoredSnippet};
use bugdrill_web::{Problem, cacheable::CacheableBody};
use chrono::{DateTime, TimeDelta, Utc};
use moka::sync::Cache;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{patterns, snippet, snippets};

/// How much memory written pages of lists may take, in bytes.
const PAGES_BYTES: u64 = 16 << 20;

/// After a failure to read the content, the old one serves for so long before that is tried again.
const RETRY_AFTER: TimeDelta = TimeDelta::seconds(1);

/// The content, always as it is.
#[derive(Clone)]
pub struct Catalog {
    shared: Arc<Shared>,
}

impl fmt::Debug for Catalog {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Catalog").field("version", &self.shared.current().version).finish_non_exhaustive()
    }
}

struct Shared {
    store: Store,
    ambient: Ambient,
    view: RwLock<Arc<View>>,
    /// When reading it anew last failed. Held by who reads it anew.
    failed_at: Mutex<Option<DateTime<Utc>>>,
}

impl Catalog {
    /// Reads the content.
    pub async fn load(store: Store, ambient: Ambient) -> Result<Self, StoreError> {
        let view = RwLock::new(Arc::new(View::read(&store).await?));
        Ok(Self { shared: Arc::new(Shared { store, ambient, view, failed_at: Mutex::default() }) })
    }

    /// The content as it is now; as it was, while what has changed cannot be read.
    pub(crate) async fn view(&self) -> Arc<View> {
        let view = self.shared.current();
        if self.shared.is_current(&view) { view } else { self.shared.read_anew().await }
    }
}

impl Shared {
    fn current(&self) -> Arc<View> {
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn is_current(&self, view: &View) -> bool {
        view.version == self.store.content_version()
    }

    async fn read_anew(&self) -> Arc<View> {
        let mut failed_at = self.failed_at.lock().await;
        let view = self.current();
        let now = self.ambient.now();
        // Whoever held the lock before may have read it, or found that it cannot be read.
        if self.is_current(&view) || failed_at.is_some_and(|at| (at..at + RETRY_AFTER).contains(&now)) {
            return view;
        }
        match View::read(&self.store).await {
            Ok(view) => {
                let view = Arc::new(view);
                *self.view.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&view);
                *failed_at = None;
                view
            }
            Err(error) => {
                tracing::error!(%error, "the content has changed and cannot be read: the old one serves on");
                *failed_at = Some(now);
                view
            }
        }
    }
}

/// All content at one time.
#[derive(Debug)]
pub(crate) struct View {
    version: u64,
    pub(crate) patterns: Vec<PatternEntry>,
    /// The answer to a request for all patterns.
    pub(crate) patterns_body: CacheableBody,
    /// In the order of patterns and positions.
    snippets: Vec<Entry>,
    by_id: HashMap<Uuid, usize>,
    by_slug: HashMap<String, usize>,
    pages: Cache<PageKey, Arc<CacheableBody>>,
}

/// A pattern with the number of its snippets.
#[derive(Debug)]
pub(crate) struct PatternEntry {
    pub(crate) pattern: Pattern,
    pub(crate) icon_url: Option<String>,
    /// For each language and difficulty that has any, in order.
    pub(crate) counts: Vec<(Language, Difficulty, usize)>,
}

/// A snippet with what is answered to a request for it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) stored: Arc<StoredSnippet>,
    pub(crate) body: CacheableBody,
}

/// Which snippets are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Filter {
    /// Of this pattern.
    pub(crate) pattern_id: Option<i32>,
    /// Of this difficulty.
    pub(crate) difficulty: Option<Difficulty>,
    /// In this language.
    pub(crate) language: Option<Language>,
}

impl Filter {
    fn takes(&self, stored: &StoredSnippet) -> bool {
        let snippet = &stored.snippet;
        self.pattern_id.is_none_or(|id| id == snippet.pattern_id)
            && self.difficulty.is_none_or(|difficulty| difficulty == snippet.difficulty)
            && self.language.is_none_or(|language| language == snippet.language)
    }
}

/// A page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PageKey {
    pub(crate) filter: Filter,
    /// Counted from 1.
    pub(crate) page: usize,
    /// Snippets on a page.
    pub(crate) limit: usize,
}

impl View {
    async fn read(store: &Store) -> Result<Self, StoreError> {
        // Asked first: if it changes meanwhile, what was read is read once more.
        let version = store.content_version();
        Ok(Self::new(version, store.content().active().await?)?)
    }

    fn new(version: u64, content: ActiveContent) -> Result<Self, serde_json::Error> {
        let stored: Vec<Arc<StoredSnippet>> = content.snippets.into_iter().map(Arc::new).collect();
        let patterns: Vec<PatternEntry> =
            content.patterns.into_iter().map(|pattern| PatternEntry::new(pattern, &stored)).collect();
        let named: HashMap<i32, &Pattern> = patterns.iter().map(|entry| (entry.pattern.id, &entry.pattern)).collect();
        let mut snippets = Vec::with_capacity(stored.len());
        for (index, of) in stored.iter().enumerate() {
            // A snippet's row refers to that of its pattern.
            let Some(pattern) = named.get(&of.snippet.pattern_id) else { continue };
            let is_sibling = |other: &&Arc<StoredSnippet>| {
                other.snippet.pattern_id == of.snippet.pattern_id && other.snippet.language == of.snippet.language
            };
            let previous = stored[..index].iter().rev().find(is_sibling);
            let next = stored[index + 1..].iter().find(is_sibling);
            let slug = |neighbour: Option<&Arc<StoredSnippet>>| neighbour.map(|of| of.snippet.slug.clone());
            let body = CacheableBody::json(&snippet::Snippet::new(of, pattern, slug(previous), slug(next)))?;
            snippets.push(Entry { stored: Arc::clone(of), body });
        }
        Ok(Self {
            version,
            patterns_body: CacheableBody::json(&patterns::PatternList::new(&patterns))?,
            by_id: snippets.iter().enumerate().map(|(index, entry)| (entry.stored.snippet.id, index)).collect(),
            by_slug: snippets
                .iter()
                .enumerate()
                .map(|(index, entry)| (entry.stored.snippet.slug.clone(), index))
                .collect(),
            patterns,
            snippets,
            pages: Cache::builder()
                .max_capacity(PAGES_BYTES)
                // Its compressed forms come later, and are smaller.
                .weigher(|_, body: &Arc<CacheableBody>| u32::try_from(2 * body.memory()).unwrap_or(u32::MAX))
                .build(),
        })
    }

    /// The snippet of this id or slug.
    pub(crate) fn snippet(&self, id_or_slug: &str) -> Option<&Entry> {
        let index = match Uuid::parse_str(id_or_slug) {
            Ok(id) => self.by_id.get(&id),
            Err(_) => self.by_slug.get(id_or_slug),
        };
        index.map(|index| &self.snippets[*index])
    }

    /// The snippets that a filter takes, in the order of patterns and positions.
    pub(crate) fn snippets_of(&self, filter: Filter) -> impl Iterator<Item = &StoredSnippet> {
        self.snippets.iter().map(|entry| &*entry.stored).filter(move |stored| filter.takes(stored))
    }

    /// The id of the pattern of this id or slug.
    pub(crate) fn pattern_id(&self, id_or_slug: &str) -> Result<i32, Problem> {
        let id = id_or_slug.parse::<i32>();
        let is_it = |entry: &&PatternEntry| match id {
            Ok(id) => entry.pattern.id == id,
            Err(_) => entry.pattern.slug == id_or_slug,
        };
        let found = self.patterns.iter().find(is_it).map(|entry| entry.pattern.id);
        found.ok_or_else(|| Problem::not_found("pattern"))
    }

    /// This page of the snippets, written.
    pub(crate) fn page(&self, key: PageKey) -> Result<Arc<CacheableBody>, Problem> {
        let written = self.pages.try_get_with(key, || self.write_page(key).map(Arc::new));
        written.map_err(|error| Problem::internal(&error))
    }

    fn write_page(&self, key: PageKey) -> Result<CacheableBody, serde_json::Error> {
        let named: HashMap<i32, &Pattern> =
            self.patterns.iter().map(|entry| (entry.pattern.id, &entry.pattern)).collect();
        let all: Vec<&Arc<StoredSnippet>> =
            self.snippets.iter().map(|entry| &entry.stored).filter(|stored| key.filter.takes(stored)).collect();
        let start = key.page.saturating_sub(1).saturating_mul(key.limit);
        let items = all
            .iter()
            .skip(start)
            .take(key.limit)
            .filter_map(|stored| Some((*stored, *named.get(&stored.snippet.pattern_id)?)));
        CacheableBody::json(&snippets::SnippetPage::new(items, key, all.len()))
    }
}

impl PatternEntry {
    fn new(StoredPattern { pattern, icon_url }: StoredPattern, snippets: &[Arc<StoredSnippet>]) -> Self {
        let mut counts = Vec::new();
        for language in [Language::Python, Language::JavaScript] {
            for difficulty in [Difficulty::Beginner, Difficulty::Medium, Difficulty::Hard] {
                let filter =
                    Filter { pattern_id: Some(pattern.id), difficulty: Some(difficulty), language: Some(language) };
                let count = snippets.iter().filter(|stored| filter.takes(stored)).count();
                if count > 0 {
                    counts.push((language, difficulty, count));
                }
            }
        }
        Self { pattern, icon_url, counts }
    }
}
