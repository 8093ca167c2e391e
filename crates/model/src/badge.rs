//! Badges: what learners have to show for their practice.
//!
//! A badge is a goal over a [`Tally`] of the reviews that a learner has had. The tally is a fold over their log: adding
//! one review to it and making it anew of all of them come to the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{BugType, Difficulty, Language, calendar::Day, rating::Rating, streak::Practice};

/// A badge, as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Badge {
    /// By which it is stored. Never changes.
    pub id: &'static str,
    /// The name.
    pub name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// What has to be done.
    goal: Goal,
}

/// What has to be done for a badge, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goal {
    Solved(u32),
    SolvedHard(u32),
    SolvedOnOneDay(u32),
    SolvedAtFirst(u32),
    WithoutHintInARow(u32),
    OneTokenFixes(u32),
    BugTypes(u32),
    Languages(u32),
    PatternsSolved(u32),
    PatternsMastered { level: u8, patterns: u32 },
    StreakDays(u32),
    DueReviews(u32),
    Comebacks(u32),
    Challenges(u32),
    SolvedAtNight(u32),
    SolvedEarly(u32),
    Points(u32),
}

const fn badge(id: &'static str, name: &'static str, goal: Goal, description: &'static str) -> Badge {
    Badge { id, name, description, goal }
}

/// All badges, in the order in which they are shown.
pub const BADGES: [Badge; 31] = [
    badge("first_fix", "First fix", Goal::Solved(1), "Solve a snippet."),
    badge("ten_fixes", "Debugger", Goal::Solved(10), "Solve 10 snippets."),
    badge("fifty_fixes", "Bug hunter", Goal::Solved(50), "Solve 50 snippets."),
    badge("hundred_fixes", "Exterminator", Goal::Solved(100), "Solve 100 snippets."),
    badge("streak_3", "Three in a row", Goal::StreakDays(3), "Practise on 3 days of one streak."),
    badge("streak_7", "A week of drills", Goal::StreakDays(7), "Practise on 7 days of one streak."),
    badge("streak_30", "A month of drills", Goal::StreakDays(30), "Practise on 30 days of one streak."),
    badge("streak_100", "Hundred days", Goal::StreakDays(100), "Practise on 100 days of one streak."),
    badge("five_a_day", "Warmed up", Goal::SolvedOnOneDay(5), "Solve 5 snippets on one day."),
    badge("first_try_10", "Sharp eye", Goal::SolvedAtFirst(10), "Solve 10 snippets at the first submission, unaided."),
    badge("first_try_50", "Eagle eye", Goal::SolvedAtFirst(50), "Solve 50 snippets at the first submission, unaided."),
    badge("no_hint_10", "On my own", Goal::WithoutHintInARow(10), "Solve 10 snippets in a row without a hint."),
    badge("no_hint_25", "No help wanted", Goal::WithoutHintInARow(25), "Solve 25 snippets in a row without a hint."),
    badge("one_token", "One token", Goal::OneTokenFixes(1), "Fix a bug by changing a single token."),
    badge("surgeon", "Surgeon", Goal::OneTokenFixes(20), "Fix 20 bugs by changing a single token each."),
    badge("hard_nut", "Hard nut", Goal::SolvedHard(1), "Solve a hard snippet."),
    badge("nutcracker", "Nutcracker", Goal::SolvedHard(10), "Solve 10 hard snippets."),
    badge("bug_types_8", "Collector", Goal::BugTypes(8), "Fix bugs of 8 different types."),
    badge("bug_types_12", "Entomologist", Goal::BugTypes(12), "Fix bugs of 12 different types."),
    badge("both_languages", "Bilingual", Goal::Languages(2), "Solve snippets in Python and in JavaScript."),
    badge("patterns_5", "Explorer", Goal::PatternsSolved(5), "Solve snippets of 5 patterns."),
    badge("patterns_10", "Cartographer", Goal::PatternsSolved(10), "Solve snippets of 10 patterns."),
    badge(
        "pattern_known",
        "It sticks",
        Goal::PatternsMastered { level: 3, patterns: 1 },
        "Bring a pattern to mastery level 3.",
    ),
    badge(
        "pattern_mastered",
        "Pattern mastered",
        Goal::PatternsMastered { level: 5, patterns: 1 },
        "Bring a pattern to mastery level 5.",
    ),
    badge(
        "patterns_mastered_5",
        "Pattern master",
        Goal::PatternsMastered { level: 5, patterns: 5 },
        "Bring 5 patterns to mastery level 5.",
    ),
    badge("reviews_25", "Gardener", Goal::DueReviews(25), "Solve 25 reviews when they are due."),
    badge("comeback", "Comeback", Goal::Comebacks(1), "Solve a snippet that you once gave up."),
    badge("challenge_7", "Challenger", Goal::Challenges(7), "Solve 7 challenges of the day."),
    badge("points_1000", "Four figures", Goal::Points(1_000), "Earn 1,000 points."),
    badge("night_owl", "Night owl", Goal::SolvedAtNight(1), "Solve a snippet between midnight and four."),
    badge("early_bird", "Early bird", Goal::SolvedEarly(1), "Solve a snippet between five and seven in the morning."),
];

