//! Hints, giving up, reports, progress.

use serde_json::{Value, json};

use crate::{
    fixtures::{HINTS, SUM, SUM_BUGGY, SUM_FIXED, SUM_JS, SUM_JS_FIXED, TALLY},
    support::shared_app,
};

#[tokio::test]
async fn hints_come_one_by_one_and_can_be_asked_for_again() {
    let ada = shared_app().await.trial().await;
    for (tier, revealed) in [("1", 1), ("1", 1), ("2", 2), ("3", 3), ("1", 3)] {
        let hint = ada.hint(SUM, tier).await.expect(200);
        assert_eq!(hint["hint"], HINTS[tier.parse::<usize>().unwrap() - 1]);
        assert_eq!(hint["hints_revealed"], revealed);
    }
    assert_eq!(ada.state(SUM).await["hints"], json!(HINTS));
}

#[tokio::test]
async fn a_hint_out_of_order_consumes_nothing() {
    let ada = shared_app().await.trial().await;
    let before = ada.everything().await;
    for tier in ["2", "3"] {
        assert_eq!(ada.hint(SUM, tier).await.expect_problem(409, "hint_out_of_order")["next_hint"], 1);
    }
    assert_eq!(ada.everything().await, before);
    ada.hint(SUM, "1").await.expect(200);
    assert_eq!(ada.hint(SUM, "3").await.expect_problem(409, "hint_out_of_order")["next_hint"], 2);
    assert_eq!(ada.state(SUM).await["hints"], json!([HINTS[0]]));
}

#[tokio::test]
async fn hints_that_do_not_exist_are_not_found() {
    let ada = shared_app().await.trial().await;
    for tier in ["0", "4", "-1", "x", "1.5", "99999999999", "%20"] {
        ada.hint(SUM, tier).await.expect_problem(404, "not_found");
    }
    assert_eq!(ada.remaining().await, 5);
}

#[tokio::test]
async fn giving_up_shows_the_solution_and_a_later_solve_does_not_count_as_one() {
    let ada = shared_app().await.trial().await;
    let solution = ada.give_up(SUM).await.expect(200);
    assert_eq!(solution["explanation"], "SECRET-EXPLANATION");
    assert_eq!(solution["correct_code"], "# SECRET-CORRECT-CODE");
    assert_eq!(solution["bug_type"], "wrong_initial_value");
    let state = ada.state(SUM).await;
    assert_eq!(state["status"], "given_up");
    assert_eq!(state["reveal"], solution);
    assert_eq!(ada.give_up(SUM).await.expect(200), solution);

    let result = ada.submit(SUM, SUM_FIXED).await.expect(200);
    assert_eq!(result["verdict"], "accepted");
    assert_eq!(result["rating"], Value::Null);
    assert_eq!(ada.state(SUM).await["status"], "given_up");
    assert_eq!(ada.progress().await["snippets_solved"], 0);
}

#[tokio::test]
async fn looking_at_the_solution_after_a_solve_takes_nothing_away() {
    let ada = shared_app().await.trial().await;
    ada.submit(SUM, SUM_FIXED).await.expect(200);
    ada.give_up(SUM).await.expect(200);
    assert_eq!(ada.state(SUM).await["status"], "solved");
    assert_eq!(ada.progress().await["snippets_solved"], 1);
}

#[tokio::test]
async fn the_answer_of_the_why_question_is_the_right_choice_wherever_it_stands() {
    let ada = shared_app().await.trial().await;
    let mut places = Vec::new();
    for slug in [SUM, SUM_JS, TALLY, "filler-1-python", "filler-2-python"] {
        let question = ada.give_up(slug).await.expect(200)["why_question"].clone();
        let place = usize::try_from(question["answer"].as_u64().unwrap()).unwrap();
        assert_eq!(question["choices"][place], "SECRET-RIGHT-CHOICE");
        let mut choices: Vec<_> = question["choices"].as_array().unwrap().iter().map(Value::to_string).collect();
        choices.sort();
        choices.dedup();
        assert_eq!(choices.len(), 3);
        places.push(place);
    }
    places.sort_unstable();
    places.dedup();
    assert!(places.len() > 1, "always at the same place");
}

#[tokio::test]
async fn the_first_answer_why_is_kept_and_none_is_taken_before_the_solution_is_known() {
    let ada = shared_app().await.trial().await;
    let answer = |choice: Value| ada.post(&format!("/api/v1/snippets/{SUM}/why")).json(&json!({"choice": choice}));
    answer(json!(0)).await.expect_problem(409, "not_revealed");
    assert_eq!(ada.remaining().await, 5, "asking starts nothing");
    ada.submit(SUM, SUM_BUGGY).await.expect(200);
    answer(json!(0)).await.expect_problem(409, "not_revealed");
    let right = ada.submit(SUM, SUM_FIXED).await.expect(200)["why_question"]["answer"].as_u64().unwrap();
    let wrong = (right + 1) % 3;
    let told = |is_right: bool| json!({"is_right": is_right, "answer": right, "first_was_right": false});
    assert_eq!(answer(json!(wrong)).await.expect(200), told(false));
    assert_eq!(answer(json!(right)).await.expect(200), told(true));
    for choice in [json!(3), json!(-1), json!("0"), Value::Null] {
        answer(choice).await.expect_problem(422, "invalid_request");
    }
}

