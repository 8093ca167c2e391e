//! What has to hold for everything that is read from a guest or a runner, tried on much of it.
//!
//! The same numbers are drawn every time. `make fuzz` looks further.

use bugdrill_model::{
    Language, Value,
    run::{Call, Limits, Observe, Outcome, RunRequest, TestRun},
    value::MAX_SAFE_INTEGER,
};
use bugdrill_sandbox::fuzzing;
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{RngSeed, TestRunner},
};
use serde_json::{Value as Json, json};

use crate::support::{JavaScript, Python, run};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() }
}

fn text() -> impl Strategy<Value = String> {
    let characters = prop_oneof![
        any::<char>(),
        prop::sample::select("$\"\\/\n\t\0\u{7f}\u{2028}\u{fffd}aé🦀".chars().collect::<Vec<_>>())
    ];
    let names = prop::sample::select(vec!["__proto__", "constructor", "$int", "$map", "length", "0", "cycle"]);
    prop_oneof![prop::collection::vec(characters, 0..8).prop_map(String::from_iter), names.prop_map(str::to_owned)]
}

fn integer() -> impl Strategy<Value = Value> {
    let corners = [0, i64::MIN, i64::MAX, MAX_SAFE_INTEGER, -MAX_SAFE_INTEGER, MAX_SAFE_INTEGER + 1];
    prop_oneof![
        prop::sample::select(corners.to_vec()).prop_map(|integer| Value::Integer(integer.into())),
        (any::<i128>(), 0..128_u32).prop_map(|(integer, shift)| Value::Integer((integer >> shift).into())),
    ]
}

fn scalar() -> impl Strategy<Value = Value> {
    let floats =
        prop::sample::select(vec![f64::NAN, f64::INFINITY, -0.0, 1e21, 5e-324, f64::MAX, 9_007_199_254_740_993.0]);
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        integer(),
        prop_oneof![any::<f64>(), floats].prop_map(Value::Float),
        text().prop_map(Value::String),
    ]
}

/// What can be a key of a dictionary or a member of a set in both languages, each of them once.
fn keys() -> impl Strategy<Value = Vec<Value>> {
    let simple = || prop_oneof![integer(), text().prop_map(Value::String)];
    let key = prop_oneof![3 => simple(), 1 => prop::collection::vec(simple(), 0..3).prop_map(Value::List)];
    prop::collection::vec(key, 0..4).prop_map(|mut keys| {
        keys.sort_by_key(Value::to_string);
        keys.dedup();
        keys
    })
}

fn any_value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(4, 24, 4, |inner| {
        let list = prop::collection::vec(inner, 0..4);
        prop_oneof![
            list.clone().prop_map(Value::List),
            keys().prop_map(Value::Set),
            (keys(), list.clone()).prop_map(|(keys, values)| Value::Map(keys.into_iter().zip(values).collect())),
            (prop::collection::vec(text(), 0..4), list).prop_map(|(mut keys, values)| {
                keys.sort();
                keys.dedup();
                Value::Map(keys.into_iter().map(Value::String).zip(values).collect())
            }),
        ]
    })
}

/// A linked list, which may have a cycle.
fn linked_list() -> impl Strategy<Value = Value> {
    (prop::collection::vec(any_value(), 0..6), 0..12_usize).prop_map(|(values, cycle)| {
        if cycle < values.len() { Value::CyclicList { values, cycle } } else { Value::List(values) }
    })
}

/// A graph, found by a breadth-first search: every neighbour is one of those found so far, or the next.
fn graph() -> impl Strategy<Value = Value> {
    let nodes = prop::collection::vec((scalar(), prop::collection::vec(any::<usize>(), 0..4)), 0..8);
    nodes.prop_map(|nodes| {
        let (mut found, mut entries) = (1, Vec::new());
        let places = nodes.len();
        for (value, choices) in nodes {
            if entries.len() == found {
                break;
            }
            let mut neighbours = Vec::new();
            for choice in choices {
                let neighbour = choice % (found + 1).min(places);
                found = found.max(neighbour + 1);
                neighbours.push(Value::Integer(neighbour.into()));
            }
            entries.push(Value::List(vec![value, Value::List(neighbours)]));
        }
        Value::List(entries)
    })
}

