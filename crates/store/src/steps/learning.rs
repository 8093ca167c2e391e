//! What learners do with snippets, and what follows from it.

use bugdrill_model::{
    SnippetStatus,
    badge::Badge,
    calendar::{Calendar, Day},
    content::Snippet,
    learning::{Effects, Event, Gain, Past, SnippetState, follow},
    memory::{Memory, Review, Scheduler},
    rating::Rating,
    skill::{self, Estimate, Skill},
    trial::remaining_after_start,
};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use crate::{
    LearningError,
    entities::{
        memory_parameters, review, snippet, snippet_difficulty, user, user_pattern_progress, user_snippet,
        user_snippet_attempt,
    },
    learning::snippet_of_state,
    steps::{
        badges::{Meaning, give_out},
        leaderboards::add_points,
    },
    submissions::reached,
    text::Text,
};

/// The row of learner and snippet; where there is none it is created, at the cost of one of a trial's snippets. The
/// transaction is one that writes of this user.
pub(crate) async fn start(
    transaction: &impl ConnectionTrait,
    user: &user::Model,
    snippet_id: Uuid,
    now: DateTime<Utc>,
) -> Result<user_snippet::Model, LearningError> {
    let user_id = user.id;
    if let Some(state) = user_snippet::Entity::find_by_id((user_id, snippet_id)).one(transaction).await? {
        return Ok(state);
    }
    if user.is_trial {
        // The user's row is locked: nobody else counts it down meanwhile.
        let remaining = remaining_after_start(user.trial_snippets_remaining)?;
        user::Entity::update_many()
            .col_expr(user::Column::TrialSnippetsRemaining, Expr::value(remaining))
            .filter(user::Column::Id.eq(user_id))
            .exec(transaction)
            .await?;
    }
    let state = user_snippet::Model {
        user_id,
        snippet_id,
        status: Text(SnippetStatus::Started),
        attempts: 0,
        hints_revealed: 0,
        last_code: None,
        started_at: now,
        solved_at: None,
        given_up_at: None,
        reviewed_on: None,
        is_to_retry: false,
        why_is_right: None,
    };
    user_snippet::Entity::insert(state.clone().into_active_model()).exec_without_returning(transaction).await?;
    Ok(state)
}

/// How far a learner is, as the rules know it.
pub(crate) fn standing(row: &user_snippet::Model) -> SnippetState {
    SnippetState {
        status: row.status.0,
        attempts: u32::try_from(row.attempts).unwrap_or_default(),
        hints_revealed: u8::try_from(row.hints_revealed).unwrap_or(u8::MAX),
        reviewed_on: row.reviewed_on.as_deref().copied(),
        is_to_retry: row.is_to_retry,
    }
}

pub(crate) fn stored(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Something that a learner does with a snippet, to be written with all that follows from it.
pub(crate) struct Step<'a> {
    pub(crate) snippet: &'a Snippet,
    pub(crate) event: Event,
    /// The id of the review, should there be one.
    pub(crate) review_id: Uuid,
    /// The size of the edit, of a submission.
    pub(crate) edit_tokens: Option<i32>,
    /// The code, of a submission.
    pub(crate) code: Option<String>,
    /// The learner.
    pub(crate) user: &'a user::Model,
    /// When it was done.
    pub(crate) at: DateTime<Utc>,
}

/// What was written of a step.
pub(crate) struct Written {
    pub(crate) effects: Effects,
    /// The badges that it earned.
    pub(crate) badges: Vec<&'static Badge>,
}

