//! Accounts: sessions, signing keys, identities at other providers, second factors, mailed links, the audit log.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer_null, binary, binary_null, boolean, integer, string, string_null, text, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use super::shapes::{Reference, USER, index, table, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// To a trial that somebody brings along when they log in.
const TRIAL: Reference = ("trial_user_id", "users", ForeignKeyAction::SetNull);

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column at a time: SQLite takes no more.
        for mut column in columns_of_users() {
            let mut users = Table::alter();
            users.table("users").add_column(&mut column);
            manager.alter_table(users).await?;
        }
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        // The families of refresh tokens that go on.
        let sessions = "INSERT INTO sessions \
             (id, user_id, created_at, last_used_at, expires_at, authenticated_at, second_factor) \
             SELECT family_id, user_id, min(created_at), max(created_at), max(family_expires_at), min(created_at), \
             FALSE FROM refresh_tokens GROUP BY family_id, user_id";
        manager.get_connection().execute_unprepared(sessions).await?;
        Ok(())
    }
}

fn columns_of_users() -> Vec<ColumnDef> {
    vec![
        timestamp_with_time_zone_null("email_verified_at"),
        binary_null("totp_secret"),
        timestamp_with_time_zone_null("totp_confirmed_at"),
        big_integer_null("totp_last_step"),
    ]
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "sessions",
            vec![
                uuid("id"),
                uuid("user_id"),
                string_null("client"),
                timestamp_with_time_zone("created_at"),
                timestamp_with_time_zone("last_used_at"),
                timestamp_with_time_zone("expires_at"),
                timestamp_with_time_zone("authenticated_at"),
                boolean("second_factor"),
            ],
            &["id"],
            &[USER],
        ),
        table(
            "signing_keys",
            vec![
                string("id"),
                integer("generation"),
                binary("private_key"),
                timestamp_with_time_zone("signs_from"),
                timestamp_with_time_zone("created_at"),
            ],
            &["id"],
            &[],
        ),
        table(
            "user_identities",
            vec![
                string("provider"),
                string("subject"),
                uuid("user_id"),
                string_null("email"),
                timestamp_with_time_zone("created_at"),
            ],
            &["provider", "subject"],
            &[USER],
        ),
        table(
            "mailed_tokens",
            vec![
                binary("token_hash"),
                uuid("user_id"),
                string("purpose"),
                string("email"),
                timestamp_with_time_zone("expires_at"),
                timestamp_with_time_zone("created_at"),
            ],
            &["token_hash"],
            &[USER],
        ),
        table(
            "login_challenges",
            vec![
                binary("token_hash"),
                uuid("user_id"),
                uuid_null("trial_user_id"),
                string_null("client"),
                integer("attempts"),
                timestamp_with_time_zone("expires_at"),
                timestamp_with_time_zone("created_at"),
            ],
            &["token_hash"],
            &[USER, TRIAL],
        ),
        table(
            "recovery_codes",
            vec![uuid("user_id"), binary("code_hash"), timestamp_with_time_zone("created_at")],
            &["user_id", "code_hash"],
            &[USER],
        ),
        table(
            "oauth_flows",
            vec![
                binary("state_hash"),
                string("provider"),
                string("nonce"),
                string("pkce_verifier"),
                string("client_challenge"),
                string("return_to"),
                uuid_null("trial_user_id"),
                binary_null("code_hash"),
                text_null("identity"),
                timestamp_with_time_zone("expires_at"),
                timestamp_with_time_zone("created_at"),
            ],
            &["state_hash"],
            &[("trial_user_id", "users", ForeignKeyAction::Cascade)],
        ),
        table(
            "audit_log",
            vec![
                uuid("id"),
                string("event"),
                // Without references: the log outlives those it is about.
                uuid_null("actor_id"),
                uuid_null("subject_id"),
                text("details"),
                timestamp_with_time_zone("created_at"),
            ],
            &["id"],
            &[],
        ),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    let mut code_of_attempts = index("user_snippet_attempts", &["created_at"]);
    code_of_attempts.and_where(Expr::cust("submitted_code <> ''"));
    let mut code_of_snippets = index("user_snippets", &["started_at"]);
    code_of_snippets.and_where(Expr::cust("last_code IS NOT NULL"));
    vec![
        index("sessions", &["user_id", "last_used_at"]),
        index("sessions", &["expires_at"]),
        unique("signing_keys", &["generation"]),
        index("user_identities", &["user_id"]),
        index("mailed_tokens", &["user_id", "purpose"]),
        index("mailed_tokens", &["expires_at"]),
        index("login_challenges", &["user_id"]),
        index("login_challenges", &["trial_user_id"]),
        index("login_challenges", &["expires_at"]),
        index("oauth_flows", &["trial_user_id"]),
        index("oauth_flows", &["expires_at"]),
        unique("oauth_flows", &["code_hash"]),
        index("audit_log", &["subject_id", "created_at"]),
        index("audit_log", &["created_at"]),
        index("submissions", &["completed_at"]),
        code_of_attempts,
        code_of_snippets,
    ]
}
