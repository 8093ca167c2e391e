use proptest::{prelude::*, sample::select};

use super::{InstrumentError, instrument};
use crate::fuzzing;

#[track_caller]
fn assert_instrumented(source: &str, expected: &str) {
    assert_eq!(instrument(source).unwrap().code, expected);
}

#[test]
fn functions_tell_when_they_begin_what_they_do_and_when_they_end() {
    assert_instrumented(
        "function f(a) {\n  a += 1;\n}",
        "function f(a) {const $0f=$0.f(1,\"f\",1,'a',$0i=>a);\n  $0.l($0f,2,'a',$0i=>a);a += 1;\n;$0.e($0f)}",
    );
}

#[test]
fn the_expression_of_an_arrow_function_becomes_a_body() {
    assert_instrumented(
        "const f = (a, b) => ({ a, b });",
        "const f = (a, b) => {const $0f=$0.f(1,\"f\",2,'a,b',$0i=>$0i<1?a:b);return $0.r($0f,1,(({ a, b })))};",
    );
}

#[test]
fn a_statement_without_braces_gets_some() {
    assert_instrumented(
        "const f = () => {\n  if (1) return\n  else g()\n}",
        "const f = () => {const $0f=$0.f(1,\"f\",0);\n  $0.l($0f,2);if (1) {$0.l($0f,2);return $0.r($0f,2)}\n  \
         else {$0.l($0f,3);g()}\n;$0.e($0f)}",
    );
}

#[test]
fn a_loop_tells_each_iteration_and_keeps_its_label() {
    assert_instrumented(
        "function f() { outer: for (let i = 0; i < 2; i++) continue outer; }",
        "function f() {const $0f=$0.f(1,\"f\",0); $0.o($0f,1);outer: for (let i = 0; \
         $0.i($0f,1,'i',$0i=>i),i < 2; i++) {$0.l($0f,1,'i',$0i=>i);continue outer;} ;$0.e($0f)}",
    );
}

#[test]
fn what_is_caught_gets_a_name() {
    assert_instrumented(
        "function f() { try { g() } catch ({ message }) { } }",
        "function f() {const $0f=$0.f(1,\"f\",0); try { $0.l($0f,1);g() } \
         catch ($0e){$0.c($0f,$0e);let { message }=$0e;if(1) { }} ;$0.e($0f)}",
    );
}

#[test]
fn directives_stay_first() {
    assert_instrumented(
        "'use strict'\nfunction f() { 'use strict' }",
        "'use strict'\nfunction f() { 'use strict';const $0f=$0.f(2,\"f\",0); ;$0.e($0f)}",
    );
}

#[test]
fn the_names_of_the_tracer_are_new() {
    let instrumented = instrument("function f() { return $0 + $1x; }").unwrap();
    assert_eq!(instrumented.tracer, "$2");
}

#[test]
fn code_that_is_none_is_refused() {
    assert!(matches!(instrument("function ("), Err(InstrumentError::Syntax(_))));
    assert!(matches!(instrument(&" ".repeat(10_001)), Err(InstrumentError::TooLong)));
    // Each statement shows all variables.
    let declared = (0..30).map(|number| format!("let a{number};")).collect::<Vec<_>>().concat();
    let statements = "a0;".repeat(3_200);
    assert!(matches!(instrument(&format!("(() => {{{declared}{statements}}})")), Err(InstrumentError::TooLong)));
}

/// Nested as deep as the length of code allows, on a stack like a runner's.
#[test]
fn deep_nesting_is_borne() {
    assert!(instrument_nested(10_000) > 15);
    assert!(instrument_nested(1_000) > 30);
    assert!(matches!(instrument(&"(a=".repeat(2_500)), Err(InstrumentError::TooLong)));
}