impl Step<'_> {
    /// Writes the progress in the pattern, the review and the learner's state of the snippet, which was `state` before.
    /// The transaction is one that writes of this learner.
    pub(crate) async fn write(
        mut self,
        transaction: &impl ConnectionTrait,
        state: user_snippet::Model,
    ) -> Result<Written, DbErr> {
        let code = self.code.take();
        let Self { snippet, event, review_id, edit_tokens, user, at, .. } = self;
        let calendar = Calendar::of(user.time_zone.as_deref());
        let (user_id, before, today) = (user.id, standing(&state), calendar.day(at));
        let (mut reviews, mut past, mut badges) = (Vec::new(), Past::default(), Vec::new());
        let mut scheduler = Scheduler::default();
        if event.is_review(before, today) {
            reviews = reviews_of(transaction, user_id, snippet.pattern_id).await?;
            scheduler = scheduler_of(transaction, user_id).await?;
            past = self.past(transaction, &state, &reviews, calendar, &scheduler).await?;
        }
        if let Event::Submission { is_correct, .. } = event
            && before.attempts == 0
            && !before.status.is_revealed()
        {
            self.learn_skill(transaction, user_id, is_correct && before.hints_revealed < 2, &past).await?;
        }
        let effects = follow(before, event, today, snippet.difficulty, past);
        if effects.gain != Gain::default() {
            add_gain(transaction, user_id, snippet.pattern_id, effects.gain, at).await?;
            reached("counted");
        }
        if let Some(reviewed) = effects.review {
            let (within_edit_budget, quick) = match event {
                Event::Submission { within_edit_budget, quick, .. } => (Some(within_edit_budget), Some(quick)),
                Event::GivingUp => (None, None),
            };
            let review = review::Model {
                id: review_id,
                user_id,
                pattern_id: snippet.pattern_id,
                snippet_id: snippet.id,
                rating: Text(reviewed.rating),
                hints_revealed: state.hints_revealed - i32::from(past.hints_before),
                failed_submits: stored(past.failed_submits),
                edit_tokens,
                within_edit_budget,
                first_exposure: past.first_exposure,
                quick,
                reviewed_on: Some(Text(today)),
                points: stored(reviewed.points),
                hour: Some(calendar.hour(at).into()),
                was_due: past.is_due,
                created_at: at,
            };
            review::Entity::insert(review.clone().into_active_model()).exec_without_returning(transaction).await?;
            reached("reviewed");
            // One that was made without a connection may be told after later ones.
            let later = reviews.partition_point(|of| (of.created_at, of.id) < (review.created_at, review.id));
            reviews.insert(later, review.clone());
            let mastery = plan(transaction, user_id, snippet.pattern_id, calendar, &scheduler, &reviews).await?;
            reached("planned");
            let is_first_solve = effects.gain.snippets_solved == 1;
            let was_given_up = before.status == SnippetStatus::GivenUp;
            let meaning = Meaning { is_first_solve, was_given_up, mastery };
            badges = give_out(transaction, &review, snippet, meaning, calendar).await?;
            reached("given out");
            add_points(transaction, user, reviewed.points, at).await?;
            reached("ranked");
        }
        let after = effects.state;
        if after != before {
            let mut row = state.into_active_model();
            row.status = Set(Text(after.status));
            row.attempts = Set(stored(after.attempts));
            row.reviewed_on = Set(after.reviewed_on.map(Text));
            row.is_to_retry = Set(after.is_to_retry);
            if code.is_some() {
                row.last_code = Set(code);
            }
            match after.status {
                _ if after.status == before.status => {}
                SnippetStatus::Solved => row.solved_at = Set(Some(at)),
                SnippetStatus::GivenUp => row.given_up_at = Set(Some(at)),
                SnippetStatus::Started | SnippetStatus::Attempted => {}
            }
            row.update(transaction).await?;
        }
        Ok(Written { effects, badges })
    }

    /// What a review depends on besides the state of its snippet. `reviews` are those of the pattern.
    async fn past(
        &self,
        transaction: &impl ConnectionTrait,
        state: &user_snippet::Model,
        reviews: &[review::Model],
        calendar: Calendar,
        scheduler: &Scheduler,
    ) -> Result<Past, DbErr> {
        let (user_id, today) = (state.user_id, calendar.day(self.at));
        let of_snippet: Vec<_> = reviews.iter().filter(|review| review.snippet_id == self.snippet.id).collect();
        let hints_before: i32 = of_snippet.iter().map(|review| review.hints_revealed).sum();
        let is_submission = self.event != Event::GivingUp;
        Ok(Past {
            first_exposure: reviews.is_empty(),
            // Of giving up it makes no difference.
            seen_solution: is_submission && has_seen_solution(transaction, user_id, self.snippet).await?,
            is_due: state.is_to_retry
                || memory(scheduler, calendar, reviews).is_some_and(|memory| memory.due_on <= today),
            failed_submits: match state.reviewed_on {
                Some(Text(last)) if is_submission => {
                    failed_since(transaction, user_id, self.snippet.id, calendar.start(last.plus(1))).await?
                }
                _ => u32::try_from(state.attempts).unwrap_or_default(),
            },
            hints_before: u8::try_from(hints_before.clamp(0, state.hints_revealed)).unwrap_or_default(),
        })
    }

    /// Takes the first submission of this snippet into the learner's skill and the snippet's difficulty, unless the
    /// fix was known from another of the exercise.
    async fn learn_skill(
        &self,
        transaction: &impl ConnectionTrait,
        user_id: Uuid,
        is_solved: bool,
        past: &Past,
    ) -> Result<(), DbErr> {
        if past.seen_solution || has_seen_solution(transaction, user_id, self.snippet).await? {
            return Ok(());
        }
        let pattern_id = self.snippet.pattern_id;
        let known = user_pattern_progress::Entity::find_by_id((user_id, pattern_id)).one(transaction).await?;
        let in_pattern = known.and_then(|row| estimate(row.skill?, row.skill_observations)).unwrap_or_default();
        let general = estimate(self.user.skill, self.user.skill_observations).unwrap_or_default();
        let of_snippet = snippet_difficulty::Entity::find_by_id(self.snippet.id).one(transaction).await?;
        let difficulty = difficulty_of(self.snippet, of_snippet.as_ref());
        let (skill, new_difficulty) = skill::after(Skill { general, in_pattern }, difficulty, is_solved);
        write_skill(transaction, user_id, pattern_id, skill).await?;
        write_difficulty(transaction, self.snippet.id, difficulty, new_difficulty).await
    }
}

