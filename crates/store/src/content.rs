//! Patterns and snippets.

use std::collections::{HashMap, HashSet};

use bugdrill_model::{
    BugType, Difficulty, Language,
    content::{Pack, Pattern, Snippet, Template, WhyQuestion},
    judge::Task,
};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, OnConflict},
};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::storable,
    entities::{pattern_category, snippet},
};

const ORIGIN_PACK: &str = "pack";
const STATUS_ACTIVE: &str = "active";
const STATUS_ARCHIVED: &str = "archived";

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// Snippets that were new.
    pub inserted: usize,
    /// Snippets that had changed.
    pub updated: usize,
    /// Snippets that were the same.
    pub unchanged: usize,
    /// Snippets that the pack no longer holds.
    pub archived: usize,
    /// Snippets that were edited here and kept, although the pack has its own version.
    pub kept: usize,
}

/// A pattern with the number of its active snippets.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternSummary {
    /// The pattern.
    pub pattern: Pattern,
    /// The address of an icon.
    pub icon_url: Option<String>,
    /// The number of snippets for each language and difficulty that has any.
    pub snippet_counts: Vec<SnippetCount>,
}

/// How many snippets there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SnippetCount {
    /// In this language,
    pub language: Language,
    /// of this difficulty.
    pub difficulty: Difficulty,
    /// The number.
    pub count: i64,
}

/// Which snippets are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SnippetFilter {
    /// Of this pattern.
    pub pattern_id: Option<i32>,
    /// Of this difficulty.
    pub difficulty: Option<Difficulty>,
    /// In this language.
    pub language: Option<Language>,
}

/// A snippet as it stands in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetSummary {
    /// The id.
    pub id: Uuid,
    /// The name in URLs.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The pattern's id.
    pub pattern_id: i32,
    /// The difficulty.
    pub difficulty: Difficulty,
    /// The language.
    pub language: Language,
    /// In minutes.
    pub time_estimate_minutes: i32,
    /// The revision.
    pub revision: i32,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// How many there are on all pages.
    pub total: u64,
}

/// A snippet with what only the database knows.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSnippet {
    /// The snippet.
    pub snippet: Snippet,
    /// The revision, counted from 1.
    pub revision: i32,
}

/// The snippets before and after one, in its pattern and language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The slug of the one before.
    pub previous: Option<String>,
    /// The slug of the one after.
    pub next: Option<String>,
}

/// Patterns and snippets.
#[derive(Clone, Copy, Debug)]
pub struct ContentRepository<'a> {
    pub(crate) store: &'a Store,
}

