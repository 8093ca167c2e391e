//! What the tests share: a fresh database, a small pack, learners.

use std::sync::Arc;

use bugdrill_model::content::{Pack, Snippet};
use bugdrill_platform::{
    Ambient,
    ambient::testing::{ManualClock, manual_ambient},
};
use bugdrill_store::{AuditEvent, AuditStamp, NewRefreshToken, NewSession, Store, User, testing::TestDatabase};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

/// A store on a database of its own, with the pack imported.
pub(crate) struct Fresh {
    pub(crate) store: Store,
    pub(crate) ambient: Ambient,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) database: TestDatabase,
}

impl Fresh {
    pub(crate) async fn new() -> Self {
        let database = TestDatabase::new().await;
        let (ambient, clock) = manual_ambient();
        let store = database.open().await;
        store.content().import(&pack(), ambient.now()).await.unwrap();
        Self { store, ambient, clock, database }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.ambient.now()
    }

    pub(crate) fn stamp(&self) -> AuditStamp {
        AuditStamp { entry_id: self.ambient.new_id(), now: self.now() }
    }

    /// The user of this id.
    pub(crate) async fn user(&self, id: Uuid) -> User {
        self.store.users().find(id).await.unwrap().unwrap()
    }

    /// A session of this user, whose refresh token has this hash.
    pub(crate) async fn session(&self, user: Uuid, token_hash: &[u8]) -> Uuid {
        let new = self.new_session(token_hash);
        let (started, _) = self.store.sessions().start(&self.user(user).await, new, self.now()).await.unwrap().unwrap();
        started.id
    }

    /// A session to be started, whose refresh token has this hash.
    pub(crate) fn new_session(&self, token_hash: &[u8]) -> NewSession {
        NewSession {
            id: self.ambient.new_id(),
            client: Some("phone".into()),
            token: NewRefreshToken { token_hash: token_hash.to_vec(), expires_at: self.now() + TimeDelta::days(7) },
            expires_at: self.now() + TimeDelta::days(90),
            second_factor: false,
        }
    }

    /// The names and details of the entries of the audit log about this user, the newest first.
    pub(crate) async fn audit_log(&self, user: Uuid) -> Vec<(AuditEvent, Value)> {
        let entries = self.store.audit().of_subject(user, 100).await.unwrap();
        entries.into_iter().map(|entry| (entry.event, json!(entry.details))).collect()
    }

    /// A new trial that may start `snippets` snippets.
    pub(crate) async fn trial(&self, snippets: u32) -> Uuid {
        let id = self.ambient.new_id();
        self.store.users().create_trial(id, snippets, self.now()).await.unwrap();
        id
    }

    /// A new account.
    pub(crate) async fn account(&self) -> Uuid {
        let id = self.trial(1_000_000).await;
        self.execute("UPDATE users SET is_trial = FALSE WHERE trial_snippets_remaining = 1000000").await;
        id
    }

    /// All that is stored of a user.
    pub(crate) async fn export(&self, user: Uuid) -> Value {
        let mut export = self.store.users().export(user).await.unwrap().unwrap();
        let mut text = String::new();
        while let Some(piece) = export.next_piece().await.unwrap() {
            text.push_str(&piece);
        }
        serde_json::from_str(&text).unwrap()
    }

    /// The number that this SQL gives.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        self.database.number(sql).await
    }

    /// Executes this statement, in which `$1` is `bytes`.
    pub(crate) async fn execute_with(&self, sql: &str, bytes: &[u8]) {
        let raw = self.database.raw().await;
        let statement = Statement::from_sql_and_values(raw.get_database_backend(), sql, [bytes.into()]);
        raw.execute_raw(statement).await.unwrap();
    }

    /// Executes this SQL.
    pub(crate) async fn execute(&self, sql: &str) {
        self.database.raw().await.execute_unprepared(sql).await.unwrap();
    }
}

/// Two patterns with three snippets each.
pub(crate) fn pack() -> Pack {
    let patterns = (1..=2).map(|id| {
        json!({
            "id": id, "slug": format!("pattern-{id}"), "name": format!("Pattern {id}"), "order": id,
            "description": "", "introduction": "", "template": {"python": "", "javascript": ""},
        })
    });
    let snippets = (1..=6).map(|number| json!(snippet(number)));
    let pack = json!({"patterns": patterns.collect::<Vec<_>>(), "snippets": snippets.collect::<Vec<_>>()});
    serde_json::from_value(pack).unwrap()
}

/// The snippet of this number, 1 to 6: the first three are of pattern 1.
pub(crate) fn snippet(number: i32) -> Snippet {
    serde_json::from_value(json!({
        "id": id_of(number),
        "slug": format!("snippet-{number}"),
        "exercise_id": "exercise",
        "bug_id": format!("bug-{number}"),
        "pattern_id": (number - 1) / 3 + 1,
        "position": (number - 1) % 3 + 1,
        "language": "python",
        "title": "Title",
        "description": "",
        "difficulty": "medium",
        "correct_code": "right",
        "buggy_code": "wrong",
        "bug_type": "off_by_one",
        "explanation": "",
        "hints": ["1", "2", "3"],
        "why_question": {"question": "", "choices": ["a", "b", "c"]},
        "task": {
            "signature": {"function": "f", "parameters": [], "returns": "int"},
            "tests": [{"id": "a", "input": {}, "expected": 1}],
        },
        "edit_budget": 3,
        "time_estimate_minutes": 2,
    }))
    .unwrap()
}

/// The id of the snippet of this number.
pub(crate) fn id_of(number: i32) -> Uuid {
    Uuid::from_u128(u128::try_from(number).unwrap())
}