/// An estimate as it is kept; none where it rests on nothing.
pub(crate) fn estimate(value: f64, observations: i32) -> Option<Estimate> {
    let count = u32::try_from(observations).ok().filter(|count| *count > 0)?;
    Some(Estimate { value, count })
}

async fn write_skill(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    pattern_id: i32,
    Skill { general, in_pattern }: Skill,
) -> Result<(), DbErr> {
    use user_pattern_progress::Column;
    user::Entity::update_many()
        .col_expr(user::Column::Skill, Expr::value(general.value))
        .col_expr(user::Column::SkillObservations, Expr::value(stored(general.count)))
        .filter(user::Column::Id.eq(user_id))
        .exec(transaction)
        .await?;
    let row = user_pattern_progress::ActiveModel {
        skill: Set(Some(in_pattern.value)),
        skill_observations: Set(stored(in_pattern.count)),
        ..empty_progress(user_id, pattern_id)
    };
    let again = OnConflict::columns([Column::UserId, Column::PatternId])
        .update_columns([Column::Skill, Column::SkillObservations])
        .to_owned();
    user_pattern_progress::Entity::insert(row).on_conflict(again).exec_without_returning(transaction).await?;
    Ok(())
}

/// Writes how far a snippet's difficulty moved, since others may submit it at the same time.
async fn write_difficulty(
    transaction: &impl ConnectionTrait,
    snippet_id: Uuid,
    before: Estimate,
    after: Estimate,
) -> Result<(), DbErr> {
    use snippet_difficulty::Column::{Difficulty, Observations, SnippetId};
    let column = |column: snippet_difficulty::Column| Expr::col((snippet_difficulty::Entity, column));
    let row = snippet_difficulty::ActiveModel {
        snippet_id: Set(snippet_id),
        difficulty: Set(after.value),
        observations: Set(1),
    };
    let moved = OnConflict::column(SnippetId)
        .value(Difficulty, column(Difficulty).add(after.value - before.value))
        .value(Observations, column(Observations).add(1))
        .to_owned();
    snippet_difficulty::Entity::insert(row).on_conflict(moved).exec_without_returning(transaction).await?;
    Ok(())
}

/// How hard a snippet is, by what is known of it.
fn difficulty_of(snippet: &Snippet, known: Option<&snippet_difficulty::Model>) -> Estimate {
    known.map_or_else(
        || Estimate::of_difficulty(snippet.difficulty),
        |row| Estimate { value: row.difficulty, count: u32::try_from(row.observations).unwrap_or_default() },
    )
}

/// How many of the learner's submissions of a snippet were wrong from then on.
async fn failed_since(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    snippet_id: Uuid,
    from: DateTime<Utc>,
) -> Result<u32, DbErr> {
    let failed = user_snippet_attempt::Entity::find()
        .filter(user_snippet_attempt::Column::UserId.eq(user_id))
        .filter(user_snippet_attempt::Column::SnippetId.eq(snippet_id))
        .filter(user_snippet_attempt::Column::CreatedAt.gte(from))
        .filter(user_snippet_attempt::Column::IsCorrect.eq(false))
        .count(transaction)
        .await?;
    Ok(u32::try_from(failed).unwrap_or(u32::MAX))
}

/// The learner's reviews of a pattern, the first one first.
pub(crate) async fn reviews_of(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    pattern_id: i32,
) -> Result<Vec<review::Model>, DbErr> {
    review::Entity::find()
        .filter(review::Column::UserId.eq(user_id))
        .filter(review::Column::PatternId.eq(pattern_id))
        .order_by_asc(review::Column::CreatedAt)
        .order_by_asc(review::Column::Id)
        .all(transaction)
        .await
}

/// What is remembered of a pattern after these reviews.
fn memory(scheduler: &Scheduler, calendar: Calendar, reviews: &[review::Model]) -> Option<Memory> {
    scheduler.after(reviews.iter().map(|review| Review { rating: review.rating.0, on: day_of(review, calendar) }))
}