impl ContentRepository<'_> {
    /// Makes the database hold what `pack` holds: new and changed snippets are written, snippets that it no longer
    /// has are archived, snippets that were edited here are kept. Meanwhile nobody else writes content.
    pub async fn import(&self, pack: &Pack, now: DateTime<Utc>) -> Result<ImportSummary, StoreError> {
        let transaction = self.store.begin_write().await?;
        if self.store.is_shared() {
            // Readers, and learners whose rows refer to a snippet, do not wait for this lock.
            transaction.execute_unprepared("LOCK TABLE snippets IN SHARE ROW EXCLUSIVE MODE").await?;
        }
        for pattern in &pack.patterns {
            pattern_category::Entity::insert(pattern_row(pattern)?)
                .on_conflict(
                    OnConflict::column(pattern_category::Column::Id)
                        .update_columns([
                            pattern_category::Column::Name,
                            pattern_category::Column::Slug,
                            pattern_category::Column::Description,
                            pattern_category::Column::OrderIndex,
                            pattern_category::Column::Introduction,
                            pattern_category::Column::Template,
                        ])
                        .to_owned(),
                )
                .exec_without_returning(&transaction)
                .await?;
        }
        let mut known: HashMap<Uuid, Imported> = snippet::Entity::find()
            .select_only()
            .columns([
                snippet::Column::Id,
                snippet::Column::Slug,
                snippet::Column::Origin,
                snippet::Column::ContentHash,
                snippet::Column::Status,
                snippet::Column::Revision,
            ])
            .into_model::<Imported>()
            .all(&transaction)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        // A name may go from one snippet to another, and is unique at every moment: those that go are freed first.
        let wanted: HashMap<&str, Uuid> =
            pack.snippets.iter().map(|snippet| (snippet.slug.as_str(), snippet.id)).collect();
        let moves = |row: &&Imported| {
            row.origin == ORIGIN_PACK && wanted.get(row.slug.as_str()).is_some_and(|owner| *owner != row.id)
        };
        for row in known.values().filter(moves) {
            snippet::Entity::update_many()
                .col_expr(snippet::Column::Slug, Expr::value(row.id.to_string()))
                .filter(snippet::Column::Id.eq(row.id))
                .exec(&transaction)
                .await?;
        }
        let mut summary = ImportSummary::default();
        for new in &pack.snippets {
            let hash = content_hash(new)?;
            match known.remove(&new.id) {
                None => {
                    snippet::Entity::insert(snippet_row(new, hash, 1, now, Some(now))?)
                        .exec_without_returning(&transaction)
                        .await?;
                    summary.inserted += 1;
                }
                Some(old) if old.origin != ORIGIN_PACK => summary.kept += 1,
                Some(old) if old.content_hash == hash && old.status == STATUS_ACTIVE => summary.unchanged += 1,
                Some(old) => {
                    snippet::Entity::update(snippet_row(new, hash, old.revision + 1, now, None)?)
                        .exec(&transaction)
                        .await?;
                    summary.updated += 1;
                }
            }
        }
        let gone: HashSet<Uuid> = known
            .into_values()
            .filter(|row| row.origin == ORIGIN_PACK && row.status == STATUS_ACTIVE)
            .map(|row| row.id)
            .collect();
        summary.archived = gone.len();
        if !gone.is_empty() {
            snippet::Entity::update_many()
                .col_expr(snippet::Column::Status, Expr::value(STATUS_ARCHIVED))
                .col_expr(snippet::Column::UpdatedAt, Expr::value(now))
                .filter(snippet::Column::Id.is_in(gone))
                .exec(&transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(summary)
    }

    /// All patterns, in their order.
    pub async fn patterns(&self) -> Result<Vec<PatternSummary>, StoreError> {
        let patterns = pattern_category::Entity::find()
            .order_by_asc(pattern_category::Column::OrderIndex)
            .order_by_asc(pattern_category::Column::Id)
            .all(&self.store.connection)
            .await?;
        let counts = snippet::Entity::find()
            .select_only()
            .columns([snippet::Column::PatternId, snippet::Column::Language, snippet::Column::Difficulty])
            .column_as(snippet::Column::Id.count(), "count")
            .filter(snippet::Column::Status.eq(STATUS_ACTIVE))
            .group_by(snippet::Column::PatternId)
            .group_by(snippet::Column::Language)
            .group_by(snippet::Column::Difficulty)
            .into_model::<CountRow>()
            .all(&self.store.connection)
            .await?;
        let mut by_pattern: HashMap<i32, Vec<SnippetCount>> = HashMap::new();
        for row in counts {
            by_pattern.entry(row.pattern_id).or_default().push(SnippetCount {
                language: from_text(&row.language)?,
                difficulty: from_text(&row.difficulty)?,
                count: row.count,
            });
        }
        patterns
            .into_iter()
            .map(|row| {
                let mut snippet_counts = by_pattern.remove(&row.id).unwrap_or_default();
                snippet_counts.sort_by_key(|count| (count.language, count.difficulty));
                Ok(PatternSummary { icon_url: row.icon_url.clone(), pattern: pattern_of(row)?, snippet_counts })
            })
            .collect()
    }

    /// The pattern of this id.
    pub async fn pattern(&self, id: i32) -> Result<Option<Pattern>, StoreError> {
        pattern_category::Entity::find_by_id(id).one(&self.store.connection).await?.map(pattern_of).transpose()
    }

    /// The id of the pattern with this id or slug.
    pub async fn pattern_id(&self, id_or_slug: &str) -> Result<Option<i32>, StoreError> {
        let key = match id_or_slug.parse::<i32>() {
            Ok(id) => pattern_category::Column::Id.eq(id),
            Err(_) => pattern_category::Column::Slug.eq(storable(id_or_slug)),
        };
        let row = pattern_category::Entity::find().filter(key).one(&self.store.connection).await?;
        Ok(row.map(|row| row.id))
    }

    /// A page of the active snippets, in the order of patterns and positions. `page` counts from 1.
    pub async fn snippets(
        &self,
        filter: SnippetFilter,
        page: u64,
        limit: u64,
    ) -> Result<Page<SnippetSummary>, StoreError> {
        let condition = Condition::all()
            .add(snippet::Column::Status.eq(STATUS_ACTIVE))
            .add_option(filter.pattern_id.map(|id| snippet::Column::PatternId.eq(id)))
            .add_option(filter.difficulty.map(|difficulty| snippet::Column::Difficulty.eq(to_text(difficulty))))
            .add_option(filter.language.map(|language| snippet::Column::Language.eq(to_text(language))));
        let query = snippet::Entity::find().filter(condition);
        let total = query.clone().count(&self.store.connection).await?;
        let rows = query
            .select_only()
            .columns([
                snippet::Column::Id,
                snippet::Column::Slug,
                snippet::Column::Title,
                snippet::Column::PatternId,
                snippet::Column::Difficulty,
                snippet::Column::Language,
                snippet::Column::TimeEstimateMinutes,
                snippet::Column::Revision,
            ])
            .order_by_asc(snippet::Column::PatternId)
            .order_by_asc(snippet::Column::Position)
            .order_by_asc(snippet::Column::Id)
            .offset(page.saturating_sub(1).saturating_mul(limit))
            .limit(limit)
            .into_model::<SummaryRow>()
            .all(&self.store.connection)
            .await?;
        let items = rows.into_iter().map(SnippetSummary::try_from).collect::<Result<_, _>>()?;
        Ok(Page { items, total })
    }

    /// The active snippet with this id or slug.
    pub async fn snippet(&self, id_or_slug: &str) -> Result<Option<StoredSnippet>, StoreError> {
        let key = match Uuid::parse_str(id_or_slug) {
            Ok(id) => snippet::Column::Id.eq(id),
            Err(_) => snippet::Column::Slug.eq(storable(id_or_slug)),
        };
        let query = snippet::Entity::find().filter(key).filter(snippet::Column::Status.eq(STATUS_ACTIVE));
        query.one(&self.store.connection).await?.map(stored).transpose()
    }

    /// The snippet with this id, archived or not: a submission outlives its snippet's time in the list.
    pub async fn snippet_by_id(&self, id: Uuid) -> Result<Option<StoredSnippet>, StoreError> {
        snippet::Entity::find_by_id(id).one(&self.store.connection).await?.map(stored).transpose()
    }

    /// The active snippets before and after `snippet`, in its pattern and language.
    pub async fn neighbours(&self, of: &Snippet) -> Result<Neighbours, StoreError> {
        let siblings = || {
            snippet::Entity::find()
                .select_only()
                .column(snippet::Column::Slug)
                .filter(snippet::Column::PatternId.eq(of.pattern_id))
                .filter(snippet::Column::Language.eq(to_text(of.language)))
                .filter(snippet::Column::Status.eq(STATUS_ACTIVE))
                .limit(1)
        };
        let previous = siblings()
            .filter(snippet::Column::Position.lt(of.position))
            .order_by_desc(snippet::Column::Position)
            .into_tuple::<String>()
            .one(&self.store.connection)
            .await?;
        let next = siblings()
            .filter(snippet::Column::Position.gt(of.position))
            .order_by_asc(snippet::Column::Position)
            .into_tuple::<String>()
            .one(&self.store.connection)
            .await?;
        Ok(Neighbours { previous, next })
    }
}

#[derive(FromQueryResult)]
struct Imported {
    id: Uuid,
    slug: String,
    origin: String,
    content_hash: String,
    status: String,
    revision: i32,
}

#[derive(FromQueryResult)]
struct CountRow {
    pattern_id: i32,
    language: String,
    difficulty: String,
    count: i64,
}

#[derive(FromQueryResult)]
struct SummaryRow {
    id: Uuid,
    slug: String,
    title: String,
    pattern_id: i32,
    difficulty: String,
    language: String,
    time_estimate_minutes: i32,
    revision: i32,
}

impl TryFrom<SummaryRow> for SnippetSummary {
    type Error = StoreError;

    fn try_from(row: SummaryRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            slug: row.slug,
            title: row.title,
            pattern_id: row.pattern_id,
            difficulty: from_text(&row.difficulty)?,
            language: from_text(&row.language)?,
            time_estimate_minutes: row.time_estimate_minutes,
            revision: row.revision,
        })
    }
}

