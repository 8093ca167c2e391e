//! What learners have to show for their reviews: a tally, and the badges that it earns.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bugdrill_model::{
    BugType, Difficulty, Language,
    badge::{Badge, ReviewFacts, Tally, earned_between},
    calendar::{Calendar, Day},
    content::Snippet,
    memory::{Memory, Review},
    rating::Rating,
};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    entities::{daily_challenge, review, snippet, user_badge, user_tally},
    steps::learning::{day_of, scheduler_of},
    text::Text,
};

/// The part of a snippet on which badges depend.
struct SnippetFacts {
    exercise_id: String,
    bug_id: String,
    bug_type: BugType,
    difficulty: Difficulty,
    language: Language,
}

/// What a review means for the learner.
#[derive(Clone, Copy)]
pub(crate) struct Meaning {
    pub(crate) is_first_solve: bool,
    pub(crate) was_given_up: bool,
    /// The mastery of the pattern after it.
    pub(crate) mastery: u8,
}

/// Adds a review, which is in the log already, to the learner's tally, and gives out the badges that this earns.
pub(crate) async fn give_out(
    transaction: &impl ConnectionTrait,
    review: &review::Model,
    snippet: &Snippet,
    meaning: Meaning,
    calendar: Calendar,
) -> Result<Vec<&'static Badge>, DbErr> {
    let kept = user_tally::Entity::find_by_id(review.user_id).one(transaction).await?;
    let Some(before) = kept.as_ref().and_then(tally_of) else {
        // Reviews of before there were badges count as well.
        let (tally, earned) = replay(transaction, review.user_id, calendar).await?;
        keep(transaction, review.user_id, &tally).await?;
        award(transaction, review.user_id, &earned).await?;
        return Ok(earned.into_iter().map(|(badge, _)| badge).collect());
    };
    let facts = SnippetFacts {
        exercise_id: snippet.exercise_id.clone(),
        bug_id: snippet.bug_id.clone(),
        bug_type: snippet.bug_type,
        difficulty: snippet.difficulty,
        language: snippet.language,
    };
    let day = Calendar::of(None).day(review.created_at);
    let challenge = daily_challenge::Entity::find_by_id(Text(day)).one(transaction).await?;
    let is_challenge = challenge.is_some_and(|challenge| is_of(&challenge, &facts));
    let mut after = before.clone();
    after.add(&facts_of(review, &facts, meaning, is_challenge, calendar));
    keep(transaction, review.user_id, &after).await?;
    let earned: Vec<_> = earned_between(&before, &after).map(|badge| (badge, review.created_at)).collect();
    award(transaction, review.user_id, &earned).await?;
    Ok(earned.into_iter().map(|(badge, _)| badge).collect())
}

/// Makes the tally anew of all reviews, and gives out what was earned by it and is missing. Nothing is taken back. Tells
/// whether anything was different.
pub(crate) async fn recount_badges(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    calendar: Calendar,
) -> Result<bool, DbErr> {
    let (tally, earned) = replay(transaction, user_id, calendar).await?;
    let kept = user_tally::Entity::find_by_id(user_id).one(transaction).await?;
    let before = kept.as_ref().map_or_else(|| Some(Tally::default()), tally_of);
    let is_different = before.as_ref() != Some(&tally);
    if is_different {
        keep(transaction, user_id, &tally).await?;
    }
    Ok(award(transaction, user_id, &earned).await? || is_different)
}