/// A review, as far as badges depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct ReviewFacts {
    /// The learner's day.
    pub on: Day,
    /// The hour of that day, 0 to 23.
    pub hour: u8,
    /// How well the snippet was solved.
    pub rating: Rating,
    /// Whether the snippet is solved for the first time.
    pub is_first_solve: bool,
    /// Whether it had been given up before.
    pub was_given_up: bool,
    /// Whether its pattern was due, or the snippet came back.
    pub was_due: bool,
    /// Whether it is the challenge of the day.
    pub is_challenge: bool,
    /// How many hints were revealed for this review.
    pub hints_revealed: u32,
    /// How many submissions failed before.
    pub failed_submits: u32,
    /// The size of the edit; of a solve only.
    pub edit_tokens: Option<u32>,
    /// What was earned.
    pub points: u32,
    /// The pattern.
    pub pattern_id: i32,
    /// How far it is mastered after this review, 0 to 5.
    pub mastery: u8,
    /// The kind of bug.
    pub bug_type: BugType,
    /// The snippet's difficulty.
    pub difficulty: Difficulty,
    /// Its language.
    pub language: Language,
}

/// What a learner's reviews come to, for badges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    solved: u32,
    solved_hard: u32,
    solved_at_first: u32,
    /// The day of the last solve, and how many snippets were solved for the first time on it.
    solved_on: Option<(Day, u32)>,
    most_on_one_day: u32,
    without_hint: u32,
    most_without_hint: u32,
    one_token_fixes: u32,
    due_reviews: u32,
    comebacks: u32,
    challenges: u32,
    solved_at_night: u32,
    solved_early: u32,
    points: u32,
    bug_types: BTreeSet<BugType>,
    languages: BTreeSet<Language>,
    /// The highest mastery that a pattern ever had.
    mastery: BTreeMap<i32, u8>,
    practice: Practice,
}

impl Tally {
    /// Adds a review, which comes after all that were added.
    pub fn add(&mut self, review: &ReviewFacts) {
        let best = self.mastery.entry(review.pattern_id).or_default();
        *best = review.mastery.max(*best);
        if review.rating == Rating::Again {
            self.without_hint = 0;
            return;
        }
        self.practice.add(review.on);
        self.points = self.points.saturating_add(review.points);
        self.due_reviews += u32::from(review.was_due);
        self.challenges += u32::from(review.is_challenge);
        self.solved_at_night += u32::from(review.hour < 4);
        self.solved_early += u32::from((5..7).contains(&review.hour));
        if review.is_first_solve {
            self.add_first_solve(review);
        }
    }

