//! What a request has to fulfil before a runner sees it.

use bugdrill_guest::MAX_RESULT_DEPTH;
use bugdrill_model::{
    Signature,
    run::{Limits, MAX_CODE_CHARACTERS, Observe, RunRequest, TestRun},
};

use crate::engine::MAX_MEMORY_BYTES;

/// What an instance needs for itself, and a little more.
const MIN_MEMORY_BYTES: u32 = 32 << 20;

/// The largest result, and the most output of a test, that can be asked for: a report has to fit into a frame.
const MAX_RESULT_BYTES: u32 = 4 << 20;
const MAX_OUTPUT_BYTES: u32 = 256 << 10;

/// Checks that a request makes sense; else says what does not.
pub(crate) fn check(request: &RunRequest) -> Result<(), String> {
    if request.code.chars().count() > MAX_CODE_CHARACTERS {
        return Err(format!("the code has more than {MAX_CODE_CHARACTERS} characters"));
    }
    let Limits { memory_bytes, result_bytes, stdout_bytes, stderr_bytes, .. } = request.limits;
    if !(MIN_MEMORY_BYTES..=MAX_MEMORY_BYTES).contains(&memory_bytes) {
        return Err(format!("an instance has {MIN_MEMORY_BYTES} to {MAX_MEMORY_BYTES} bytes of memory"));
    }
    if result_bytes > MAX_RESULT_BYTES || stdout_bytes.max(stderr_bytes) > MAX_OUTPUT_BYTES {
        return Err(format!("a result has {MAX_RESULT_BYTES} bytes at most, output {MAX_OUTPUT_BYTES}"));
    }
    let signature = &request.signature;
    // Names become part of the code that a guest evaluates.
    for name in signature.operations().map(|operation| operation.name) {
        if !is_identifier(name) {
            return Err(format!("`{name}` is not a name"));
        }
    }
    if request.tests.is_empty() {
        return Err("there are no tests".into());
    }
    if request.trace && request.tests.len() > 1 {
        return Err("one test is traced at a time".into());
    }
    for (index, test) in request.tests.iter().enumerate() {
        check_test(signature, test).map_err(|problem| format!("test {index}: {problem}"))?;
    }
    Ok(())
}

fn check_test(signature: &Signature, test: &TestRun) -> Result<(), String> {
    if test.calls.is_empty() {
        return Err("there are no calls".into());
    }
    let is_class = matches!(signature, Signature::Class { .. });
    for (index, call) in test.calls.iter().enumerate() {
        let name = &call.operation;
        let operation = signature.operation(name).ok_or_else(|| format!("there is no operation `{name}`"))?;
        operation.check_count(call.arguments.len())?;
        for (parameter, argument) in operation.parameters.iter().zip(&call.arguments) {
            parameter.kind.check(argument).map_err(|problem| format!("`{}`: {problem}", parameter.name))?;
            // A report's result may be the argument of a checker, with the list of a sequence around it.
            if argument.depth() > MAX_RESULT_DEPTH + 1 {
                return Err(format!("`{}` is nested more than {MAX_RESULT_DEPTH} levels deep", parameter.name));
            }
        }
        if is_class && (name == signature.name()) != (index == 0) {
            return Err("the first call, and only it, constructs the class".into());
        }
        if matches!(test.observe, Observe::Argument(position) if position >= call.arguments.len()) {
            return Err(format!("`{name}` has no such argument to report"));
        }
    }
    Ok(())
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}
