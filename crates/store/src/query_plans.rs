//! That no query's time grows with the number of users: every statement that the repositories send is recorded
//! here, and explained by the database.

use std::sync::{Arc, Mutex};

use bugdrill_model::{
    Language, ReportReason, Role,
    edit::EditSize,
    judge::JudgedRun,
    leaderboard::{Period, week_of},
};
use bugdrill_platform::{
    Ambient,
    ambient::testing::{ManualClock, manual_ambient},
};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    AuditEvent, AuditStamp, CreatedSubmission, LoginChallenge, MailedTokenPurpose, NewAccount, NewMailedToken,
    NewOauthFlow, NewRefreshToken, NewSession, NewSubmission, ProfileChange, ProviderIdentity, Reviewer, Store,
    StoredSnippet, TrialMerge, fixtures::pack, testing::TestDatabase,
};

/// The tables that grow with users.
const GROWING: [&str; 20] = [
    "users",
    "sessions",
    "refresh_tokens",
    "user_identities",
    "mailed_tokens",
    "login_challenges",
    "oauth_flows",
    "recovery_codes",
    "audit_log",
    "user_snippets",
    "user_snippet_attempts",
    "user_pattern_progress",
    "reviews",
    "user_badges",
    "user_tallies",
    "leaderboard_points",
    "league_members",
    "memory_parameters",
    "submissions",
    "reports",
];

