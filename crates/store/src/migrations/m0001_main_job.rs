//! Content, trial users, sessions, progress and submissions.

use sea_orm_migration::{
    prelude::*,
    schema::{
        binary, binary_null, boolean, boolean_null, integer, integer_null, string, string_null, text, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use super::shapes::{Reference, USER, index, table, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const SNIPPET: Reference = ("snippet_id", "snippets", ForeignKeyAction::Restrict);
const PATTERN: Reference = ("pattern_id", "pattern_categories", ForeignKeyAction::Restrict);

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "users",
            vec![
                uuid("id"),
                string_null("email"),
                string_null("password_hash"),
                string_null("display_name"),
                string("role"),
                string_null("preferred_language"),
                string_null("time_zone"),
                timestamp_with_time_zone("created_at"),
                timestamp_with_time_zone_null("last_login_at"),
                boolean("is_trial"),
                integer("trial_snippets_remaining"),
            ],
            &["id"],
            &[],
        ),
        table(
            "refresh_tokens",
            vec![
                binary("token_hash"),
                uuid("user_id"),
                uuid("family_id"),
                binary_null("parent_hash"),
                timestamp_with_time_zone_null("used_at"),
                timestamp_with_time_zone_null("revoked_at"),
                timestamp_with_time_zone("expires_at"),
                timestamp_with_time_zone("family_expires_at"),
                timestamp_with_time_zone("created_at"),
            ],
            &["token_hash"],
            &[USER],
        ),
        table(
            "pattern_categories",
            vec![
                integer("id"),
                string("name"),
                string("slug"),
                text("description"),
                string_null("icon_url"),
                integer("order_index"),
                text("introduction"),
                text("template"),
            ],
            &["id"],
            &[],
        ),
        table(
            "snippets",
            vec![
                uuid("id"),
                string("slug"),
                integer("pattern_id"),
                integer("position"),
                string("title"),
                text("description"),
                string("difficulty"),
                string("language"),
                text("correct_code"),
                text("buggy_code"),
                string("bug_type"),
                text("bug_explanation"),
                text("why_question"),
                text("test_cases"),
                text("hint_1"),
                text("hint_2"),
                text("hint_3"),
                text("signature"),
                text("comparison"),
                text_null("checker"),
                text("limits"),
                integer("edit_budget"),
                integer("time_estimate_minutes"),
                string("exercise_id"),
                string("bug_id"),
                string("origin"),
                integer("revision"),
                string("content_hash"),
                uuid_null("created_by"),
                string("status"),
                timestamp_with_time_zone("created_at"),
                timestamp_with_time_zone("updated_at"),
            ],
            &["id"],
            &[PATTERN, ("created_by", "users", ForeignKeyAction::SetNull)],
        ),
        table(
            "user_snippets",
            vec![
                uuid("user_id"),
                uuid("snippet_id"),
                string("status"),
                integer("attempts"),
                integer("hints_revealed"),
                text_null("last_code"),
                timestamp_with_time_zone("started_at"),
                timestamp_with_time_zone_null("solved_at"),
                timestamp_with_time_zone_null("given_up_at"),
            ],
            &["user_id", "snippet_id"],
            &[USER, SNIPPET],
        ),
        table(
            "user_snippet_attempts",
            vec![
                uuid("id"),
                uuid("user_id"),
                uuid("snippet_id"),
                integer("snippet_revision"),
                text("submitted_code"),
                boolean("is_correct"),
                string("verdict"),
                integer("execution_time_ms"),
                integer("test_cases_passed"),
                integer("test_cases_total"),
                integer("hints_used"),
                integer("attempt_number"),
                integer("edit_tokens"),
                timestamp_with_time_zone("created_at"),
            ],
            &["id"],
            &[USER, SNIPPET],
        ),
        table(
            "user_pattern_progress",
            vec![
                uuid("user_id"),
                integer("pattern_id"),
                integer("snippets_attempted"),
                integer("snippets_solved"),
                integer("total_attempts"),
                timestamp_with_time_zone_null("last_practiced_at"),
                timestamp_with_time_zone_null("next_review_at"),
                integer("mastery_level"),
            ],
            &["user_id", "pattern_id"],
            &[USER, PATTERN],
        ),
        table(
            "reviews",
            vec![
                uuid("id"),
                uuid("user_id"),
                integer("pattern_id"),
                uuid("snippet_id"),
                string("rating"),
                integer("hints_revealed"),
                integer("failed_submits"),
                integer_null("edit_tokens"),
                boolean_null("within_edit_budget"),
                boolean("first_exposure"),
                boolean_null("quick"),
                timestamp_with_time_zone("created_at"),
            ],
            &["id"],
            &[USER, PATTERN, SNIPPET],
        ),
        table(
            "submissions",
            vec![
                uuid("id"),
                uuid("user_id"),
                uuid("snippet_id"),
                integer("snippet_revision"),
                text("code"),
                string_null("idempotency_key"),
                string("status"),
                integer("claims"),
                timestamp_with_time_zone_null("lease_expires_at"),
                text_null("result"),
                timestamp_with_time_zone("created_at"),
                timestamp_with_time_zone_null("completed_at"),
            ],
            &["id"],
            &[USER, SNIPPET],
        ),
        table(
            "reports",
            vec![
                uuid("id"),
                uuid("user_id"),
                uuid("snippet_id"),
                integer("snippet_revision"),
                string("reason"),
                text("comment"),
                timestamp_with_time_zone("created_at"),
            ],
            &["id"],
            &[USER, SNIPPET],
        ),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("users", &["email"]),
        index("users", &["is_trial", "last_login_at"]),
        index("refresh_tokens", &["user_id"]),
        index("refresh_tokens", &["family_id"]),
        index("refresh_tokens", &["parent_hash"]),
        index("refresh_tokens", &["expires_at"]),
        unique("pattern_categories", &["slug"]),
        unique("snippets", &["slug"]),
        index("snippets", &["pattern_id", "language", "position"]),
        index("snippets", &["difficulty"]),
        index("snippets", &["status"]),
        index("user_snippets", &["snippet_id"]),
        index("user_snippet_attempts", &["user_id", "snippet_id"]),
        index("user_snippet_attempts", &["snippet_id"]),
        index("user_snippet_attempts", &["is_correct"]),
        index("reviews", &["user_id", "pattern_id", "created_at"]),
        unique("submissions", &["user_id", "idempotency_key"]),
        index("submissions", &["status", "lease_expires_at"]),
        index("reports", &["user_id"]),
        index("reports", &["snippet_id"]),
    ]
}
