//! The rows of an export, as a learner reads them: by slugs, and without what is of no use to them or somebody else's.

use bugdrill_model::{
    ExecutionStatus, ReportReason, Role, SnippetStatus, Verdict, calendar::Day, judge::JudgedRun, leaderboard::Period,
    league::Tier, rating::Rating,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    AuditEvent, MailedTokenPurpose, StoreError,
    entities::{
        audit_entry, leaderboard_points, league_member, mailed_token, report, review, session, submission, user_badge,
        user_identity, user_pattern_progress, user_snippet, user_snippet_attempt,
    },
    text::Text,
};

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Profile {
    pub(super) id: Uuid,
    pub(super) email: Option<String>,
    pub(super) email_verified_at: Option<DateTime<Utc>>,
    pub(super) display_name: Option<String>,
    pub(super) role: Text<Role>,
    pub(super) preferred_language: Option<String>,
    pub(super) time_zone: Option<String>,
    pub(super) skill: f64,
    pub(super) skill_observations: i32,
    pub(super) shows_streak: bool,
    pub(super) is_on_leaderboards: bool,
    pub(super) is_in_leagues: bool,
    pub(super) is_trial: bool,
    pub(super) trial_snippets_remaining: Option<i32>,
    pub(super) has_password: bool,
    pub(super) second_factor_since: Option<DateTime<Utc>>,
    pub(super) recovery_codes_left: u64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) last_login_at: Option<DateTime<Utc>>,
}

#[derive(Serialize)]
pub(super) struct Identity {
    provider: String,
    subject: String,
    email: Option<String>,
    created_at: DateTime<Utc>,
}

impl From<user_identity::Model> for Identity {
    fn from(row: user_identity::Model) -> Self {
        Self { provider: row.provider, subject: row.subject, email: row.email, created_at: row.created_at }
    }
}

#[derive(Serialize)]
pub(super) struct Session {
    id: Uuid,
    client: Option<String>,
    created_at: DateTime<Utc>,
    last_used_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    authenticated_at: DateTime<Utc>,
    second_factor: bool,
}

impl From<session::Model> for Session {
    fn from(row: session::Model) -> Self {
        Self {
            id: row.id,
            client: row.client,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
            authenticated_at: row.authenticated_at,
            second_factor: row.second_factor,
        }
    }
}