/// Calls every method that works on those tables.
async fn use_everything(store: &Store, ambient: &Ambient, clock: &ManualClock) {
    let now = ambient.now();
    let pack = pack();
    let snippet = pack.snippets[0].clone();
    store.content().import(&pack, now).await.unwrap();

    let stamp = || AuditStamp { entry_id: ambient.new_id(), now };
    let token = |hash: u8| NewRefreshToken { token_hash: vec![hash], expires_at: now + TimeDelta::days(7) };
    let session = |hash: u8| NewSession {
        id: ambient.new_id(),
        client: None,
        token: token(hash),
        expires_at: now + TimeDelta::days(90),
        second_factor: false,
    };
    let user = ambient.new_id();
    let users = store.users();
    users.start_trial(user, 5, session(9), now).await.unwrap();
    let account = |email: &str| NewAccount {
        id: ambient.new_id(),
        email: email.into(),
        password_hash: String::new(),
        display_name: None,
    };
    let ada = users.create_account(account("ada@example.com"), None, session(10), stamp()).await.unwrap();
    users.create_account(account("eve@example.com"), Some(user), session(11), stamp()).await.unwrap();
    users.by_email("ada@example.com").await.unwrap();
    let eve = users.find(user).await.unwrap().unwrap();
    let eve = users.rehash_password(eve, "rehashed".into()).await.unwrap();
    users.profile(user).await.unwrap();
    let (is_on_leaderboards, is_in_leagues) = (Some(false), Some(true));
    let change = ProfileChange { is_on_leaderboards, is_in_leagues, ..ProfileChange::default() };
    users.change_profile(user, change).await.unwrap();

    let sessions = store.sessions();
    sessions.start(&eve, session(1), now).await.unwrap();
    sessions.log_in(&eve, session(12), "password", stamp()).await.unwrap().unwrap();
    for replacement in 2..=3 {
        sessions.exchange(&[1], |_| token(replacement), stamp()).await.unwrap();
    }
    sessions.exchange(&[3], |_| token(4), stamp()).await.unwrap();
    sessions.exchange(&[1], |_| token(5), stamp()).await.unwrap_err();
    sessions.of_token(&[11]).await.unwrap();
    let open = sessions.of_user(user, now).await.unwrap();
    sessions.find(user, open[0].id, now).await.unwrap();
    sessions.end(user, open[0].id, AuditEvent::LoggedOut, stamp()).await.unwrap();
    sessions.end_all(user, Some(open[0].id), stamp()).await.unwrap();

    let mailed = store.mailed_tokens();
    let mails = [(user, 1, MailedTokenPurpose::ResetPassword), (ada.1.id, 2, MailedTokenPurpose::VerifyEmail)];
    for (owner, hash, purpose) in mails {
        let token = NewMailedToken { token_hash: vec![hash], purpose, expires_at: now + TimeDelta::hours(1) };
        mailed.add(owner, token, now).await.unwrap().unwrap();
        mailed.find(&[hash], purpose, now).await.unwrap().unwrap();
    }
    let (started, eve) = sessions.log_in(&eve, session(13), "password", stamp()).await.unwrap().unwrap();
    assert!(users.change_password(&eve, started.id, "new".into(), stamp()).await.unwrap());
    let again = NewMailedToken {
        token_hash: vec![3],
        purpose: MailedTokenPurpose::ResetPassword,
        expires_at: now + TimeDelta::hours(1),
    };
    mailed.add(user, again, now).await.unwrap().unwrap();
    mailed.reset_password(&[3], String::new(), stamp()).await.unwrap().unwrap();
    mailed.verify_email(&[2], stamp()).await.unwrap().unwrap();

    log_in_by_providers(store, user, now).await;

    let learning = store.learning();
    learning.start(user, snippet.id, now).await.unwrap();
    learning.start(user, snippet.id, now).await.unwrap();
    learning.reveal_hint(user, snippet.id, 1, now).await.unwrap();
    learning.state(user, snippet.id).await.unwrap();
    learning.states(user, None).await.unwrap();
    learning.states(user, Some(1)).await.unwrap();
    learning.progress(user).await.unwrap();
    learning.counts_in(user, snippet.language).await.unwrap();
    let (report, reason) = (ambient.new_id(), ReportReason::Other);
    learning.report(report, user, snippet.id, 1, reason, String::new(), now).await.unwrap();

    let submissions = store.submissions();
    let new = NewSubmission {
        id: ambient.new_id(),
        user_id: user,
        snippet_id: snippet.id,
        snippet_revision: 1,
        code: String::new(),
        idempotency_key: Some("key".into()),
    };
    let CreatedSubmission::New(submission, _) = submissions.create(new.clone(), None, now).await.unwrap() else {
        panic!("it is new")
    };
    submissions.create(new.clone(), None, now).await.unwrap();
    let again = new;
    let id = submission.id;
    let lease = TimeDelta::seconds(60);
    let claim = submissions.claim(id, lease, now).await.unwrap().unwrap();
    submissions.renew(claim, lease, now).await.unwrap();
    submissions.by_key(user, "key").await.unwrap();
    submissions.give_back(claim).await.unwrap();
    submissions.give_back_all().await.unwrap();
    submissions.unfinished(10, now).await.unwrap();
    submissions.find(id).await.unwrap();
    let run: JudgedRun = serde_json::from_value(json!({
        "verdict": "accepted", "tests": [], "stderr": "", "stderr_truncated": false, "cpu_us": 0,
        "peak_memory_bytes": 0,
    }))
    .unwrap();
    submissions.fail(claim, &run, now).await.unwrap();
    let claim = submissions.claim(id, lease, now).await.unwrap().unwrap();
    let edit = EditSize { tokens: 1, lines: 1 };
    let judged_by = StoredSnippet { snippet: snippet.clone(), revision: 1 };
    submissions.complete(claim, &judged_by, &run, edit, ambient.new_id(), now).await.unwrap().unwrap();
    learning.counts_in(user, Language::Python).await.unwrap();
    clock.advance(TimeDelta::days(1));
    learning.give_up(ambient.new_id(), user, &snippet, ambient.now()).await.unwrap();
    clock.advance(TimeDelta::days(1));
    let id = ambient.new_id();
    let again = NewSubmission { id, idempotency_key: None, ..again };
    submissions.create(again, Some(lease), ambient.now()).await.unwrap();
    let claim = submissions.claim(id, lease, ambient.now() + lease).await.unwrap().unwrap();
    submissions.complete(claim, &judged_by, &run, edit, ambient.new_id(), ambient.now()).await.unwrap().unwrap();
    learning.answer_why(user, snippet.id, true).await.unwrap();
    learning.activity(user).await.unwrap();
    learning.badges(user).await.unwrap();
    learning.difficulties().await.unwrap();
    learning.general_skill(user).await.unwrap();
    let leaderboards = store.leaderboards();
    for period in Period::of(ambient.now()) {
        leaderboards.top(period, 50).await.unwrap();
        leaderboards.place(user, period).await.unwrap().unwrap();
    }
    leaderboards.league(user, week_of(ambient.now())).await.unwrap().unwrap();
    learning.reviewers_after(None).await.unwrap();
    assert!(learning.fit_memory(Reviewer { user_id: user, reviews: 400 }, ambient.now()).await.unwrap());
    learning.recount(user, true).await.unwrap();
    learning.learners_after(None).await.unwrap();
}

