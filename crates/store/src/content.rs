//! Patterns and snippets.

use std::collections::{HashMap, HashSet};

use bugdrill_model::{
    PublicationStatus, SnippetOrigin,
    calendar::Day,
    content::{Pack, Pattern, Snippet, Template, WhyQuestion},
    judge::Task,
};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::{daily_challenge, pattern_category, snippet, snippet_revision},
    text::Text,
};

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

/// A snippet with what only the database knows.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSnippet {
    /// The snippet.
    pub snippet: Snippet,
    /// The revision, counted from 1.
    pub revision: i32,
}

/// A pattern with what only the database knows.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPattern {
    /// The pattern.
    pub pattern: Pattern,
    /// The address of an icon.
    pub icon_url: Option<String>,
}

/// What everybody is challenged by on a day, each in their language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailyChallenge {
    /// The exercise.
    pub exercise_id: String,
    /// The bug, within the exercise.
    pub bug_id: String,
}

impl From<daily_challenge::Model> for DailyChallenge {
    fn from(row: daily_challenge::Model) -> Self {
        Self { exercise_id: row.exercise_id, bug_id: row.bug_id }
    }
}

/// All that learners can see.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActiveContent {
    /// The patterns, in their order.
    pub patterns: Vec<StoredPattern>,
    /// The active snippets, in the order of patterns and positions.
    pub snippets: Vec<StoredSnippet>,
}

/// Patterns and snippets.
#[derive(Clone, Copy, Debug)]
pub struct ContentRepository<'a> {
    pub(crate) store: &'a Store,
}

impl ContentRepository<'_> {
    /// The exercise and the bug of a day. The first who asks decides by `choice`, for everyone and for good.
    pub async fn daily_challenge(
        &self,
        day: Day,
        choice: DailyChallenge,
        now: DateTime<Utc>,
    ) -> Result<DailyChallenge, StoreError> {
        if let Some(kept) = self.kept_daily_challenge(day).await? {
            return Ok(kept);
        }
        let DailyChallenge { exercise_id, bug_id } = choice;
        let row = daily_challenge::Model { day: Text(day), exercise_id, bug_id, created_at: now };
        let first = OnConflict::column(daily_challenge::Column::Day).do_nothing().to_owned();
        let inserting = daily_challenge::Entity::insert(row.clone().into_active_model()).on_conflict(first);
        inserting.exec_without_returning(&self.store.writer).await?;
        // Somebody else may have been first. What was written is read where it was written.
        let kept = daily_challenge::Entity::find_by_id(Text(day)).one(&self.store.writer).await?;
        Ok(kept.unwrap_or(row).into())
    }

    /// The exercise and the bug of a day; None when nobody asked for them on that day.
    pub async fn kept_daily_challenge(&self, day: Day) -> Result<Option<DailyChallenge>, StoreError> {
        let row = daily_challenge::Entity::find_by_id(Text(day)).one(&self.store.reader).await?;
        Ok(row.map(DailyChallenge::from))
    }

    /// Makes the database hold what `pack` holds: new and changed snippets are written, snippets that it no longer
    /// has are archived, snippets that were edited here are kept. Meanwhile nobody else writes content.
    pub async fn import(&self, pack: &Pack, now: DateTime<Utc>) -> Result<ImportSummary, StoreError> {
        // On the heap: many tests and the server's start hold this future.
        Box::pin(self.import_all(pack, now)).await
    }

    async fn import_all(&self, pack: &Pack, now: DateTime<Utc>) -> Result<ImportSummary, StoreError> {
        let mut transaction = self.store.begin_write().await?;
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
        let known = snippet::Entity::find()
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
            .await?;
        keep_revisions(&transaction, &known, now).await?;
        let mut known: HashMap<Uuid, Imported> = known.into_iter().map(|row| (row.id, row)).collect();
        // A name may go from one snippet to another, and is unique at every moment: those that go are freed first.
        let wanted: HashMap<&str, Uuid> =
            pack.snippets.iter().map(|snippet| (snippet.slug.as_str(), snippet.id)).collect();
        let moves = |row: &&Imported| {
            *row.origin == SnippetOrigin::Pack && wanted.get(row.slug.as_str()).is_some_and(|owner| *owner != row.id)
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
                    keep_revision(&transaction, new, 1, now).await?;
                    summary.inserted += 1;
                }
                Some(old) if *old.origin != SnippetOrigin::Pack => summary.kept += 1,
                Some(old) if old.content_hash == hash && *old.status == PublicationStatus::Active => {
                    summary.unchanged += 1;
                }
                Some(old) => {
                    snippet::Entity::update(snippet_row(new, hash, old.revision + 1, now, None)?)
                        .exec(&transaction)
                        .await?;
                    keep_revision(&transaction, new, old.revision + 1, now).await?;
                    summary.updated += 1;
                }
            }
        }
        let gone: HashSet<Uuid> = known
            .into_values()
            .filter(|row| *row.origin == SnippetOrigin::Pack && *row.status == PublicationStatus::Active)
            .map(|row| row.id)
            .collect();
        summary.archived = gone.len();
        if !gone.is_empty() {
            snippet::Entity::update_many()
                .col_expr(snippet::Column::Status, Expr::value(Text(PublicationStatus::Archived)))
                .col_expr(snippet::Column::UpdatedAt, Expr::value(now))
                .filter(snippet::Column::Id.is_in(gone))
                .exec(&transaction)
                .await?;
        }
        transaction.changes_content();
        transaction.commit().await?;
        Ok(summary)
    }

    /// All that learners can see.
    pub async fn active(&self) -> Result<ActiveContent, StoreError> {
        let patterns = pattern_category::Entity::find()
            .order_by_asc(pattern_category::Column::OrderIndex)
            .order_by_asc(pattern_category::Column::Id)
            .all(&self.store.reader)
            .await?;
        let snippets = snippet::Entity::find()
            .filter(snippet::Column::Status.eq(Text(PublicationStatus::Active)))
            .order_by_asc(snippet::Column::PatternId)
            .order_by_asc(snippet::Column::Position)
            .order_by_asc(snippet::Column::Id)
            .all(&self.store.reader)
            .await?;
        Ok(ActiveContent {
            patterns: patterns.into_iter().map(pattern_of).collect::<Result<_, _>>()?,
            snippets: snippets.into_iter().map(stored).collect::<Result<_, _>>()?,
        })
    }

    /// A snippet as it was in this revision, archived since or not. `None` for one that an earlier release replaced
    /// without keeping it.
    pub async fn revision(&self, snippet_id: Uuid, revision: i32) -> Result<Option<StoredSnippet>, StoreError> {
        let row = snippet_revision::Entity::find_by_id((snippet_id, revision)).one(&self.store.reader).await?;
        row.map(|row| Ok(StoredSnippet { snippet: serde_json::from_str(&row.content)?, revision })).transpose()
    }
}