#[derive(Serialize)]
pub(super) struct MailedLink {
    purpose: Text<MailedTokenPurpose>,
    email: String,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

impl From<mailed_token::Model> for MailedLink {
    fn from(row: mailed_token::Model) -> Self {
        Self { purpose: row.purpose, email: row.email, created_at: row.created_at, expires_at: row.expires_at }
    }
}

#[derive(Serialize)]
pub(super) struct Progress {
    pattern: String,
    snippets_attempted: i32,
    snippets_solved: i32,
    total_attempts: i32,
    last_practiced_at: Option<DateTime<Utc>>,
    next_review_at: Option<DateTime<Utc>>,
    mastery_level: i32,
    skill: Option<f64>,
    skill_observations: i32,
}

impl Progress {
    pub(super) fn new(pattern: String, row: user_pattern_progress::Model) -> Self {
        Self {
            pattern,
            snippets_attempted: row.snippets_attempted,
            snippets_solved: row.snippets_solved,
            total_attempts: row.total_attempts,
            last_practiced_at: row.last_practiced_at,
            next_review_at: row.next_review_at,
            mastery_level: row.mastery_level,
            skill: row.skill,
            skill_observations: row.skill_observations,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Badge {
    badge: String,
    earned_at: DateTime<Utc>,
}

impl From<user_badge::Model> for Badge {
    fn from(row: user_badge::Model) -> Self {
        Self { badge: row.badge, earned_at: row.earned_at }
    }
}

#[derive(Serialize)]
pub(super) struct Earned {
    period: Text<Period>,
    points: i32,
    is_listed: bool,
}

impl From<leaderboard_points::Model> for Earned {
    fn from(row: leaderboard_points::Model) -> Self {
        Self { period: row.period, points: row.points, is_listed: row.is_listed }
    }
}

#[derive(Serialize)]
pub(super) struct League {
    week: Text<Day>,
    tier: Text<Tier>,
    group: i32,
}

impl From<league_member::Model> for League {
    fn from(row: league_member::Model) -> Self {
        Self { week: row.week, tier: row.tier, group: row.league_group }
    }
}

#[derive(Serialize)]
pub(super) struct SnippetState {
    snippet: String,
    status: Text<SnippetStatus>,
    attempts: i32,
    hints_revealed: i32,
    last_code: Option<String>,
    started_at: DateTime<Utc>,
    solved_at: Option<DateTime<Utc>>,
    given_up_at: Option<DateTime<Utc>>,
    reviewed_on: Option<Text<Day>>,
    is_to_retry: bool,
    why_is_right: Option<bool>,
}

impl SnippetState {
    pub(super) fn new(snippet: String, row: user_snippet::Model) -> Self {
        Self {
            snippet,
            status: row.status,
            attempts: row.attempts,
            hints_revealed: row.hints_revealed,
            last_code: row.last_code,
            started_at: row.started_at,
            solved_at: row.solved_at,
            given_up_at: row.given_up_at,
            reviewed_on: row.reviewed_on,
            is_to_retry: row.is_to_retry,
            why_is_right: row.why_is_right,
        }
    }
}

#[derive(Serialize)]
pub(super) struct SnippetAttempt {
    id: Uuid,
    snippet: String,
    snippet_revision: i32,
    attempt_number: i32,
    submitted_code: String,
    is_correct: bool,
    verdict: Text<Verdict>,
    execution_time_ms: i32,
    test_cases_passed: i32,
    test_cases_total: i32,
    hints_used: i32,
    edit_tokens: i32,
    created_at: DateTime<Utc>,
}

impl SnippetAttempt {
    pub(super) fn new(snippet: String, row: user_snippet_attempt::Model) -> Self {
        Self {
            id: row.id,
            snippet,
            snippet_revision: row.snippet_revision,
            attempt_number: row.attempt_number,
            submitted_code: row.submitted_code,
            is_correct: row.is_correct,
            verdict: row.verdict,
            execution_time_ms: row.execution_time_ms,
            test_cases_passed: row.test_cases_passed,
            test_cases_total: row.test_cases_total,
            hints_used: row.hints_used,
            edit_tokens: row.edit_tokens,
            created_at: row.created_at,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Submission {
    id: Uuid,
    snippet: String,
    snippet_revision: i32,
    code: String,
    idempotency_key: Option<String>,
    status: Text<ExecutionStatus>,
    result: Option<JudgedRun>,
    created_at: DateTime<Utc>,
    completed_at: Option<DateTime<Utc>>,
}

impl Submission {
    pub(super) fn new(snippet: String, row: submission::Model) -> Result<Self, StoreError> {
        let result = row.result.as_deref().map(serde_json::from_str::<JudgedRun>).transpose()?;
        Ok(Self {
            id: row.id,
            snippet,
            snippet_revision: row.snippet_revision,
            code: row.code,
            idempotency_key: row.idempotency_key,
            status: row.status,
            result: result.map(|run| JudgedRun { stderr: String::new(), stderr_truncated: false, ..run }),
            created_at: row.created_at,
            completed_at: row.completed_at,
        })
    }
}

#[derive(Serialize)]
pub(super) struct Review {
    pattern: String,
    snippet: String,
    rating: Text<Rating>,
    points: i32,
    was_due: bool,
    reviewed_on: Option<Text<Day>>,
    hour: Option<i32>,
    hints_revealed: i32,
    failed_submits: i32,
    edit_tokens: Option<i32>,
    within_edit_budget: Option<bool>,
    first_exposure: bool,
    quick: Option<bool>,
    created_at: DateTime<Utc>,
}

impl Review {
    pub(super) fn new(pattern: String, snippet: String, row: review::Model) -> Self {
        Self {
            pattern,
            snippet,
            rating: row.rating,
            points: row.points,
            was_due: row.was_due,
            hour: row.hour,
            reviewed_on: row.reviewed_on,
            hints_revealed: row.hints_revealed,
            failed_submits: row.failed_submits,
            edit_tokens: row.edit_tokens,
            within_edit_budget: row.within_edit_budget,
            first_exposure: row.first_exposure,
            quick: row.quick,
            created_at: row.created_at,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Report {
    snippet: String,
    snippet_revision: i32,
    reason: Text<ReportReason>,
    comment: String,
    created_at: DateTime<Utc>,
}

impl Report {
    pub(super) fn new(snippet: String, row: report::Model) -> Self {
        Self {
            snippet,
            snippet_revision: row.snippet_revision,
            reason: row.reason,
            comment: row.comment,
            created_at: row.created_at,
        }
    }
}

#[derive(Serialize)]
pub(super) struct AuditEntry {
    event: Text<AuditEvent>,
    /// Whether the user did it; else somebody unknown, an administrator or the system.
    by_user: bool,
    details: Value,
    created_at: DateTime<Utc>,
}

impl AuditEntry {
    pub(super) fn new(row: audit_entry::Model) -> Result<Self, StoreError> {
        Ok(Self {
            event: row.event,
            by_user: row.actor_id.is_some() && row.actor_id == row.subject_id,
            details: serde_json::from_str(&row.details)?,
            created_at: row.created_at,
        })
    }
}