/// Merges a trial that shares its snippet with an account, gives out and forgets, and lets time pass.
async fn live_on(store: &Store, raw: &DatabaseConnection, ambient: &Ambient, clock: &ManualClock) {
    let (users, learning, submissions) = (store.users(), store.learning(), store.submissions());
    let snippet = Arc::new(store.content().snippet("snippet").await.unwrap().unwrap());
    let (trial, account) = (ambient.new_id(), ambient.new_id());
    users.create_trial(account, 5, ambient.now()).await.unwrap();
    raw.execute_unprepared("UPDATE users SET is_trial = FALSE").await.unwrap();
    users.create_trial(trial, 5, ambient.now()).await.unwrap();
    let run: JudgedRun = serde_json::from_value(json!({
        "verdict": "accepted", "tests": [], "stderr": "", "stderr_truncated": false, "cpu_us": 0,
        "peak_memory_bytes": 0,
    }))
    .unwrap();
    for user_id in [trial, account] {
        let (id, snippet_id) = (ambient.new_id(), snippet.snippet.id);
        let (code, idempotency_key) = ("code".into(), Some("key".into()));
        let new = NewSubmission { id, user_id, snippet_id, snippet_revision: 1, code, idempotency_key };
        submissions.create(new, None, ambient.now()).await.unwrap();
        let claim = submissions.claim(id, TimeDelta::seconds(60), ambient.now()).await.unwrap().unwrap();
        let (edit, review) = (EditSize { tokens: 1, lines: 1 }, ambient.new_id());
        submissions.complete(claim, &snippet, &run, edit, review, ambient.now()).await.unwrap().unwrap();
        let (report, reason) = (ambient.new_id(), ReportReason::Other);
        learning.report(report, user_id, snippet_id, 1, reason, String::new(), ambient.now()).await.unwrap();
    }
    let stamp = || AuditStamp { entry_id: ambient.new_id(), now: ambient.now() };
    assert_eq!(users.merge_trial(trial, account, stamp()).await.unwrap(), TrialMerge::Merged);
    store.audit().of_subject(account, 10).await.unwrap();
    let new = NewAccount {
        id: ambient.new_id(),
        email: "bob@example.com".into(),
        password_hash: String::new(),
        display_name: None,
    };
    for role in [Role::Editor, Role::Admin] {
        users.give_role(new.clone(), role, stamp()).await.unwrap();
    }
    let factors = store.second_factors();
    let new = NewSession {
        id: ambient.new_id(),
        client: None,
        token: NewRefreshToken { token_hash: vec![20], expires_at: ambient.now() + TimeDelta::days(7) },
        expires_at: ambient.now() + TimeDelta::days(90),
        second_factor: false,
    };
    let user = users.find(account).await.unwrap().unwrap();
    let (session, _) = store.sessions().start(&user, new, ambient.now()).await.unwrap().unwrap();
    factors.offer(account, vec![7]).await.unwrap();
    factors.find(account).await.unwrap();
    assert!(factors.confirm(account, session.id, &[7], 1, vec![vec![1]], stamp()).await.unwrap());
    factors.use_step(account, 2).await.unwrap();
    factors.use_recovery_code(account, vec![1], stamp()).await.unwrap();
    factors.renew_recovery_codes(account, session.id, vec![vec![2]], stamp()).await.unwrap();
    factors.recovery_codes_left(account).await.unwrap();
    let challenge = LoginChallenge { trial_user_id: None, client: None, expires_at: ambient.now() };
    let user = users.find(account).await.unwrap().unwrap();
    assert!(factors.challenge(&user, vec![1], challenge, ambient.now()).await.unwrap());
    factors.try_challenge(&[1], ambient.now() - TimeDelta::seconds(1)).await.unwrap().unwrap();
    factors.end_challenge(&[1]).await.unwrap();
    assert!(factors.disable(account, session.id, stamp()).await.unwrap());
    let mut export = users.export(account).await.unwrap().unwrap();
    while export.next_piece().await.unwrap().is_some() {}

    clock.advance(TimeDelta::days(1));
    let (retention, now) = (store.retention(), ambient.now());
    retention.forget_idle_trials(now).await.unwrap();
    retention.forget_code_of_attempts(now).await.unwrap();
    retention.forget_code_of_snippets(now).await.unwrap();
    retention.forget_submissions(now).await.unwrap();
    retention.forget_audit_entries(now).await.unwrap();
    retention.forget_refresh_tokens(now).await.unwrap();
    retention.forget_sessions(now).await.unwrap();
    retention.forget_mailed_tokens(now).await.unwrap();
    retention.forget_login_challenges(now).await.unwrap();
    retention.forget_oauth_flows(now).await.unwrap();
    assert!(users.delete(account, session.id, stamp()).await.unwrap());
}