/// Keeps these snippets as they are now: those of an earlier release, and those that were edited, have not been.
async fn keep_revisions(
    transaction: &impl ConnectionTrait,
    snippets: &[Imported],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let kept: HashSet<(Uuid, i32)> = snippet_revision::Entity::find()
        .select_only()
        .columns([snippet_revision::Column::SnippetId, snippet_revision::Column::Revision])
        .into_tuple()
        .all(transaction)
        .await?
        .into_iter()
        .collect();
    for row in snippets.iter().filter(|row| !kept.contains(&(row.id, row.revision))) {
        if let Some(row) = snippet::Entity::find_by_id(row.id).one(transaction).await? {
            let StoredSnippet { snippet, revision } = stored(row)?;
            keep_revision(transaction, &snippet, revision, now).await?;
        }
    }
    Ok(())
}

async fn keep_revision(
    transaction: &impl ConnectionTrait,
    snippet: &Snippet,
    revision: i32,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = snippet_revision::ActiveModel {
        snippet_id: Set(snippet.id),
        revision: Set(revision),
        content: Set(serde_json::to_string(snippet)?),
        created_at: Set(now),
    };
    snippet_revision::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Imported {
    id: Uuid,
    slug: String,
    origin: Text<SnippetOrigin>,
    content_hash: String,
    status: Text<PublicationStatus>,
    revision: i32,
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

fn pattern_of(row: pattern_category::Model) -> Result<StoredPattern, StoreError> {
    Ok(StoredPattern {
        icon_url: row.icon_url,
        pattern: Pattern {
            id: row.id,
            slug: row.slug,
            name: row.name,
            order: row.order_index,
            description: row.description,
            introduction: row.introduction,
            template: serde_json::from_str::<Template>(&row.template)?,
        },
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
        difficulty: Set(Text(snippet.difficulty)),
        language: Set(Text(snippet.language)),
        correct_code: Set(snippet.correct_code.clone()),
        buggy_code: Set(snippet.buggy_code.clone()),
        bug_type: Set(Text(snippet.bug_type)),
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
        origin: Set(Text(SnippetOrigin::Pack)),
        revision: Set(revision),
        content_hash: Set(content_hash),
        created_by: Set(None),
        status: Set(Text(PublicationStatus::Active)),
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
            language: row.language.0,
            title: row.title,
            description: row.description,
            difficulty: row.difficulty.0,
            correct_code: row.correct_code,
            buggy_code: row.buggy_code,
            bug_type: row.bug_type.0,
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
