//! What a learner is told of themselves, alone on a server and as one of many, after much practice.

use std::path::Path;

use anyhow::{Context, Result};
use reqwest::Client;
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value, json};

use crate::{
    http::{Server, measure},
    statistics::{self, Times, milliseconds},
};

/// How many other users there are.
const USERS: u32 = 100_000;
/// How many snippets each of them has solved.
const SNIPPETS_OF_EACH: u32 = 5;
/// The learner's attempts.
const ATTEMPTS: u32 = 10_000;
/// The learner's reviews, three on each day.
const REVIEWS: u32 = 3_000;

/// What is asked for.
const PATHS: [&str; 10] = [
    "users/progress",
    "users/progress/patterns",
    "users/progress/activity",
    "users/progress/snippets",
    "users/badges",
    "users/next",
    "users/reviews/due",
    "leaderboards/weekly",
    "leaderboards/all-time",
    "leagues/current",
];

/// Runs the benchmark.
pub(crate) async fn run() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::start_caching(folder.path())?;
    let client = Client::new();
    let token = practise(&client, &server).await?;
    let alone = ask(&client, &server, &token).await?;
    Box::pin(fill(&folder.path().join("bugdrill.db"))).await?;
    let among_many = ask(&client, &server, &token).await?;
    println!(
        "A learner with {ATTEMPTS} attempts and {REVIEWS} reviews among {USERS} users, and the same learner before both; \
         one request after the other:\n"
    );
    statistics::head(&["", "alone, median", "among many, median", "95 %", "times"]);
    for ((path, alone), many) in PATHS.iter().zip(alone).zip(among_many) {
        let times = many.median().as_secs_f64() / alone.median().as_secs_f64();
        let [alone, median, last] = [alone.median(), many.median(), many.percentile_95()].map(milliseconds);
        statistics::row(&[&format!("`GET /api/v1/{path}`"), &alone, &median, &last, &format!("{times:.1}")]);
    }
    println!();
    Ok(())
}

/// The token of a new account that has solved a snippet and takes part in a league.
async fn practise(client: &Client, server: &Server) -> Result<String> {
    let account = json!({"email": "learner@example.com", "password": "correct horse battery"});
    let request = client.post(format!("{}/auth/signup", server.base)).json(&account);
    let session: Value = request.send().await?.error_for_status()?.json().await?;
    let token = session["access_token"].as_str().context("an account has a token")?.to_owned();
    let joining = client.patch(format!("{}/auth/me", server.base)).bearer_auth(&token);
    joining.json(&json!({"is_in_leagues": true})).send().await?.error_for_status()?;
    let snippet = format!("{}/api/v1/snippets/two-sum-1-python", server.base);
    let code = "def two_sum(numbers, target):\n    seen = {}\n    for index, number in enumerate(numbers):\n        \
                if target - number in seen:\n            return [seen[target - number], index]\n        \
                seen[number] = index\n    return []\n";
    let body = json!({"code": code, "language": "python"});
    let request = client.post(format!("{snippet}/submit")).bearer_auth(&token).json(&body);
    let solved: Value = request.send().await?.error_for_status()?.json().await?;
    anyhow::ensure!(solved["is_correct"] == true, "it is not solved: {solved}");
    Ok(token)
}

async fn ask(client: &Client, server: &Server, token: &str) -> Result<Vec<Times>> {
    let mut times = Vec::new();
    for path in PATHS {
        let url = format!("{}/api/v1/{path}", server.base);
        let get = async || {
            client.get(&url).bearer_auth(token).send().await?.error_for_status()?.bytes().await?;
            Ok(())
        };
        times.push(measure(get).await.with_context(|| path.to_owned())?);
    }
    Ok(times)
}