    fn add_first_solve(&mut self, review: &ReviewFacts) {
        let is_unaided = review.hints_revealed == 0;
        self.solved += 1;
        self.solved_hard += u32::from(review.difficulty == Difficulty::Hard);
        self.solved_at_first += u32::from(is_unaided && review.failed_submits == 0);
        self.one_token_fixes += u32::from(review.edit_tokens == Some(1));
        self.comebacks += u32::from(review.was_given_up);
        self.bug_types.insert(review.bug_type);
        self.languages.insert(review.language);
        self.without_hint = if is_unaided { self.without_hint + 1 } else { 0 };
        self.most_without_hint = self.most_without_hint.max(self.without_hint);
        let today = match self.solved_on {
            Some((day, count)) if day == review.on => count + 1,
            _ => 1,
        };
        self.solved_on = Some((review.on, today));
        self.most_on_one_day = self.most_on_one_day.max(today);
    }

    fn reached(&self, goal: Goal) -> (u32, u32) {
        let len = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let patterns_at = |level: u8| len(self.mastery.values().filter(|mastery| **mastery >= level).count());
        match goal {
            Goal::Solved(of) => (self.solved, of),
            Goal::SolvedHard(of) => (self.solved_hard, of),
            Goal::SolvedOnOneDay(of) => (self.most_on_one_day, of),
            Goal::SolvedAtFirst(of) => (self.solved_at_first, of),
            Goal::WithoutHintInARow(of) => (self.most_without_hint, of),
            Goal::OneTokenFixes(of) => (self.one_token_fixes, of),
            Goal::BugTypes(of) => (len(self.bug_types.len()), of),
            Goal::Languages(of) => (len(self.languages.len()), of),
            Goal::PatternsSolved(of) => (patterns_at(1), of),
            Goal::PatternsMastered { level, patterns } => (patterns_at(level), patterns),
            Goal::StreakDays(of) => (self.practice.longest(), of),
            Goal::DueReviews(of) => (self.due_reviews, of),
            Goal::Comebacks(of) => (self.comebacks, of),
            Goal::Challenges(of) => (self.challenges, of),
            Goal::SolvedAtNight(of) => (self.solved_at_night, of),
            Goal::SolvedEarly(of) => (self.solved_early, of),
            Goal::Points(of) => (self.points, of),
        }
    }
}

/// How far a learner is with a badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadgeProgress {
    /// How often it was done, at most as often as needed.
    pub done: u32,
    /// How often it has to be done.
    pub needed: u32,
}

impl Badge {
    /// The badge of this id.
    pub fn of_id(id: &str) -> Option<&'static Self> {
        BADGES.iter().find(|badge| badge.id == id)
    }

    /// How far whoever has this tally is with it.
    pub fn progress(&self, tally: &Tally) -> BadgeProgress {
        let (done, needed) = tally.reached(self.goal);
        BadgeProgress { done: done.min(needed), needed }
    }

    /// Whether whoever has this tally has earned it.
    pub fn is_earned(&self, tally: &Tally) -> bool {
        let BadgeProgress { done, needed } = self.progress(tally);
        done >= needed
    }
}