/// By what it is said when patterns are due for this learner.
pub(crate) async fn scheduler_of(transaction: &impl ConnectionTrait, user_id: Uuid) -> Result<Scheduler, DbErr> {
    let row = memory_parameters::Entity::find_by_id(user_id).one(transaction).await?;
    // What cannot be read any more is found anew some time.
    let parameters = row.and_then(|row| serde_json::from_str(&row.parameters?).ok());
    Ok(Scheduler::of(parameters.as_ref()))
}

/// The learner's day of a review: what was logged, so that moving to another time zone does not change the past.
pub(crate) fn day_of(review: &review::Model, calendar: Calendar) -> Day {
    review.reviewed_on.map_or_else(|| calendar.day(review.created_at), |Text(day)| day)
}

fn empty_progress(user_id: Uuid, pattern_id: i32) -> user_pattern_progress::ActiveModel {
    user_pattern_progress::ActiveModel {
        user_id: Set(user_id),
        pattern_id: Set(pattern_id),
        snippets_attempted: Set(0),
        snippets_solved: Set(0),
        total_attempts: Set(0),
        last_practiced_at: NotSet,
        next_review_at: NotSet,
        mastery_level: Set(0),
        skill: NotSet,
        skill_observations: Set(0),
    }
}

/// Writes when a pattern is due again and how far it is mastered, by all of its reviews, and tells the latter: what is
/// made of all of them anew needs no rule for what became of an earlier one.
pub(crate) async fn plan(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    pattern_id: i32,
    calendar: Calendar,
    scheduler: &Scheduler,
    reviews: &[review::Model],
) -> Result<u8, DbErr> {
    use user_pattern_progress::Column::{MasteryLevel, NextReviewAt, PatternId, UserId};
    let Some(memory) = memory(scheduler, calendar, reviews) else { return Ok(0) };
    let solved = reviews.iter().filter(|review| review.rating.0 != Rating::Again).count();
    let mastery = memory.mastery(u32::try_from(solved).unwrap_or(u32::MAX));
    let row = user_pattern_progress::ActiveModel {
        next_review_at: Set(Some(calendar.start(memory.due_on))),
        mastery_level: Set(mastery.into()),
        ..empty_progress(user_id, pattern_id)
    };
    let again = OnConflict::columns([UserId, PatternId]).update_columns([NextReviewAt, MasteryLevel]).to_owned();
    user_pattern_progress::Entity::insert(row).on_conflict(again).exec_without_returning(transaction).await?;
    Ok(mastery)
}

/// Whether the learner has solved or given up another snippet of the same exercise, whose right code is the same.
async fn has_seen_solution(transaction: &impl ConnectionTrait, user_id: Uuid, of: &Snippet) -> Result<bool, DbErr> {
    let revealed = [Text(SnippetStatus::Solved), Text(SnippetStatus::GivenUp)];
    let siblings = user_snippet::Entity::find()
        .join(JoinType::InnerJoin, snippet_of_state())
        .filter(user_snippet::Column::UserId.eq(user_id))
        .filter(user_snippet::Column::SnippetId.ne(of.id))
        .filter(user_snippet::Column::Status.is_in(revealed))
        .filter(snippet::Column::ExerciseId.eq(of.exercise_id.as_str()))
        .count(transaction)
        .await?;
    Ok(siblings > 0)
}

/// Adds to the progress in a pattern.
async fn add_gain(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    pattern_id: i32,
    gain: Gain,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    use user_pattern_progress::Column::{
        LastPracticedAt, PatternId, SnippetsAttempted, SnippetsSolved, TotalAttempts, UserId,
    };
    let column = |column: user_pattern_progress::Column| Expr::col((user_pattern_progress::Entity, column));
    let [attempted, solved, attempts] = [gain.snippets_attempted, gain.snippets_solved, gain.attempts].map(stored);
    let row = user_pattern_progress::ActiveModel {
        snippets_attempted: Set(attempted),
        snippets_solved: Set(solved),
        total_attempts: Set(attempts),
        last_practiced_at: Set(Some(now)),
        ..empty_progress(user_id, pattern_id)
    };
    let count = OnConflict::columns([UserId, PatternId])
        .value(SnippetsAttempted, column(SnippetsAttempted).add(attempted))
        .value(SnippetsSolved, column(SnippetsSolved).add(solved))
        .value(TotalAttempts, column(TotalAttempts).add(attempts))
        .value(LastPracticedAt, Expr::case(column(LastPracticedAt).gt(now), column(LastPracticedAt)).finally(now))
        .to_owned();
    user_pattern_progress::Entity::insert(row).on_conflict(count).exec_without_returning(transaction).await?;
    Ok(())
}