#[tokio::test]
async fn a_complaint_is_taken_and_starts_nothing() {
    let ada = shared_app().await.trial().await;
    for reason in ["wrong_test", "unclear", "wrong_hint", "other"] {
        let answer = ada.report(SUM, &json!({"reason": reason, "comment": "é".repeat(1_000)})).await;
        assert!(answer.expect(201)["id"].is_string());
    }
    ada.report(SUM, &json!({"reason": "other"})).await.expect(201);
    for body in [
        json!({}),
        json!({"reason": "bored"}),
        json!({"reason": "other", "comment": 1}),
        json!({"reason": "other", "comment": "x".repeat(1_001)}),
        json!({"reason": "other", "more": true}),
    ] {
        ada.report(SUM, &body).await.expect_problem(422, "invalid_request");
    }
    assert_eq!(ada.state(SUM).await["status"], Value::Null);
}

#[tokio::test]
async fn a_snippet_goes_from_untouched_over_started_and_attempted_to_solved() {
    let ada = shared_app().await.trial().await;
    let status = async || ada.state(SUM).await["status"].clone();
    assert_eq!(status().await, Value::Null);
    ada.execute(SUM, SUM_FIXED).await.expect(200);
    assert_eq!(status().await, "started");
    ada.submit(SUM, SUM_BUGGY).await.expect(200);
    assert_eq!(status().await, "attempted");
    ada.submit(SUM, SUM_FIXED).await.expect(200);
    assert_eq!(status().await, "solved");
    ada.submit(SUM, SUM_BUGGY).await.expect(200);
    let state = ada.state(SUM).await;
    assert_eq!(state["status"], "solved", "a later failure takes nothing away");
    assert_eq!(state["attempts"], 3);
    assert_eq!(state["last_code"], SUM_BUGGY);
}

#[tokio::test]
async fn states_are_listed_for_all_patterns_or_one() {
    let ada = shared_app().await.trial().await;
    for slug in [TALLY, SUM_JS] {
        ada.hint(slug, "1").await.expect(200);
    }
    let list = async |query: &str| {
        let states = ada.get(&format!("/api/v1/users/progress/snippets{query}")).await.expect(200);
        let slugs = states["data"].as_array().unwrap().iter().map(|state| state["slug"].as_str().unwrap().to_owned());
        slugs.collect::<Vec<_>>()
    };
    assert_eq!(list("").await, [SUM_JS, TALLY]);
    assert_eq!(list("?pattern=design").await, [TALLY]);
    assert_eq!(list("?pattern=1").await, [SUM_JS]);
}

#[tokio::test]
async fn progress_lists_every_pattern_and_averages_attempts() {
    let ada = shared_app().await.trial().await;
    let progress = ada.progress().await;
    assert_eq!(progress["patterns"].as_array().unwrap().len(), 2);
    assert_eq!(progress["patterns"][0]["snippets_total"], 3);
    assert_eq!(progress["patterns"][0]["avg_attempts_per_solve"], Value::Null);
    for (slug, code) in [(SUM, SUM_BUGGY), (SUM, SUM_BUGGY), (SUM, SUM_FIXED), (TALLY, "")] {
        ada.submit(slug, code).await.expect(200);
    }
    let progress = ada.progress().await;
    let counts = |of: &Value| ["snippets_attempted", "snippets_solved", "total_attempts"].map(|name| of[name].clone());
    assert_eq!(counts(&progress), [2, 1, 4]);
    assert_eq!(counts(&progress["patterns"][0]), [1, 1, 3]);
    assert_eq!(counts(&progress["patterns"][1]), [1, 0, 1]);
    assert_eq!(progress["patterns"][0]["avg_attempts_per_solve"], 3.0);
    assert!(progress["patterns"][0]["last_practiced_at"].is_string());
}

#[tokio::test]
async fn progress_in_one_language_counts_its_snippets_only() {
    let ada = shared_app().await.trial().await;
    for (slug, code) in [(SUM, SUM_BUGGY), (SUM, SUM_FIXED), (SUM_JS, SUM_JS_FIXED)] {
        ada.submit(slug, code).await.expect(200);
    }
    let progress = async |query: &str| {
        let progress = ada.get(&format!("/api/v1/users/progress{query}")).await.expect(200);
        let names = ["snippets_attempted", "snippets_solved", "total_attempts"];
        let counts = |of: &Value| json!(names.map(|name| of[name].clone()));
        assert_eq!(counts(&progress), counts(&progress["patterns"][0]));
        (counts(&progress), progress["patterns"][0]["snippets_total"].clone())
    };
    assert_eq!(progress("").await, (json!([2, 2, 3]), json!(3)));
    assert_eq!(progress("?language=python").await, (json!([1, 1, 2]), json!(1)));
    assert_eq!(progress("?language=javascript").await, (json!([1, 1, 1]), json!(2)));
    for query in ["language=ruby", "language=", "more=1"] {
        ada.get(&format!("/api/v1/users/progress?{query}")).await.expect_problem(400, "invalid_query");
    }
}
