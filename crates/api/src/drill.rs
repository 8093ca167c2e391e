//! What a learner should drill: what comes back, what is due, what is new.

use std::collections::HashMap;

use bugdrill_model::{
    Language,
    calendar::{Calendar, Day},
    selection::{Candidate, PatternStanding, choose, next_pattern},
    skill::{Estimate, Skill},
};
use bugdrill_store::{PatternProgress, SnippetState, StoredSnippet, User};
use bugdrill_web::{Learner, Problem};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ApiState,
    catalog::{Filter, PatternEntry, View},
    snippets::SnippetListItem,
};

/// A snippet to drill, and why.
#[derive(Serialize, ToSchema)]
pub(crate) struct Drill {
    reason: DrillReason,
    /// Since when it is due; null for something new.
    due_at: Option<DateTime<Utc>>,
    snippet: SnippetListItem,
}

/// Why something should be drilled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DrillReason {
    /// Its solution was shown on an earlier day: this very snippet comes back, once.
    Retry,
    /// Its pattern is due again.
    Review,
    /// Something new, neither too easy nor too hard.
    New,
}

/// All that the choice of a drill depends on.
pub(crate) struct Desk<'a> {
    view: &'a View,
    language: Option<Language>,
    today: Day,
    now: DateTime<Utc>,
    calendar: Calendar,
    /// Whether snippets may be chosen that were not started: not when a trial is used up.
    may_start: bool,
    states: HashMap<Uuid, SnippetState>,
    progress: HashMap<i32, PatternProgress>,
    difficulties: HashMap<Uuid, Estimate>,
    /// What the learner can in any pattern.
    general_skill: Estimate,
}

impl<'a> Desk<'a> {
    /// Reads the learner's standing.
    pub(crate) async fn read(
        state: &ApiState,
        view: &'a View,
        learner: &Learner,
        user: &User,
        language: Option<Language>,
    ) -> Result<Self, Problem> {
        let learning = state.store.learning();
        let states = learning.states(learner.user_id, None).await?;
        let progress = learning.progress(learner.user_id).await?;
        let difficulties = learning.difficulties().await?;
        let general_skill = learning.general_skill(learner.user_id).await?;
        let now = state.ambient.now();
        let calendar = Calendar::of(user.time_zone.as_deref());
        Ok(Self {
            view,
            language,
            today: calendar.day(now),
            now,
            calendar,
            may_start: user.trial_remaining() != Some(0),
            states: states.into_iter().map(|state| (state.snippet_id, state)).collect(),
            progress: progress.into_iter().map(|progress| (progress.pattern_id, progress)).collect(),
            difficulties,
            general_skill,
        })
    }

    /// What comes back, then what is due, each since longest first.
    pub(crate) fn due(&self) -> Vec<Drill> {
        let mut due = Vec::new();
        for pattern in &self.view.patterns {
            let retries = self.retries(pattern);
            // What comes back is a review of its pattern.
            if retries.is_empty()
                && let Some(progress) = self.progress.get(&pattern.pattern.id)
                && let Some(due_at) = progress.next_review_at.filter(|due_at| *due_at <= self.now)
                && let Some(chosen) = self.choose(pattern)
            {
                due.push(Drill::new(DrillReason::Review, Some(due_at), chosen, pattern));
            }
            due.extend(retries);
        }
        due.sort_by_key(|drill| (drill.reason != DrillReason::Retry, drill.due_at));
        due
    }

    /// What is next when nothing is due.
    pub(crate) fn new_drill(&self) -> Option<Drill> {
        let is_new = |stored: &StoredSnippet| {
            self.states.get(&stored.snippet.id).is_none_or(|state| state.reviewed_on.is_none())
        };
        let (mut patterns, mut standings, mut others_in_hand) = (Vec::new(), Vec::new(), 0);
        for pattern in &self.view.patterns {
            let progress = self.progress.get(&pattern.pattern.id);
            let practised_at = progress.and_then(|progress| progress.last_practiced_at).map(|at| at.timestamp_millis());
            let mastery = progress.map_or(0, |of| u8::try_from(of.mastery_level).unwrap_or_default());
            let standing = PatternStanding { practised_at, mastery };
            match self.choose(pattern).filter(|chosen| is_new(chosen)) {
                Some(chosen) => {
                    patterns.push((pattern, chosen));
                    standings.push(standing);
                }
                None => others_in_hand += usize::from(standing.is_in_hand()),
            }
        }
        let (pattern, chosen) = patterns.swap_remove(next_pattern(&standings, others_in_hand)?);
        Some(Drill::new(DrillReason::New, None, chosen, pattern))
    }

    fn snippets(&self, pattern: &PatternEntry) -> impl Iterator<Item = &'a StoredSnippet> {
        self.view.snippets_of(Filter { pattern_id: Some(pattern.pattern.id), ..Filter::default() })
    }

    fn is_wanted(&self, stored: &StoredSnippet) -> bool {
        self.language.is_none_or(|language| language == stored.snippet.language)
    }

    fn retries(&self, pattern: &PatternEntry) -> Vec<Drill> {
        let comes_back = |stored: &'a StoredSnippet| {
            let state = self.states.get(&stored.snippet.id).filter(|state| state.is_to_retry)?;
            let day = state.reviewed_on.filter(|day| *day < self.today)?;
            Some(Drill::new(DrillReason::Retry, Some(self.calendar.start(day.plus(1))), stored, pattern))
        };
        self.snippets(pattern).filter(|stored| self.is_wanted(stored)).filter_map(comes_back).collect()
    }

    fn choose(&self, pattern: &PatternEntry) -> Option<&'a StoredSnippet> {
        let snippets: Vec<&StoredSnippet> = self.snippets(pattern).collect();
        let candidate = |stored: &&'a StoredSnippet| {
            let state = self.states.get(&stored.snippet.id);
            let known = self.difficulties.get(&stored.snippet.id).copied();
            Candidate {
                exercise_id: &stored.snippet.exercise_id,
                difficulty: known.unwrap_or_else(|| Estimate::of_difficulty(stored.snippet.difficulty)),
                is_eligible: self.is_wanted(stored) && (self.may_start || state.is_some()),
                seen_on: state.and_then(|state| state.reviewed_on),
            }
        };
        let candidates: Vec<Candidate<'_>> = snippets.iter().map(candidate).collect();
        let in_pattern = self.progress.get(&pattern.pattern.id).map(PatternProgress::special_skill).unwrap_or_default();
        let skill = Skill { general: self.general_skill, in_pattern };
        choose(&candidates, skill.estimate(), self.today).map(|index| snippets[index])
    }
}

impl Drill {
    fn new(reason: DrillReason, due_at: Option<DateTime<Utc>>, stored: &StoredSnippet, pattern: &PatternEntry) -> Self {
        Self { reason, due_at, snippet: SnippetListItem::new(stored, &pattern.pattern) }
    }
}
