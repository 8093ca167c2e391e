//! What the tests share: a service on a database of its own, learners, and code of known behaviour.

use std::{path::PathBuf, sync::Arc, time::Duration};

use bugdrill_execution::{Execution, ExecutionConfig, Executions, Finished, Owner, Progress};
use bugdrill_model::{Language, content::Snippet, run::Limits};
use bugdrill_platform::{Ambient, ClientNetwork, EventBus, ambient::testing::manual_ambient};
use bugdrill_sandbox::{Sandbox, SandboxConfig};
use bugdrill_store::{
    Claim, CreatedSubmission, NewSubmission, Store, StoredSnippet, Submission, testing::TestDatabase,
};
use chrono::TimeDelta;
use serde_json::json;
use tokio::sync::OnceCell;
use uuid::Uuid;

/// JavaScript that is right for [`Service::snippet`].
pub(crate) const RIGHT: &str = "const twice = (value) => 2 * value;";
/// JavaScript that uses up its time.
pub(crate) const ENDLESS: &str = "function twice() { for (;;); }";

/// The service, whole.
pub(crate) struct Service {
    pub(crate) executions: Executions,
    pub(crate) store: Store,
    ambient: Ambient,
    pub(crate) database: TestDatabase,
}

impl Service {
    /// Starts the service on two slots.
    pub(crate) async fn start() -> Self {
        Self::with(ExecutionConfig::default()).await
    }

    /// Starts it with this configuration.
    pub(crate) async fn with(config: ExecutionConfig) -> Self {
        // On the heap: every test holds this future.
        Box::pin(Self::open(config)).await
    }

    async fn open(config: ExecutionConfig) -> Self {
        let (ambient, _) = manual_ambient();
        let database = TestDatabase::sqlite();
        let store = database.open().await;
        let snippets: Vec<Snippet> = Language::ALL.into_iter().map(snippet).collect();
        let pattern = json!({
            "id": 1, "slug": "pattern", "name": "Pattern", "order": 1, "description": "", "introduction": "",
            "template": {"python": "", "javascript": ""},
        });
        let pack = serde_json::from_value(json!({"patterns": [pattern], "snippets": snippets})).unwrap();
        store.content().import(&pack, ambient.now()).await.unwrap();
        let executions =
            Executions::start(config, sandbox().await, store.clone(), ambient.clone(), EventBus::default());
        Self { executions, store, ambient, database }
    }

    /// Starts another service on the same database.
    pub(crate) async fn another(&self) -> Executions {
        Executions::start(
            ExecutionConfig::default(),
            sandbox().await,
            self.store.clone(),
            self.ambient.clone(),
            EventBus::default(),
        )
    }

    /// A function `twice`, with two visible tests and a hidden one.
    pub(crate) async fn snippet(&self, language: Language) -> StoredSnippet {
        self.store.content().snippet(&slug(language)).await.unwrap().unwrap()
    }

    /// A new learner.
    pub(crate) async fn learner(&self) -> Uuid {
        let id = self.ambient.new_id();
        self.store.users().create_trial(id, 5, self.ambient.now()).await.unwrap();
        id
    }

    /// Stores a submission of JavaScript.
    pub(crate) async fn submission(&self, learner: Uuid, code: &str) -> Submission {
        self.create(learner, code, None).await.0
    }

    /// Stores a submission of JavaScript, and claims it.
    pub(crate) async fn claimed_submission(&self, learner: Uuid, code: &str) -> (Submission, Option<Claim>) {
        self.create(learner, code, Some(self.executions.lease())).await
    }

    async fn create(&self, learner: Uuid, code: &str, lease: Option<TimeDelta>) -> (Submission, Option<Claim>) {
        let snippet = self.snippet(Language::JavaScript).await;
        let new = NewSubmission {
            id: self.ambient.new_id(),
            user_id: learner,
            snippet_id: snippet.snippet.id,
            snippet_revision: snippet.revision,
            code: code.into(),
            idempotency_key: None,
        };
        match self.store.submissions().create(new, lease, self.ambient.now()).await.unwrap() {
            CreatedSubmission::New(submission, claim) => (submission, claim),
            CreatedSubmission::Existing(_) => panic!("it has no key"),
        }
    }

