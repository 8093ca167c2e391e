//! What learners did with snippets, short of submissions: starting one, hints, giving up, reports, progress.

use std::collections::HashMap;

use bugdrill_model::{
    Language, ReportReason, SnippetStatus,
    badge::Tally,
    calendar::Day,
    content::Snippet,
    learning::{Event, HintOutOfOrder, NotRevealed, Reviewed, after_hint, after_why_answer},
    rating::Rating,
    skill::Estimate,
    trial::TrialExhausted,
};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
    sea_query::{Expr, ExprTrait, IntoCondition},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    database::storable,
    entities::{
        pattern_category, report, review, snippet, snippet_difficulty, user, user_badge, user_pattern_progress,
        user_snippet, user_tally,
    },
    retention::BATCH,
    steps::{
        badges::tally_of,
        learning::{Step, estimate, standing, start},
        recounting::recount_learner,
    },
    text::Text,
    writing::Transaction,
};

/// A learner's state of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetState {
    /// The snippet.
    pub snippet_id: Uuid,
    /// Its slug.
    pub slug: String,
    /// How far.
    pub status: SnippetStatus,
    /// The number of submissions.
    pub attempts: i32,
    /// How many hints were revealed, 0 to 3.
    pub hints_revealed: i32,
    /// The code of the last submission.
    pub last_code: Option<String>,
    /// When it was solved.
    pub solved_at: Option<DateTime<Utc>>,
    /// The learner's day on which its solution was found or shown last.
    pub reviewed_on: Option<Day>,
    /// Whether it comes back once, because it was given up.
    pub is_to_retry: bool,
}

impl SnippetState {
    /// Whether the solution may be shown.
    pub fn is_revealed(&self) -> bool {
        self.status.is_revealed()
    }
}

/// Progress in a pattern.
#[derive(Clone, Debug, PartialEq, FromQueryResult)]
pub struct PatternProgress {
    /// The pattern.
    pub pattern_id: i32,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Snippets submitted at least once.
    pub snippets_attempted: i32,
    /// Snippets solved.
    pub snippets_solved: i32,
    /// Submissions.
    pub total_attempts: i32,
    /// When the last submission was.
    pub last_practiced_at: Option<DateTime<Utc>>,
    /// When the pattern should be practised again.
    pub next_review_at: Option<DateTime<Utc>>,
    /// From 0 to 5.
    pub mastery_level: i32,
    skill: Option<f64>,
    skill_observations: i32,
}

impl PatternProgress {
    /// What the learner can more or less than in general.
    pub fn special_skill(&self) -> Estimate {
        self.skill.and_then(|value| estimate(value, self.skill_observations)).unwrap_or_default()
    }

    /// The counts, over all languages.
    pub fn counts(&self) -> PatternCounts {
        PatternCounts {
            pattern_id: self.pattern_id,
            snippets_attempted: self.snippets_attempted.into(),
            snippets_solved: self.snippets_solved.into(),
            total_attempts: self.total_attempts.into(),
        }
    }
}

/// A learner's snippets of a pattern, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct PatternCounts {
    /// The pattern.
    pub pattern_id: i32,
    /// Snippets submitted at least once.
    pub snippets_attempted: i64,
    /// Snippets solved.
    pub snippets_solved: i64,
    /// Submissions.
    pub total_attempts: i64,
}

/// What a learner did on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActiveDay {
    /// The learner's day.
    pub day: Day,
    /// Snippets whose solution was found or shown.
    pub drills: i64,
    /// Those that were solved.
    pub solved: i64,
    /// What they earned.
    pub points: i64,
}

/// What a learner has to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BadgeStanding {
    /// What the reviews come to.
    pub tally: Tally,
    /// When which badges were earned, by their ids.
    pub earned: HashMap<String, DateTime<Utc>>,
}

/// The type in which counts come back: a sum's own type depends on the database.
const BIGINT: &str = "bigint";