/// The badges that `after` has earned and `before` had not.
pub fn earned_between(before: &Tally, after: &Tally) -> impl Iterator<Item = &'static Badge> {
    BADGES.iter().filter(|badge| badge.is_earned(after) && !badge.is_earned(before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;

    fn day(number: u32) -> Day {
        Calendar::of(None).day("2026-01-15T12:00:00Z".parse().unwrap()).plus(number)
    }

    fn solve() -> ReviewFacts {
        ReviewFacts {
            on: day(0),
            hour: 12,
            rating: Rating::Good,
            is_first_solve: true,
            was_given_up: false,
            was_due: false,
            is_challenge: false,
            hints_revealed: 1,
            failed_submits: 0,
            edit_tokens: Some(3),
            points: 10,
            pattern_id: 1,
            mastery: 1,
            bug_type: BugType::OffByOne,
            difficulty: Difficulty::Beginner,
            language: Language::Python,
        }
    }

    /// The badges that come with these reviews, in the order in which they come.
    fn badges(reviews: impl IntoIterator<Item = ReviewFacts>) -> Vec<&'static str> {
        let (mut tally, mut earned) = (Tally::default(), Vec::new());
        for review in reviews {
            let before = tally.clone();
            tally.add(&review);
            earned.extend(earned_between(&before, &tally).map(|badge| badge.id));
        }
        earned
    }

    #[test]
    fn badges_are_told_apart() {
        let ids: BTreeSet<_> = BADGES.iter().map(|badge| badge.id).collect();
        let names: BTreeSet<_> = BADGES.iter().map(|badge| badge.name).collect();
        assert_eq!((ids.len(), names.len()), (BADGES.len(), BADGES.len()));
        assert!(BADGES.iter().all(|badge| badge.progress(&Tally::default()).done == 0));
        assert_eq!(Badge::of_id("surgeon").unwrap().progress(&Tally::default()), BadgeProgress { done: 0, needed: 20 });
        assert_eq!(Badge::of_id("other"), None);
    }

    #[test]
    fn the_first_solve_is_a_fix_and_giving_up_is_none() {
        assert_eq!(badges([solve(), solve()]), ["first_fix"]);
        let given_up = ReviewFacts { rating: Rating::Again, is_first_solve: false, mastery: 0, ..solve() };
        assert!(badges([given_up]).is_empty());
        let comeback = ReviewFacts { was_given_up: true, on: day(1), ..solve() };
        assert_eq!(badges([given_up, comeback]), ["first_fix", "comeback"]);
    }

    #[test]
    fn a_row_without_hints_ends_by_a_hint_or_by_giving_up() {
        let unaided =
            |number: u32| ReviewFacts { hints_revealed: 0, failed_submits: 1, on: day(number * 3), ..solve() };
        let given_up = ReviewFacts { rating: Rating::Again, is_first_solve: false, ..unaided(5) };
        let row = |reviews: Vec<ReviewFacts>| badges(reviews).contains(&"no_hint_10");
        assert!(row((0..10).map(unaided).collect()));
        for between in [given_up, ReviewFacts { on: day(15), ..solve() }] {
            assert!(!row((0..6).map(unaided).chain([between]).chain((6..12).map(unaided)).collect()));
        }
        // What is repeated says nothing.
        let again = ReviewFacts { is_first_solve: false, hints_revealed: 2, ..unaided(5) };
        assert!(row((0..6).map(unaided).chain([again]).chain((6..10).map(unaided)).collect()));
    }

    #[test]
    fn what_was_solved_and_when_earns_badges() {
        let one = |review: ReviewFacts| badges([review]);
        assert_eq!(one(ReviewFacts { edit_tokens: Some(1), ..solve() }), ["first_fix", "one_token"]);
        assert_eq!(one(ReviewFacts { difficulty: Difficulty::Hard, ..solve() }), ["first_fix", "hard_nut"]);
        assert_eq!(one(ReviewFacts { hour: 3, ..solve() }), ["first_fix", "night_owl"]);
        assert_eq!(one(ReviewFacts { hour: 4, ..solve() }), ["first_fix"]);
        assert_eq!(one(ReviewFacts { hour: 6, ..solve() }), ["first_fix", "early_bird"]);
        assert_eq!(one(ReviewFacts { mastery: 5, ..solve() }), ["first_fix", "pattern_known", "pattern_mastered"]);
        let in_other = ReviewFacts { language: Language::JavaScript, ..solve() };
        assert_eq!(badges([solve(), in_other]), ["first_fix", "both_languages"]);
        assert_eq!(badges([solve(); 5]), ["first_fix", "five_a_day"]);
        assert_eq!(badges((0..5).map(|number| ReviewFacts { on: day(number * 5), ..solve() })), ["first_fix"]);
        let due = ReviewFacts { is_first_solve: false, was_due: true, ..solve() };
        assert_eq!(badges([due; 25]), ["reviews_25"]);
    }

    #[test]
    fn a_streak_earns_its_badge_once() {
        let on = |number| ReviewFacts { is_first_solve: false, on: day(number), ..solve() };
        assert_eq!(badges((0..7).chain(20..27).map(on)), ["streak_3", "streak_7"]);
    }
}