    /// Runs JavaScript, on the snippet as `change` makes it.
    pub(crate) async fn run(&self, code: &str, change: impl FnOnce(&mut Snippet)) -> Finished {
        self.run_in(Language::JavaScript, code, change).await
    }

    /// Runs code, on the snippet as `change` makes it.
    pub(crate) async fn run_in(&self, language: Language, code: &str, change: impl FnOnce(&mut Snippet)) -> Finished {
        let mut snippet = self.snippet(language).await;
        change(&mut snippet.snippet);
        let learner = self.learner().await;
        finished(self.executions.run(at_home(learner), Arc::new(snippet), code.into()).unwrap()).await
    }

    /// How many runs the runners have been given.
    pub(crate) fn runs(&self) -> u64 {
        self.executions.sandbox().counts().runs
    }
}

/// A user who asks from a network that is nobody else's.
pub(crate) fn at_home(user: Uuid) -> Owner {
    let [.., high, low] = user.into_bytes();
    in_network(user, [198, 18, high, low])
}

/// A user who asks from this address.
pub(crate) fn in_network(user: Uuid, address: [u8; 4]) -> Owner {
    Owner { user, network: Some(ClientNetwork::of(address.into())) }
}

/// The result of an execution, when it has one.
pub(crate) async fn finished(mut execution: Execution) -> Finished {
    match execution.wait(Duration::from_mins(1)).await {
        Progress::Finished(finished) => Finished::clone(&finished),
        other => panic!("it is {other:?}"),
    }
}

/// A sandbox of two slots.
async fn sandbox() -> Sandbox {
    // The first start compiles the guests, if that has not been done; the others wait for it.
    static COMPILED: OnceCell<()> = OnceCell::const_new();
    let mut config = SandboxConfig::new(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("compiled-guests"));
    config.runner_command = vec![env!("CARGO_BIN_EXE_bugdrill-execution-runner").into()];
    config.slots = 1;
    COMPILED.get_or_init(|| async { Sandbox::start(config.clone()).await.unwrap().close().await }).await;
    config.slots = 2;
    Sandbox::start(config).await.unwrap()
}

fn slug(language: Language) -> String {
    format!("twice-1-{}", language.as_str())
}

fn snippet(language: Language) -> Snippet {
    // Short, so that endless loops are.
    let limits = Limits { test_cpu_ms: 100, ..Limits::default() };
    serde_json::from_value(json!({
        "id": Uuid::new_v5(&Uuid::NAMESPACE_OID, language.as_str().as_bytes()),
        "slug": slug(language),
        "exercise_id": "twice",
        "bug_id": "bug",
        "pattern_id": 1,
        "position": language as i32 + 1,
        "language": language,
        "title": "Twice",
        "description": "",
        "difficulty": "beginner",
        "correct_code": RIGHT,
        "buggy_code": RIGHT.replace('2', "3"),
        "bug_type": "wrong_operator",
        "explanation": "",
        "hints": ["", "", ""],
        "why_question": {"question": "", "choices": ["a", "b", "c"]},
        "task": {
            "signature": {
                "function": "twice", "parameters": [{"name": "value", "type": "int"}], "returns": "int",
            },
            "tests": [
                {"id": "hidden", "input": {"value": 7}, "expected": 14, "hidden": true},
                {"id": "one", "input": {"value": 1}, "expected": 2},
                {"id": "nothing", "input": {"value": 0}, "expected": 0},
            ],
            "limits": limits,
        },
        "edit_budget": 3,
        "time_estimate_minutes": 2,
    }))
    .unwrap()
}