/// How many of some programs, nested as deep as this length allows, can be instrumented.
fn instrument_nested(length: usize) -> usize {
    let nested = |open: &str, middle: &str, close: &str| {
        let depth = (length - middle.len()) / (open.len() + close.len());
        format!("{}{middle}{}", open.repeat(depth), close.repeat(depth))
    };
    let programs = [
        nested("(", "1", ")"),
        nested("[", "1", "]"),
        nested("{", "1", "}"),
        nested("!", "1", ""),
        nested("- ", "1", ""),
        nested("typeof ", "1", ""),
        nested("new ", "a", ""),
        nested("a=>", "1", ""),
        nested("a=>(", "1", ")"),
        nested("a=>{", "1", "}"),
        nested("async a=>await ", "1", ""),
        nested("a=(b=", "1", ")"),
        nested("1?", "1", ":1"),
        nested("1?1:", "1", ""),
        nested("if(1)", "1", ""),
        nested("if(1){", "1", "}"),
        nested("if(1);else ", "1", ""),
        nested("for(;;)", "1", ""),
        nested("while(1)", "1", ""),
        nested("do ", "1", ";while(1)"),
        nested("try{", "1", "}finally{}"),
        nested("switch(1){case 1:", "1", "}"),
        nested("`${", "1", "}`"),
        nested("class A{a(){", "1", "}}"),
        nested("(class{a=", "1", "})"),
        nested("(class{static{", "1", "}})"),
        nested("(class extends ", "a", "{})"),
        nested("function f(){", "1", "}"),
        nested("(function(a=", "1", "){})"),
        nested("({a:", "1", "})"),
        nested("({get a(){return ", "1", "}})"),
        nested("({a=", "1", "}=1)"),
        nested("([a=", "1", "]=1)"),
        nested("([a=", "1", "])=>1"),
        nested("({a=", "1", "})=>1"),
        nested("(a=", "1", ")=>1"),
        nested("async(", "1", ")"),
        nested("async(a=", "1", ")=>1"),
        nested("a(", "1", ")"),
        nested("a[", "1", "]"),
        nested("a?.[", "1", "]"),
        nested("1+", "1", ""),
        nested("2**", "1", ""),
        nested("a??", "1", ""),
        nested("a=", "1", ""),
        nested("a,", "1", ""),
        nested("...", "1", ""),
        nested("[...", "a", "]"),
        nested("a.", "a", ""),
        nested("", "a", "()"),
        nested("", "a", "``"),
        "(".repeat(length),
        "[".repeat(length),
        "{".repeat(length),
        "`${".repeat(length / 3),
        "({a=".repeat(length / 4),
        "([a=".repeat(length / 4),
        "<".repeat(length),
        "/".repeat(length),
    ];
    programs.iter().filter(|program| fuzzing::instrument(program).is_some()).count()
}

const PROGRAMS: &[&str] = &[
    include_str!("../../../../../content/linked-list/reverse-list/reference.js"),
    "label: for (const [a, b = 1] of c) { if (a) continue label; else do b--; while (b) }",
    "class A extends B { static #x = 1; static { this.y = 2 } constructor(a) { super(); this.a = a } get b() { return 1 } }",
    "async function* f({ a, ...b }, [c] = []) { for await (const x of a) yield* await x; try { return } finally { c() } }",
    "switch (a) { case 1: let b = () => ({}); default: throw `${b}` } var f = function () { arguments; with (a) b }",
];

fn mutated() -> impl Strategy<Value = String> {
    let pieces =
        vec!["(", ")", "{", "}", "=>", ";", "\n", "yield ", "await ", "return ", "/", "`", "$0", "é", "\u{2028}"];
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..4_usize, select(pieces)), 0..4);
    (select(PROGRAMS), edits).prop_map(|(program, edits)| {
        let mut characters: Vec<char> = program.chars().collect();
        for (place, removed, piece) in edits {
            let start = place.index(characters.len());
            let end = (start + removed).min(characters.len());
            characters.splice(start..end, piece.chars());
        }
        characters.into_iter().collect()
    })
}

/// What comes out is a program again, with lines where they were.
fn check(source: &str) {
    let Ok(instrumented) = instrument(source) else { return };
    assert_eq!(source.matches('\n').count(), instrumented.code.matches('\n').count());
    let again = instrument(&instrumented.code);
    assert!(!matches!(again, Err(InstrumentError::Syntax(_))), "{source}\n{}\n{again:?}", instrumented.code);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

    #[test]
    fn any_text_is_borne(source in "\\PC{0,60}|[(){}\\[\\]=>;,a1`$ \n/*+!?:'-]{0,60}") {
        check(&source);
    }

    #[test]
    fn any_program_is_borne(source in mutated()) {
        check(&source);
    }
}

#[test]
fn the_programs_are_some() {
    for program in PROGRAMS {
        check(program);
        assert!(instrument(program).is_ok(), "{program}");
    }
}