/// Calls every method for log-ins by other providers.
async fn log_in_by_providers(store: &Store, trial: Uuid, now: DateTime<Utc>) {
    let flows = store.oauth_flows();
    let flow = NewOauthFlow {
        state_hash: vec![1],
        provider: "google".into(),
        nonce: String::new(),
        pkce_verifier: String::new(),
        client_challenge: String::new(),
        return_to: String::new(),
        trial_user_id: Some(trial),
        expires_at: now + TimeDelta::minutes(10),
    };
    flows.start(flow, now).await.unwrap();
    flows.take(&[1], "google", &[2], now).await.unwrap().unwrap();
    let identity = |subject: &str, email: &str| ProviderIdentity {
        provider: "google".into(),
        subject: subject.into(),
        verified_email: Some(email.into()),
        display_name: None,
    };
    flows.succeed(&[2], &identity("1", "eve@example.com"), now + TimeDelta::minutes(1)).await.unwrap();
    flows.redeem(&[2], "google", now).await.unwrap().unwrap();
    // One who is known by the address, one who is new.
    for (subject, email) in [("1", "eve@example.com"), ("2", "new@example.com")] {
        let (identities, identity) = (store.identities(), identity(subject, email));
        let id = Uuid::new_v5(&trial, subject.as_bytes());
        identities.recognise(&identity, None, id, AuditStamp { entry_id: id, now }).await.unwrap().unwrap();
        identities.is_known("google", subject).await.unwrap();
    }
}

/// The tables of which `statement` reads every row, in the eyes of the database.
async fn scanned(connection: &DatabaseTransaction, statement: &Statement) -> Vec<String> {
    let is_postgres = connection.get_database_backend() == DatabaseBackend::Postgres;
    let explain = if is_postgres { "EXPLAIN (FORMAT JSON)" } else { "EXPLAIN QUERY PLAN" };
    let explain = Statement { sql: format!("{explain} {}", statement.sql), ..statement.clone() };
    let mut tables = Vec::new();
    for row in connection.query_all_raw(explain).await.unwrap() {
        if is_postgres {
            let plans: Value = row.try_get_by_index(0).unwrap();
            collect_scanned(&plans[0]["Plan"], "", &mut tables);
        } else {
            let step: String = row.try_get("", "detail").unwrap();
            tables.extend(step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next()).map(str::to_owned));
        }
    }
    tables
}

/// Adds the tables that a plan of PostgreSQL reads whole: row by row, or by an index without a condition on it.
fn collect_scanned(plan: &Value, table: &str, tables: &mut Vec<String>) {
    let table = plan["Relation Name"].as_str().unwrap_or(table);
    let kind = plan["Node Type"].as_str().unwrap();
    let is_index_scan = matches!(kind, "Index Scan" | "Index Only Scan" | "Bitmap Index Scan");
    if kind == "Seq Scan" || (is_index_scan && plan.get("Index Cond").is_none()) {
        tables.push(table.to_owned());
    }
    for part in plan["Plans"].as_array().into_iter().flatten() {
        collect_scanned(part, table, tables);
    }
}

#[tokio::test]
async fn every_query_on_a_table_that_grows_with_users_uses_an_index() {
    let database = TestDatabase::new().await;
    let mut store = database.open().await;
    let sent = Arc::new(Mutex::new(Vec::<Statement>::new()));
    let record = Arc::clone(&sent);
    let record = move |info: &sea_orm::metric::Info<'_>| record.lock().unwrap().push(info.statement.clone());
    store.reader.set_metric_callback(record.clone());
    store.writer.connection.set_metric_callback(record);
    let (ambient, clock) = manual_ambient();
    Box::pin(use_everything(&store, &ambient, &clock)).await;
    Box::pin(live_on(&store, &database.raw().await, &ambient, &clock)).await;

    let statements = std::mem::take(&mut *sent.lock().unwrap());
    for table in GROWING {
        assert!(
            statements.iter().any(|statement| statement.sql.contains(&format!("\"{table}\""))),
            "{table} is not used"
        );
    }
    let explaining = store.begin_write().await.unwrap();
    let explaining = explaining.as_inner();
    if store.is_shared() {
        // The tables are small: PostgreSQL would read them whole, whatever their indexes.
        explaining.execute_unprepared("SET LOCAL enable_seqscan = off").await.unwrap();
    }
    for statement in statements {
        for table in scanned(explaining, &statement).await {
            assert!(!GROWING.contains(&table.as_str()), "{table} is read whole:\n{}", statement.sql);
        }
    }
}