/// Why something a learner wants is refused.
#[derive(Debug, thiserror::Error)]
pub enum LearningError {
    /// The token's user does not exist any more.
    #[error("the user does not exist")]
    UnknownUser,
    /// The trial has started as many snippets as it may.
    #[error(transparent)]
    TrialExhausted(#[from] TrialExhausted),
    /// Hints come one by one.
    #[error(transparent)]
    HintOutOfOrder(#[from] HintOutOfOrder),
    /// The question is about a solution that is not known yet.
    #[error(transparent)]
    NotRevealed(#[from] NotRevealed),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for LearningError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// What learners did with snippets, short of submissions.
#[derive(Clone, Copy, Debug)]
pub struct LearningRepository<'a> {
    pub(crate) store: &'a Store,
}

impl LearningRepository<'_> {
    /// Records that the learner works on the snippet; the first time this consumes one of a trial's snippets.
    pub async fn start(&self, user_id: Uuid, snippet_id: Uuid, now: DateTime<Utc>) -> Result<(), LearningError> {
        // Most calls come for a snippet that was started before: they must not wait for the write lock.
        let started = user_snippet::Entity::find_by_id((user_id, snippet_id)).one(&self.store.reader).await?;
        if started.is_some() {
            return Ok(());
        }
        let (transaction, user) = self.begin_write_of(user_id).await?;
        start(&transaction, &user, snippet_id, now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Keeps whether the learner knew why the code was wrong, and tells whether the first answer was right.
    pub async fn answer_why(&self, user_id: Uuid, snippet_id: Uuid, is_right: bool) -> Result<bool, LearningError> {
        let (transaction, _) = self.begin_write_of(user_id).await?;
        let state = user_snippet::Entity::find_by_id((user_id, snippet_id)).one(&transaction).await?;
        let state = state.ok_or(NotRevealed)?;
        let known = state.why_is_right;
        let first = after_why_answer(state.status.0, known, is_right)?;
        if known.is_none() {
            let mut state = state.into_active_model();
            state.why_is_right = Set(Some(first));
            state.update(&transaction).await?;
            transaction.commit().await?;
        }
        Ok(first)
    }

    /// Reveals the hint of `tier` (1 to 3), which must be the next one or one revealed before, and tells how many
    /// are revealed now.
    pub async fn reveal_hint(
        &self,
        user_id: Uuid,
        snippet_id: Uuid,
        tier: u8,
        now: DateTime<Utc>,
    ) -> Result<u8, LearningError> {
        let (transaction, user) = self.begin_write_of(user_id).await?;
        // An order that is refused must not consume a trial's snippet: the transaction is dropped then.
        let state = start(&transaction, &user, snippet_id, now).await?;
        let before = standing(&state).hints_revealed;
        let after = after_hint(before, tier)?;
        if after != before {
            let mut state = state.into_active_model();
            state.hints_revealed = Set(after.into());
            state.update(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(after)
    }

    /// Records that the learner gave up, with what follows from it, and answers the review; does nothing once solved or
    /// given up.
    pub async fn give_up(
        &self,
        review_id: Uuid,
        user_id: Uuid,
        snippet: &Snippet,
        now: DateTime<Utc>,
    ) -> Result<Option<Reviewed>, LearningError> {
        let (transaction, user) = self.begin_write_of(user_id).await?;
        let state = start(&transaction, &user, snippet.id, now).await?;
        let user = &user;
        let step = Step { snippet, event: Event::GivingUp, review_id, edit_tokens: None, code: None, user, at: now };
        let reviewed = step.write(&transaction, state).await?.effects.review;
        if reviewed.is_some() {
            transaction.commit().await?;
        }
        Ok(reviewed)
    }

    /// The learner's state of one snippet, if it was started.
    pub async fn state(&self, user_id: Uuid, snippet_id: Uuid) -> Result<Option<SnippetState>, StoreError> {
        let query = states(user_id).filter(user_snippet::Column::SnippetId.eq(snippet_id));
        Ok(query.into_model::<StateRow>().one(&self.store.reader).await?.map(SnippetState::from))
    }

    /// The learner's states of all snippets that were started, or of those of one pattern.
    pub async fn states(&self, user_id: Uuid, pattern_id: Option<i32>) -> Result<Vec<SnippetState>, StoreError> {
        let mut query = states(user_id);
        if let Some(id) = pattern_id {
            query = query.filter(snippet::Column::PatternId.eq(id));
        }
        let rows = query
            .order_by_asc(snippet::Column::PatternId)
            .order_by_asc(snippet::Column::Position)
            .order_by_asc(snippet::Column::Id)
            .into_model::<StateRow>()
            .all(&self.store.reader)
            .await?;
        Ok(rows.into_iter().map(SnippetState::from).collect())
    }

    /// The learner's progress in all patterns, those never practised included, in the patterns' order.
    pub async fn progress(&self, user_id: Uuid) -> Result<Vec<PatternProgress>, StoreError> {
        let column = |column: user_pattern_progress::Column| Expr::col((user_pattern_progress::Entity, column));
        let count = |of| column(of).if_null(0);
        let mine: RelationDef = pattern_category::Entity::belongs_to(user_pattern_progress::Entity)
            .from(pattern_category::Column::Id)
            .to(user_pattern_progress::Column::PatternId)
            .on_condition(move |_, right| {
                Expr::col((right, user_pattern_progress::Column::UserId)).eq(user_id).into_condition()
            })
            .into();
        let rows = pattern_category::Entity::find()
            .select_only()
            .column_as(pattern_category::Column::Id, "pattern_id")
            .columns([pattern_category::Column::Slug, pattern_category::Column::Name])
            .expr_as(count(user_pattern_progress::Column::SnippetsAttempted), "snippets_attempted")
            .expr_as(count(user_pattern_progress::Column::SnippetsSolved), "snippets_solved")
            .expr_as(count(user_pattern_progress::Column::TotalAttempts), "total_attempts")
            .expr_as(count(user_pattern_progress::Column::MasteryLevel), "mastery_level")
            .expr_as(count(user_pattern_progress::Column::SkillObservations), "skill_observations")
            .column(user_pattern_progress::Column::Skill)
            .column(user_pattern_progress::Column::LastPracticedAt)
            .column(user_pattern_progress::Column::NextReviewAt)
            .join(JoinType::LeftJoin, mine)
            .order_by_asc(pattern_category::Column::OrderIndex)
            .order_by_asc(pattern_category::Column::Id)
            .into_model::<PatternProgress>()
            .all(&self.store.reader)
            .await?;
        Ok(rows)
    }

    /// The learner's snippets in one language, counted for each pattern that has any.
    pub async fn counts_in(&self, user_id: Uuid, language: Language) -> Result<Vec<PatternCounts>, StoreError> {
        let rows = counts(user_id)
            .filter(snippet::Column::Language.eq(Text(language)))
            .into_model::<PatternCounts>()
            .all(&self.store.reader)
            .await?;
        Ok(rows)
    }

    /// The days on which the learner did anything, in their order.
    pub async fn activity(&self, user_id: Uuid) -> Result<Vec<ActiveDay>, StoreError> {
        let solved = Expr::case(Expr::col(review::Column::Rating).ne(Text(Rating::Again)), 1).finally(0);
        let days = review::Entity::find()
            .select_only()
            .column(review::Column::ReviewedOn)
            .expr_as(review::Column::Id.count().cast_as(BIGINT), "drills")
            .expr_as(Expr::expr(solved).sum().cast_as(BIGINT), "solved")
            .expr_as(review::Column::Points.sum().cast_as(BIGINT), "points")
            .filter(review::Column::UserId.eq(user_id))
            .filter(review::Column::ReviewedOn.is_not_null())
            .group_by(review::Column::ReviewedOn)
            .order_by_asc(review::Column::ReviewedOn)
            .into_tuple::<(Text<Day>, i64, i64, i64)>()
            .all(&self.store.reader)
            .await?;
        let day = |(Text(day), drills, solved, points)| ActiveDay { day, drills, solved, points };
        Ok(days.into_iter().map(day).collect())
    }

    /// What the learner's reviews come to, and the badges that they have.
    pub async fn badges(&self, user_id: Uuid) -> Result<BadgeStanding, StoreError> {
        let connection = &self.store.reader;
        let tally = user_tally::Entity::find_by_id(user_id).one(connection).await?;
        let earned = user_badge::Entity::find().filter(user_badge::Column::UserId.eq(user_id)).all(connection).await?;
        Ok(BadgeStanding {
            tally: tally.as_ref().and_then(tally_of).unwrap_or_default(),
            earned: earned.into_iter().map(|row| (row.badge, row.earned_at)).collect(),
        })
    }

    /// What a learner can in any pattern.
    pub async fn general_skill(&self, user_id: Uuid) -> Result<Estimate, StoreError> {
        let row = user::Entity::find_by_id(user_id).one(&self.store.reader).await?;
        Ok(row.and_then(|row| estimate(row.skill, row.skill_observations)).unwrap_or_default())
    }

    /// How hard snippets are, by what learners did at first; those that nobody submitted are missing.
    pub async fn difficulties(&self) -> Result<HashMap<Uuid, Estimate>, StoreError> {
        let rows = snippet_difficulty::Entity::find().all(&self.store.reader).await?;
        let estimate = |row: snippet_difficulty::Model| {
            let count = u32::try_from(row.observations).unwrap_or_default();
            (row.snippet_id, Estimate { value: row.difficulty, count })
        };
        Ok(rows.into_iter().map(estimate).collect())
    }

    /// The learners who started anything in the order of their ids, some of them: the first, or those after this one.
    pub async fn learners_after(&self, id: Option<Uuid>) -> Result<Vec<Uuid>, StoreError> {
        let ids = user_snippet::Entity::find()
            .select_only()
            .column(user_snippet::Column::UserId)
            .filter(user_snippet::Column::UserId.gt(id.unwrap_or_default()))
            .group_by(user_snippet::Column::UserId)
            .order_by_asc(user_snippet::Column::UserId)
            .limit(BATCH)
            .into_tuple()
            .all(&self.store.reader)
            .await?;
        Ok(ids)
    }

    /// Makes anew, of what was logged, how far a learner is with each snippet and pattern, and tells whether that was
    /// different. Nothing is changed where it is only to be `checked`.
    pub async fn recount(&self, user_id: Uuid, checked: bool) -> Result<bool, StoreError> {
        let Some((transaction, user)) = self.store.begin_learning_of(user_id).await? else { return Ok(false) };
        let is_different = recount_learner(&transaction, &user).await?;
        if is_different && !checked {
            transaction.commit().await?;
        }
        Ok(is_different)
    }

    /// Keeps a learner's complaint about a snippet.
    #[expect(clippy::too_many_arguments, reason = "the columns of one row, written once")]
    pub async fn report(
        &self,
        id: Uuid,
        user_id: Uuid,
        snippet_id: Uuid,
        snippet_revision: i32,
        reason: ReportReason,
        comment: String,
        now: DateTime<Utc>,
    ) -> Result<(), LearningError> {
        let (transaction, _) = self.begin_write_of(user_id).await?;
        let report = report::ActiveModel {
            id: Set(id),
            user_id: Set(user_id),
            snippet_id: Set(snippet_id),
            snippet_revision: Set(snippet_revision),
            reason: Set(Text(reason)),
            comment: Set(storable(&comment)),
            created_at: Set(now),
        };
        report::Entity::insert(report).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn begin_write_of(&self, user_id: Uuid) -> Result<(Transaction, user::Model), LearningError> {
        self.store.begin_learning_of(user_id).await?.ok_or(LearningError::UnknownUser)
    }
}

#[derive(FromQueryResult)]
struct StateRow {
    snippet_id: Uuid,
    slug: String,
    status: Text<SnippetStatus>,
    attempts: i32,
    hints_revealed: i32,
    last_code: Option<String>,
    solved_at: Option<DateTime<Utc>>,
    reviewed_on: Option<Text<Day>>,
    is_to_retry: bool,
}

impl From<StateRow> for SnippetState {
    fn from(row: StateRow) -> Self {
        Self {
            snippet_id: row.snippet_id,
            slug: row.slug,
            status: row.status.0,
            attempts: row.attempts,
            hints_revealed: row.hints_revealed,
            last_code: row.last_code,
            solved_at: row.solved_at,
            reviewed_on: row.reviewed_on.map(|Text(day)| day),
            is_to_retry: row.is_to_retry,
        }
    }
}

pub(crate) fn snippet_of_state() -> RelationDef {
    user_snippet::Entity::belongs_to(snippet::Entity)
        .from(user_snippet::Column::SnippetId)
        .to(snippet::Column::Id)
        .into()
}

/// The learner's snippets, counted for each pattern that has any.
pub(crate) fn counts(user_id: Uuid) -> sea_orm::Select<user_snippet::Entity> {
    let attempts = || Expr::col((user_snippet::Entity, user_snippet::Column::Attempts));
    let status = || Expr::col((user_snippet::Entity, user_snippet::Column::Status));
    let number_of = |condition: Expr| Expr::case(condition, 1).finally(0).sum().cast_as(BIGINT);
    user_snippet::Entity::find()
        .select_only()
        .column(snippet::Column::PatternId)
        .expr_as(number_of(attempts().gt(0)), "snippets_attempted")
        .expr_as(number_of(status().eq(Text(SnippetStatus::Solved))), "snippets_solved")
        .expr_as(attempts().sum().cast_as(BIGINT), "total_attempts")
        .join(JoinType::InnerJoin, snippet_of_state())
        .filter(user_snippet::Column::UserId.eq(user_id))
        .group_by(snippet::Column::PatternId)
}

fn states(user_id: Uuid) -> sea_orm::Select<user_snippet::Entity> {
    user_snippet::Entity::find()
        .select_only()
        .columns([
            user_snippet::Column::SnippetId,
            user_snippet::Column::Status,
            user_snippet::Column::Attempts,
            user_snippet::Column::HintsRevealed,
            user_snippet::Column::LastCode,
            user_snippet::Column::SolvedAt,
            user_snippet::Column::ReviewedOn,
            user_snippet::Column::IsToRetry,
        ])
        .column(snippet::Column::Slug)
        .join(JoinType::InnerJoin, snippet_of_state())
        .filter(user_snippet::Column::UserId.eq(user_id))
}