/// A tree in level order.
fn tree() -> impl Strategy<Value = Value> {
    prop::collection::vec(prop::option::of(0..100_i32), 0..12).prop_map(|values| {
        let (mut places, mut entries) = (1_usize, Vec::new());
        for value in values {
            if places == 0 {
                break;
            }
            places = places - 1 + if value.is_some() { 2 } else { 0 };
            entries.push(value.map_or(Value::Null, |value| Value::Integer(value.into())));
        }
        while matches!(entries.last(), Some(Value::Null)) {
            entries.pop();
        }
        Value::List(entries)
    })
}

fn any_request() -> impl Strategy<Value = RunRequest> {
    let calls = prop::collection::vec((text(), prop::collection::vec(any_value(), 0..3)), 0..3);
    let observe = prop_oneof![Just(Observe::Return), any::<usize>().prop_map(Observe::Argument)];
    let test = (calls, any::<bool>(), observe).prop_map(|(calls, sequence, observe)| TestRun {
        calls: calls.into_iter().map(|(operation, arguments)| Call { operation, arguments }).collect(),
        sequence,
        observe,
    });
    let signature = prop::sample::select(vec![
        json!({"function": "f", "parameters": [{"name": "a", "type": "GraphNode?[]"}], "returns": "map<int,TreeNode>"}),
        json!({"class": "C", "methods": [{"name": "m", "returns": "void"}]}),
    ]);
    (
        prop::sample::select(&Language::ALL),
        text(),
        signature,
        prop::collection::vec(test, 0..3),
        any::<u32>(),
        any::<bool>(),
    )
        .prop_map(|(language, code, signature, tests, limit, trace)| RunRequest {
            language,
            code,
            signature: serde_json::from_value(signature).unwrap(),
            tests,
            limits: Limits { result_bytes: limit, wall_ms: limit, ..Limits::default() },
            trace,
        })
}

/// JSON that looks like values: with tags in right and wrong shapes, deep, and with numbers of all kinds.
fn value_like_text() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec!["$int", "$float", "$set", "$map", "$list", "cycle", "a"]);
    let number = prop::sample::select(vec!["-9223372036854775808", "9007199254740993", "1e400", "-0", "1.7e-310", "1"]);
    let leaf = prop_oneof![
        any_value().prop_map(|value| value.to_string()),
        number.prop_map(str::to_owned),
        prop_oneof!["-?[0-9_+]{0,4}", "NaN|Infinity", Just("7".repeat(10_001))]
            .prop_map(|text| json!(text).to_string()),
    ];
    let nested = leaf.prop_recursive(3, 16, 3, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((tag.clone(), inner), 0..3).prop_map(|entries| {
                let entries: Vec<String> = entries.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
                format!("{{{}}}", entries.join(","))
            }),
        ]
    });
    let around = prop::sample::select(vec![("[", "]"), ("{\"$set\":[", "]}"), ("{\"$map\":[[1,", "]]}")]);
    (nested, around, prop_oneof![9 => Just(0_usize), 1 => 0..130_usize])
        .prop_map(|(inner, (open, close), levels)| format!("{}{inner}{}", open.repeat(levels), close.repeat(levels)))
}