/// Makes the trial's badges the account's. Of those that both have, the earlier.
pub(crate) async fn merge_badges(
    transaction: &impl ConnectionTrait,
    trial_id: Uuid,
    account_id: Uuid,
) -> Result<(), DbErr> {
    let of = |user_id: Uuid| user_badge::Entity::find().filter(user_badge::Column::UserId.eq(user_id));
    let mine = of(account_id).all(transaction).await?;
    for theirs in of(trial_id).all(transaction).await? {
        let known = mine.iter().find(|mine| mine.badge == theirs.badge).map(|mine| mine.earned_at);
        let earned_at = known.map_or(theirs.earned_at, |known| known.min(theirs.earned_at));
        let row = user_badge::Model { user_id: account_id, earned_at, ..theirs };
        let earlier = OnConflict::columns([user_badge::Column::UserId, user_badge::Column::Badge])
            .update_column(user_badge::Column::EarnedAt)
            .to_owned();
        let inserting = user_badge::Entity::insert(row.into_active_model()).on_conflict(earlier);
        inserting.exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// The tally of all reviews of a learner, and the badges that they earned, with the times.
async fn replay(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    calendar: Calendar,
) -> Result<(Tally, Vec<(&'static Badge, DateTime<Utc>)>), DbErr> {
    let reviews = review::Entity::find()
        .filter(review::Column::UserId.eq(user_id))
        .order_by_asc(review::Column::CreatedAt)
        .order_by_asc(review::Column::Id)
        .all(transaction)
        .await?;
    let snippets = facts_of_snippets(transaction, user_id).await?;
    let challenges = challenges_of(transaction, &reviews).await?;
    let scheduler = scheduler_of(transaction, user_id).await?;
    let (mut tally, mut earned) = (Tally::default(), Vec::new());
    let mut memories = BTreeMap::<i32, (Option<Memory>, u32)>::new();
    let (mut solved, mut given_up) = (BTreeSet::new(), BTreeSet::new());
    for review in &reviews {
        let Some(snippet) = snippets.get(&review.snippet_id) else { continue };
        let is_solve = *review.rating != Rating::Again;
        let (memory, solved_so_far) = memories.entry(review.pattern_id).or_default();
        *memory = scheduler.after_review(*memory, Review { rating: *review.rating, on: day_of(review, calendar) });
        *solved_so_far += u32::from(is_solve);
        let meaning = Meaning {
            is_first_solve: is_solve && solved.insert(review.snippet_id),
            was_given_up: given_up.contains(&review.snippet_id),
            mastery: memory.map_or(0, |memory| memory.mastery(*solved_so_far)),
        };
        if !is_solve {
            given_up.insert(review.snippet_id);
        }
        let day = Calendar::of(None).day(review.created_at);
        let is_challenge = challenges.get(&day).is_some_and(|challenge| is_of(challenge, snippet));
        let before = tally.clone();
        tally.add(&facts_of(review, snippet, meaning, is_challenge, calendar));
        earned.extend(earned_between(&before, &tally).map(|badge| (badge, review.created_at)));
    }
    Ok((tally, earned))
}

async fn facts_of_snippets(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
) -> Result<HashMap<Uuid, SnippetFacts>, DbErr> {
    let reviewed = sea_orm::QueryTrait::into_query(
        review::Entity::find()
            .select_only()
            .column(review::Column::SnippetId)
            .filter(review::Column::UserId.eq(user_id)),
    );
    let rows = snippet::Entity::find()
        .select_only()
        .columns([snippet::Column::Id, snippet::Column::ExerciseId, snippet::Column::BugId])
        .columns([snippet::Column::BugType, snippet::Column::Difficulty, snippet::Column::Language])
        .filter(snippet::Column::Id.in_subquery(reviewed))
        .into_tuple::<(Uuid, String, String, Text<BugType>, Text<Difficulty>, Text<Language>)>()
        .all(transaction)
        .await?;
    let facts = |(id, exercise_id, bug_id, bug_type, difficulty, language): (_, _, _, Text<_>, Text<_>, Text<_>)| {
        let (bug_type, difficulty, language) = (bug_type.0, difficulty.0, language.0);
        (id, SnippetFacts { exercise_id, bug_id, bug_type, difficulty, language })
    };
    Ok(rows.into_iter().map(facts).collect())
}

/// The challenges of the days of these reviews, which are in the order of time.
async fn challenges_of(
    transaction: &impl ConnectionTrait,
    reviews: &[review::Model],
) -> Result<HashMap<Day, daily_challenge::Model>, DbErr> {
    let (Some(first), Some(last)) = (reviews.first(), reviews.last()) else { return Ok(HashMap::new()) };
    let [first, last] = [first, last].map(|review| Text(Calendar::of(None).day(review.created_at)));
    let challenges =
        daily_challenge::Entity::find().filter(daily_challenge::Column::Day.between(first, last)).all(transaction);
    Ok(challenges.await?.into_iter().map(|challenge| (*challenge.day, challenge)).collect())
}

fn is_of(challenge: &daily_challenge::Model, snippet: &SnippetFacts) -> bool {
    challenge.exercise_id == snippet.exercise_id && challenge.bug_id == snippet.bug_id
}

fn facts_of(
    review: &review::Model,
    snippet: &SnippetFacts,
    meaning: Meaning,
    is_challenge: bool,
    calendar: Calendar,
) -> ReviewFacts {
    let count = |number: i32| u32::try_from(number).unwrap_or_default();
    let logged_hour = review.hour.and_then(|hour| u8::try_from(hour).ok());
    ReviewFacts {
        on: day_of(review, calendar),
        hour: logged_hour.unwrap_or_else(|| calendar.hour(review.created_at)),
        rating: *review.rating,
        is_first_solve: meaning.is_first_solve,
        was_given_up: meaning.was_given_up,
        was_due: review.was_due,
        is_challenge,
        hints_revealed: count(review.hints_revealed),
        failed_submits: count(review.failed_submits),
        edit_tokens: review.edit_tokens.map(count),
        points: count(review.points),
        pattern_id: review.pattern_id,
        mastery: meaning.mastery,
        bug_type: snippet.bug_type,
        difficulty: snippet.difficulty,
        language: snippet.language,
    }
}

/// What is kept; nothing where it is of a release that counted otherwise.
pub(crate) fn tally_of(row: &user_tally::Model) -> Option<Tally> {
    serde_json::from_str(&row.tally).ok()
}

async fn keep(transaction: &impl ConnectionTrait, user_id: Uuid, tally: &Tally) -> Result<(), DbErr> {
    let tally = serde_json::to_string(tally).map_err(|error| DbErr::Json(error.to_string()))?;
    let row = user_tally::ActiveModel { user_id: Set(user_id), tally: Set(tally) };
    let again = OnConflict::column(user_tally::Column::UserId).update_column(user_tally::Column::Tally).to_owned();
    user_tally::Entity::insert(row).on_conflict(again).exec_without_returning(transaction).await?;
    Ok(())
}

/// Gives badges, each once; tells whether any was missing.
async fn award(
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    earned: &[(&'static Badge, DateTime<Utc>)],
) -> Result<bool, DbErr> {
    let mut is_missing = false;
    for (badge, earned_at) in earned {
        let row = user_badge::Model { user_id, badge: badge.id.to_owned(), earned_at: *earned_at };
        let once = OnConflict::columns([user_badge::Column::UserId, user_badge::Column::Badge]).do_nothing().to_owned();
        let inserting = user_badge::Entity::insert(row.into_active_model()).on_conflict(once);
        is_missing |= inserting.exec_without_returning(transaction).await? == 1;
    }
    Ok(is_missing)
}