/// The text by which a unit-like value is stored: its name in JSON.
pub(crate) fn to_text(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        other => unreachable!("stored values are named by a text, not {other:?}"),
    }
}

/// The value stored as `text`.
pub(crate) fn from_text<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_value(serde_json::Value::String(text.to_owned()))?)
}

fn content_hash(snippet: &Snippet) -> Result<String, StoreError> {
    let digest = Sha256::digest(serde_json::to_vec(snippet)?);
    Ok(digest.iter().fold(String::new(), |mut text, byte| {
        use std::fmt::Write;
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

fn pattern_row(pattern: &Pattern) -> Result<pattern_category::ActiveModel, StoreError> {
    Ok(pattern_category::ActiveModel {
        id: Set(pattern.id),
        name: Set(pattern.name.clone()),
        slug: Set(pattern.slug.clone()),
        description: Set(pattern.description.clone()),
        icon_url: Set(None),
        order_index: Set(pattern.order),
        introduction: Set(pattern.introduction.clone()),
        template: Set(serde_json::to_string(&pattern.template)?),
    })
}

fn pattern_of(row: pattern_category::Model) -> Result<Pattern, StoreError> {
    Ok(Pattern {
        id: row.id,
        slug: row.slug,
        name: row.name,
        order: row.order_index,
        description: row.description,
        introduction: row.introduction,
        template: serde_json::from_str::<Template>(&row.template)?,
    })
}

fn snippet_row(
    snippet: &Snippet,
    content_hash: String,
    revision: i32,
    now: DateTime<Utc>,
    created_at: Option<DateTime<Utc>>,
) -> Result<snippet::ActiveModel, StoreError> {
    let [hint_1, hint_2, hint_3] = snippet.hints.clone();
    let task = &snippet.task;
    Ok(snippet::ActiveModel {
        id: Set(snippet.id),
        slug: Set(snippet.slug.clone()),
        pattern_id: Set(snippet.pattern_id),
        position: Set(snippet.position),
        title: Set(snippet.title.clone()),
        description: Set(snippet.description.clone()),
        difficulty: Set(to_text(snippet.difficulty)),
        language: Set(to_text(snippet.language)),
        correct_code: Set(snippet.correct_code.clone()),
        buggy_code: Set(snippet.buggy_code.clone()),
        bug_type: Set(to_text(snippet.bug_type)),
        bug_explanation: Set(snippet.explanation.clone()),
        why_question: Set(serde_json::to_string(&snippet.why_question)?),
        test_cases: Set(serde_json::to_string(&task.tests)?),
        hint_1: Set(hint_1),
        hint_2: Set(hint_2),
        hint_3: Set(hint_3),
        signature: Set(serde_json::to_string(&task.signature)?),
        comparison: Set(serde_json::to_string(&task.comparison)?),
        checker: Set(task.checker.clone()),
        limits: Set(serde_json::to_string(&task.limits)?),
        edit_budget: Set(i32::try_from(snippet.edit_budget).unwrap_or(i32::MAX)),
        time_estimate_minutes: Set(i32::try_from(snippet.time_estimate_minutes).unwrap_or(i32::MAX)),
        exercise_id: Set(snippet.exercise_id.clone()),
        bug_id: Set(snippet.bug_id.clone()),
        origin: Set(ORIGIN_PACK.into()),
        revision: Set(revision),
        content_hash: Set(content_hash),
        created_by: Set(None),
        status: Set(STATUS_ACTIVE.into()),
        created_at: created_at.map_or(sea_orm::ActiveValue::NotSet, Set),
        updated_at: Set(now),
    })
}

fn stored(row: snippet::Model) -> Result<StoredSnippet, StoreError> {
    let unsigned = |value: i32| u32::try_from(value).unwrap_or_default();
    Ok(StoredSnippet {
        revision: row.revision,
        snippet: Snippet {
            id: row.id,
            slug: row.slug,
            exercise_id: row.exercise_id,
            bug_id: row.bug_id,
            pattern_id: row.pattern_id,
            position: row.position,
            language: from_text(&row.language)?,
            title: row.title,
            description: row.description,
            difficulty: from_text(&row.difficulty)?,
            correct_code: row.correct_code,
            buggy_code: row.buggy_code,
            bug_type: from_text::<BugType>(&row.bug_type)?,
            explanation: row.bug_explanation,
            hints: [row.hint_1, row.hint_2, row.hint_3],
            why_question: serde_json::from_str::<WhyQuestion>(&row.why_question)?,
            task: Task {
                signature: serde_json::from_str(&row.signature)?,
                comparison: serde_json::from_str(&row.comparison)?,
                checker: row.checker,
                tests: serde_json::from_str(&row.test_cases)?,
                limits: serde_json::from_str(&row.limits)?,
            },
            edit_budget: unsigned(row.edit_budget),
            time_estimate_minutes: unsigned(row.time_estimate_minutes),
        },
    })
}