/// Writes the users and what they did, and what the learner did, beside the server: by copies of what the learner did
/// through it.
async fn fill(database: &Path) -> Result<()> {
    let database = Box::pin(Database::connect(format!("sqlite://{}", database.display()))).await?;
    let numbers =
        |count: u32| format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) ");
    let others = "(SELECT id, row_number() OVER () AS number FROM users WHERE email IS NULL)";
    let some = format!("(SELECT id, pattern_id FROM snippets WHERE status = 'active' LIMIT {SNIPPETS_OF_EACH})");
    let statements = [
        numbers(USERS)
            + "INSERT INTO users (id, role, created_at, is_trial, trial_snippets_remaining, display_name) \
               SELECT randomblob(16), role, created_at, is_trial, 0, 'Learner ' || i FROM n, users WHERE email IS NOT NULL",
        format!(
            "INSERT INTO leaderboard_points SELECT u.id, period, 1 + abs(random()) % 5000, 1 \
             FROM {others} AS u, leaderboard_points"
        ),
        format!(
            "INSERT INTO league_members SELECT u.id, week, tier, 1 + number / 30 FROM {others} AS u, league_members \
             WHERE number < 10000"
        ),
        format!(
            "INSERT INTO user_snippets (user_id, snippet_id, status, attempts, hints_revealed, started_at, solved_at, \
             reviewed_on) SELECT u.id, s.id, status, attempts, hints_revealed, started_at, solved_at, reviewed_on \
             FROM {others} AS u, {some} AS s, user_snippets"
        ),
        format!(
            "INSERT INTO user_pattern_progress (user_id, pattern_id, snippets_attempted, snippets_solved, \
             total_attempts, last_practiced_at, next_review_at, mastery_level) SELECT u.id, pattern_id, \
             snippets_attempted, snippets_solved, total_attempts, last_practiced_at, next_review_at, mastery_level \
             FROM {others} AS u, user_pattern_progress"
        ),
        format!(
            "INSERT INTO reviews (id, user_id, pattern_id, snippet_id, rating, hints_revealed, failed_submits, \
             first_exposure, reviewed_on, points, created_at) SELECT randomblob(16), u.id, s.pattern_id, s.id, rating, \
             hints_revealed, failed_submits, first_exposure, reviewed_on, points, created_at \
             FROM {others} AS u, {some} AS s, reviews"
        ),
        attempts(&format!("u.id, s.id, 1, {COPIED} FROM {others} AS u, {some} AS s, user_snippet_attempts")),
        numbers(ATTEMPTS)
            + &attempts(&format!(
                "user_id, snippet_id, 1 + i, {COPIED} FROM n, user_snippet_attempts, users \
             WHERE users.id = user_id AND email IS NOT NULL"
            )),
        numbers(REVIEWS)
            + "INSERT INTO reviews (id, user_id, pattern_id, snippet_id, rating, hints_revealed, failed_submits, \
               first_exposure, reviewed_on, points, created_at) SELECT randomblob(16), user_id, pattern_id, snippet_id, \
               rating, hints_revealed, failed_submits, 0, date(reviewed_on, '-' || (i / 3) || ' days'), 5, \
               reviews.created_at FROM n, reviews, users WHERE users.id = user_id AND email IS NOT NULL",
        format!(
            "UPDATE user_snippets SET attempts = {ATTEMPTS} + 1 WHERE user_id IN (SELECT id FROM users WHERE email IS NOT NULL)"
        ),
        format!(
            "UPDATE user_pattern_progress SET total_attempts = {ATTEMPTS} + 1 \
             WHERE user_id IN (SELECT id FROM users WHERE email IS NOT NULL)"
        ),
        "ANALYZE".into(),
    ];
    for statement in statements {
        database.execute_unprepared(&statement).await.with_context(|| statement.clone())?;
    }
    database.close().await?;
    Ok(())
}

const COPIED: &str = "snippet_revision, submitted_code, is_correct, verdict, execution_time_ms, test_cases_passed, \
                      test_cases_total, hints_used, edit_tokens, user_snippet_attempts.created_at";

/// Inserts attempts of such users, snippets and numbers, but for that like those that they are copied from.
fn attempts(selected: &str) -> String {
    format!(
        "INSERT INTO user_snippet_attempts (id, user_id, snippet_id, attempt_number, snippet_revision, submitted_code, \
         is_correct, verdict, execution_time_ms, test_cases_passed, test_cases_total, hints_used, edit_tokens, created_at) \
         SELECT randomblob(16), {selected}"
    )
}
