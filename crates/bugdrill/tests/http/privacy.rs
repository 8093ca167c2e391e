//! What nobody may see: the solution before it is earned, hidden tests ever.

use crate::{
    fixtures::{HIDDEN, HINTS, PAIR, SOLUTION, SUM, SUM_BUGGY, SUM_FIXED, SUM_JS, TALLY},
    support::{Answer, Learner, shared_app},
};

/// Fails when the answer holds one of these texts.
#[track_caller]
fn has_none_of(answer: &Answer, texts: &[&str]) {
    for text in texts {
        assert!(!answer.text.contains(text), "`{text}` in {}", answer.text);
    }
}

/// The answers of every endpoint that tells something of a snippet, but for hints and the solution.
async fn everything_about(learner: &Learner<'_>, slug: &str) -> Vec<Answer> {
    let mut answers = Vec::new();
    for path in [
        "patterns".to_owned(),
        "snippets?limit=100".into(),
        "patterns/1/snippets".into(),
        "patterns/2/snippets".into(),
        format!("snippets/{slug}"),
        "users/progress".into(),
        "users/progress/snippets".into(),
        format!("users/progress/snippets/{slug}"),
    ] {
        answers.push(learner.get(&format!("/api/v1/{path}")).await);
    }
    answers
}

#[tokio::test]
async fn nothing_is_given_away_before_a_solve() {
    let ada = shared_app().await.trial().await;
    for slug in [SUM, SUM_JS, PAIR, TALLY] {
        let mut answers = everything_about(&ada, slug).await;
        answers.push(ada.hint(slug, "2").await);
        answers.push(ada.submit(slug, "not code (").await);
        let buggy = ada.app.get(&format!("/api/v1/snippets/{slug}")).await.body["buggy_code"].clone();
        for answer in
            [ada.execute(slug, buggy.as_str().unwrap()).await, ada.submit(slug, buggy.as_str().unwrap()).await]
        {
            let id = answer.body["execution_id"].as_str().unwrap().to_owned();
            answers.push(answer);
            answers.push(ada.execution(&id).await);
        }
        answers.extend(everything_about(&ada, slug).await);
        for answer in &answers {
            has_none_of(answer, &SOLUTION);
            has_none_of(answer, &HINTS);
            has_none_of(answer, &HIDDEN);
        }
    }
}

#[tokio::test]
async fn only_the_hints_that_were_asked_for_are_shown() {
    let ada = shared_app().await.trial().await;
    for tier in 1..=3 {
        let hint = ada.hint(SUM, &tier.to_string()).await;
        has_none_of(&hint, &HINTS[tier..]);
        for answer in everything_about(&ada, SUM).await {
            has_none_of(&answer, &HINTS[tier..]);
            has_none_of(&answer, &SOLUTION);
        }
        has_none_of(&ada.submit(SUM, SUM_BUGGY).await, &HINTS);
    }
}

#[tokio::test]
async fn a_solve_and_giving_up_show_the_solution_but_never_hidden_tests() {
    let app = shared_app().await;
    let (ada, bob) = (app.trial().await, app.trial().await);
    let solved = ada.submit(SUM, SUM_FIXED).await;
    let given_up = bob.give_up(SUM).await;
    for (learner, answer) in [(&ada, solved), (&bob, given_up)] {
        for text in ["SECRET-CORRECT-CODE", "SECRET-EXPLANATION", "SECRET-RIGHT-CHOICE"] {
            assert!(answer.text.contains(text), "{text}");
        }
        let mut answers = everything_about(learner, SUM).await;
        assert!(answers.last().unwrap().text.contains("SECRET-CORRECT-CODE"));
        answers.push(answer);
        answers.push(learner.submit(SUM, SUM_FIXED).await);
        for answer in &answers {
            has_none_of(answer, &HIDDEN);
            has_none_of(answer, &["secret-bug-id"]);
            has_none_of(answer, &HINTS);
        }
        // What one learner earned is nobody else's.
        let stranger = app.trial().await;
        for answer in everything_about(&stranger, SUM).await {
            has_none_of(&answer, &SOLUTION);
        }
    }
}

/// Submits code that tries to get hidden inputs out, and looks for them in every answer. The code says with
/// `LEAK` that it was run at all.
async fn leaks_nothing(slug: &str, code: &str) {
    let ada = shared_app().await.trial().await;
    let submitted = ada.submit(slug, code).await;
    assert!(submitted.status == 200 && submitted.text.contains("LEAK"), "{}", submitted.text);
    let id = submitted.body["execution_id"].as_str().unwrap().to_owned();
    for answer in [submitted, ada.execution(&id).await, ada.submit(slug, code).await, ada.execute(slug, code).await] {
        has_none_of(&answer, &["918273", "918274"]);
    }
}

#[tokio::test]
async fn what_code_prints_of_hidden_inputs_is_not_shown() {
    leaks_nothing(SUM, "def sum_up(numbers):\n    print('LEAK', numbers)\n    return sum(numbers)\n").await;
    leaks_nothing(SUM_JS, "function sumUp(numbers) { console.log('LEAK', numbers); return 0; }").await;
}

#[tokio::test]
async fn what_code_raises_with_hidden_inputs_is_not_shown() {
    leaks_nothing(SUM, "def sum_up(numbers):\n    raise ValueError(f'LEAK {numbers}')\n").await;
    leaks_nothing(SUM_JS, "function sumUp(numbers) { throw new Error('LEAK ' + numbers); }").await;
}

#[tokio::test]
async fn what_code_writes_to_standard_error_is_not_shown_with_hidden_tests() {
    let code =
        "import sys\ndef sum_up(numbers):\n    print(numbers, file=sys.stderr)\n    print('LEAK')\n    return 0\n";
    leaks_nothing(SUM, code).await;
    leaks_nothing(SUM_JS, "function sumUp(numbers) { console.error(numbers); console.log('LEAK'); return 0; }").await;
}

#[tokio::test]
async fn what_code_returns_for_hidden_inputs_is_not_shown() {
    leaks_nothing(SUM, "def sum_up(numbers):\n    return ['LEAK', numbers]\n").await;
    leaks_nothing(SUM_JS, "function sumUp(numbers) { return ['LEAK', numbers]; }").await;
}

#[tokio::test]
async fn what_code_keeps_of_hidden_inputs_does_not_show_in_visible_tests() {
    let keep = "import builtins, sys\n\
        def sum_up(numbers):\n    \
            seen = builtins.__dict__.setdefault('seen', [])\n    \
            seen.append(list(numbers))\n    \
            print('LEAK', seen)\n    \
            return seen\n";
    leaks_nothing(SUM, keep).await;
    let keep = "function sumUp(numbers) {\n\
        const seen = Array.prototype.seen ??= [];\n\
        seen.push([...numbers]);\n\
        console.log('LEAK', JSON.stringify(seen));\n\
        return JSON.stringify(seen);\n}";
    leaks_nothing(SUM_JS, keep).await;
}

#[tokio::test]
async fn nothing_of_the_checker_is_shown() {
    let ada = shared_app().await.trial().await;
    for code in ["function findPair() { return 'not a list'; }", "function findPair() { return [7, 9]; }"] {
        let answer = ada.submit(PAIR, code).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        has_none_of(&answer, &["SECRET-CHECKER", "check("]);
        has_none_of(&answer, &HIDDEN);
    }
}