/// An error report, whose stack may name the learner's code.
fn report_like_text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "    at [a-z<(]{0,9} ?\\(?solution\\.(js|py):[0-9]{0,11}(:[0-9]{0,11})?\\)?",
        text(),
        Just("at solution.js:1:1\n".repeat(2_000)),
    ];
    let stack = prop::collection::vec(line, 0..5).prop_map(|lines| lines.join("\n"));
    let place = prop_oneof![Just(json!(null)), any::<u32>().prop_map(Json::from), any::<i64>().prop_map(Json::from)];
    (text(), stack, place).prop_map(|(message, stack, place)| {
        json!({"type": message, "message": message.repeat(300), "line": place, "column": place, "stack": stack,
               "traceback": stack})
        .to_string()
    })
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn what_a_guest_answers_is_read_within_the_limits(
        language in 0..2_u8,
        kind in prop::sample::select(b"KORECX".to_vec()),
        text in prop_oneof![value_like_text(), report_like_text(), text()],
        (cut, insert) in (prop::option::of(any::<prop::sample::Index>()), prop::option::of(any::<u8>())),
    ) {
        let mut answer = [&[language, kind][..], text.as_bytes()].concat();
        if let Some(cut) = cut {
            answer.truncate(cut.index(answer.len()));
        }
        answer.extend(insert);
        fuzzing::read_answer(&answer);
    }

    #[test]
    fn an_answer_is_the_value_that_it_tells(value in any_value()) {
        let answer = format!("\0R{value}");
        prop_assert_eq!(fuzzing::read_answer(answer.as_bytes()), Some(value));
    }

    #[test]
    fn steps_are_recorded_within_the_limits(
        texts in prop::collection::vec(text(), 0..20),
        repeat in prop_oneof![9 => Just(1_usize), 1 => Just(80)],
    ) {
        let step = |text: &String| {
            json!({"event": "line", "line": 1, "depth": 1, "function": text,
                   "changed": [{"name": "a", "text": text.repeat(50), "structure":
                       {"kind": "graph", "nodes": [{"id": 1, "text": text}], "edges": [[0, 0]]}}]})
                .to_string()
        };
        let lines: Vec<String> = texts.iter().map(step).collect();
        let trace = fuzzing::record_steps(vec![lines.join("\n"); repeat].join("\n").as_bytes());
        prop_assert!(trace.is_truncated || trace.steps.len() == texts.len() * repeat);
    }

    #[test]
    fn any_bytes_are_an_error_or_a_message(bytes in prop::collection::vec(any::<u8>(), 0..64), framed in any::<bool>()) {
        let header = (bytes.len() as u32).to_le_bytes();
        let stream = if framed { [&header[..], &bytes].concat() } else { bytes };
        fuzzing::read_frame(&stream);
    }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn requests_arrive_as_they_were_sent_or_not_at_all(request in any_request(), cut in any::<prop::sample::Index>()) {
        let mut frame = fuzzing::frame(&request);
        prop_assert!(fuzzing::read_frame(&frame));
        prop_assert_eq!(fuzzing::request(&frame), Some(request));
        frame.truncate(cut.index(frame.len()));
        prop_assert!(!fuzzing::read_frame(&frame));
    }
}

/// So many values of a strategy, the same ones every time.
fn draw(strategy: impl Strategy<Value = Value>, count: usize) -> Vec<Value> {
    let mut runner = TestRunner::new(config(1));
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

#[tokio::test]
async fn all_values_survive_both_guests() {
    let drawn = [
        ("any", draw(any_value(), 300)),
        ("ListNode", draw(linked_list(), 100)),
        ("TreeNode", draw(tree(), 100)),
        ("GraphNode", draw(graph(), 100)),
        ("GraphNode?[]", draw(prop::collection::vec(graph(), 0..3).prop_map(Value::List), 50)),
    ];
    for (language, code) in
        [(Python, "def same(value):\n    return value"), (JavaScript, "const same = (value) => value;")]
    {
        for (kind, values) in &drawn {
            let mut run = run(language, &format!("same({kind}) {kind}"), code);
            for value in values {
                run = run.test(json!([value]));
            }
            for (outcome, value) in run.outcomes().await.into_iter().zip(values) {
                assert_eq!(outcome, Outcome::Returned(value.clone()), "{language:?} {kind}: {value}");
            }
        }
    }
}
